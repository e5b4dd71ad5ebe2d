/**
 * What may stand in the bytes of a message at all: CRLF ends of lines and nothing that ends a line
 * for some readers only.
 */
import { LINE_BYTES } from './limits.ts';
import type { Unreadable } from './message.ts';

const NUL = 0,
  LF = 10,
  CR = 13;

/**
 * Why these bytes can't be a message, or null.
 *
 * A bare CR or LF is a line's end for some readers and not for others, which is how mail is
 * smuggled into mail (RFC 5321 §2.3.8, §4.1.1.4); a NUL ends a string for some (RFC 5322 §4). One
 * pass that copies nothing.
 */
export function checkBytes(raw: Buffer): Unreadable | null {
  const words = wordsOf(raw);
  let lineStart = 0;
  for (let at = nextControl(raw, words, 0); at < raw.length; at = nextControl(raw, words, at + 1)) {
    const byte = raw[at] as number;
    if (byte === CR && raw[at + 1] !== LF) return 'bare-cr';
    if (byte === NUL) return 'nul';
    if (byte !== LF) continue;
    if (raw[at - 1] !== CR) return 'bare-lf';
    if (at - 1 - lineStart > LINE_BYTES) return 'line-too-long';
    lineStart = at + 1;
  }
  return raw.length - lineStart > LINE_BYTES ? 'line-too-long' : null;
}

const NO_WORDS = new Int32Array(0);

/** Bytes four at a time, from the first on that stands where a word may begin. */
interface Words {
  readonly from: number;
  readonly values: Int32Array;
}

function wordsOf(raw: Buffer): Words {
  const from = -raw.byteOffset & 3;
  const count = (raw.length - from) >> 2;
  if (count <= 0) return { from, values: NO_WORDS };
  return { from, values: new Int32Array(raw.buffer, raw.byteOffset + from, count) };
}

/**
 * Where the next byte stands that is at most CR, or the length: a large message is nearly all
 * base64, and looked at by words in half of the time.
 */
function nextControl(raw: Buffer, { from, values }: Words, start: number): number {
  for (let at = start; at < raw.length; at++) {
    if (((at - from) & 3) === 0) {
      let word = (at - from) >> 2;
      while (word < values.length && !holdsControl(values[word]!)) word++;
      at = from + (word << 2);
    }
    if (raw[at]! <= CR) return at;
  }
  return raw.length;
}

/**
 * Whether one of these four bytes is at most CR: one below 14 borrows its highest bit, which it did
 * not have.
 */
const holdsControl = (word: number): boolean =>
  ((word - 0x0e_0e_0e_0e) & ~word & 0x80_80_80_80) !== 0;

/**
 * Makes CRLF of every bare LF of the body, before anything is parsed, scanned or stored; gives the
 * same buffer where there is none. The header is left alone: a bare LF there is refused, as it
 * could hide or make a field.
 *
 * This is Postfix's `smtpd_forbid_bare_newline = normalize`. It runs on the whole message, after
 * the DATA that only CRLF.CRLF ended: what was scanned while it came in is scanned again where this
 * gives another buffer.
 */
export function normaliseBody(raw: Buffer): Buffer {
  const bodyStart = startOfBody(raw);
  const first = nextBareLf(raw, bodyStart);
  if (first < 0) return raw;
  const normal = Buffer.allocUnsafe(raw.length + countBareLfs(raw, first));
  let at = raw.copy(normal, 0, 0, first);
  for (let from = first; from < raw.length; from++) {
    const byte = raw[from] as number;
    if (byte === LF && raw[from - 1] !== CR) normal[at++] = CR;
    normal[at++] = byte;
  }
  return normal;
}

function countBareLfs(raw: Buffer, from: number): number {
  let count = 0;
  for (let at = from; at < raw.length; at++) if (raw[at] === LF && raw[at - 1] !== CR) count += 1;
  return count;
}

/**
 * Where the body begins: after the first empty line (RFC 5322 §2.1), or at the end where there is
 * none. A bare LF ends a line too.
 */
export function startOfBody(raw: Buffer): number {
  for (let line = 0; ;) {
    const lf = raw.indexOf(LF, line);
    if (lf < 0) return raw.length;
    if (lf === (raw[line] === CR ? line + 1 : line)) return lf + 1;
    line = lf + 1;
  }
}

function nextBareLf(raw: Buffer, from: number): number {
  let lf = raw.indexOf(LF, from);
  while (lf > 0 && raw[lf - 1] === CR) lf = raw.indexOf(LF, lf + 1);
  return lf;
}
