import { Fault } from '../../ground/fault.ts';
import type { MailboxId, SchoolId } from '../../ground/ids.ts';
import type { Part } from '../../letters/message/message.ts';
import {
  partAt,
  selectFields,
  spanOfMessage,
  spanOfPart,
  withoutEncoding,
  type ByteSpan,
} from '../../letters/message/section.ts';
import { encodingOf } from '../../letters/message/transfer.ts';
import type { RoomVisit } from '../../rules/viewer.ts';
import type { UidSet } from '../../store/mail/contract.ts';
import { piecesOf, shapesOf, type Piece, type MessageShape } from '../../store/mail/fetching.ts';
import { after } from '../../store/mail/uid-set.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { SectionContent, Sections, SectionWish } from './contract/sections.ts';
import type { Seer } from './contract/seer.ts';
import type { SectionsWish } from './contract/wishes.ts';
import { PIECE_BYTES, SECTION_BYTES, SECTION_ROWS } from './limits.ts';
import { readable } from './opened.ts';
import type { MailboxParts } from './parts.ts';

/**
 * What answers one wish: something known already, bytes to be read and perhaps worked on, or a
 * stream of them.
 */
type Plan =
  | { readonly kind: 'known'; readonly content: SectionContent }
  | {
      readonly kind: 'read';
      readonly span: ByteSpan;
      readonly make: (bytes: Buffer, decode: Decode) => SectionContent;
    }
  | { readonly kind: 'stream'; readonly span: ByteSpan };

/** Takes a part's transfer encoding away; null where nobody knows it. */
type Decode = (bytes: Buffer, part: Part) => Buffer | null;

interface Planned {
  readonly shape: MessageShape;
  readonly plans: readonly Plan[];
  /** What is read for them, each span once. */
  readonly spans: readonly ByteSpan[];
  readonly bytes: number;
}

/** Whose bytes are read: a mailbox, and whether that is still theirs to read. */
interface Source {
  readonly store: MailboxParts['store'];
  readonly school: SchoolId;
  readonly mailbox: MailboxId;
  readonly mayRead: (tx: SchoolTx) => Promise<boolean>;
}

