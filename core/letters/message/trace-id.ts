import { hash } from 'node:crypto';
import { decodedLine } from './envelope.ts';
import { fieldValue, readHeader } from './header.ts';

/** So many hexadecimal digits tell the letters of a town apart. */
const DIGITS = 16;

/**
 * Under which id all lines of the log stand that are of one letter, from SMTP or the page to the
 * queue and the server that took it: of its Message-ID, which whoever has the letter knows, and
 * which says nothing of anybody once it is hashed. Null: it has none.
 */
export function traceId(messageId: string | null): string | null {
  if (messageId === null) return null;
  return hash('sha256', messageId).slice(0, DIGITS);
}

/** The same of a letter as it is stored. */
export function traceIdOf(raw: Buffer): string | null {
  const read = readHeader(raw, 0, raw.length);
  return read.kind === 'refused'
    ? null
    : traceId(decodedLine(fieldValue(read.header, 'message-id')));
}
