import { randomUUID } from 'node:crypto';
import type { LetterId } from '../../../core/ground/ids.ts';
import type { Draft } from '../../../core/mail/writing/contract.ts';
import type { PaperCircle, WishFault } from '../../../core/school/papers/contract.ts';
import type { PaperRef } from '../../../core/school/papers/contract/slips.ts';
import { hinted, tick } from '../../components/field.ts';
import type { ShownFields } from '../../components/form.ts';
import { draftField } from '../../components/letter-hand.ts';
import { mendBelow } from '../../components/mend-below.ts';
import { NO_DEFAULT } from '../../components/no-default.ts';
import { framed } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { icon, token } from '../../frame/parts.ts';
import { alertBanner, banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { eveningTick } from '../writing/evening.ts';
import {
  keepButton,
  keptLine,
  leavesBanner,
  throwButton,
  unkeptBanner,
} from '../writing/writing-form.ts';
import { paperPath } from './parts.ts';
import { PAPER_FORM, TICKED, type PaperTyped } from './wish-form.ts';

/** Whom a paper may be asked of. */
export interface PaperTarget {
  readonly address: string;
  readonly circle: PaperCircle;
}

/** All that the page of writing a paper shows. */
export interface PaperWriting {
  readonly surroundings: PageSurroundings;
  /** When what its writer sends this evening leaves; null: at once. */
  readonly evening: Date | null;
  readonly targets: readonly PaperTarget[];
  /** The paper whose words are changed; null: a new one. */
  readonly ref: PaperRef | null;
  readonly typed: PaperTyped;
  readonly letter: LetterId;
  readonly draft: Draft | null;
  /** Sentences about all of it, and what is wrong with a field. */
  readonly troubles: readonly string[];
  readonly faults: readonly WishFault[];
}

/** A letter above the dashed line, what is signed below it. */
export function writingView(visit: Visit, shown: PaperWriting): Html {
  const words = visit.texts.papers.write;
  const title = shown.ref === null ? words.title : words.changeTitle;
  const back = shown.ref === null ? '/papers' : paperPath(shown.ref);
  const action = shown.ref === null ? '/papers/new' : `${back}/change`;
  const main = html`
    <main id="main" class="body narrow">
      <p class="go-back">
        <a class="btn quiet" href="${back}">
          ${icon(visit, 'back')}${visit.texts.papers.desk.title}
        </a>
      </p>
      <h1 id="t">${title}</h1>
      ${
        shown.targets.length === 0 && shown.draft === null
          ? html`
              <p class="sheet pad soft">${words.nobodyToAsk}</p>
            `
          : html`
              <form
                class="stack wide paper-write"
                method="post"
                action="${action}"
                enctype="multipart/form-data"
                autocomplete="off"
                novalidate
                data-write="paper"
                data-owner="${visit.viewer.address}"
              >
                ${bodyOf(visit, shown)}
              </form>
            `
      }
    </main>
  `;
  return framed(visit, shown.surroundings, {
    title,
    section: 'papers',
    shelf: null,
    styles: ['papers.css'],
    scripts: ['write.js'],
    main,
  });
}

function bodyOf(visit: Visit, shown: PaperWriting): Html {
  const words = visit.texts.papers.write;
  const { draft, letter, ref, typed, troubles, faults } = shown;
  const wrong = wrongIn(visit, faults);
  const fields = PAPER_FORM.shown(visit, { typed, wrong });
  return html`
    ${token(visit)} ${NO_DEFAULT}
    <input
      type="hidden"
      name="slip"
      value="${ref === null ? 'new' : `${ref.school} ${ref.paper}`}"
    />
    ${draftField(draft)}
    <input type="hidden" name="letter" value="${letter}" />
    <input type="hidden" name="window" value="${randomUUID()}" />
    <input type="hidden" name="turn" value="0" />
    ${leavesBanner(visit, draft)} ${troubles.map((one) => alertBanner(visit, 'stop', one))}
    ${faults.includes('same-words') ? alertBanner(visit, 'wait', visit.texts.papers.faults['same-words']) : NOTHING}
    ${mendBelow(visit, wrong)} ${ref === null ? NOTHING : banner(visit, 'wait', words.changeWarns)}
    <section class="sheet paper-letter">
      <div class="pad stack">${letterFields(visit, shown, fields)}</div>
      <section class="slip" aria-labelledby="sl">
        <span class="cutline" aria-hidden="true">${words.slip}</span>
        <h2 id="sl">${words.ask}</h2>
        ${slipFields(visit, typed, fields)}
      </section>
    </section>
    ${unkeptBanner(visit)} ${eveningTick(visit, shown.evening)}
    <div class="row">
      <button class="btn main big" name="act" value="send">
        ${icon(visit, 'send')}${ref === null ? words.send : words.sendAgain}
      </button>
      ${keepButton(visit)} ${throwButton(visit)} ${keptLine(visit, { draft })}
    </div>
  `;
}

/** The field that each fault is about; null: all of them. */
const FIELD_OF = {
  'no-subject': 'subject',
  'no-text': 'oath',
  'text-too-long': 'oath',
  'few-options': 'options',
  'many-options': 'options',
  'until-unclear': 'until-day',
  'until-past': 'until-day',
  'until-too-far': 'until-day',
  'until-after-day': 'until-day',
  'day-unclear': 'on-day',
  'day-past': 'on-day',
  'day-too-far': 'on-day',
  'ends-before-it-begins': 'last-day',
  'hours-unclear': 'from',
  'same-words': null,
} as const satisfies Record<WishFault, keyof PaperTyped | null>;

/** The sentence below each field that is wrong. */
const wrongIn = (
  { texts }: Visit,
  faults: readonly WishFault[],
): Readonly<Partial<Record<keyof PaperTyped, string>>> =>
  Object.fromEntries(
    faults.toReversed().flatMap((fault) => {
      const name = FIELD_OF[fault];
      return name === null ? [] : [[name, texts.papers.faults[fault]] as const];
    }),
  );

type Fields = ShownFields<keyof PaperTyped>;

function letterFields(visit: Visit, shown: PaperWriting, fields: Fields): Html {
  const words = visit.texts.papers.write;
  const { targets, typed, ref } = shown;
  const chosen = targets.find(({ address }) => address === typed.to);
  const unreached = chosen?.circle.unreached ?? [];
  const readies = html`
    <p class="row">
      <span class="soft small">${words.ready}</span>
      ${(['outing', 'pool', 'night', 'photo'] as const).map(
        (one) => html`
          <a class="btn mini" href="/papers/new?ready=${one}">${words.readies[one]}</a>
        `,
      )}
    </p>
  `;
  return html`
    ${ref === null ? readies : NOTHING}
    ${fields.choice(
      'to',
      {
        label: words.to,
        hint: targets.length === 0 ? words.nobodyToAsk : words.toHint,
        look: 'input',
      },
      [
        // Families who can't be asked any more give way to no others by themselves.
        ...(chosen === undefined ? [['', ''] as const] : []),
        ...targets.map(
          ({ address, circle }) => [address, `${circle.about} (${circle.children})`] as const,
        ),
      ],
    )}
    ${
      unreached.length === 0
        ? NOTHING
        : html`
            <p class="hint">${words.unreached(visit.texts.list(unreached))}</p>
          `
    }
    ${fields.line('subject', { label: words.subject })}
    ${fields.text('text', { label: words.letter, look: 'input' })} ${filesField(visit, shown)}
  `;
}

function filesField(visit: Visit, { draft }: PaperWriting): Html {
  const words = visit.texts.papers.write;
  const files = draft?.attachments ?? [];
  return html`
    <div class="field">
      <span class="lab">${words.files}</span>
      ${
        files.length === 0
          ? NOTHING
          : html`
              <p class="small">${words.joined(visit.texts.list(files.map(({ name }) => name)))}</p>
              ${files.map(({ name, path }) =>
                tick({ type: 'checkbox', name: 'drop', value: path, words: words.drop(name) }),
              )}
            `
      }
      <span class="upload">
        <input class="vh" type="file" id="fl" name="file" multiple data-named />
        <label class="btn" for="fl">${icon(visit, 'attach')}${words.addFile}</label>
        <output></output>
      </span>
    </div>
  `;
}

function slipFields(visit: Visit, typed: PaperTyped, fields: Fields): Html {
  const words = visit.texts.papers.write;
  return html`
    ${radios(
      'question',
      words.question,
      (['yes-no', 'sign', 'choice', 'words'] as const).map((one) => ({
        value: one,
        isChosen: typed.question === one,
        words: words.questions[one],
        hint: '',
      })),
    )}
    <details ${attributes({ open: typed.question === 'choice' })}>
      <summary>${words.optionsFor}</summary>
      ${fields.text('options', { label: words.options, look: 'input' })}
    </details>
    ${fields.text('oath', { label: words.text, hint: words.textHint, look: 'input' })}
    ${occasionFields(visit, fields)} ${termsFields(visit, typed, fields)}
  `;
}

function occasionFields({ texts }: Visit, fields: Fields): Html {
  const words = texts.papers.write;
  return html`
    <div class="pairs">
      ${fields.line('place', { label: words.place })}
      ${fields.line('price', { label: words.price })}
      ${fields.line('on-day', { id: 'day', label: words.day })}
      ${fields.line('last-day', { label: words.lastDay, hint: words.lastDayHint })}
      ${fields.line('from', { label: words.leaves })}
      ${fields.line('back-at', { label: words.returns })}
    </div>
  `;
}

function termsFields(visit: Visit, typed: PaperTyped, fields: Fields): Html {
  const words = visit.texts.papers.write;
  const ticked = (name: 'reminds' | 'asks-number', label: string): Html =>
    tick({ type: 'checkbox', name, value: TICKED, isOn: typed[name] !== '', words: label });
  const who = [
    { value: 'usual', words: words.usual, hint: words.usualHint },
    { value: 'one', words: words.one, hint: words.oneHint },
    { value: 'each', words: words.each, hint: words.eachHint },
  ];
  return html`
    ${radios(
      'needed',
      words.who,
      who.map((one) => ({ ...one, isChosen: typed.needed === one.value })),
    )}
    <div class="pairs">
      ${fields.line('until-day', { label: words.until })}
      ${fields.line('until-time', { label: words.untilTime })}
    </div>
    <div>${ticked('reminds', words.reminds)} ${ticked('asks-number', words.asksNumber)}</div>
  `;
}

interface RadioChoice {
  readonly value: string;
  readonly isChosen: boolean;
  readonly words: string;
  readonly hint: string;
}

function radios(name: string, title: string, choices: readonly RadioChoice[]): Html {
  return html`
    <fieldset class="field">
      <legend class="lab">${title}</legend>
      <div class="choices">
        ${choices.map(({ value, isChosen, words, hint }) =>
          tick({ type: 'radio', name, value, isOn: isChosen, words: hinted(words, hint) }),
        )}
      </div>
    </fieldset>
  `;
}
