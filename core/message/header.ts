/** The header of a message or of one part: its fields with their byte ranges, and their values unfolded (RFC 5322 §2.2). */
import { decodeRaw } from './charset.ts';
import { HEADER_BYTES, HEADER_FIELDS } from './limits.ts';
import type { Unreadable } from './message.ts';

export interface Field {
  /** In lower case, without the space that RFC 5322 §4.5 lets stand before the colon. */
  readonly name: string;
  /** The value, unfolded, trimmed; encoded words still encoded. */
  readonly value: string;
  /** Bytes of the whole field, the last CRLF counted in. */
  readonly start: number;
  readonly end: number;
}

export interface Header {
  readonly fields: readonly Field[];
  /** The first byte after the empty line, or where the header ends without one. */
  readonly bodyStart: number;
  /** Where the fields end: before the empty line, if there is one. */
  readonly end: number;
  /** Something that readers read differently, in a word each: `space-line`, `junk-line`, `space-before-colon`, `no-header`. */
  readonly oddities: readonly string[];
}

export type HeaderResult = { readonly kind: 'header'; readonly header: Header } | { readonly kind: 'refused'; readonly why: Unreadable };

/** Tells whether the line at these offsets is a delimiter of an enclosing multipart, which ends a header too. */
export type IsDelimiter = (start: number, end: number) => boolean;

const CR = 13, LF = 10, COLON = 58, SPACE = 32, TAB = 9, DASH = 45;
const never: IsDelimiter = () => false;

/**
 * Reads the header that starts at `from` and ends, at the latest, at `to`.
 *
 * One reading of what is malformed: a line that is no field is skipped and named an oddity; when the very first line is
 * none, there is no header and all is body. A line of only white space continues the field before it (RFC 5322 §4.2).
 */
export function readHeader(raw: Buffer, from: number, to: number, isDelimiter: IsDelimiter = never): HeaderResult {
  const fields: Field[] = [];
  const oddities = new Set<string>();
  let at = from;
  let end = from;
  let bodyStart = -1;
  while (at < to && bodyStart < 0) {
    const next = nextLine(raw, at, to);
    if (isEmptyLine(raw, at, next)) { bodyStart = next; break; }
    if (raw[at] === DASH && isDelimiter(at, next)) { bodyStart = at; break; }
    const fieldEnd = endOfField(raw, next, to, oddities);
    if (fieldEnd - from > HEADER_BYTES) return { kind: 'refused', why: 'header-too-big' };
    const field = readField(raw, at, fieldEnd, oddities);
    if (!field && fields.length === 0 && !isMboxLine(raw, at)) {
      return { kind: 'header', header: { fields, bodyStart: from, end: from, oddities: ['no-header'] } };
    }
    if (field) fields.push(field);
    if (fields.length > HEADER_FIELDS) return { kind: 'refused', why: 'too-many-headers' };
    at = end = fieldEnd;
  }
  return { kind: 'header', header: { fields, bodyStart: bodyStart < 0 ? to : bodyStart, end, oddities: [...oddities] } };
}

/** The value of the first field of that name (in lower case), or null. */
export function fieldValue(header: Header, name: string): string | null {
  return header.fields.find((field) => field.name === name)?.value ?? null;
}

/** All values of that name, in order. */
export function fieldValues(header: Header, name: string): string[] {
  return header.fields.filter((field) => field.name === name).map((field) => field.value);
}

/** The offset after the line that starts at `at`: after its LF, or `to`. */
export function nextLine(raw: Buffer, at: number, to: number): number {
  const lf = raw.indexOf(LF, at);
  return lf < 0 || lf >= to ? to : lf + 1;
}

function isEmptyLine(raw: Buffer, at: number, next: number): boolean {
  return raw[at] === LF || (raw[at] === CR && next === at + 2);
}

/** Folded lines belong to the field (RFC 5322 §2.2.3). */
function endOfField(raw: Buffer, afterFirst: number, to: number, oddities: Set<string>): number {
  let at = afterFirst;
  while (at < to && (raw[at] === SPACE || raw[at] === TAB)) {
    const next = nextLine(raw, at, to);
    if (isBlank(raw, at, next)) oddities.add('space-line');
    at = next;
  }
  return at;
}

function isBlank(raw: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = raw[i];
    if (byte !== SPACE && byte !== TAB && byte !== CR && byte !== LF) return false;
  }
  return true;
}

function readField(raw: Buffer, start: number, end: number, oddities: Set<string>): Field | null {
  let colon = start;
  while (colon < end && raw[colon] !== COLON && isNameByte(raw[colon] ?? 0)) colon++;
  let nameEnd = colon;
  while (colon < end && (raw[colon] === SPACE || raw[colon] === TAB)) colon++;
  if (raw[colon] !== COLON || nameEnd === start || colon >= end) {
    oddities.add('junk-line');
    return null;
  }
  if (colon > nameEnd) oddities.add('space-before-colon');
  const name = raw.toString('latin1', start, nameEnd).toLowerCase();
  return { name, value: unfold(decodeRaw(raw.subarray(colon + 1, end))), start, end };
}

/** RFC 5322 §3.6.8: ftext, all printable ASCII but the colon. */
const isNameByte = (byte: number): boolean => byte > 32 && byte < 127 && byte !== COLON;

/** RFC 5322 §2.2.3: a CRLF before white space is taken out. */
const unfold = (text: string): string => text.replace(/\r?\n(?=[ \t])/g, '').trim();

/** The line that mbox files put before a message: no field, and no body either. */
const isMboxLine = (raw: Buffer, at: number): boolean => raw.toString('latin1', at, at + 5) === 'From ';
