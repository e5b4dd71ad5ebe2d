/** Text made fit to be shown: what only serves to deceive the eye is taken out. */

/**
 * Explicit marks, embeddings, overrides and isolates (UAX #9 §2), which can turn « gpj.exe » into
 * « exe.jpg ».
 */
const BIDI = '\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069';
/**
 * Letters that draw nothing: zero width, soft hyphen, fillers, byte order mark, tags, variation
 * selectors' neighbours.
 */
const INVISIBLE =
  '\u00AD\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200D\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB';
/** C0 and C1 controls, line and paragraph separators. */
const CONTROL = '\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029';

const DECEIVING = new RegExp(`[${BIDI}${INVISIBLE}]|[\\u{E0000}-\\u{E0FFF}]`, 'gu');
const DIRECTION = new RegExp(`[${BIDI}]`, 'gu');
const CONTROLS = new RegExp(`[${CONTROL}]+`, 'gu');
const CONTROLS_BUT_LINES = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu;
const PLAIN = /^[\x20-\x7E]*$/;

/**
 * A name of a person or a file: one line, without control, bidirectional or invisible characters.
 */
export function cleanName(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return text
    .toWellFormed()
    .replace(CONTROLS, ' ')
    .replace(DECEIVING, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * A subject or another line: as a name, but joiners stay, which emoji and several scripts are made
 * with.
 */
export function cleanLine(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return text.toWellFormed().replace(CONTROLS, ' ').replace(DIRECTION, '').trim();
}

/**
 * A body's text: line ends are LF, tabs stay, other controls go. Direction marks stay, as Arabic
 * and Hebrew are written with them.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(CONTROLS_BUT_LINES, '');
}

/** At most `characters` UTF-16 units, never half a pair. */
export function cut(text: string, characters: number): string {
  return text.length <= characters
    ? text
    : text.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '');
}
