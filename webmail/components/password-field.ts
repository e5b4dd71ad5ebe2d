import { icon } from '../frame/parts.ts';
import { fieldTrouble } from '../frame/said.ts';
import type { Yard } from '../frame/yard.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { TEXTS } from '../texts/texts.ts';

/** What shows a password that is being typed; the pages that have such a field load it. */
export const EYE_SCRIPT = 'eye.js';

interface PasswordField {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** For who fills in passwords: the one that is known, or one to be kept. */
  readonly fill: 'current-password' | 'new-password';
  /** What is to be typed, under the field; null where the page says it. */
  readonly hint?: string | null;
  /** Why it wasn't taken, in place of the hint. */
  readonly trouble?: string | null;
  /** The id of a line elsewhere on the page that says what is wrong, or what is asked. */
  readonly describedBy?: string | null;
  readonly isWrong?: boolean;
  readonly autofocus?: boolean;
}

/**
 * A password, with an eye that shows what was typed: a script's alone, so it isn't there without
 * one.
 */
export function passwordField(where: Yard, field: PasswordField): Html {
  const { id, hint = null, trouble = null, describedBy = null } = field;
  const below = trouble === null && hint === null ? null : `${id}-below`;
  const hintLine = html`
    <p class="hint" id="${id}-below">${hint}</p>
  `;
  return html`
    <div class="field">
      <label for="${id}">${field.label}</label>
      <span class="secret">
        <input
          class="input"
          id="${id}"
          name="${field.name}"
          type="password"
          autocomplete="${field.fill}"
          autocapitalize="none"
          spellcheck="false"
          maxlength="300"
          required
          ${attributes({
            autofocus: field.autofocus === true,
            'aria-invalid': trouble !== null || field.isWrong === true ? 'true' : null,
            'aria-describedby': below ?? describedBy,
          })}
        />
        <button
          class="btn quiet only"
          type="button"
          data-shows="${id}"
          aria-pressed="false"
          aria-label="${TEXTS[where.language].showPassword}"
          title="${TEXTS[where.language].showPassword}"
          hidden
        >
          ${icon(where, 'eye')}
        </button>
      </span>
      ${trouble === null ? NOTHING : fieldTrouble(where, `${id}-below`, trouble)}
      ${trouble === null && hint !== null ? hintLine : NOTHING}
    </div>
  `;
}
