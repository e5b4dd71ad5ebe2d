/** What a message says itself, and what it repeats of the one that it answers. */
interface Parted {
  readonly said: string;
  /** Empty where nothing is repeated. */
  readonly quoted: string;
}

/** « Le lun. 23 nov. 2026, Claire Lefèvre a écrit : », “On …, Claire Lefèvre wrote:”. */
const ATTRIBUTION = /^[^>].{0,200}(?:a écrit|wrote|schrieb|escribió)\s?:\s*$/;
/** How one begins that names the day, and so may be broken over lines. */
const NAMES_DAY = /^(?:Le|On|Am|El)\s/;
/** Outlook's line above what it repeats. */
const ORIGINAL = /^-{2,}\s*(?:message d’origine|message d'origine|original message)\s*-{2,}\s*$/i;
/** Lines over which an attribution may be broken. */
const ATTRIBUTION_LINES = 3;

/**
 * Parts a plain text at the quote at its end: lines that begin with « > » (RFC 3676 §4.5) with the
 * line above that says whose words they are, or all below Outlook's line. Words between quotes are
 * its writer's own and stay; so does a text that is nothing but a quote.
 */
export function partAtQuote(text: string): Parted {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const start = outlookStart(lines) ?? quoteStart(lines);
  const said = lines.slice(0, start).join('\n').trimEnd();
  return start === lines.length || said === ''
    ? { said: text, quoted: '' }
    : { said, quoted: lines.slice(start).join('\n').trim() };
}

function outlookStart(lines: readonly string[]): number | null {
  const at = lines.findIndex((line) => ORIGINAL.test(line));
  return at === -1 ? null : at;
}

/** Where the quote at the end begins; the number of lines where there is none. */
function quoteStart(lines: readonly string[]): number {
  let start = lines.length;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('>')) start = at;
    else if (line.trim() !== '') break;
  }
  return start === lines.length ? start : attributionStart(lines, start);
}

/** The line above a quote that says whose words it is, where there is one. */
function attributionStart(lines: readonly string[], quote: number): number {
  let last = quote - 1;
  while (last >= 0 && lines[last]?.trim() === '') last -= 1;
  for (let first = last; first > last - ATTRIBUTION_LINES && first >= 0; first -= 1) {
    const words = lines.slice(first, last + 1).join(' ');
    if (NAMES_DAY.test(words) && ATTRIBUTION.test(words)) return first;
  }
  return ATTRIBUTION.test(lines[last] ?? '') ? last : quote;
}
