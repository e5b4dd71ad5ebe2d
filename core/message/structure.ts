import { isShifty } from './charset.ts';
/**
 * The walker: one pass over the bytes that gives BODYSTRUCTURE (RFC 9051 §7.5.2) with byte ranges.
 *
 * Every byte is looked at once, whatever the nesting: the boundaries of all open multiparts lie on
 * a stack, and the next delimiter of any of them is looked for from where the last one ended. An
 * outer delimiter closes the inner multiparts.
 */
import { cleanLine } from './clean.ts';
import { readEnvelope } from './envelope.ts';
import { fieldValue, fieldValues, readHeader } from './header.ts';
import type { Header } from './header.ts';
import { BOUNDARY_BYTES, DEPTH, PARTS } from './limits.ts';
import type { Envelope, Part, Unreadable } from './message.ts';
import { readParameters } from './parameters.ts';
import type { Parameterised } from './parameters.ts';
import { encodingOf, goesOnAfterPadding } from './transfer.ts';

export interface Walked {
  readonly header: Header;
  readonly structure: Part;
  /**
   * By part path: every name that its Content-Type and Content-Disposition give it, in every
   * reading.
   */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Paths of the parts that another reader may read differently. */
  readonly doubtful: readonly string[];
}

export type WalkResult =
  | { readonly kind: 'walked'; readonly walked: Walked }
  | { readonly kind: 'refused'; readonly why: Unreadable };

interface Delimiter {
  readonly start: number;
  readonly end: number;
  readonly level: number;
  readonly closing: boolean;
}

/** A part, and the delimiter that ended it: null at the message's end. */
interface Read {
  readonly part: Part;
  readonly header: Header;
  readonly until: Delimiter | null;
}

interface Walk {
  readonly raw: Buffer;
  readonly boundaries: Buffer[];
  readonly names: Map<string, readonly string[]>;
  readonly doubtful: Set<string>;
  parts: number;
  refused: Unreadable | null;
}

interface Place {
  readonly start: number;
  readonly path: string;
  readonly depth: number;
  readonly defaultType: string;
}

const LF = 10,
  CR = 13,
  DASH = 45,
  SPACE = 32,
  TAB = 9;
const LINE_OF_DASHES = Buffer.from('\r\n--');
const TEXT = 'text/plain';
const UNKNOWN = 'application/octet-stream';

/**
 * Walks a message whose bytes `checkBytes` has passed. Never throws; what is too big, too deep or
 * in pieces is refused.
 */
export function walkMessage(raw: Buffer): WalkResult {
  const walk: Walk = {
    raw,
    boundaries: [],
    names: new Map(),
    doubtful: new Set(),
    parts: 0,
    refused: null,
  };
  const read = readEntity(walk, { start: 0, path: '', depth: 0, defaultType: TEXT });
  if (!read) return { kind: 'refused', why: walk.refused ?? 'too-deep' };
  return {
    kind: 'walked',
    walked: {
      header: read.header,
      structure: read.part,
      names: walk.names,
      doubtful: [...walk.doubtful],
    },
  };
}

/**
 * A message, on its own or within another: its path is its body's (RFC 9051 §6.4.5.1: a message
 * that is no multipart has a part 1).
 */
function readEntity(walk: Walk, place: Place): Read | null {
  if (place.depth > DEPTH) return refuse(walk, 'too-deep');
  if (++walk.parts > PARTS) return refuse(walk, 'too-many-parts');
  const result = readHeader(walk.raw, place.start, walk.raw.length, {
    isDelimiter: (start) => delimiterAt(walk, start) !== null,
    beforeType: 'is-skipped',
  });
  if (result.kind === 'refused') return refuse(walk, result.why);
  const { header } = result;
  const type = readParameters(fieldValue(header, 'content-type') ?? place.defaultType);
  if (
    fieldValues(header, 'content-type').some((value) => /^\s*message\s*\/\s*partial/i.test(value))
  )
    return refuse(walk, 'partial-message');
  const mediaType = mediaTypeOf(type.value);
  const boundary = mediaType.startsWith('multipart/') ? boundaryOf(type) : null;
  const isMessage = mediaType === 'message/rfc822' || mediaType === 'message/global';
  const leafPath = place.path === '' || place.path.endsWith('.') ? `${place.path}1` : place.path;
  if (boundary)
    return readMultipart(walk, {
      ...place,
      header,
      type,
      mediaType,
      path: place.path.replace(/\.$/, ''),
      boundary,
    });
  const entity: Entity = { ...place, header, type, mediaType, path: leafPath };
  if (isMessage && encodingOf(fieldValue(header, 'content-transfer-encoding') ?? '') === 'identity')
    return readInner(walk, entity);
  return readLeaf(walk, entity);
}

interface Entity extends Place {
  readonly header: Header;
  readonly type: Parameterised;
  readonly mediaType: string;
}

