import { icon } from '../frame/parts.ts';
import type { Yard } from '../frame/yard.ts';
import { html, type Html } from '../html.ts';
import { TEXTS } from '../texts/texts.ts';
import { bareLine, labelled, type FormField } from './field.ts';

/** What shows a password that is being typed; the pages that have such a field load it. */
export const EYE_SCRIPT = 'eye.js';

/** A password in a form: the one that is known, or one to be kept, for who fills in passwords. */
export const passwordOf = (autocomplete: 'current-password' | 'new-password') =>
  ({
    most: 300,
    isRequired: true,
    isSecret: true,
    as: { type: 'password', autocomplete, autocapitalize: 'none', spellcheck: 'false' },
  }) as const;

/**
 * Its field, with an eye that shows what was typed: a script's alone, so it isn't there without
 * one.
 */
export function passwordField(where: Yard, field: FormField): Html {
  const { showPassword } = TEXTS[where.language];
  return labelled(
    where,
    field,
    html`
      <span class="secret">
        ${bareLine(field)}
        <button
          class="btn quiet only"
          type="button"
          data-shows="${field.id ?? field.name}"
          aria-pressed="false"
          aria-label="${showPassword}"
          title="${showPassword}"
          hidden
        >
          ${icon(where, 'eye')}
        </button>
      </span>
    `,
  );
}
