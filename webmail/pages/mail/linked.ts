import type { Sought } from '../../../core/message/hits.ts';
import { linkedIn } from '../../../core/message/links.ts';
import { html, markup, type Html } from '../../html.ts';
import { marked } from '../search/marked.ts';

const LINE_ENDS = markup('<br>');

interface Options {
  readonly links: boolean;
  /** What is marked in it: what a search has found it by. */
  readonly sought?: Sought;
}

/**
 * Plain text as paragraphs and lines. Adults get links that open elsewhere and tell nobody where
 * they came from; children get the words.
 */
export function paragraphs(text: string, options: Options): Html[] {
  return text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n+/)
    .filter((block) => block !== '')
    .map((block) => {
      const lines = block.split('\n').flatMap((line, at) => {
        const pieces = options.links ? linked(line, options) : [words(line, options)];
        return at === 0 ? pieces : [LINE_ENDS, ...pieces];
      });
      return html`
        <p>${lines}</p>
      `;
    });
}

/** What is to be put into a page; a text is escaped there. */
type Piece = Html | string;

function words(text: string, { sought }: Options): Piece {
  return sought === undefined ? text : marked(text, sought);
}

function linked(line: string, options: Options): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { at, target } of linkedIn(line)) {
    pieces.push(
      words(line.slice(end, at), options),
      html`
        <a href="${target}" target="_blank" rel="noopener noreferrer">${target}</a>
      `,
    );
    end = at + target.length;
  }
  return [...pieces, words(line.slice(end), options)];
}
