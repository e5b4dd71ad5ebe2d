import type { Sought } from '../../../core/message/hits.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { marked } from '../search/marked.ts';

/**
 * Addresses of pages in plain text: no space, no quote, no angle bracket; closing marks stay
 * outside.
 */
const LINK = /https?:\/\/[^\s<>"'«»]{1,2000}/g;
const TRAILING = /[.,;:!?)\]}]+$/;

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
      const lines = block.split('\n').map(
        (line, at) => html`
          ${
            at === 0
              ? NOTHING
              : html`
                  <br />
                `
          }
          ${options.links ? linked(line, options) : words(line, options)}
        `,
      );
      return html`
        <p>${lines}</p>
      `;
    });
}

function words(text: string, { sought }: Options): Html | string {
  return sought === undefined ? text : marked(text, sought);
}

function linked(line: string, options: Options): Html[] {
  const pieces: Html[] = [];
  let end = 0;
  for (const match of line.matchAll(LINK)) {
    const href = match[0].replace(TRAILING, '');
    pieces.push(html`
      ${words(line.slice(end, match.index), options)}
      <a href="${href}" target="_blank" rel="noopener noreferrer">${href}</a>
    `);
    end = match.index + href.length;
  }
  return [
    ...pieces,
    html`
      ${words(line.slice(end), options)}
    `,
  ];
}
