/**
 * ENVELOPE (RFC 9051 §7.5.2) from a header, and the few other fields that rules and pages look at.
 */
import { cleanLine, cut } from './clean.ts';
import { decodeWords } from './encoded-words.ts';
import { readAddresses } from './header-addresses.ts';
import { fieldValue, fieldValues, type Header } from './header.ts';
import { ADDRESSES, REFERENCES, VALUE_CHARACTERS } from './limits.ts';
import type { Envelope, HeaderAddress } from './message.ts';

/** The envelope of one header. Sender and Reply-To default to From, as RFC 9051 §7.5.2 asks. */
export function readEnvelope(header: Header): Envelope {
  const from = addressesOf(header, 'from');
  const sender = addressesOf(header, 'sender');
  const replyTo = addressesOf(header, 'reply-to');
  return {
    date: decodedLine(fieldValue(header, 'date')),
    subject: decodedLine(fieldValue(header, 'subject')),
    from,
    sender: sender.length > 0 ? sender : from,
    replyTo: replyTo.length > 0 ? replyTo : from,
    to: addressesOf(header, 'to'),
    cc: addressesOf(header, 'cc'),
    bcc: addressesOf(header, 'bcc'),
    inReplyTo: decodedLine(fieldValue(header, 'in-reply-to')),
    messageId: decodedLine(fieldValue(header, 'message-id')),
  };
}

/** All mailboxes of all fields of that name: a header that stands there twice hides nobody. */
export function addressesOf(header: Header, name: string): HeaderAddress[] {
  return fieldValues(header, name).flatMap(readAddresses).slice(0, ADDRESSES);
}

/** A decoded value of one line, or null. */
export function decodedLine(value: string | null): string | null {
  return value === null ? null : cut(cleanLine(decodeWords(value)), VALUE_CHARACTERS);
}

/**
 * The message ids of In-Reply-To and References, each once, in the order of the thread; the last
 * ones where there are too many.
 */
export function readReferences(header: Header): string[] {
  const ids = new Set<string>();
  for (const name of ['references', 'in-reply-to']) {
    for (const value of fieldValues(header, name)) {
      for (const [id] of value.matchAll(/<[^<>\s]{1,250}>/g)) ids.add(cleanLine(id));
    }
  }
  return [...ids].slice(-REFERENCES);
}

/** RFC 3834 §5: anything but `no` is a message that nobody wrote. */
export function isAutomatic(header: Header): boolean {
  return fieldValues(header, 'auto-submitted').some((value) => !/^no\s*(?:[;(]|$)/i.test(value));
}
