import { piecesOf, type Sought } from '../../core/letters/message/hits.ts';
import { SEARCH_CHARACTERS } from '../../core/letters/message/limits.ts';
import { html, withLines, type Html } from '../html.ts';

/** A text with what was looked for marked in it, as far as texts are searched. */
export function marked(text: string, sought: Sought): Html {
  const searched = text.slice(0, SEARCH_CHARACTERS);
  return html`
    ${piecesOf(searched, sought).map((piece) =>
      piece.isHit
        ? html`
            <mark>${withLines(piece.text)}</mark>
          `
        : withLines(piece.text),
    )}
    ${withLines(text.slice(SEARCH_CHARACTERS))}
  `;
}
