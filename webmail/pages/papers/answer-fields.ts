import type { FamilySlip } from '../../../core/school/papers/contract/slips.ts';
import { formOf, type Filled, type ShownFields } from '../../components/form.ts';
import { NO_DEFAULT } from '../../components/no-default.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';

/** An answer; which button was pressed says yes or no. */
export const ANSWER_FORM = formOf({
  version: {},
  answer: {},
  number: { most: 30, as: { type: 'tel', autocomplete: 'tel' } },
  words: { most: 500, isText: true, as: { rows: 3 } },
  option: {},
  note: { most: 500, isText: true, as: { rows: 2 } },
  password: { most: 300, isText: true, as: { type: 'password', autocomplete: 'current-password' } },
});
export type AnswerTyped = ReturnType<typeof ANSWER_FORM.typedIn>;

/** What was typed in a slip that wasn't taken, and why. */
export interface SlipTyped extends Filled<keyof AnswerTyped> {
  /** Of no field: above the letter. */
  readonly trouble: string | null;
}

interface Asked {
  readonly slip: FamilySlip;
  readonly typed: SlipTyped | null;
  readonly asksPassword: boolean;
}

/** What a family fills in, and the buttons that name the act and who signs. */
export function answerFields(visit: Visit, { slip, typed, asksPassword }: Asked): Html {
  const words = visit.texts.papers.family;
  const given = typed === null ? givenBefore(slip) : { ...typed.typed, password: '' };
  const fields = ANSWER_FORM.shown(visit, { typed: given, wrong: typed?.wrong ?? {} });
  const number =
    slip.text.asksNumber && slip.numbersGoneAt !== null
      ? fields.line('number', {
          label: words.number,
          hint: words.numberHint(slip.authorName, wholeDay(visit.clock, slip.numbersGoneAt)),
        })
      : NOTHING;
  const password = asksPassword
    ? fields.line('password', { label: words.password, hint: words.passwordHint })
    : NOTHING;
  // Enter, at the end of a password, would say what the first button says: a yes, or a signature.
  return html`
    ${NO_DEFAULT} ${number} ${questionFields(visit, slip, { given, fields })}
    ${fields.text('note', { label: words.note(slip.authorName) })} ${password}
    <div class="say-its">${buttons(visit, slip)}</div>
  `;
}

/** What they answered to these words, to be changed. */
function givenBefore({ own, ownNumber: number }: FamilySlip): AnswerTyped {
  const says = own?.says;
  return ANSWER_FORM.blank({
    number,
    note: own?.note ?? '',
    words: says?.kind === 'words' ? says.text : '',
    option: says?.kind === 'option' ? String(says.option) : '',
  }).typed;
}

/** What is chosen or written before the button; a yes and a no are buttons themselves. */
function questionFields(
  visit: Visit,
  { text }: FamilySlip,
  {
    given,
    fields,
  }: { readonly given: AnswerTyped; readonly fields: ShownFields<keyof AnswerTyped> },
): Html {
  const { question } = text.frame;
  const words = visit.texts.papers.family;
  if (question.kind === 'words') return fields.text('words', { label: words.words });
  if (question.kind !== 'choice') return NOTHING;
  return html`
    <fieldset>
      <legend class="lab">${words.words}</legend>
      ${question.options.map(
        (option, at) => html`
          <label class="tick">
            <input
              type="radio"
              name="option"
              value="${at}"
              ${attributes({ checked: String(at) === given.option })}
            />
            <span>${option}</span>
          </label>
        `,
      )}
    </fieldset>
  `;
}

function buttons(visit: Visit, { text, childName }: FamilySlip): readonly Html[] {
  const words = visit.texts.papers.family;
  const by = words.signedBy(visit.viewer.displayName);
  const stays = text.frame.occasion === null ? '' : `, ${words.stays(childName)}`;
  switch (text.frame.question.kind) {
    case 'yes-no':
      return [
        button(visit, { value: 'yes', look: 'yes', icon: 'check', words: words.yes, small: by }),
        button(visit, {
          value: 'no',
          look: 'nay',
          icon: 'close',
          words: words.no,
          small: `${by}${stays}`,
        }),
      ];
    case 'sign':
      return [
        button(visit, {
          value: 'signed',
          look: 'yes',
          icon: 'sign',
          words: words.signed,
          small: by,
        }),
      ];
    case 'choice':
    case 'words':
      return [
        button(visit, { value: 'said', look: 'yes', icon: 'sign', words: words.answer, small: by }),
      ];
  }
}

interface Button {
  readonly value: string;
  readonly look: 'yes' | 'nay';
  readonly icon: string;
  readonly words: string;
  readonly small: string;
}

function button(visit: Visit, { value, look, icon: drawn, words, small }: Button): Html {
  return html`
    <button class="say-it ${look}" name="answer" value="${value}">
      ${icon(visit, drawn)}
      <span>
        ${words}
        <small>${small}</small>
      </span>
    </button>
  `;
}
