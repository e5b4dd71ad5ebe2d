import type { WithAssets } from '../frame/parts.ts';
import { fieldTrouble } from '../frame/said.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';

interface CodeField {
  readonly label: string;
  /** What is to be typed, under the field; null where the page says it. */
  readonly hint: string | null;
  /** Why it wasn't taken, in place of the hint. */
  readonly trouble: string | null;
  readonly autofocus?: boolean;
}

/** The field of a code: digits on a phone's keyboard, offered by who fills in codes. */
export function codeField(
  visit: WithAssets,
  { label, hint, trouble, autofocus = false }: CodeField,
): Html {
  const below =
    hint === null
      ? NOTHING
      : html`
          <p class="hint" id="ch">${hint}</p>
        `;
  return html`
    <div class="field">
      <label for="code">${label}</label>
      <input
        class="input code"
        id="code"
        name="code"
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        pattern="[0-9 ]*"
        maxlength="7"
        size="7"
        required
        ${attributes({
          autofocus,
          'aria-invalid': trouble === null ? null : 'true',
          'aria-describedby': trouble === null ? hint && 'ch' : 'trouble',
        })}
      />
      ${trouble === null ? below : fieldTrouble(visit, 'trouble', trouble)}
    </div>
  `;
}
