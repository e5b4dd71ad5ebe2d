import type { Notices } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { field, type Form } from '../forms.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { icon, token } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { savedAt } from './preferences-parts.ts';

/** Whether new mail is told on the desktop: only at a computer that its reader called their own. */
export function noticesSheet(visit: Visit, said: Html): Html {
  const words = visit.texts.preferences.notices;
  return html`
    <section class="sheet" id="notices" aria-labelledby="notices-t">
      <h2 id="notices-t">${icon(visit, 'bell')}${words.title}</h2>
      ${said}
      <p class="soft small">${words.lead}</p>
      ${visit.ownComputer ? noticesForm(visit) : sharedNote(visit)}
    </section>
  `;
}

const sharedNote = (visit: Visit): Html => html`
  <p class="banner wait">
    ${icon(visit, 'info')}
    <span class="grow">${visit.texts.preferences.notices.shared}</span>
  </p>
`;

function noticesForm(visit: Visit): Html {
  const { texts, habits } = visit;
  const words = texts.preferences.notices;
  const wish = habits.notices ?? 'none';
  return html`
    <form method="post" action="/settings/notices" data-notices>
      ${token(visit)}
      ${switchRow({ name: 'notices', on: wish !== 'none', label: words.on, hint: words.onHint })}
      ${switchRow({ name: 'subject', on: wish === 'subject', label: words.subject, hint: '' })}
      <p class="row" data-when="default" hidden>
        <button class="btn" type="button" data-ask>${icon(visit, 'laptop')}${words.ask}</button>
      </p>
      <p class="banner stop" data-when="denied" hidden>
        ${icon(visit, 'warning')}
        <span class="grow">${words.denied}</span>
      </p>
      <div class="row">
        <button class="btn main">${icon(visit, 'check')}${texts.preferences.save}</button>
      </div>
    </form>
  `;
}

function switchRow(one: {
  readonly name: string;
  readonly on: boolean;
  readonly label: string;
  readonly hint: string;
}): Html {
  const hint = html`
    <br />
    <span class="small soft">${one.hint}</span>
  `;
  return html`
    <label class="switch">
      <span>${one.label} ${one.hint === '' ? NOTHING : hint}</span>
      <input
        type="checkbox"
        role="switch"
        name="${one.name}"
        value="on"
        ${attributes({ checked: one.on })}
      />
    </label>
  `;
}

/** POST /settings/notices. */
export async function saveNotices(visit: Visit<'accounts.setHabits'>, form: Form): Promise<Answer> {
  if (!visit.ownComputer) return MISSING;
  const said: Notices = field(form, 'subject') === 'on' ? 'subject' : 'name';
  const notices = field(form, 'notices') === 'on' ? said : 'none';
  await visit.core.accounts.setHabits(visit.viewer, { notices });
  return { kind: 'go', to: savedAt('notices') };
}
