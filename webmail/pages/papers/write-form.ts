import { randomUUID } from 'node:crypto';
import type { Draft, LetterId } from '../../../core/mail/writing/contract.ts';
import type {
  PaperCircle,
  PaperRef,
  PaperWish,
  WishFault,
} from '../../../core/school/papers/contract.ts';
import { choiceField, lineField, textField, tick } from '../../components/field.ts';
import { framed } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { icon, token } from '../../frame/parts.ts';
import { alertBanner, banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { eveningTick } from '../writing/evening.ts';
import { keepButton, keptLine, throwButton, unkeptBanner } from '../writing/writing-form.ts';
import { paperPath } from './parts.ts';

/** Whom a paper may be asked of. */
export interface PaperTarget {
  readonly address: string;
  readonly circle: PaperCircle;
}

/** All that the page of writing a paper shows. */
export interface PaperWriting {
  readonly near: PageSurroundings;
  /** When what its writer sends this evening leaves; null: at once. */
  readonly evening: Date | null;
  readonly targets: readonly PaperTarget[];
  /** The paper whose words are changed; null: a new one. */
  readonly ref: PaperRef | null;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly letter: LetterId;
  readonly draft: Draft | null;
  readonly wish: PaperWish;
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
        shown.targets.length === 0
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
  return framed(visit, shown.near, {
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
  const { draft, letter, ref, troubles, faults } = shown;
  return html`
    ${token(visit)}
    <input
      type="hidden"
      name="slip"
      value="${ref === null ? 'new' : `${ref.school} ${ref.paper}`}"
    />
    <input type="hidden" name="draft" value="${draft?.ref.uid ?? ''}" />
    <input type="hidden" name="letter" value="${letter}" />
    <input type="hidden" name="window" value="${randomUUID()}" />
    <input type="hidden" name="turn" value="0" />
    ${troubles.map((one) => alertBanner(visit, 'stop', one))}
    ${faults.includes('same-words') ? alertBanner(visit, 'wait', visit.texts.papers.faults['same-words']) : NOTHING}
    ${ref === null ? NOTHING : banner(visit, 'wait', words.changeWarns)}
    <section class="sheet paper-letter">
      <div class="pad stack">${letterFields(visit, shown)}</div>
      <section class="slip" aria-labelledby="sl">
        <span class="cutline" aria-hidden="true">${words.slip}</span>
        <h2 id="sl">${words.ask}</h2>
        ${slipFields(visit, shown)}
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

function letterFields(visit: Visit, shown: PaperWriting): Html {
  const words = visit.texts.papers.write;
  const { targets, to, subject, body, ref } = shown;
  const chosen = targets.find(({ address }) => address === to) ?? targets[0];
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
    ${choiceField(
      visit,
      { name: 'to', label: words.to, value: to, hint: words.toHint, look: 'input' },
      targets.map(({ address, circle }) => [address, `${circle.about} (${circle.children})`]),
    )}
    ${
      unreached.length === 0
        ? NOTHING
        : html`
            <p class="hint">${words.unreached(visit.texts.list(unreached))}</p>
          `
    }
    ${lineField(visit, {
      name: 'subject',
      label: words.subject,
      value: subject,
      as: { maxlength: 200, required: true },
    })}
    ${textField(visit, {
      name: 'text',
      label: words.letter,
      value: body,
      look: 'input',
      as: { rows: 8 },
    })}
    ${filesField(visit, shown)}
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

function slipFields(visit: Visit, shown: PaperWriting): Html {
  const words = visit.texts.papers.write;
  const { wish } = shown;
  const wrong = wrongOf(visit, shown);
  return html`
    ${radios(
      'question',
      words.question,
      (['yes-no', 'sign', 'choice', 'words'] as const).map((one) => ({
        value: one,
        isChosen: wish.question === one,
        words: words.questions[one],
        hint: '',
      })),
    )}
    <details ${attributes({ open: wish.question === 'choice' })}>
      <summary>${words.optionsFor}</summary>
      ${textField(visit, {
        name: 'options',
        label: words.options,
        value: wish.options.join('\n'),
        look: 'input',
        wrong: wrong('few-options', 'many-options'),
        as: { rows: 3 },
      })}
    </details>
    ${textField(visit, {
      name: 'oath',
      label: words.text,
      value: wish.text,
      hint: words.textHint,
      look: 'input',
      wrong: wrong('no-text', 'text-too-long'),
      as: { rows: 3, maxlength: 1_000 },
    })}
    ${occasionFields(visit, shown)} ${termsFields(visit, shown)}
  `;
}

/** The first sentence about these faults; null where there is none. */
const wrongOf =
  ({ texts }: Visit, { faults }: PaperWriting) =>
  (...of: readonly WishFault[]): string | null => {
    const found = faults.find((one) => of.includes(one));
    return found === undefined ? null : texts.papers.faults[found];
  };

function occasionFields(visit: Visit, shown: PaperWriting): Html {
  const words = visit.texts.papers.write;
  const { wish } = shown;
  const wrong = wrongOf(visit, shown);
  return html`
    <div class="pairs">
      ${lineField(visit, {
        name: 'place',
        label: words.place,
        value: wish.place,
        as: { maxlength: 160 },
      })}
      ${lineField(visit, {
        name: 'price',
        label: words.price,
        value: wish.price,
        as: { maxlength: 160 },
      })}
      ${lineField(visit, {
        // A letter's form calls the day of its leaving so.
        name: 'on-day',
        id: 'day',
        label: words.day,
        value: wish.day,
        wrong: wrong('day-unclear', 'day-past', 'day-too-far'),
        as: { type: 'date' },
      })}
      ${lineField(visit, {
        name: 'last-day',
        label: words.lastDay,
        value: wish.lastDay,
        hint: words.lastDayHint,
        wrong: wrong('ends-before-it-begins'),
        as: { type: 'date' },
      })}
      ${lineField(visit, {
        name: 'from',
        label: words.leaves,
        value: wish.from,
        wrong: wrong('hours-unclear'),
        as: { type: 'time' },
      })}
      ${lineField(visit, {
        name: 'back-at',
        label: words.returns,
        value: wish.to,
        as: { type: 'time' },
      })}
    </div>
  `;
}

function termsFields(visit: Visit, shown: PaperWriting): Html {
  const words = visit.texts.papers.write;
  const { wish } = shown;
  const wrong = wrongOf(visit, shown);
  const ticked = (name: string, isOn: boolean, label: string): Html =>
    tick({ type: 'checkbox', name, value: 'yes', isOn, words: label });
  return html`
    ${radios('needed', words.who, [
      {
        value: 'usual',
        isChosen: wish.needed === 'usual',
        words: words.usual,
        hint: words.usualHint,
      },
      {
        value: 'one',
        isChosen: wish.needed === 'one',
        words: words.one,
        hint: words.oneHint,
      },
      {
        value: 'each',
        isChosen: wish.needed === 'each',
        words: words.each,
        hint: words.eachHint,
      },
    ])}
    <div class="pairs">
      ${lineField(visit, {
        name: 'until-day',
        label: words.until,
        value: wish.untilDay,
        wrong: wrong('until-unclear', 'until-past', 'until-too-far', 'until-after-day'),
        as: { type: 'date' },
      })}
      ${lineField(visit, {
        name: 'until-time',
        label: words.untilTime,
        value: wish.untilTime,
        as: { type: 'time' },
      })}
    </div>
    <div>
      ${ticked('reminds', wish.reminds, words.reminds)}
      ${ticked('asks-number', wish.asksNumber, words.asksNumber)}
    </div>
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
        ${choices.map(
          ({ value, isChosen, words, hint }) => html`
            <label class="tick">
              <input
                type="radio"
                name="${name}"
                value="${value}"
                ${attributes({ checked: isChosen })}
              />
              <span>
                ${words}
                ${
                  hint === ''
                    ? NOTHING
                    : html`
                        <br />
                        <span class="small soft">${hint}</span>
                      `
                }
              </span>
            </label>
          `,
        )}
      </div>
    </fieldset>
  `;
}
