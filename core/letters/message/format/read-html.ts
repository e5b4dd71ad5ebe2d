import { cleanText } from '../clean.ts';
import { parseHtml } from '../html-parser.ts';
import { readHtml } from '../html-text.ts';
import { HTML_CHARACTERS, LINK_CHARACTERS } from '../limits.ts';
import { normaliseLink } from '../links.ts';
import {
  keptSpaces,
  linesOf,
  trimmedEnd,
  WIDEST_PICTURE,
  type Block,
  type FormattedText,
  type Run,
} from './words.ts';
import { HTML_BEGINS, writeHtml } from './write-html.ts';

/** Elements whose content is no text to read. */
const SILENT = new Set([
  'head',
  'title',
  'style',
  'script',
  'template',
  'noscript',
  'textarea',
  'select',
  'option',
  'svg',
  'math',
  'object',
  'iframe',
  'audio',
  'video',
  'canvas',
  'xmp',
  'plaintext',
]);
const LINES = new Set([
  'div',
  'tr',
  'table',
  'dt',
  'dd',
  'hr',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'address',
  'figure',
  'figcaption',
  'form',
  'fieldset',
  'caption',
  'body',
  'html',
]);
/** Blocks that a browser shows with an empty line around them. */
const PARAGRAPHS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre']);
const CELLS = new Set(['td', 'th']);
/** Between two cells of a row: as three spaces, so that a timetable that was pasted is read. */
const BESIDE = '\u00a0\u00a0 ';
const BOLD = new Set(['b', 'strong', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th']);
const ITALIC = new Set(['i', 'em']);

type Attributes = Readonly<Record<string, string>>;

/** An element that is open, and what it makes of the words within. */
interface Open {
  readonly name: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly link: string | null;
  readonly isSilent: boolean;
  /** Its spaces and line ends are kept. */
  readonly isKept: boolean;
  /** A browser shows an empty line around it. */
  readonly isSpaced: boolean;
}

const OUTSIDE: Open = {
  name: '',
  bold: false,
  italic: false,
  link: null,
  isSilent: false,
  isKept: false,
  isSpaced: false,
};

/**
 * What of any HTML (typed into our page, pasted, or another program's draft) the little formatting
 * can say; everything else is left out, its words stay. In a time that grows with its length alone;
 * a text too long or too deep is given as plain lines.
 */
export function readFormatted(html: string): FormattedText {
  const text = html.length > HTML_CHARACTERS ? null : parsed(html);
  return text ?? linesOf(readHtml(html).text);
}

/**
 * The letter's words where this HTML is as `writeHtml` writes it, to the letter: then they say all
 * that it says. Null for any other.
 */
export function ownFormatted(html: string): FormattedText | null {
  if (!html.startsWith(HTML_BEGINS)) return null;
  const text = readFormatted(html);
  return writeHtml(text) === html.replaceAll('\r\n', '\n') ? text : null;
}

function parsed(html: string): FormattedText | null {
  const page = new Page();
  const open: Open[] = [];
  const { isWhole } = parseHtml(html, {
    onopentag(name, attributes) {
      const within = opened(name, attributes, open.at(-1) ?? OUTSIDE);
      open.push(within);
      if (within.isSilent) return;
      page.opens(name, attributes, within);
    },
    ontext(text) {
      const within = open.at(-1) ?? OUTSIDE;
      if (!within.isSilent) page.says(text, within);
    },
    onclosetag(name) {
      const closed = open.pop();
      if (closed?.isSilent === false) page.closes(name, closed);
    },
  });
  return isWhole ? page.end() : null;
}

function opened(name: string, attributes: Attributes, around: Open): Open {
  const style = attributes['style'] ?? '';
  const weight = /(?:^|;)\s*font-weight\s*:\s*([a-z0-9]+)/i.exec(style)?.[1]?.toLowerCase();
  const slant = /(?:^|;)\s*font-style\s*:\s*([a-z]+)/i.exec(style)?.[1]?.toLowerCase();
  return {
    name,
    // Some programs write their whole text within `<b style="font-weight:normal">`.
    bold: weight === undefined ? around.bold || BOLD.has(name) : isHeavy(weight),
    italic: slant === undefined ? around.italic || ITALIC.has(name) : slant !== 'normal',
    link: name === 'a' ? leadsTo(attributes['href'] ?? '') : around.link,
    isSilent: around.isSilent || SILENT.has(name),
    isKept: around.isKept || name === 'pre',
    isSpaced: PARAGRAPHS.has(name) && hasMargins(attributes),
  };
}

const isHeavy = (weight: string): boolean =>
  weight === 'bold' || weight === 'bolder' || Number(weight) >= 600;

/** An address of the web or of mail, without a name and password before its host. */
function leadsTo(href: string): string | null {
  const mail = /^\s*mailto:([^\s?"'<>&]{3,254})/i.exec(href)?.[1];
  if (mail !== undefined) return `mailto:${mail}`;
  const link = href.length > LINK_CHARACTERS ? null : normaliseLink(href);
  const url = link === null ? null : URL.parse(link);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href;
}

interface StyledText {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly link: string | null;
}

/** The blocks as they come. */
class Page {
  readonly #blocks: Block[] = [];
  #runs: Run[] = [];
  /** The lists that are open, the innermost last; all items are of one depth. */
  readonly #lists: { readonly isNumbered: boolean; readonly items: (readonly Run[])[] }[] = [];
  /** Blocks have begun before: an empty line is due before the next words. */
  #isGapDue = false;
  /** A line has an end of its own that stands for nothing yet. */
  #endsWithBreak = false;

  opens(name: string, attributes: Attributes, { isSpaced }: Open): void {
    if (name === 'br') this.#break();
    else if (name === 'img') this.#picture(attributes);
    else if (name === 'ul' || name === 'ol') {
      this.#endLine();
      this.#closeList();
      this.#lists.push({ isNumbered: name === 'ol', items: [] });
    } else if (CELLS.has(name)) this.#cell();
    else if (name === 'li' || LINES.has(name)) this.#endLine();
    else if (PARAGRAPHS.has(name)) {
      this.#endLine();
      this.#isGapDue ||= this.#blocks.length > 0 && isSpaced;
    }
  }

  says(text: string, { bold, italic, link, isKept }: Open): void {
    const clean = cleanText(text);
    if (isKept) {
      clean.split('\n').forEach((line, at) => {
        if (at > 0) this.#break();
        this.#add({ text: keptSpaces(line), bold, italic, link });
      });
    } else this.#add({ text: clean.replace(/[\t\n\f\r ]+/g, ' '), bold, italic, link });
  }

  closes(name: string, { isSpaced }: Open): void {
    if (name === 'ul' || name === 'ol') {
      this.#endLine();
      this.#closeList();
      this.#lists.pop();
    } else if (name === 'li' || LINES.has(name)) this.#endLine();
    else if (PARAGRAPHS.has(name)) {
      this.#endLine();
      this.#isGapDue = this.#blocks.length > 0 && isSpaced;
    }
  }

  end(): FormattedText {
    this.#endLine();
    while (this.#lists.length > 0) {
      this.#closeList();
      this.#lists.pop();
    }
    return this.#blocks;
  }

  #add({ text, ...look }: StyledText) {
    const last = this.#runs.at(-1);
    // As a browser does: no space begins a line, and two are one.
    const isAfterSpace = last === undefined || (last.kind === 'words' && last.text.endsWith(' '));
    const said = isAfterSpace ? text.replace(/^ +/, '') : text;
    if (said === '') return;
    this.#endsWithBreak = false;
    const isSame =
      last?.kind === 'words' &&
      last.bold === look.bold &&
      last.italic === look.italic &&
      last.link === look.link;
    if (isSame) this.#runs[this.#runs.length - 1] = { ...last, text: last.text + said };
    else this.#runs.push({ kind: 'words', text: said, ...look });
  }

  /** The page shows it from where it lies, and says beside by which name the letter has it. */
  #picture({ src = '', alt = '', width = '', 'data-cid': named = '' }: Attributes): void {
    const address = named === '' ? src : `cid:${named}`;
    const contentId = /^\s*cid:([^\s"'<>]{1,200})\s*$/i.exec(address)?.[1];
    if (contentId === undefined) return;
    this.#endsWithBreak = false;
    this.#runs.push({
      kind: 'picture',
      contentId: decoded(contentId),
      says: said(alt),
      width: /^[1-9]\d{0,2}$/.test(width) ? Math.min(Number(width), WIDEST_PICTURE) : null,
    });
  }

  /** The next cell of a row stands apart from the words of the one before. */
  #cell(): void {
    const last = this.#runs.at(-1);
    if (last === undefined || (last.kind === 'words' && last.text.endsWith(BESIDE))) return;
    if (last.kind === 'words' && last.text.length > 1 && last.text.endsWith(' '))
      this.#runs[this.#runs.length - 1] = { ...last, text: last.text.slice(0, -1) };
    this.#add({ text: BESIDE, bold: false, italic: false, link: null });
  }

  /** Ends a line; alone it is an empty one, and at the end of a block it is none. */
  #break(): void {
    if (this.#lists.length > 0) this.#add({ text: ' ', bold: false, italic: false, link: null });
    else if (this.#endsWithBreak || this.#runs.length === 0) this.#put([]);
    else this.#flush();
    this.#endsWithBreak = true;
  }

  /** A block begins or ends. */
  #endLine(): void {
    this.#flush();
    this.#endsWithBreak = false;
  }

  #flush(): void {
    const runs = trimmed(this.#runs);
    // A paragraph with a space in it that is kept on purpose is how programs write an empty line.
    const isWritten = runs.length > 0 || this.#runs.some(hasKeptSpace);
    this.#runs = [];
    if (isWritten) this.#put(runs);
  }

  #put(runs: readonly Run[]): void {
    const list = this.#lists.at(-1);
    if (list !== undefined) {
      if (runs.length > 0) list.items.push(runs);
      return;
    }
    if (this.#isGapDue && runs.length > 0) this.#blocks.push({ kind: 'line', runs: [] });
    this.#isGapDue = false;
    this.#blocks.push({ kind: 'line', runs });
  }

  /** What the innermost list has so far is a list: one that begins within it comes after. */
  #closeList(): void {
    const list = this.#lists.at(-1);
    if (list === undefined || list.items.length === 0) return;
    this.#blocks.push({ kind: 'list', isNumbered: list.isNumbered, items: [...list.items] });
    list.items.length = 0;
    this.#isGapDue = false;
  }
}

/** Word processors write each line as a paragraph without a space around it. */
const hasMargins = ({ class: names = '', style = '' }: Attributes): boolean =>
  !/\bMso/.test(names) && !/margin(?:-top|-bottom)?\s*:\s*0/i.test(style);

const hasKeptSpace = (run: Run): boolean => run.kind === 'words' && run.text.includes('\u00a0');

/** No space ends a line; one that is kept on purpose (U+00A0) is a space like any other there. */
function trimmed(runs: readonly Run[]): readonly Run[] {
  const kept = [...runs];
  for (let last = kept.at(-1); last?.kind === 'words'; last = kept.at(-1)) {
    const text = kept.length === 1 ? trimmedEnd(last.text) : last.text.trimEnd();
    kept.pop();
    if (text === '') continue;
    kept.push({ ...last, text });
    break;
  }
  return kept;
}

const said = (alt: string): string => cleanText(alt).replace(/\s+/g, ' ').trim().slice(0, 200);

/** RFC 2392 §2: it is percent-encoded in the address. */
function decoded(contentId: string): string {
  try {
    return decodeURIComponent(contentId);
  } catch {
    return contentId;
  }
}