function readMultipart(walk: Walk, entity: Entity & { readonly boundary: Buffer }): Read | null {
  const level = walk.boundaries.push(entity.boundary) - 1;
  const parts: Part[] = [];
  // RFC 2046 §5.1.5
  const defaultType = entity.mediaType === 'multipart/digest' ? 'message/rfc822' : TEXT;
  const prefix = entity.path === '' ? '' : `${entity.path}.`;
  let until = nextDelimiter(walk, entity.header.bodyStart);
  while (until && until.level === level && !until.closing) {
    const read = readEntity(walk, {
      start: until.end,
      path: `${prefix}${parts.length + 1}`,
      depth: entity.depth + 1,
      defaultType,
    });
    if (!read) return null;
    parts.push(read.part);
    until = read.until;
  }
  const unclosed = !until || until.level !== level;
  walk.boundaries.length = level;
  // the epilogue is nobody's
  if (until && until.level === level) until = nextDelimiter(walk, until.end);
  if (parts.length === 0)
    return readLeaf(walk, { ...entity, path: entity.path === '' ? '1' : entity.path });
  // an empty last part ends after that CRLF
  const end = Math.max(endBefore(walk, until, entity), parts.at(-1)?.bodyEnd ?? 0);
  noteDoubts(walk, entity, { unclosed, end });
  return {
    part: partOf(walk, entity, { parts, end, message: null }),
    header: entity.header,
    until,
  };
}

/** message/rfc822: what is inside is walked as part of this one message. */
function readInner(walk: Walk, entity: Entity): Read | null {
  const inner = readEntity(walk, {
    start: entity.header.bodyStart,
    path: `${entity.path}.`,
    depth: entity.depth + 1,
    defaultType: TEXT,
  });
  if (!inner) return null;
  const end = Math.max(endBefore(walk, inner.until, entity), inner.part.bodyEnd);
  noteDoubts(walk, entity, { unclosed: false, end });
  const message = { envelope: readEnvelope(inner.header), structure: inner.part };
  return {
    part: partOf(walk, entity, { parts: [], end, message }),
    header: entity.header,
    until: inner.until,
  };
}

/**
 * What has nothing in it for us. A multipart without a boundary, or with one that never comes, is a
 * file like any other.
 */
function readLeaf(walk: Walk, entity: Entity): Read {
  const until = nextDelimiter(walk, entity.header.bodyStart);
  const end = endBefore(walk, until, entity);
  const composite = /^(?:multipart\/|message\/(?:rfc822|global)$)/.test(entity.mediaType);
  const plain = composite ? { ...entity, mediaType: UNKNOWN } : entity;
  noteDoubts(walk, plain, { unclosed: composite, end });
  return {
    part: partOf(walk, plain, { parts: [], end, message: null }),
    header: entity.header,
    until,
  };
}

/** The CRLF before a delimiter belongs to the delimiter (RFC 2046 §5.1.1). */
function endBefore(walk: Walk, until: Delimiter | null, entity: Entity): number {
  return until ? Math.max(entity.header.bodyStart, until.start - 2) : walk.raw.length;
}

function partOf(
  walk: Walk,
  entity: Entity,
  found: {
    readonly parts: readonly Part[];
    readonly end: number;
    readonly message: { readonly envelope: Envelope; readonly structure: Part } | null;
  },
): Part {
  const { header } = entity;
  const [type = 'text', subtype = 'plain'] = entity.mediaType.split('/');
  const disposition = fieldValue(header, 'content-disposition');
  const read = disposition === null ? null : readParameters(disposition);
  // A multipart within a message shares the path of the message (RFC 9051 §6.4.5.1).
  walk.names.set(entity.path, [...namesOf(header), ...(walk.names.get(entity.path) ?? [])]);
  return {
    path: entity.path,
    type,
    subtype,
    params: entity.type.params,
    id: text(header, 'content-id'),
    description: text(header, 'content-description'),
    encoding:
      (fieldValue(header, 'content-transfer-encoding') ?? '7bit')
        .trim()
        .toLowerCase()
        .replace(/[;\s].*$/s, '') || '7bit',
    disposition: read && read.value !== '' ? { type: read.value, params: read.params } : null,
    language: (fieldValue(header, 'content-language') ?? '')
      .split(/[\s,]+/)
      .filter((tag) => /^[A-Za-z0-9-]{1,35}$/.test(tag)),
    location: text(header, 'content-location'),
    md5: text(header, 'content-md5'),
    headerStart: entity.start,
    bodyStart: header.bodyStart,
    bodyEnd: found.end,
    lines: type === 'text' || found.message ? countLines(walk.raw, header.bodyStart, found.end) : 0,
    parts: found.parts,
    message: found.message,
  };
}

