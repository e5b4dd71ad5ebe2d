/**
 * What a reader would read of an HTML body, and where its links lead. One pass of htmlparser2;
 * nothing is ever fetched.
 */
import { Parser } from 'htmlparser2';
import { BODY_CHARACTERS, LINKS } from './limits.ts';

interface HtmlReading {
  readonly text: string;
  readonly links: readonly string[];
}

const SILENT = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'svg',
  'math',
  'object',
  'iframe',
  'select',
]);
const BLOCKS = new Set([
  'p',
  'div',
  'br',
  'tr',
  'li',
  'ul',
  'ol',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'pre',
  'hr',
  'section',
  'article',
  'header',
  'footer',
  'dt',
  'dd',
]);
const LEADING = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'background',
  'cite',
  'data',
  'poster',
  'xlink:href',
  'srcset',
]);

/**
 * Text and link targets (as written) of an HTML document, cut at `BODY_CHARACTERS`; a document too
 * deep for the parser loses its tags only.
 */
export function readHtml(html: string): HtmlReading {
  const pieces: string[] = [];
  const links: string[] = [];
  let silent = 0;
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth++;
        if (SILENT.has(name)) silent++;
        else if (BLOCKS.has(name)) pieces.push('\n');
        else if (name === 'td' || name === 'th') pieces.push(' ');
        for (const attribute in attributes) {
          if (links.length < LINKS && LEADING.has(attribute))
            links.push(attributes[attribute] ?? '');
        }
      },
      ontext(text) {
        if (silent === 0) pieces.push(text);
      },
      onclosetag(name) {
        depth--;
        if (SILENT.has(name)) silent--;
        else if (BLOCKS.has(name) && name !== 'br') pieces.push('\n');
      },
    },
    { decodeEntities: true },
  );
  const read = html.slice(0, BODY_CHARACTERS);
  const whole = parseBounded(parser, read, () => depth <= PARSER_DEPTH);
  return { text: tidy(whole ? pieces : [read.replace(/<[^<>]*>/g, ' ')]), links };
}

/**
 * How deep elements lie in one another, void ones not counted; no deeper than `PARSER_DEPTH` is
 * looked.
 */
export function depthOf(html: string): number {
  let depth = 0;
  let deepest = 0;
  const parser = new Parser(
    {
      onopentagname() {
        deepest = Math.max(deepest, ++depth);
      },
      onclosetag() {
        depth--;
      },
    },
    { decodeEntities: false },
  );
  parseBounded(parser, html, () => deepest <= PARSER_DEPTH);
  return deepest;
}

/**
 * The parser's stack costs its depth at every element, so a document deeper than this is given up.
 */
const PARSER_DEPTH = 1_000;
const PIECE_CHARACTERS = 8_192;

/** Feeds the parser piece by piece while `goesOn`; whether it came to the end. */
function parseBounded(parser: Parser, html: string, goesOn: () => boolean): boolean {
  for (let at = 0; at < html.length; at += PIECE_CHARACTERS) {
    parser.write(html.slice(at, at + PIECE_CHARACTERS));
    if (!goesOn()) return false;
  }
  parser.end();
  return true;
}

/**
 * White space as a browser shows it, at most one empty line. A line end in the source is a space;
 * those of `pieces` alone are ends.
 */
function tidy(pieces: readonly string[]): string {
  const text = pieces
    .map((piece) => (piece === '\n' ? piece : piece.replace(/\s+/g, ' ')))
    .join('');
  return text
    .replace(/ +/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
