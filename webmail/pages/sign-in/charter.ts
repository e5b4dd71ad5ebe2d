import type { WithAccounts } from '../../../core/entry/accounts/contract.ts';
import { listenButton } from '../../components/listen-button.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { hereOf, backOf } from '../../here.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';

/**
 * GET /charter: what a pupil says yes to before they write, in their words. Adults read what their
 * children say yes to. `back` is the letter that one came from.
 */
export async function charter(visit: Visit<FramePart>, back: unknown): Promise<Answer> {
  const words = visit.texts.charter;
  const surroundings = await surroundingsOf(visit);
  const main = html`
    <main id="main" class="body narrow">
      <section class="stack wide" aria-labelledby="t">
        <div class="split">
          <div>
            <h1 id="t">${words.title}</h1>
            ${leadOf(visit)}
          </div>
          ${listenButton(visit, '#lines')}
        </div>
        <ol class="sheet pad stack big" id="lines">
          ${words.lines.map(
            (line) => html`
              <li>${line}</li>
            `,
          )}
        </ol>
        ${visit.audience === 'child' ? answer(visit, backOf(back)) : NOTHING}
      </section>
    </main>
  `;
  return page(
    framed(visit, surroundings, { title: words.title, section: 'none', shelf: null, main }),
  );
}

/** What is to be done; nothing more for a child who has said yes. */
function leadOf({ audience, viewer, texts: { charter: words } }: Visit): Html {
  if (audience === 'child' && viewer.writesAfter !== 'charter') return NOTHING;
  return html`
    <p class="soft">${audience === 'child' ? words.lead : words.adult}</p>
  `;
}

/** One tap, and then the way to their letters, or to the one that waits for it. */
function answer(visit: Visit, back: string): Html {
  const words = visit.texts.charter;
  if (visit.viewer.writesAfter !== 'charter')
    return html`
      <p class="banner ok">
        ${icon(visit, 'check')}
        <span class="grow">${words.accepted}</span>
        <a class="btn" href="${back}">${visit.texts.broken.home.child}</a>
      </p>
    `;
  return html`
    <form method="post" action="/charter">
      ${token(visit)}
      <input type="hidden" name="back" value="${back}" />
      <button class="btn main big full">${icon(visit, 'check')}${words.yes}</button>
    </form>
  `;
}

/** POST /charter, of those who read and of those who don't: back to where they were. */
export async function acceptCharter(
  visit: Visit<WithAccounts<'acceptCharter'>>,
  form: Form,
): Promise<Answer> {
  await visit.core.accounts.acceptCharter(visit.viewer);
  return { kind: 'go', to: hereOf(field(form, 'back')) };
}
