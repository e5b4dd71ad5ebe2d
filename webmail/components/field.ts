import type { WithAssets } from '../frame/parts.ts';
import { fieldTrouble } from '../frame/said.ts';
import { attributes, html, NOTHING, TEXT_BEGINS, type Html } from '../html.ts';

/** Something to be typed or chosen, under its label. */
export interface FormField {
  readonly name: string;
  /** On its page, where its name isn't the only one there. */
  readonly id?: string;
  readonly label: string | Html;
  readonly value?: string;
  /** What helps, below it. */
  readonly hint?: string | Html | null;
  /** Why what was typed wasn't taken: this stands below instead. */
  readonly wrong?: string | Html | null;
  /** The line elsewhere on the page that helps. */
  readonly hintBy?: string;
  /** The line elsewhere on the page that says so. */
  readonly wrongBy?: string | null;
  /** What follows it on its line: the end of an address. */
  readonly ends?: string;
  /** Classes of the whole, and of what is typed into. */
  readonly box?: string;
  readonly look?: string;
  /** What HTML wants to know besides: `type`, `maxlength`, `autocomplete` … */
  readonly as?: Parameters<typeof attributes>[0];
}

/** A line by itself, whose label stands elsewhere and says `for` it. */
export const bareLine = (field: Omit<FormField, 'label'>): Html => html`
  <input ${attributes({ ...attributesOf(field, 'input'), value: field.value || null })} />
`;

/** A line. */
export const lineField = (visit: WithAssets, field: FormField): Html =>
  labelled(visit, field, bareLine(field));

/** Some lines. */
export function textField(visit: WithAssets, field: FormField): Html {
  return labelled(
    visit,
    field,
    html`
      <textarea ${attributes(attributesOf(field, null))}>
${TEXT_BEGINS}${field.value ?? ''}</textarea>
    `,
  );
}

/** One of some; `value` is the one that is chosen. */
export function choiceField(
  visit: WithAssets,
  field: FormField,
  options: readonly (readonly [value: string | number, words: string | Html])[],
): Html {
  return labelled(
    visit,
    field,
    html`
      <select ${attributes(attributesOf(field, null))}>
        ${options.map(
          ([value, words]) => html`
            <option value="${value}" ${attributes({ selected: String(value) === field.value })}>
              ${words}
            </option>
          `,
        )}
      </select>
    `,
  );
}

interface Tick {
  readonly type: 'checkbox' | 'radio';
  readonly name: string;
  readonly value: string | number;
  readonly isOn?: boolean;
  readonly words: string | Html;
  /** Classes besides. */
  readonly look?: string;
  /** The form that it belongs to, where it stands elsewhere. */
  readonly form?: string;
}

/** A box before its words: a yes, or one of some. */
export function tick(one: Tick): Html {
  const { type, name, value, isOn = false, words, look, form = null } = one;
  return html`
    <label class="${look === undefined ? 'tick' : `tick ${look}`}">
      <input ${attributes({ type, name, value, form, checked: isOn })} />
      <span>${words}</span>
    </label>
  `;
}

/** Words of a box, and what helps below them. */
export const hinted = (words: string, hint: string): string | Html =>
  hint === ''
    ? words
    : html`
        ${words}
        <br />
        <span class="small soft">${hint}</span>
      `;

const idOf = ({ id, name }: Pick<FormField, 'id' | 'name'>): string => id ?? name;

function attributesOf(field: Omit<FormField, 'label'>, look: string | null) {
  const { name, hint = null, hintBy = null, wrong = null, wrongBy = null } = field;
  const id = idOf(field);
  const help = hint ? `${id}-hint` : hintBy;
  const below = wrong === null ? help : `${id}-trouble`;
  return {
    class: [look, field.look].filter((one) => one != null).join(' ') || null,
    id,
    name,
    ...field.as,
    'aria-invalid': wrong === null && wrongBy === null ? null : 'true',
    'aria-describedby': [below, wrongBy].filter(Boolean).join(' ') || null,
  };
}

/** What is typed or chosen, between its label and what is said of it. */
export function labelled(visit: WithAssets, field: FormField, control: Html): Html {
  const { label, hint = null, wrong = null, ends, box } = field;
  const id = idOf(field);
  const whole = html`
    <div class="whole">
      ${control}
      <span>${ends}</span>
    </div>
  `;
  return html`
    <div class="${box === undefined ? 'field' : `field ${box}`}">
      <label for="${id}">${label}</label>
      ${ends === undefined ? control : whole}
      ${wrong === null ? hintLine(id, hint) : fieldTrouble(visit, `${id}-trouble`, wrong)}
    </div>
  `;
}

function hintLine(id: string, hint: string | Html | null): Html {
  return hint === null || hint === ''
    ? NOTHING
    : html`
        <p class="hint" id="${id}-hint">${hint}</p>
      `;
}
