import { isShifty } from './charset.ts';
import { cleanLine } from './clean.ts';
import { delimiterAt, nextDelimiter, type Delimiter } from './delimiters.ts';
import { readEnvelope } from './envelope.ts';
import { fieldValue, fieldValues, readHeader, type Header } from './header.ts';
import { BOUNDARY_BYTES, DEPTH, PARTS } from './limits.ts';
import type { Envelope, Part, Unreadable } from './message.ts';
import { readParameters, type ParameterisedValue } from './parameters.ts';
import { encodingOf, goesOnAfterPadding } from './transfer.ts';

interface Walked {
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

type WalkResult =
  | { readonly kind: 'walked'; readonly walked: Walked }
  | { readonly kind: 'refused'; readonly why: Unreadable };

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

/** Where an entity begins, and what it is taken for unless it says so. */
interface EntityStart {
  readonly start: number;
  readonly path: string;
  readonly depth: number;
  readonly defaultType: string;
}

const LF = 10;
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
function readEntity(walk: Walk, from: EntityStart): Read | null {
  if (from.depth > DEPTH) return refuse(walk, 'too-deep');
  if (++walk.parts > PARTS) return refuse(walk, 'too-many-parts');
  const result = readHeader(walk.raw, from.start, walk.raw.length, {
    isDelimiter: (start) => delimiterAt(walk, start) !== null,
    beforeType: 'is-skipped',
  });
  if (result.kind === 'refused') return refuse(walk, result.why);
  const { header } = result;
  const type = readParameters(fieldValue(header, 'content-type') ?? from.defaultType);
  if (
    fieldValues(header, 'content-type').some((value) => /^\s*message\s*\/\s*partial/i.test(value))
  )
    return refuse(walk, 'partial-message');
  const mediaType = mediaTypeOf(type.value);
  const boundary = mediaType.startsWith('multipart/') ? boundaryOf(type) : null;
  const isMessage = mediaType === 'message/rfc822' || mediaType === 'message/global';
  const leafPath = from.path === '' || from.path.endsWith('.') ? `${from.path}1` : from.path;
  if (boundary)
    return readMultipart(walk, {
      ...from,
      header,
      type,
      mediaType,
      path: from.path.replace(/\.$/, ''),
      boundary,
    });
  const entity: Entity = { ...from, header, type, mediaType, path: leafPath };
  if (isMessage && encodingOf(fieldValue(header, 'content-transfer-encoding') ?? '') === 'identity')
    return readInner(walk, entity);
  return readLeaf(walk, entity);
}

interface Entity extends EntityStart {
  readonly header: Header;
  readonly type: ParameterisedValue;
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

/** What lies in an entity, and where that ends. */
interface EntityContent {
  readonly parts: readonly Part[];
  readonly end: number;
  readonly message: { readonly envelope: Envelope; readonly structure: Part } | null;
}

function partOf(walk: Walk, entity: Entity, found: EntityContent): Part {
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

function boundaryOf(type: ParameterisedValue): Buffer | null {
  const boundary = type.params['boundary'] ?? '';
  if (boundary.length > BOUNDARY_BYTES) return null;
  const bytes = Buffer.from(boundary.replace(/(?<![ \t])[ \t]+$/, ''), 'utf8');
  return bytes.length === 0 || bytes.length > BOUNDARY_BYTES ? null : bytes;
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
