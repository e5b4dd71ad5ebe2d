/**
 * Content-Transfer-Encodings undone (RFC 2045 §6): bytes in, bytes out, lenient, never throws,
 * linear.
 */

/** What `decodeTransfer` undoes; anything else is taken as it is. */
type Encoding = 'identity' | 'base64' | 'quoted-printable' | 'uuencode';

/**
 * The encoding that a Content-Transfer-Encoding names; null for one that nobody knows. Comments and
 * a stray `;` are borne.
 */
export function encodingOf(value: string): Encoding | null {
  switch (
    value
      .trim()
      .toLowerCase()
      .replace(/[;(\s].*$/s, '')
  ) {
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return 'identity';
    case 'base64':
      return 'base64';
    case 'quoted-printable':
      return 'quoted-printable';
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
    case 'uue':
      return 'uuencode';
    default:
      return null;
  }
}

/** The bytes of a body. */
export function decodeTransfer(body: Buffer, encoding: Encoding | null): Buffer {
  switch (encoding) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case 'uuencode':
      return decodeUuencode(body) ?? body;
    default:
      return body;
  }
}

/** Whether base64 goes on after its padding: some readers stop there, some don't. */
export function goesOnAfterPadding(body: Buffer): boolean {
  const padding = body.indexOf(61);
  if (padding < 0) return false;
  for (let i = padding + 1; i < body.length; i++) if (isBase64(body[i] ?? 0)) return true;
  return false;
}

/** Base64 as a reader that doesn't stop at padding reads it. */
export function decodePastPadding(body: Buffer): Buffer {
  return Buffer.concat(
    body
      .toString('latin1')
      .split(/=+/)
      .map((piece) => Buffer.from(piece, 'base64')),
  );
}

const isBase64 = (byte: number): boolean =>
  (byte >= 65 && byte <= 90) ||
  (byte >= 97 && byte <= 122) ||
  (byte >= 48 && byte <= 57) ||
  byte === 43 ||
  byte === 47;

const EQUALS = 61,
  CR = 13,
  LF = 10,
  SPACE = 32,
  TAB = 9;

/**
 * RFC 2045 §6.7: `=XX` is a byte, `=` at a line's end joins it with the next, white space before a
 * line's end is dropped.
 */
function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let to = 0;
  let solid = 0; // the end of what is kept should the line end here
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] ?? 0;
    if (byte === EQUALS) {
      const soft = softBreak(body, i + 1);
      const value = hex(body[i + 1]) * 16 + hex(body[i + 2]);
      if (soft > 0) i = soft - 1;
      else if (value >= 0) {
        out[to++] = value;
        i += 2;
      } else out[to++] = EQUALS;
      solid = to;
      continue;
    }
    if (byte === CR || byte === LF) to = solid;
    out[to++] = byte;
    if (byte !== SPACE && byte !== TAB) solid = to;
  }
  return out.subarray(0, to);
}

/**
 * The offset after a soft line break whose `=` stands before `at`, or 0 if it is none. The body's
 * end counts as one.
 */
function softBreak(body: Buffer, at: number): number {
  let i = at;
  while (body[i] === SPACE || body[i] === TAB) i++;
  if (i >= body.length) return body.length;
  if (body[i] === LF) return i + 1;
  return body[i] === CR && body[i + 1] === LF ? i + 2 : 0;
}

/** -1,000 for what is no digit, so that no sum with it is positive. */
function hex(byte: number | undefined): number {
  if (byte === undefined) return -1_000;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const upper = byte & 0xdf;
  return upper >= 65 && upper <= 70 ? upper - 55 : -1_000;
}

/** RFC 2047 §4.2: as quoted-printable, with `_` for a space. */
export function decodeQ(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('_', ' '), 'utf8');
  const out = Buffer.allocUnsafe(bytes.length);
  let to = 0;
  for (let i = 0; i < bytes.length; i++) {
    const value = bytes[i] === EQUALS ? hex(bytes[i + 1]) * 16 + hex(bytes[i + 2]) : -1;
    if (value >= 0) i += 2;
    out[to++] = value >= 0 ? value : (bytes[i] ?? 0);
  }
  return out.subarray(0, to);
}

/** The first uuencoded file in a body (POSIX uuencode), or null when there is none. */
export function decodeUuencode(body: Buffer): Buffer | null {
  const begin = body.toString('latin1').match(/^begin [0-7]{3,4} .*\r?\n/m);
  if (!begin) return null;
  const out = Buffer.alloc(body.length);
  let to = 0;
  let at = (begin.index ?? 0) + begin[0].length;
  while (at < body.length) {
    const lf = body.indexOf(LF, at);
    const end = lf < 0 ? body.length : lf;
    const count = ((body[at] ?? 32) - 32) & 63;
    if (count === 0) break;
    to = uuLine(body.subarray(at + 1, end), count, out, to);
    at = end + 1;
  }
  return out.subarray(0, to);
}

/**
 * Four characters make three bytes; a line that is shorter than it says is filled with zeros, as
 * uudecode does.
 */
function uuLine(line: Buffer, count: number, out: Buffer, from: number): number {
  const value = (i: number): number => ((line[i] ?? 32) - 32) & 63;
  const bytes = Math.min(count, Math.ceil((line.length * 3) / 4), out.length - from);
  for (let n = 0; n < bytes; n++) {
    const i = Math.floor(n / 3) * 4;
    const group = (value(i) << 18) | (value(i + 1) << 12) | (value(i + 2) << 6) | value(i + 3);
    out[from + n] = (group >> (16 - 8 * (n % 3))) & 255;
  }
  return from + bytes;
}
