/**
 * Strings as IMAP writes them (RFC 9051 §4.3), for the texts that are kept ready and for the
 * gateway alike.
 */

/**
 * A quoted string may hold what is no CR, LF, NUL and, outside UTF-8 sessions, no 8-bit character
 * (RFC 9051 §9 `QUOTED-CHAR`).
 */
const QUOTABLE = /^[\x01-\x09\x0b\x0c\x0e-\x7f]*$/;
/** Longer ones go as literals: some programs read a line into a buffer of 1,024 or more. */
const QUOTED_CHARACTERS = 900;

/**
 * `string`: quoted where every client reads it so, else a literal with its length in bytes of
 * UTF-8. NUL can't be said and is left out.
 */
export function imapString(text: string): string {
  if (text.length <= QUOTED_CHARACTERS && QUOTABLE.test(text)) return quote(text);
  const sayable = text.replaceAll('\0', '');
  return `{${Buffer.byteLength(sayable, 'utf8')}}\r\n${sayable}`;
}

/**
 * A quoted string of text that is known to be quotable, in a session with UTF-8 also beyond ASCII.
 */
export const quote = (text: string): string =>
  `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;
