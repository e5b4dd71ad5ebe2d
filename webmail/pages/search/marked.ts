import { piecesOf, type Sought } from '../../../core/message/hits.ts';
import { html, type Html } from '../../html.ts';

/** A text with what was looked for marked in it. */
export function marked(text: string, sought: Sought): Html {
  return html`
    ${piecesOf(text, sought).map((piece) =>
      piece.isHit
        ? html`
            <mark>${piece.text}</mark>
          `
        : piece.text,
    )}
  `;
}
