import { html, type Html } from '../html.ts';
import { icon, type Drawn } from './parts.ts';

/** On top of a page: what was just done. */
export function doneBanner(visit: Drawn, words: string | Html): Html {
  return html`
    <p class="banner ok" role="status">
      ${icon(visit, 'check')}
      <span class="grow">${words}</span>
    </p>
  `;
}

/** Beside a field: why it wasn't taken. The field names this line's `id` by `aria-describedby`. */
export function fieldTrouble(visit: Drawn, id: string, words: string | Html): Html {
  return html`
    <p class="err" id="${id}" role="alert">
      ${icon(visit, 'warning')}
      <span>${words}</span>
    </p>
  `;
}
