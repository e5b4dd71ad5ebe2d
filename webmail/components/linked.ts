import type { Sought } from '../../core/letters/message/hits.ts';
import { SEARCH_CHARACTERS } from '../../core/letters/message/limits.ts';
import { linkedIn } from '../../core/letters/message/links.ts';
import { html, withLines, type Html } from '../html.ts';
import { marked } from './marked.ts';

/** What comes after so many is shown as one, its empty lines within it. */
const MOST_PARAGRAPHS = 2_000;

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
  const blocks = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n+/)
    .filter((block) => block !== '');
  const last = blocks.slice(MOST_PARAGRAPHS).join('\n\n');
  let at = 0;
  return [...blocks.slice(0, MOST_PARAGRAPHS), last].flatMap((block) => {
    const { sought, ...plain } = options;
    const isSearched = sought !== undefined && at < SEARCH_CHARACTERS;
    at += block.length;
    return block === '' ? [] : [paragraph(block, isSearched ? options : plain)];
  });
}

function paragraph(block: string, options: Options): Html {
  return html`
    <p>${options.links ? linked(block, options) : unlinked(block, options)}</p>
  `;
}

/** Running words without a link in them. */
export function unlinked(text: string, { sought }: Options): Html {
  return sought === undefined ? withLines(text) : marked(text, sought);
}

/** Running words in which an address is a link that opens elsewhere. */
export function linked(block: string, options: Options): Html[] {
  const pieces: Html[] = [];
  let end = 0;
  for (const { at, target } of linkedIn(block)) {
    pieces.push(
      unlinked(block.slice(end, at), options),
      html`
        <a href="${target}" target="_blank" rel="noopener noreferrer">${target}</a>
      `,
    );
    end = at + target.length;
  }
  return [...pieces, unlinked(block.slice(end), options)];
}
