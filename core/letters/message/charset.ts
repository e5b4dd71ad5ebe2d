/**
 * Bytes to text, whatever a mail says its charset is. Never throws, never gives a lone surrogate or
 * a NUL.
 */
import iconv from 'iconv-lite';
import { CHARSET_CHARACTERS } from './limits.ts';

/**
 * UTF-7 hides markup and addresses from every filter that doesn't decode it, so nobody does: it
 * stays the ASCII that it is.
 */
const NEVER_DECODED =
  /^(?:(?:x-)?(?:unicode-1-1-)?utf-?7|(?:x-)?utf-?7-imap|imap-utf-7|csunicode11utf7)$/i;
/**
 * Charsets in which the same bytes can read as other text than in ASCII: an invitation to read it
 * twice.
 */
const SHIFTY =
  /^(?:utf-?(?:7|16|32)|unicode|ucs|iso-?2022|hz|(?:x-)?unicode-1-1-utf-7|imap|cp037|ebcdic|ibm)/i;
const WINDOWS_1252 = new TextDecoder('windows-1252');
/** One decoder a label; the labels that TextDecoder knows are about 220, so this can't grow. */
const decoders = new Map<string, TextDecoder>();

/**
 * Text of bytes in a charset (RFC 2046 §4.1.2). An unknown charset, or ASCII with its 8th bit set,
 * is read as UTF-8 if it is that, else as windows-1252.
 */
export function decodeText(bytes: Buffer, charset: string | undefined): string {
  return withoutNul(decodeBy(bytes, labelOf(charset)));
}

/** Without the language that may follow (RFC 2231 §5); empty for a name that is too long. */
function labelOf(charset = ''): string {
  const [label = ''] = charset.trim().toLowerCase().split('*', 1);
  return label.length > CHARSET_CHARACTERS ? '' : label;
}

/** Whether two readers may read such text differently. */
export function isShifty(charset: string | undefined): boolean {
  return charset !== undefined && SHIFTY.test(charset.trim());
}

/** Text of a header's raw bytes: UTF-8 (RFC 6532) where it is valid, else windows-1252. */
export function decodeRaw(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') ? WINDOWS_1252.decode(bytes) : text;
}

function decodeBy(bytes: Buffer, label: string): string {
  if (
    label === '' ||
    /^(?:utf-?8|us-?ascii|ascii|ansi_x3\.4.*|unknown.*|x-unknown|default|none)$/.test(label)
  )
    return decodeRaw(bytes);
  if (NEVER_DECODED.test(label)) return bytes.toString('latin1');
  const decoder = decoderFor(label);
  if (decoder) return decoder.decode(bytes);
  return iconv.encodingExists(label) ? iconv.decode(bytes, label).toWellFormed() : decodeRaw(bytes);
}

function decoderFor(label: string): TextDecoder | null {
  const known = decoders.get(label);
  if (known) return known;
  try {
    const decoder = new TextDecoder(label);
    if (decoder.encoding === 'replacement') return null;
    decoders.set(label, decoder);
    return decoder;
  } catch {
    return null; // RangeError: not a label of the Encoding standard
  }
}

const withoutNul = (text: string): string =>
  text.includes('\0') ? text.replaceAll('\0', '') : text;
