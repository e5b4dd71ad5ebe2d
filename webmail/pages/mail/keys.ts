import type { WithAccounts } from '../../../core/entry/accounts/contract.ts';
import { moderates } from '../../components/held-tabs.ts';
import { hasDay } from '../../components/own-day-offer.ts';
import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import { page, MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';

/** GET /keys: which keys act on lists and messages, and how the list is made; both are a choice. */
export async function keys(visit: Visit<FramePart>): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const { texts } = visit;
  const surroundings = await surroundingsOf(visit);
  const content = html`
    <h1 id="t">${texts.keys.title}</h1>
    <div class="sheet pad stack">${keySheet(visit)} ${shortcutsForm(visit)}</div>
    <div class="sheet pad stack">
      <h2>${texts.keys.list.title}</h2>
      <p>${texts.keys.list.lead}</p>
      ${listForm(visit)}
    </div>
  `;
  return page(
    framedSheet(visit, surroundings, { title: texts.keys.title, section: 'messages', content }),
  );
}

/** POST /keys: keys on or off, the list by conversation or by message. */
export async function saveKeys(
  visit: Visit<WithAccounts<'setHabits'>>,
  form: Form,
): Promise<Answer> {
  const [shortcuts, by] = [field(form, 'shortcuts'), field(form, 'by')];
  await visit.core.accounts.setHabits(visit.viewer, {
    ...(shortcuts === '' ? {} : { shortcuts: shortcuts === 'on' }),
    ...(by === '' ? {} : { byConversation: by === 'conversation' }),
  });
  return { kind: 'go', to: '/keys' };
}

function keySheet(visit: Visit): Html {
  const { groups, then } = visit.texts.keys;
  const shown = [
    groups.move,
    groups.act,
    groups.choose,
    ...(moderates(visit) ? [groups.held] : []),
    ...(hasDay(visit) ? [groups.day] : []),
  ];
  const between = html`
    ${' '}
    <span class="small soft">${then}</span>
    ${' '}
  `;
  return html`
    <div class="keys-grid">
      ${shown.map(
        (group) => html`
          <section>
            <h2 class="h3">${group.title}</h2>
            <dl>
              ${group.keys.map(
                ([pressed, does]) => html`
                  <dt>
                    ${pressed.map(
                      (key, at) => html`
                        ${at === 0 ? '' : between}
                        <kbd>${key}</kbd>
                      `,
                    )}
                  </dt>
                  <dd>${does}</dd>
                `,
              )}
            </dl>
          </section>
        `,
      )}
    </div>
  `;
}

function shortcutsForm(visit: Visit): Html {
  const { texts, habits } = visit;
  return html`
    <form class="split" method="post" action="/keys">
      <p class="soft">${habits.shortcuts ? texts.keys.lead : texts.keys.off}${token(visit)}</p>
      <button class="btn" name="shortcuts" value="${habits.shortcuts ? 'off' : 'on'}">
        ${habits.shortcuts ? texts.keys.stop : texts.keys.start}
      </button>
    </form>
  `;
}

function listForm(visit: Visit): Html {
  const { texts, habits } = visit;
  const button = (by: 'conversation' | 'message', word: string) => html`
    <button
      class="btn"
      name="by"
      value="${by}"
      aria-pressed="${habits.byConversation === (by === 'conversation') ? 'true' : 'false'}"
    >
      ${word}
    </button>
  `;
  return html`
    <form class="row" method="post" action="/keys">
      ${token(visit)} ${button('conversation', texts.keys.list.conversations)}
      ${button('message', texts.keys.list.messages)}
    </form>
  `;
}
