/**
 * What a reader would read of an HTML body, and where its links lead. One pass of htmlparser2;
 * nothing is ever fetched.
 */
import { parseHtml } from './html-parser.ts';
import { BODY_CHARACTERS, LINKS } from './limits.ts';

interface HtmlReading {
  readonly text: string;
  readonly links: readonly string[];
  /** A picture stands in it itself (RFC 2397), for any program that shows it. */
  readonly holdsPictures: boolean;
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
 * `data:` as a browser reads it in an attribute or a style, tabs and line ends dropped (URL
 * standard §4.4). What it holds isn't asked: a picture is shown whatever its type says.
 */
const OWN_PICTURE = /(?:^|[\0- ,('"])d[\t\r\n]*a[\t\r\n]*t[\t\r\n]*a[\t\r\n]*:/i;

/**
 * Text and link targets (as written) of an HTML document, cut at `BODY_CHARACTERS`; a document too
 * deep for the parser loses its tags only.
 */
export function readHtml(html: string): HtmlReading {
  const pieces: string[] = [];
  const links: string[] = [];
  let silent = 0;
  let holdsPictures = false;
  let hasSheet = false;
  const read = html.slice(0, BODY_CHARACTERS);
  const { isWhole } = parseHtml(read, {
    onopentag(name, attributes) {
      if (SILENT.has(name)) silent++;
      else if (BLOCKS.has(name)) pieces.push('\n');
      else if (name === 'td' || name === 'th') pieces.push(' ');
      hasSheet ||= name === 'style';
      for (const attribute in attributes) {
        const value = attributes[attribute] ?? '';
        const leads = LEADING.has(attribute);
        if (leads && links.length < LINKS) links.push(value);
        if (leads || attribute === 'style') holdsPictures ||= OWN_PICTURE.test(value);
      }
    },
    ontext(text) {
      if (silent === 0) pieces.push(text);
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent--;
      else if (BLOCKS.has(name) && name !== 'br') pieces.push('\n');
    },
  });
  if (hasSheet || !isWhole) holdsPictures ||= OWN_PICTURE.test(read);
  const text = tidy(isWhole ? pieces : [read.replace(/<[^<>]*>/g, ' ')]);
  return { text, links, holdsPictures };
}

/**
 * How deep elements lie in one another, void ones not counted; no deeper than the parser goes is
 * looked.
 */
export function depthOf(html: string): number {
  return parseHtml(html, {}).depth;
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
