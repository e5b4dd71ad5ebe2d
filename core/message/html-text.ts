/** What a reader would read of an HTML body, and where its links lead. One pass of htmlparser2; nothing is ever fetched. */
import { Parser } from 'htmlparser2';
import { BODY_CHARACTERS, LINKS } from './limits.ts';

export interface HtmlReading { readonly text: string; readonly links: readonly string[] }

const SILENT = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'math', 'object', 'iframe', 'select']);
const BLOCKS = new Set(['p', 'div', 'br', 'tr', 'li', 'ul', 'ol', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'hr', 'section', 'article', 'header', 'footer', 'dt', 'dd']);
const LEADING = new Set(['href', 'src', 'action', 'formaction', 'background', 'cite', 'data', 'poster', 'xlink:href', 'srcset']);

/** Text and link targets (as written) of an HTML document, cut at `BODY_CHARACTERS`. */
export function readHtml(html: string): HtmlReading {
  const pieces: string[] = [];
  const links: string[] = [];
  let silent = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (SILENT.has(name)) silent++;
      else if (BLOCKS.has(name)) pieces.push('\n');
      else if (name === 'td' || name === 'th') pieces.push(' ');
      for (const [attribute, value] of Object.entries(attributes)) {
        if (links.length < LINKS && LEADING.has(attribute)) links.push(value);
      }
    },
    ontext(text) { if (silent === 0) pieces.push(text.replace(/\s+/g, ' ')); },
    onclosetag(name) {
      if (SILENT.has(name)) silent--;
      else if (BLOCKS.has(name) && name !== 'br') pieces.push('\n');
    },
  }, { decodeEntities: true });
  parser.end(html.slice(0, BODY_CHARACTERS));
  return { text: tidy(pieces.join('')), links };
}

/** White space as a browser shows it, at most one empty line. */
function tidy(text: string): string {
  return text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).join('\n').replace(/\n{3,}/g, '\n\n').trim();
}

/** How deep elements lie in one another, void ones not counted. */
export function depthOf(html: string): number {
  let depth = 0;
  let deepest = 0;
  const parser = new Parser({
    onopentagname() { deepest = Math.max(deepest, ++depth); },
    onclosetag() { depth--; },
  }, { decodeEntities: false });
  parser.end(html);
  return deepest;
}
