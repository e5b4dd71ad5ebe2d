import { SHELF_ICONS } from '../frame/mailbox-nav.ts';
import type { Shelf } from '../frame/mailboxes.ts';
import { emptyScene, icon } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { html, type Html } from '../html.ts';

/** The reading pane while nothing is open: what may be chosen; the drawing of a folder without. */
export function emptyPane(visit: Visit, words: string | null, shelf: Shelf | null = 'inbox'): Html {
  return html`
    <div class="pane empty">
      ${
        words === null
          ? html`
              <div class="state">${emptyScene(shelf)}</div>
            `
          : html`
              <div class="state">
                ${icon(visit, shelf === null ? 'folder' : SHELF_ICONS[shelf])}
                <p class="soft">${words}</p>
              </div>
            `
      }
    </div>
  `;
}
