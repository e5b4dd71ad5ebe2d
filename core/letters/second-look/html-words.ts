import { parseHtml } from '../message/html-parser.ts';

/** What draws nothing by itself, in a browser as in a mail program. */
const SILENT = /^(?:script|style)$/;
const BLOCK =
  /^(?:p|div|br|tr|li|[uod]l|table|h[1-6r]|blockquote|pre|section|article|header|footer|dt|dd)$/;
/** A style by which nothing may be seen of what it is on. */
const HIDES = /(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|height|width)\s*:\s*0)/i;
/** Elements that have no end, and so hide nothing but themselves. */
const VOID = /^(?:br|hr|img|wbr|col|area|input|link|meta)$/;

/**
 * What may be read of formatted text, whoever shows it, as plain lines: its words, those of a quote
 * behind « > », then what is said of its pictures. Where something in it may not be seen, the lines
 * that are left stand below: « n<i hidden>x</i>ul » is « nul » as well as « nxul ».
 */
export function wordsOfHtml(html: string): string {
  const all = readLines(html, () => false);
  const seen = HIDES.test(html)
    ? readLines(html, (style) => HIDES.test(style))
    : { lines: [], said: [] };
  return [...all.lines, ...all.said, ...seen.lines].join('\n');
}

interface Read {
  readonly lines: string[];
  readonly said: string[];
}

function readLines(html: string, isHidden: (style: string) => boolean): Read {
  const read: Read = { lines: [], said: [] };
  let line = '';
  let quotes = 0;
  let silent = 0;
  // Whether each open element, or one around it, hides its words.
  const hidden: boolean[] = [];
  const endLine = (): void => {
    const words = line.replace(/\s+/g, ' ').trim();
    if (words !== '') read.lines.push(quotes > 0 ? `> ${words}` : words);
    line = '';
  };
  const { isWhole } = parseHtml(html, {
    onopentag(name, { style = '', alt = '', title = '' }) {
      if (BLOCK.test(name)) endLine();
      if (name === 'td' || name === 'th') line += ' ';
      if (name === 'blockquote') quotes += 1;
      if (SILENT.test(name)) silent += 1;
      if (!VOID.test(name)) hidden.push((hidden.at(-1) ?? false) || isHidden(style));
      read.said.push(...[alt, title].filter((said) => said !== ''));
    },
    ontext(text) {
      if (silent === 0 && !(hidden.at(-1) ?? false)) line += text;
    },
    onclosetag(name) {
      if (BLOCK.test(name)) endLine();
      if (name === 'blockquote') quotes -= 1;
      if (SILENT.test(name)) silent -= 1;
      if (!VOID.test(name)) hidden.pop();
    },
  });
  endLine();
  return isWhole ? read : { lines: [html.replace(/<[^<>]*>/g, '')], said: [] };
}
