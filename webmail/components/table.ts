import type { Visit } from '../frame/visit.ts';
import { html, NOTHING, type Html } from '../html.ts';

/** Rows of a table that show at once; the others stand in a fold. */
const SHOWN = 8;

interface TableShown {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly Html[];
  readonly all?: boolean;
}

/**
 * A table with its first rows, the others in a fold; on a phone a card for each row. Nothing for no
 * rows.
 */
export function table(visit: Visit, { caption, heads, rows, all = false }: TableShown): Html {
  if (rows.length === 0) return NOTHING;
  const heading = html`
    <caption class="vh">${caption}</caption>
    <thead>
      <tr>
        ${heads.map(
          (one) => html`
            <th scope="col">${one}</th>
          `,
        )}
      </tr>
    </thead>
  `;
  const part = (some: readonly Html[]) => html`
    <div class="scroll" tabindex="0">
      <table>
        ${heading}
        <tbody class="num">${some}</tbody>
      </table>
    </div>
  `;
  const cut = all || rows.length <= SHOWN + 2 ? rows.length : SHOWN;
  const others = rows.length - cut;
  const fold = html`
    <details>
      <summary>${visit.texts.roster.preview.seeOthers(others)}</summary>
      ${part(rows.slice(cut))}
    </details>
  `;
  return html`
    <div class="sheet">${part(rows.slice(0, cut))}${others === 0 ? NOTHING : fold}</div>
  `;
}
