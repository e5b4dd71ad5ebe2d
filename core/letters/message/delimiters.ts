/** Where the parts of a multipart begin and end (RFC 2046 §5.1.1). */

const LF = 10,
  CR = 13,
  DASH = 45,
  SPACE = 32,
  TAB = 9;

/** Bytes, and the boundaries of the multiparts that are open, the innermost last. */
interface Delimited {
  readonly raw: Buffer;
  readonly boundaries: readonly Buffer[];
}

export interface Delimiter {
  readonly start: number;
  readonly end: number;
  readonly level: number;
  readonly closing: boolean;
}

const LINE_OF_DASHES = Buffer.from('\r\n--');

export function nextDelimiter(within: Delimited, from: number): Delimiter | null {
  const { raw, boundaries } = within;
  if (boundaries.length === 0) return null;
  let at = from;
  for (;;) {
    const delimiter = delimiterAt(within, at);
    if (delimiter) return delimiter;
    const found = raw.indexOf(LINE_OF_DASHES, at);
    if (found < 0) return null;
    at = found + 2;
  }
}

/**
 * The delimiter whose line starts here, innermost multipart first. The whole line must be it: a
 * longer one is another boundary's, or text.
 */
export function delimiterAt(within: Delimited, start: number): Delimiter | null {
  const { raw, boundaries } = within;
  if (raw[start] !== DASH || raw[start + 1] !== DASH) return null;
  for (let level = boundaries.length - 1; level >= 0; level--) {
    const boundary = boundaries[level];
    if (!boundary || !startsWith(raw, start + 2, boundary)) continue;
    const after = start + 2 + boundary.length;
    const closing = raw[after] === DASH && raw[after + 1] === DASH;
    const end = endOfBlank(raw, closing ? after + 2 : after);
    if (end >= 0) return { start, end, level, closing };
  }
  return null;
}

function startsWith(raw: Buffer, at: number, bytes: Buffer): boolean {
  if (raw[at] !== bytes[0] || at + bytes.length > raw.length) return false;
  for (let i = 1; i < bytes.length; i++) if (raw[at + i] !== bytes[i]) return false;
  return true;
}

/**
 * After the line's end if only white space is left on it (RFC 2046 §5.1.1: transport padding), else
 * -1.
 */
function endOfBlank(raw: Buffer, from: number): number {
  let at = from;
  while (raw[at] === SPACE || raw[at] === TAB) at++;
  if (at >= raw.length) return raw.length;
  return raw[at] === CR && raw[at + 1] === LF ? at + 2 : -1;
}
