/**
 * A reply line holds 512 octets with its code and CRLF (RFC 5321 §4.5.3.1.5); the rest is for the
 * code and the address.
 */
const MAX_REPLY_TEXT = 400;

const FOLDED: readonly (readonly [RegExp, string])[] = [
  [/[’‘]/g, "'"],
  [/«\s*|[“”]/g, '"'],
  [/(?<!\s)\s*»/g, '"'],
  [/[–—]/g, '-'],
  [/…/g, '...'],
  [/œ/g, 'oe'],
  [/Œ/g, 'OE'],
  [/æ/g, 'ae'],
  [/Æ/g, 'AE'],
  [/ß/g, 'ss'],
  [/\p{M}/gu, ''],
  [/\s+/g, ' '],
  [/[^\x20-\x7e]/g, '?'],
];

/**
 * A sentence as an SMTP reply may carry it: printable ASCII on one line, accents folded (RFC 5321
 * §4.2), at most 400 characters. A name in a script that doesn't fold becomes question marks rather
 * than eight-bit bytes.
 */
export function asciiSentence(text: string): string {
  const folded = FOLDED.reduce((so, [from, to]) => so.replace(from, to), text.normalize('NFKD'));
  return folded.trim().slice(0, MAX_REPLY_TEXT);
}