function text(header: Header, name: string): string | null {
  const value = fieldValue(header, name);
  return value === null ? null : cleanLine(value);
}

/** Every name in every Content-Type and Content-Disposition, doubled fields too. */
function namesOf(header: Header): string[] {
  const fields = [
    ...fieldValues(header, 'content-disposition'),
    ...fieldValues(header, 'content-type'),
  ];
  const read = fields.flatMap((value) =>
    readParameters(value).all.filter(([name]) => name === 'filename' || name === 'name'),
  );
  return [
    ...read.filter(([name]) => name === 'filename').reverse(),
    ...read.filter(([name]) => name === 'name').reverse(),
  ].map(([, value]) => value);
}

function noteDoubts(
  walk: Walk,
  entity: Entity,
  found: { readonly unclosed: boolean; readonly end: number },
): void {
  const { header, type } = entity;
  const twice = ['content-type', 'content-transfer-encoding', 'content-disposition'].some(
    (name) => fieldValues(header, name).length > 1,
  );
  const transfer = fieldValue(header, 'content-transfer-encoding') ?? '';
  const encoding = encodingOf(transfer);
  const composite =
    entity.mediaType.startsWith('multipart/') || entity.mediaType === 'message/rfc822';
  const odd =
    encoding === null ||
    encoding === 'uuencode' ||
    (composite && encoding !== 'identity') ||
    (encoding === 'base64' && goesOnAfterPadding(walk.raw.subarray(header.bodyStart, found.end)));
  if (
    twice ||
    odd ||
    found.unclosed ||
    type.doubled ||
    header.oddities.length > 0 ||
    isShifty(type.params['charset'])
  )
    walk.doubtful.add(entity.path);
}

/**
 * `type/subtype`; `text` alone, or nothing, is text/plain (RFC 2045 §5.2); what is malformed is a
 * file.
 */
function mediaTypeOf(value: string): string {
  if (/^[0-9a-z][!#$&^_.+0-9a-z-]{0,79}\/[0-9a-z][!#$&^_.+0-9a-z-]{0,79}$/.test(value))
    return value;
  // RFC 2046 §5.1.3, and `multipart/*`
  if (value.startsWith('multipart/')) return 'multipart/mixed';
  return value === '' || value === 'text' || value === 'text/' ? TEXT : UNKNOWN;
}

function boundaryOf(type: Parameterised): Buffer | null {
  const boundary = type.params['boundary'] ?? '';
  if (boundary.length > BOUNDARY_BYTES) return null;
  const bytes = Buffer.from(boundary.replace(/[ \t]+$/, ''), 'utf8');
  return bytes.length === 0 || bytes.length > BOUNDARY_BYTES ? null : bytes;
}

function nextDelimiter(walk: Walk, from: number): Delimiter | null {
  const { raw, boundaries } = walk;
  if (boundaries.length === 0) return null;
  let at = from;
  for (;;) {
    const delimiter = delimiterAt(walk, at);
    if (delimiter) return delimiter;
    const found = raw.indexOf(LINE_OF_DASHES, at);
    if (found < 0) return null;
    at = found + 2;
  }
}

/**
 * The delimiter whose line starts here, innermost multipart first. The whole line must be it: a
 * longer one is another boundary's, or text.
 */
function delimiterAt(walk: Walk, start: number): Delimiter | null {
  const { raw, boundaries } = walk;
  if (raw[start] !== DASH || raw[start + 1] !== DASH) return null;
  for (let level = boundaries.length - 1; level >= 0; level--) {
    const boundary = boundaries[level] as Buffer;
    if (!startsWith(raw, start + 2, boundary)) continue;
    const after = start + 2 + boundary.length;
    const closing = raw[after] === DASH && raw[after + 1] === DASH;
    const end = endOfBlank(raw, closing ? after + 2 : after);
    if (end >= 0) return { start, end, level, closing };
  }
  return null;
}

function startsWith(raw: Buffer, at: number, bytes: Buffer): boolean {
  if (raw[at] !== bytes[0] || at + bytes.length > raw.length) return false;
  for (let i = 1; i < bytes.length; i++) if (raw[at + i] !== bytes[i]) return false;
  return true;
}

/**
 * After the line's end if only white space is left on it (RFC 2046 §5.1.1: transport padding), else
 * -1.
 */
function endOfBlank(raw: Buffer, from: number): number {
  let at = from;
  while (raw[at] === SPACE || raw[at] === TAB) at++;
  if (at >= raw.length) return raw.length;
  return raw[at] === CR && raw[at + 1] === LF ? at + 2 : -1;
}

function countLines(raw: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = raw.indexOf(LF, start); at >= 0 && at < end; at = raw.indexOf(LF, at + 1)) lines++;
  return lines;
}

function refuse(walk: Walk, why: Unreadable): null {
  walk.refused ??= why;
  return null;
}
