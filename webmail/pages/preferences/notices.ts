import type { WithAccounts } from '../../../core/entry/accounts/contract.ts';
import type { NoticeKind, NoticeDetail } from '../../../core/rules/viewer.ts';
import type { WithDailyWord } from '../../../core/school/daily-word/contract.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { savedAt, saveRow, switchRow } from './parts.ts';

/** Whether new mail is told on the desktop: only at a computer that its reader called their own. */
export function noticesSheet(visit: Visit, said: Html, dailyWord: boolean | null): Html {
  const words = visit.texts.preferences.notices;
  return html`
    <section class="sheet" id="notices" aria-labelledby="notices-t">
      <h2 id="notices-t">${icon(visit, 'bell')}${words.title}</h2>
      ${said}
      <p class="soft small">${words.lead}</p>
      ${visit.ownComputer ? noticesForm(visit) : sharedNote(visit)}
      ${dailyWord === null ? NOTHING : dailyWordForm(visit, { isWanted: dailyWord })}
      ${visit.viewer.role === 'agent' ? NOTHING : copiesLink(visit)}
    </section>
  `;
}

/** A family's one word a day of what waits. */
function dailyWordForm(visit: Visit, { isWanted }: { readonly isWanted: boolean }): Html {
  const words = visit.texts.preferences.notices;
  return html`
    <form method="post" action="/settings/daily-word">
      ${token(visit)}
      ${switchRow({ name: 'daily', on: isWanted, label: words.daily, hint: words.dailyHint })}
      ${saveRow(visit)}
    </form>
  `;
}

/** POST /settings/daily-word. */
export async function saveDailyWord(
  visit: Visit<WithDailyWord<'want'>>,
  form: Form,
): Promise<Answer> {
  if (visit.viewer.role !== 'guardian') return MISSING;
  await visit.core.dailyWord.want(visit.viewer, field(form, 'daily') === 'on');
  return { kind: 'go', to: savedAt('notices') };
}

/** Agents are in no class. */
const copiesLink = (visit: Visit): Html => html`
  <p class="row">
    <a class="btn" href="/copies">${icon(visit, 'copy')}${visit.texts.copies.link}</a>
  </p>
`;

const sharedNote = (visit: Visit): Html => html`
  <p class="banner wait">
    ${icon(visit, 'info')}
    <span class="grow">${visit.texts.preferences.notices.shared}</span>
  </p>
`;

function noticesForm(visit: Visit): Html {
  const words = visit.texts.preferences.notices;
  const wish = visit.habits.notices ?? 'none';
  return html`
    <form method="post" action="/settings/notices" data-notices>
      ${token(visit)}
      ${switchRow({ name: 'notices', on: wish !== 'none', label: words.on, hint: words.onHint })}
      ${switchRow({ name: 'subject', on: wish === 'subject', label: words.subject, hint: '' })}
      ${kindsOf(visit).length === 0 ? NOTHING : kindRows(visit)}
      <p class="row" data-when="default" hidden>
        <button class="btn" type="button" data-ask>${icon(visit, 'laptop')}${words.ask}</button>
      </p>
      <p class="banner stop" data-when="denied" hidden>
        ${icon(visit, 'warning')}
        <span class="grow">${words.denied}</span>
      </p>
      ${saveRow(visit)}
    </form>
  `;
}

/** Of whose letters one is told, for who works at a school: others hear from few. */
function kindRows(visit: Visit): Html {
  const words = visit.texts.preferences.notices;
  const { noticesOf } = visit.habits;
  return html`
    <fieldset class="kinds">
      <legend>${words.kinds}</legend>
      ${kindsOf(visit).map((kind) =>
        switchRow({
          name: 'kind',
          value: kind,
          on: noticesOf?.includes(kind) ?? true,
          label: words.kind[kind],
          hint: '',
        }),
      )}
      ${switchRow({
        name: 'gathered',
        on: visit.habits.pupilsGathered === true,
        label: words.gathered,
        hint: words.gatheredHint,
      })}
    </fieldset>
  `;
}

/** Only who decides about letters that wait hears of them. */
function kindsOf({ viewer }: Visit): readonly NoticeKind[] {
  if (viewer.role === 'guardian' || viewer.role === 'agent') return [];
  const decides = viewer.role === 'teacher' || viewer.heads;
  return [...(decides ? (['held'] as const) : []), 'families', 'pupils', 'team', 'others'];
}

/** POST /settings/notices. */
export async function saveNotices(
  visit: Visit<WithAccounts<'setHabits'>>,
  form: Form,
): Promise<Answer> {
  if (!visit.ownComputer) return MISSING;
  const said: NoticeDetail = field(form, 'subject') === 'on' ? 'subject' : 'name';
  const notices = field(form, 'notices') === 'on' ? said : 'none';
  const kinds = kindsOf(visit);
  const wished = fieldsOf(form, 'kind');
  await visit.core.accounts.setHabits(visit.viewer, {
    notices,
    ...(kinds.length > 0 && {
      noticesOf: kinds.filter((kind) => wished.includes(kind)),
      pupilsGathered: field(form, 'gathered') === 'on',
    }),
  });
  return { kind: 'go', to: savedAt('notices') };
}
