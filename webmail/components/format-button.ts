import { namedIcon } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { attributes, html, type Html } from '../html.ts';

const STRIP = '/write/format';

/** What is written with it. */
type FormattedField = 'letter' | 'template' | 'signature';

/**
 * « Mise en forme »: what it needs comes once an adult asks for it, or has asked for it once, or
 * goes on with a letter that has some. A script shows it: without one a letter is plain text.
 */
export function formatButton(visit: Visit, formatted: string | null, of: FormattedField): Html {
  const isWanted = formatted !== null || visit.habits.formats === true;
  return html`
    <button
      class="btn only tip"
      type="button"
      data-tip="${visit.texts.write.format.title}"
      data-format="${visit.asset('format.js')}"
      data-strip="${of === 'letter' ? STRIP : `${STRIP}?of=${of}`}"
      aria-pressed="false"
      ${attributes({ 'data-html': formatted, 'data-wanted': isWanted })}
      hidden
    >
      ${namedIcon(visit, 'text', visit.texts.write.format.title)}
    </button>
  `;
}
