import type { WithAccounts } from '../../../core/entry/accounts/contract.ts';
import { keysOf } from '../../../core/ground/keys.ts';
import type { Comfort } from '../../../core/rules/viewer.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { mailboxesNav } from '../../frame/mailbox-nav.ts';
import { icon, token } from '../../frame/parts.ts';
import { doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { comfortOf } from './comfort-form.ts';

type ComfortPart = FramePart & WithAccounts<'setComfort'>;
/** A child's list has one kind of rows. */
type ChildsChoice = Exclude<keyof Comfort, 'rows' | 'after'>;

/** What stands on the buttons of each choice above their names, in the order of the names. */
const SHOWN = {
  size: [letter('A', 'a1'), letter('A', 'a2'), letter('A', 'a3')],
  spacing: [spaced('sp1'), spaced('sp2'), spaced('sp3')],
  font: ['f-plain', 'f-book', 'f-round', 'f-heavy'].map((look) => letter('Aa', `a2 ${look}`)),
  paper: ['sw1', 'sw2', 'sw3', 'sw4'].map((look) => letter('', `swatch ${look}`)),
  motion: [],
} as const satisfies Record<ChildsChoice, readonly Html[]>;

function letter(text: string, look: string): Html {
  return html`
    <span class="a ${look}" aria-hidden="true">${text}</span>
  `;
}

function spaced(look: string): Html {
  return letter('abc', look);
}

/** GET /comfort: a child chooses what pages look like, and sees it before it is kept. */
export async function comfort(visit: Visit<FramePart>, said: unknown): Promise<Answer> {
  if (visit.audience !== 'child') return MISSING;
  const surroundings = await surroundingsOf(visit);
  const words = visit.texts.comfort;
  const main = html`
    <main id="main" class="body yard">
      ${mailboxesNav(visit, surroundings, null)}
      <section class="stack" id="choices" aria-labelledby="t">
        <h1 id="t">${words.title}</h1>
        ${said === 'saved' ? doneBanner(visit, visit.texts.comfort.saved) : NOTHING}
        <form class="comfort" method="post" action="/comfort">
          ${token(visit)} ${radios(visit)}
          <div class="opts-c sheet">${choices(visit)}</div>
          <div class="sample">
            ${sample(visit)}
            <button class="btn main big full">${icon(visit, 'check')}${words.save}</button>
          </div>
        </form>
      </section>
    </main>
  `;
  const sheet = {
    section: 'none',
    shelf: null,
    main,
    styles: ['choices.css'],
    skipTo: 'choices',
    foot: 'below',
  } as const;
  return page(framed(visit, surroundings, { title: words.title, ...sheet }));
}

/** POST /comfort. */
export async function saveComfort(visit: Visit<ComfortPart>, form: Form): Promise<Answer> {
  if (visit.audience !== 'child') return MISSING;
  await visit.core.accounts.setComfort(visit.viewer, comfortOf(form));
  return { kind: 'go', to: '/comfort?said=saved' };
}

interface Option {
  readonly choice: ChildsChoice;
  readonly value: string;
  readonly name: string;
  readonly title: string;
  /** The place among those of its choice, from 0. */
  readonly at: number;
}

const idOf = ({ choice, at }: Pick<Option, 'choice' | 'at'>): string => `${choice}${at + 1}`;

function optionsOf({ texts }: Pick<Visit, 'texts'>): readonly (readonly Option[])[] {
  return keysOf(SHOWN).map((choice) => {
    const { title, names } = texts.comfort[choice];
    return Object.entries(names).map(([value, name], at) => ({ choice, value, name, title, at }));
  });
}

/** They stand before what shows them: so a stylesheet alone changes the sample. */
function radios(visit: Visit): Html[] {
  return optionsOf(visit)
    .flat()
    .map((one) => {
      const { choice, value, name, title, at } = one;
      const isChosen = visit.comfort[choice] === value;
      // Without a paper of one's own it is that of the computer, light or dark: none is ticked.
      const isUsual = visit.comfort[choice] === undefined && at === 0 && choice !== 'paper';
      return html`
        <input
          type="radio"
          name="${choice}"
          id="${idOf(one)}"
          value="${value}"
          aria-label="${title}, ${name}"
          ${attributes({ checked: isChosen || isUsual })}
        />
      `;
    });
}

function choices(visit: Visit): Html[] {
  return optionsOf(visit).map((options) => {
    const first = options[0];
    if (first === undefined) return NOTHING;
    return html`
      <h2>${first.title}</h2>
      <div class="pickrow${options.length === 4 ? ' four' : ''}">
        ${options.map(
          (one) => html`
            <label for="${idOf(one)}">${SHOWN[one.choice][one.at] ?? NOTHING} ${one.name}</label>
          `,
        )}
      </div>
    `;
  });
}

function sample({ texts }: Visit): Html {
  const words = texts.comfort.sample;
  return html`
    <h2 class="vh">${words.title}</h2>
    <div class="page">
      <b>${words.name}</b>
      ${words.text}
    </div>
  `;
}
