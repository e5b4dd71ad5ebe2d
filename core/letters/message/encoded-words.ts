/** Encoded words of headers (RFC 2047), and the transfer encodings they share with bodies. */
import { decodeText } from './charset.ts';
import { ENCODED_WORDS } from './limits.ts';
import { decodeQ } from './transfer.ts';

interface Word {
  readonly charset: string;
  readonly bytes: Buffer;
  readonly end: number;
}

/**
 * Lengths are bounded so that no input makes the engine go back over it: 75 by RFC 2047 §2, longer
 * ones in the wild.
 */
const WORD = /=\?([^?\s]{1,64})\?([BbQq])\?([^?\r\n]{0,8192})\?=/y;

/**
 * Decodes encoded words anywhere in a text; what isn't one stays as it is.
 *
 * Neighbours in one charset are joined before they are decoded: mailers cut a character in two,
 * though RFC 2047 §5 forbids it. White space between two encoded words is dropped (§6.2).
 */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  let out = '';
  let at = 0;
  let pending: { charset: string; pieces: Buffer[] } | null = null;
  const flush = (): void => {
    if (pending) out += decodeText(Buffer.concat(pending.pieces), pending.charset);
    pending = null;
  };
  for (let words = 0; words < ENCODED_WORDS; words++) {
    const found = nextWord(text, at);
    if (!found) break;
    const between = text.slice(at, found.start);
    if (!pending || /[^ \t\r\n]/.test(between)) {
      flush();
      out += between;
    }
    if (pending && pending.charset === found.word.charset) pending.pieces.push(found.word.bytes);
    else {
      flush();
      pending = { charset: found.word.charset, pieces: [found.word.bytes] };
    }
    at = found.word.end;
  }
  flush();
  return out + text.slice(at);
}

function nextWord(
  text: string,
  from: number,
): { readonly start: number; readonly word: Word } | null {
  for (let start = text.indexOf('=?', from); start >= 0; start = text.indexOf('=?', start + 2)) {
    WORD.lastIndex = start;
    const match = WORD.exec(text);
    if (match) return { start, word: wordOf(match, WORD.lastIndex) };
  }
  return null;
}

function wordOf(match: RegExpExecArray, end: number): Word {
  const [, charset = '', encoding = '', encoded = ''] = match;
  const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(encoded, 'base64') : decodeQ(encoded);
  return { charset: charset.toLowerCase().split('*', 1)[0] ?? '', bytes, end };
}

/**
 * Bytes of text in one encoded word: `=?utf-8?B?` and `?=` around their base64 stay within the 75
 * characters of RFC 2047 §2.
 */
const WORD_BYTES = 45;

/** A text as encoded words, folded; printable ASCII without `=?` stays as it is. */
export function encodeWords(text: string): string {
  if (/^[\x20-\x7E]*$/.test(text) && !text.includes('=?')) return text;
  const words: string[] = [];
  let piece = '';
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > WORD_BYTES) {
      words.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...words, piece]
    .map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`)
    .join('\r\n ');
}
