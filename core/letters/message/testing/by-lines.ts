/** Messages written by lines, and what the parser says of them in a word. */
import type { Part, ReadMessage } from '../message.ts';
import { readMessage } from '../parse.ts';

/** Lines of a message, with none after the last. */
export const crlf = (lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'));
/** What is read; a refusal fails the test. */
export const read = (raw: Buffer): ReadMessage => {
  const result = readMessage(raw);
  if (result.kind === 'refused') throw new Error(result.why);
  return result.message;
};

/** Why it is refused; « read » where it isn't. */
export const why = (raw: Buffer): string => {
  const result = readMessage(raw);
  return result.kind === 'refused' ? result.why : 'read';
};

/** The header of a message of parts between `--b`. */
export const MULTI = ['From: a@b.fr', 'Content-Type: multipart/mixed; boundary=b', '', ''];
/** A structure on one line: `path type(parts…)`. */
export const shape = (part: Part): string =>
  `${part.path} ${part.type}/${part.subtype}${part.parts.length > 0 ? `(${part.parts.map(shape).join(', ')})` : ''}${part.message ? `{${shape(part.message.structure)}}` : ''}`;
