import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html, markup, type Html } from '../html.ts';
import { symbolsIn } from '../symbols.ts';

/** What a page shows where there is nothing, or something is broken; the yard of the sign-in. */
export type Scene =
  | 'basket'
  | 'bench'
  | 'signpost'
  | 'keepsake'
  | 'letterbox'
  | 'notebook'
  | 'plane'
  | 'rain'
  | 'road'
  | 'road-end'
  | 'satchel'
  | 'shelves'
  | 'slate'
  | 'sunrise'
  | 'yard';

const FILE = join(import.meta.dirname, '../assets/scenes.svg');
const DRAWN = new Map(symbolsIn(readFileSync(FILE, 'utf8')).map((one) => [one.id, one]));

/** A scene, set into its page: few pages have one, and the file of icons stays small for all. */
export function scene(name: Scene): Html {
  const drawn = DRAWN.get(name);
  if (drawn === undefined) throw new Error(`no scene ${name} in scenes.svg`);
  return html`
    <svg class="pict" viewBox="${drawn.viewBox}" aria-hidden="true">${markup(drawn.inside)}</svg>
  `;
}

/** A page with nothing on it says so, and what will be there. */
export const nothingHere = (name: Scene, words: string): Html => html`
  <div class="state sheet">
    ${scene(name)}
    <p>${words}</p>
  </div>
`;
