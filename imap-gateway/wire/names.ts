/**
 * Mailbox names between the wire and the store: modified UTF-7 (RFC 3501 §5.1.3) or UTF-8 (RFC 9051
 * §5.1, RFC 6855 §3).
 */
import iconv from 'iconv-lite';
import { quote, imapString } from '../../core/letters/message/imap-string.ts';
import { MAILBOX_CHARACTERS } from './limits.ts';

const UTF7 = 'utf-7-imap';
/** A name of the longest, each character shifted by itself: `&AOk-`. */
const UTF7_CHARACTERS = 5 * MAILBOX_CHARACTERS;
/** RFC 9051 §5.1: no control characters; nor what ends a line for somebody (RFC 6855 §3). */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
/** ASTRING-CHAR (RFC 9051 §9) only, and nothing that a client might take for NIL. */
const ATOM = /^(?!NIL$)[!#-$&'+-[\]-z|}~]+$/i;

/**
 * The name in Unicode as it was written; null for what isn't a name in this encoding or holds
 * control characters.
 */
export function decodeWritten(wire: string, as: { readonly utf8: boolean }): string | null {
  const name = as.utf8 || !wire.includes('&') ? wire : fromUtf7(wire);
  return name === null || name.length > MAILBOX_CHARACTERS || CONTROL.test(name) ? null : name;
}

/** The same as it is kept: NFC, INBOX in capitals (RFC 9051 §5.1). */
export function decodeName(wire: string, as: { readonly utf8: boolean }): string | null {
  return (
    decodeWritten(wire, as)
      ?.normalize('NFC')
      .replace(/^inbox(?=\/|$)/i, 'INBOX') ?? null
  );
}

/**
 * A LIST pattern in the same way; its wildcards are no part of the encoding, so that `&AOk*` is
 * none. INBOX stays as written: patterns are compared without its case.
 */
export function decodePattern(wire: string, as: { readonly utf8: boolean }): string | null {
  const pattern = as.utf8 || !wire.includes('&') ? wire : fromUtf7(wire);
  return pattern === null || pattern.length > MAILBOX_CHARACTERS || CONTROL.test(pattern)
    ? null
    : pattern.normalize('NFC');
}

/** The name as this session reads it: an atom where it can be, else a string. */
export function encodeName(name: string, as: { readonly utf8: boolean }): string {
  if (ATOM.test(name) && !name.includes('&')) return name;
  if (as.utf8)
    return name.length <= MAILBOX_CHARACTERS && !CONTROL.test(name)
      ? quote(name)
      : imapString(name);
  const wire = toUtf7(name);
  return ATOM.test(wire) ? wire : imapString(wire);
}

const toUtf7 = (name: string): string => iconv.encode(name, UTF7).toString('latin1');

/**
 * There is one way to write a name (RFC 3501 §5.1.3: no superfluous shift, no encoded ASCII): what
 * isn't it is no name.
 */
function fromUtf7(wire: string): string | null {
  if (wire.length > UTF7_CHARACTERS || /[^\x20-\x7e]/.test(wire)) return null;
  const name = iconv.decode(Buffer.from(wire, 'latin1'), UTF7);
  return name.isWellFormed() && toUtf7(name) === wire ? name : null;
}
