import type { FamilySlip } from '../../../core/school/papers/contract.ts';
import { lineField, textField } from '../../components/field.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';

/** What was typed in a slip that wasn't taken, and why. */
export interface SlipTyped {
  readonly note: string;
  readonly number: string;
  readonly words: string;
  /** What was ticked of a choice, by its place; null: nothing was. */
  readonly option: number | null;
  readonly trouble: string;
}

interface Asked {
  readonly slip: FamilySlip;
  readonly typed: SlipTyped | null;
  readonly asksPassword: boolean;
}

/** What a family fills in, and the buttons that name the act and who signs. */
export function answerFields(visit: Visit, { slip, typed, asksPassword }: Asked): Html {
  const words = visit.texts.papers.family;
  const number =
    slip.text.asksNumber && slip.numbersGoneAt !== null
      ? lineField(visit, {
          name: 'number',
          label: words.number,
          value: typed?.number ?? slip.ownNumber,
          hint: words.numberHint(slip.authorName, wholeDay(visit.clock, slip.numbersGoneAt)),
          as: { type: 'tel', autocomplete: 'tel', maxlength: 30 },
        })
      : NOTHING;
  const note = textField(visit, {
    name: 'note',
    label: words.note(slip.authorName),
    value: typed?.note ?? slip.own?.note ?? '',
    as: { rows: 2, maxlength: 500 },
  });
  const password = asksPassword
    ? lineField(visit, {
        name: 'password',
        label: words.password,
        hint: words.passwordHint,
        as: { type: 'password', autocomplete: 'current-password', maxlength: 300 },
      })
    : NOTHING;
  return html`
    ${number} ${questionFields(visit, slip, typed)} ${note} ${password}
    <div class="say-its">${buttons(visit, slip)}</div>
  `;
}

/** What is chosen or written before the button; a yes and a no are buttons themselves. */
function questionFields(visit: Visit, { text, own }: FamilySlip, typed: SlipTyped | null): Html {
  const { question } = text.frame;
  const words = visit.texts.papers.family;
  if (question.kind === 'words')
    return textField(visit, {
      name: 'words',
      label: words.words,
      value: typed?.words ?? (own?.says.kind === 'words' ? own.says.text : ''),
      as: { rows: 3, maxlength: 500 },
    });
  if (question.kind !== 'choice') return NOTHING;
  const given = own?.says.kind === 'option' ? own.says.option : null;
  const chosen = typed === null ? given : typed.option;
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
              ${attributes({ checked: at === chosen })}
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
