/**
 * The header of a message or of one part: its fields with their byte ranges, and their values
 * unfolded (RFC 5322 §2.2).
 */
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
  /**
   * Something that readers read differently, in a word each: `space-line`, `junk-line`,
   * `no-empty-line`, `space-before-colon`, `no-header`.
   */
  readonly oddities: readonly string[];
}

type HeaderResult =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'refused'; readonly why: Unreadable };

/**
 * Tells whether the line at these offsets is a delimiter of an enclosing multipart, which ends a
 * header too.
 */
type IsDelimiter = (start: number, end: number) => boolean;

/** How what isn't well formed is read. */
interface HeaderReading {
  readonly isDelimiter: IsDelimiter;
  /**
   * What a line that is no field does where a part's type or name comes after it: another reader
   * may go on to that.
   */
  readonly beforeType: 'ends' | 'is-skipped';
}

const CR = 13,
  LF = 10,
  COLON = 58,
  SPACE = 32,
  TAB = 9,
  DASH = 45;
/** Bytes that stay as they are. */
const AS_IT_IS: HeaderReading = { isDelimiter: () => false, beforeType: 'is-skipped' };
/**
 * A message whose header is about to be written anew, so that all readers will see its end where we
 * do.
 */
export const TO_BE_REWRITTEN: HeaderReading = { isDelimiter: () => false, beforeType: 'ends' };

/**
 * Reads the header that starts at `from` and ends, at the latest, at `to`.
 *
 * One reading of what is malformed: a line that is no field ends the header, and is the first of
 * the body, since somebody forgot the empty line (RFC 5322 §2.1; so do Postfix and Sendmail):
 * nothing that was written is lost. A line of only white space continues the field before it (RFC
 * 5322 §4.2). The line that mbox files begin with is passed over.
 */
export function readHeader(
  raw: Buffer,
  from: number,
  to: number,
  { isDelimiter, beforeType }: HeaderReading = AS_IT_IS,
): HeaderResult {
  const fields: Field[] = [];
  const oddities = new Set<string>();
  let at = from;
  let end = from;
  let bodyStart = -1;
  let typeAt = -1;
  while (at < to && bodyStart < 0) {
    const next = nextLine(raw, at, to);
    if (isEmptyLine(raw, at, next)) {
      bodyStart = next;
      break;
    }
    if (raw[at] === DASH && isDelimiter(at, next)) {
      bodyStart = at;
      break;
    }
    const fieldEnd = endOfField(raw, next, to, oddities);
    if (fieldEnd - from > HEADER_BYTES) return { kind: 'refused', why: 'header-too-big' };
    const field = readField(raw, at, fieldEnd, oddities);
    if (!field && !(at === from && isMboxLine(raw, { at, next, to }))) {
      if (fields.length === 0)
        return {
          kind: 'header',
          header: { fields, bodyStart: at, end: at, oddities: ['no-header'] },
        };
      if (beforeType === 'is-skipped' && typeAt < at)
        typeAt = nextTypeField(raw, next, to, isDelimiter);
      if (typeAt < at) {
        oddities.add('no-empty-line');
        bodyStart = at;
        break;
      }
    }
    if (field) fields.push(field);
    if (fields.length > HEADER_FIELDS) return { kind: 'refused', why: 'too-many-headers' };
    at = end = fieldEnd;
  }
  return {
    kind: 'header',
    header: { fields, bodyStart: bodyStart < 0 ? to : bodyStart, end, oddities: [...oddities] },
  };
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
function nextLine(raw: Buffer, at: number, to: number): number {
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

/**
 * Where a field begins that says what a part is (RFC 2045 §3), before the next empty line; -1 where
 * none does.
 */
function nextTypeField(raw: Buffer, from: number, to: number, isDelimiter: IsDelimiter): number {
  for (let at = from; at < to;) {
    const next = nextLine(raw, at, to);
    if (isEmptyLine(raw, at, next) || (raw[at] === DASH && isDelimiter(at, next))) return -1;
    if (/^content-[!-9;-~]+[ \t]*:/i.test(raw.toString('latin1', at, Math.min(next, at + 80))))
      return at;
    at = next;
  }
  return -1;
}

/** Who sent it, and when as `asctime` says it. */
const MBOX =
  /^>?From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d /;
const MBOX_LINE_BYTES = 500;

/** Where a line and the one after it begin, and where the header ends at the latest. */
interface LinePlace {
  readonly at: number;
  readonly next: number;
  readonly to: number;
}

/**
 * The line that mbox files put before a message (RFC 4155): no field, and no body either. Anything
 * else that begins so is text.
 */
function isMboxLine(raw: Buffer, { at, next, to }: LinePlace): boolean {
  if (!MBOX.test(raw.toString('latin1', at, Math.min(next, at + MBOX_LINE_BYTES)))) return false;
  const oddities = new Set<string>();
  return readField(raw, next, nextLine(raw, next, to), oddities) !== null;
}