export function sections(
  { parts: { store }, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: MailboxId,
  { uids, wishes }: SectionsWish,
): AsyncGenerator<Sections> {
  const mayRead = async (tx: SchoolTx): Promise<boolean> =>
    (await readable(tx, viewer, mailbox)) !== null;
  return sectionsFrom({ store, school: viewer.school, mailbox, mayRead }, uids, wishes);
}

/**
 * The same of any mailbox, as its source says. A letter whose bytes can't be brought just now is
 * left out, and thrown of at the end.
 */
export async function* sectionsFrom(
  source: Source,
  uids: UidSet,
  wishes: readonly SectionWish[],
): AsyncGenerator<Sections> {
  const { store, school, mailbox, mayRead } = source;
  const needsStructure = wishes.some(({ part }) => part !== '');
  const away: Fault[] = [];
  for (let rest = uids; rest.length > 0;) {
    const shapes = await store.read(school, async (tx) =>
      (await mayRead(tx))
        ? shapesOf(tx, mailbox, { uids: rest, limit: SECTION_ROWS, structure: needsStructure })
        : [],
    );
    const planned = shapes.map((shape) => planOf(shape, wishes));
    for (const group of groupsOf(planned)) yield* readWhatIsThere(source, group, away);
    const last = shapes.at(-1);
    if (!last || shapes.length < SECTION_ROWS) break;
    rest = after(rest, last.uid);
  }
  if (away[0]) throw away[0];
}

/** Where one of a group can't be read, each is read by itself. */
async function* readWhatIsThere(
  source: Source,
  group: readonly Planned[],
  away: Fault[],
): AsyncGenerator<Sections> {
  const read = await readGroup(source, group).catch((error: unknown) => {
    if (!(error instanceof Fault) || error.code !== 'body-away') throw error;
    if (group.length === 1) away.push(error);
    return null;
  });
  if (read !== null) yield* read;
  else if (group.length > 1) for (const one of group) yield* readWhatIsThere(source, [one], away);
}

function planOf(shape: MessageShape, wishes: readonly SectionWish[]): Planned {
  const plans = wishes.map((wish) => planWish(shape, wish));
  const spans: ByteSpan[] = [];
  let bytes = 0;
  for (const plan of plans) {
    if (plan.kind === 'known') continue;
    const beginning = beginningOf(plan);
    if (spans.some((span) => isSame(span, beginning))) continue;
    spans.push(beginning);
    if (plan.kind === 'read') bytes += beginning.end - beginning.start;
  }
  return { shape, plans, spans, bytes };
}

const isSame = (one: ByteSpan, other: ByteSpan): boolean =>
  one.start === other.start && one.end === other.end;

const NONE: Plan = { kind: 'known', content: { kind: 'none' } };

function planWish(shape: MessageShape, wish: SectionWish): Plan {
  const part = wish.part === '' ? null : shape.structure && partAt(shape.structure, wish.part);
  if (wish.part !== '' && !part) return NONE;
  const span = part ? spanOfPart(wish.what, part) : spanOfMessage(wish.what, shape);
  if (!span) return NONE;
  switch (wish.what) {
    case 'fields':
    case 'fields-not': {
      const { what, fields } = wish;
      return {
        kind: 'read',
        span,
        make: (bytes) => bytesOf(cut(selectFields(bytes, fields, what), wish.partial)),
      };
    }
    case 'binary':
    case 'binary-size':
      return decodedPlan(part, span, wish);
    default:
      return rawPlan(span, wish.partial);
  }
}

function rawPlan(span: ByteSpan, partial: SectionWish['partial']): Plan {
  const start = Math.min(span.end, span.start + (partial?.offset ?? 0));
  const end = Math.min(span.end, start + (partial?.count ?? Infinity));
  if (start >= end) return { kind: 'known', content: bytesOf(Buffer.alloc(0)) };
  return end - start > PIECE_BYTES
    ? { kind: 'stream', span: { start, end } }
    : { kind: 'read', span: { start, end }, make: bytesOf };
}

/**
 * What has no transfer encoding is its bytes; what has one is decoded whole, a part of a message
 * being no longer than it.
 */
function decodedPlan(part: Part | null, span: ByteSpan, { what, partial }: SectionWish): Plan {
  const isPlain =
    !part ||
    part.parts.length > 0 ||
    part.message !== null ||
    encodingOf(part.encoding) === 'identity';
  if (isPlain)
    return what === 'binary'
      ? rawPlan(span, partial)
      : { kind: 'known', content: { kind: 'size', sizeBytes: span.end - span.start } };
  return {
    kind: 'read',
    span,
    make(bytes, decode) {
      const decoded = decode(bytes, part);
      if (!decoded) return { kind: 'unknown-encoding' };
      return what === 'binary'
        ? bytesOf(cut(decoded, partial))
        : { kind: 'size', sizeBytes: decoded.length };
    },
  };
}

const bytesOf = (bytes: Buffer): SectionContent => ({
  kind: 'bytes',
  sizeBytes: bytes.length,
  bytes,
});
const cut = (bytes: Buffer, partial: SectionWish['partial']): Buffer =>
  partial ? bytes.subarray(partial.offset, partial.offset + partial.count) : bytes;

/** Messages whose bytes are read together. */
export function* groupsOf<T extends Pick<Planned, 'bytes'>>(
  planned: readonly T[],
): Generator<readonly T[]> {
  let group: T[] = [];
  let bytes = 0;
  for (const one of planned) {
    if (group.length > 0 && bytes + one.bytes > SECTION_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(one);
    bytes += one.bytes;
  }
  if (group.length > 0) yield group;
}

/** The beginning of what is streamed is read too: once its length is told, nothing else can be. */
async function readGroup(source: Source, group: readonly Planned[]): Promise<readonly Sections[]> {
  const wanted = group.flatMap(({ shape: { uid }, spans }) =>
    spans.map((span): Piece => ({ uid, ...span })),
  );
  const read = wanted.length > 0 ? await readPieces(source, wanted) : [];
  let next = 0;
  return group.flatMap(({ shape: { uid }, plans, spans }) => {
    const own = spans.map((span) => ({ span, bytes: read[next++] ?? null }));
    if (own.some(({ bytes }) => bytes === null)) return []; // it went meanwhile
    const decode = decodingOnce();
    const contents = plans.map((plan) => {
      if (plan.kind === 'known') return plan.content;
      const beginning = beginningOf(plan);
      const bytes = own.find(({ span }) => isSame(span, beginning))?.bytes ?? null;
      return contentOf({ source, uid, decode }, plan, bytes);
    });
    return [{ uid, contents }];
  });
}

/** Each part of a message once, in however many ranges it is wanted. */
function decodingOnce(): Decode {
  const known = new Map<Part, Buffer | null>();
  return (bytes, part) => {
    const decoded = known.get(part) ?? withoutEncoding(bytes, part);
    known.set(part, decoded);
    return decoded;
  };
}

type ReadPlan = Exclude<Plan, { kind: 'known' }>;

const beginningOf = ({ kind, span }: ReadPlan): ByteSpan =>
  kind === 'read' ? span : { ...span, end: Math.min(span.end, span.start + PIECE_BYTES) };

/** Of which message something is made. */
interface ReadMessage {
  readonly source: Source;
  readonly uid: number;
  readonly decode: Decode;
}

function contentOf(
  { source, uid, decode }: ReadMessage,
  plan: ReadPlan,
  bytes: Buffer | null,
): SectionContent {
  if (plan.kind === 'read') return bytes ? plan.make(bytes, decode) : { kind: 'none' };
  return {
    kind: 'bytes',
    sizeBytes: plan.span.end - plan.span.start,
    bytes: stream(source, uid, { ...plan.span, beginning: bytes ?? Buffer.alloc(0) }),
  };
}

/**
 * Throws where the message goes while it is read: its length has been told, and nothing else can be
 * said in its place.
 */
async function* stream(
  source: Source,
  uid: number,
  { start, end, beginning }: ByteSpan & { readonly beginning: Buffer },
): AsyncGenerator<Buffer> {
  yield beginning;
  for (let at = start + beginning.length; at < end; at += PIECE_BYTES) {
    const [piece] = await readPieces(source, [
      { uid, start: at, end: Math.min(end, at + PIECE_BYTES) },
    ]);
    if (!piece)
      throw new Fault(
        'row-missing',
        `a message of mailbox ${source.mailbox} went while it was read`,
        {
          transient: true,
        },
      );
    yield piece;
  }
}

function readPieces(
  { store, school, mailbox, mayRead }: Source,
  pieces: readonly Piece[],
): Promise<(Buffer | null)[]> {
  return store.read(school, async (tx) =>
    (await mayRead(tx)) ? piecesOf(tx, mailbox, pieces) : pieces.map(() => null),
  );
}
