/**
 * Sections of a message (RFC 9051 §6.4.5.1, RFC 3516) as byte ranges, and what is made of their
 * bytes. Pure.
 */
import { partsOf } from './body.ts';
import { readHeader } from './header.ts';
import type { Part } from './message.ts';
import { decodeTransfer, encodingOf } from './transfer.ts';

export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}
/** Names a section of a message, or of its part. */
export type SectionText =
  | 'all'
  | 'header'
  | 'text'
  | 'fields'
  | 'fields-not'
  | 'mime'
  | 'binary'
  | 'binary-size';

/** The bytes that a section of the message itself is made of; `mime` is for parts alone. */
export function spanOfMessage(
  text: SectionText,
  { sizeBytes, headerBytes }: { readonly sizeBytes: number; readonly headerBytes: number },
): ByteSpan | null {
  switch (text) {
    case 'all':
    case 'binary':
    case 'binary-size':
      return { start: 0, end: sizeBytes };
    case 'text':
      return { start: headerBytes, end: sizeBytes };
    case 'header':
    case 'fields':
    case 'fields-not':
      return { start: 0, end: headerBytes };
    case 'mime':
      return null;
  }
}

/**
 * The part of this number: of a message within a message the outer one, of which HEADER and TEXT
 * are the inner one's.
 */
export function partAt(structure: Part, path: string): Part | null {
  for (const part of partsOf(structure)) if (part.path === path) return part;
  return null;
}

/** The bytes that a section of a part is made of; null for what it doesn't have. */
export function spanOfPart(text: SectionText, part: Part): ByteSpan | null {
  const inner = part.message?.structure;
  switch (text) {
    case 'all':
    case 'binary':
    case 'binary-size':
      return { start: part.bodyStart, end: part.bodyEnd };
    case 'mime':
      return { start: part.headerStart, end: part.bodyStart };
    case 'text':
      return inner ? { start: inner.bodyStart, end: part.bodyEnd } : null;
    case 'header':
    case 'fields':
    case 'fields-not':
      return inner ? { start: part.bodyStart, end: inner.bodyStart } : null;
  }
}

/**
 * HEADER.FIELDS and HEADER.FIELDS.NOT: these fields as they stand, in their order, and the empty
 * line. `names` are in lower case.
 */
export function selectFields(
  header: Buffer,
  names: readonly string[],
  how: 'fields' | 'fields-not',
): Buffer {
  const read = readHeader(header, 0, header.length);
  if (read.kind === 'refused') return EMPTY_LINE;
  const wanted = new Set(names);
  const fields = read.header.fields.filter(({ name }) => wanted.has(name) === (how === 'fields'));
  return Buffer.concat([
    ...fields.map(({ start, end }) => header.subarray(start, end)),
    EMPTY_LINE,
  ]);
}

const EMPTY_LINE = Buffer.from('\r\n');

/**
 * A part's body without its transfer encoding; null where nobody knows it (RFC 3516 §4.3
 * UNKNOWN-CTE). A multipart has none.
 */
export function withoutEncoding(body: Buffer, part: Part | null): Buffer | null {
  if (!part || part.parts.length > 0 || part.message) return body;
  const encoding = encodingOf(part.encoding);
  return encoding === null ? null : decodeTransfer(body, encoding);
}
