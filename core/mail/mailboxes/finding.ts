import type { MailboxId } from '../../ground/ids.ts';
import { mapInTurns } from '../../ground/map-in-turns.ts';
import { substringSearch } from '../../ground/substring.ts';
import { partsOf } from '../../letters/message/body.ts';
import { decodeText } from '../../letters/message/charset.ts';
import { readHeader } from '../../letters/message/header.ts';
import { fold, foldedField } from '../../letters/message/keys.ts';
import type { Part } from '../../letters/message/message.ts';
import { withoutEncoding } from '../../letters/message/section.ts';
import type { RoomVisit } from '../../rules/viewer.ts';
import type { Criterion, ThreadSource, UidSet } from '../../store/mail/contract.ts';
import { piecesOf, shapesOf, type MessageShape } from '../../store/mail/fetching.ts';
import type { SeenMailbox } from '../../store/mail/mailbox-access.ts';
import {
  findUids,
  hasIndexedWords,
  isStoredField,
  threadSources,
  type SearchIn,
} from '../../store/mail/searching.ts';
import { after, rangesOf } from '../../store/mail/uid-set.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { SearchResult } from './contract/opened.ts';
import type { Seer } from './contract/seer.ts';
import type { SearchWish } from './contract/wishes.ts';
import { EXACT_BYTES, SECTION_BYTES, SECTION_ROWS } from './limits.ts';
import { readable } from './opened.ts';
import type { MailboxParts } from './parts.ts';

export function search(
  { parts: { store, clock }, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: MailboxId,
  { what, order = [] }: SearchWish,
): Promise<SearchResult | null> {
  return store.readMoment(viewer.school, async (tx) => {
    const seen = await readable(tx, viewer, mailbox);
    if (!seen) return null;
    const within = await searchIn(tx, seen, { what, now: clock(), answers: NOTHING_KNOWN });
    return findUids(tx, { what, order }, within);
  });
}

export function threads(
  { parts: { store, clock }, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: MailboxId,
  what: Criterion,
): Promise<readonly ThreadSource[] | null> {
  return store.readMoment(viewer.school, async (tx) => {
    const seen = await readable(tx, viewer, mailbox);
    if (!seen) return null;
    const within = await searchIn(tx, seen, { what, now: clock(), answers: NOTHING_KNOWN });
    return threadSources(tx, what, within);
  });
}

/** Keys that look at bytes. */
type Slow = Extract<Criterion, { kind: 'text' | 'body' | 'header' }>;

/** What is looked through: a mailbox, and how big it is. */
type SearchedMailbox = Pick<SeenMailbox, 'id' | 'bytes'>;

const NOTHING_KNOWN: SearchIn['answers'] = new Map();

/** What is looked for, and the answers that are known already. */
interface Asked extends Omit<SearchIn, 'mailbox'> {
  readonly what: Criterion;
}

/** Answers to all that the store can't answer. */
export async function searchIn(
  tx: SchoolTx,
  seen: SearchedMailbox,
  { what, now, answers }: Asked,
): Promise<SearchIn> {
  const within = { mailbox: seen.id, now };
  const slow: Slow[] = [];
  for (const one of leavesOf(what))
    if (mayBeSlow(one) && (await isSlow(tx, seen, one))) slow.push(one);
  if (slow.length === 0) return { ...within, answers };
  const { uids } = await findUids(
    tx,
    { what: widened(what, new Set(slow)), order: [] },
    { ...within, answers },
  );
  const read = await lookThrough(tx, seen, { uids: rangesOf(uids), slow });
  return { ...within, answers: new Map([...answers, ...read]) };
}

/** The keys that a search is put together from. */
export function* leavesOf(what: Criterion): Generator<Criterion> {
  if (what.kind === 'and') for (const one of what.of) yield* leavesOf(one);
  else if (what.kind === 'or') {
    yield* leavesOf(what.either);
    yield* leavesOf(what.or);
  } else if (what.kind === 'not') yield* leavesOf(what.not);
  else yield what;
}

const mayBeSlow = (what: Criterion): what is Slow =>
  what.kind === 'header' || what.kind === 'text' || what.kind === 'body';

async function isSlow(tx: SchoolTx, seen: SearchedMailbox, what: Slow): Promise<boolean> {
  if (what.kind === 'header') return !isStoredField(what.field);
  return seen.bytes <= EXACT_BYTES || !(await hasIndexedWords(tx, what.text));
}

/**
 * A criterion that fits at least what this one fits, without its slow keys: only these messages'
 * bytes need be read.
 */
function widened(what: Criterion, slow: ReadonlySet<Criterion>): Criterion {
  if (slow.has(what)) return { kind: 'all' };
  if (what.kind === 'and') return { kind: 'and', of: what.of.map((one) => widened(one, slow)) };
  if (what.kind === 'or')
    return { kind: 'or', either: widened(what.either, slow), or: widened(what.or, slow) };
  return what.kind === 'not' && [...leavesOf(what)].some((leaf) => slow.has(leaf))
    ? { kind: 'all' }
    : what;
}

/**
 * Reads messages, some at a time, and asks each slow key; bodies of the newest ones alone, where
 * they are too many.
 */
async function lookThrough(
  tx: SchoolTx,
  seen: SearchedMailbox,
  { uids, slow }: { readonly uids: UidSet; readonly slow: readonly Slow[] },
): Promise<ReadonlyMap<Criterion, UidSet>> {
  const found = slow.map((key): AskedKey => ({
    key,
    holds: substringSearch(fold(key.text)),
    uids: [],
  }));
  const wholes = slow.some(({ kind }) => kind !== 'header');
  const lengthOf = ({ sizeBytes, headerBytes }: MessageShape) => (wholes ? sizeBytes : headerBytes);
  for (let rest = uids; rest.length > 0;) {
    const shapes = await shapesOf(tx, seen.id, {
      uids: rest,
      limit: SECTION_ROWS,
      structure: wholes,
    });
    const last = shapes.at(-1);
    if (!last) break;
    rest = after(rest, last.uid);
    for (const group of groupsOf(shapes, lengthOf)) {
      const raws = await piecesOf(
        tx,
        seen.id,
        group.map((shape) => ({ uid: shape.uid, start: 0, end: lengthOf(shape) })),
      );
      await mapInTurns(questionsOf(group, raws, found), ({ uid, texts, asked }) => {
        if (fits(asked, texts)) asked.uids.push(uid);
      });
    }
  }
  return new Map(found.map(({ key, uids }) => [key, rangesOf(uids)]));
}

/** A key, how its text is looked for, and where it was found. */
interface AskedKey {
  readonly key: Slow;
  readonly holds: (text: string) => boolean;
  readonly uids: number[];
}

interface Question {
  readonly uid: number;
  readonly texts: Texts;
  readonly asked: AskedKey;
}

/** Each key of each message, whose texts are made when their turn comes. */
function* questionsOf(
  group: readonly MessageShape[],
  raws: readonly (Buffer | null)[],
  keys: readonly AskedKey[],
): Generator<Question> {
  for (const [index, shape] of group.entries()) {
    const texts = textsOf(raws[index] ?? EMPTY, shape);
    for (const asked of keys) yield { uid: shape.uid, texts, asked };
  }
}

function* groupsOf(
  shapes: readonly MessageShape[],
  lengthOf: (shape: MessageShape) => number,
): Generator<MessageShape[]> {
  let group: MessageShape[] = [];
  let bytes = 0;
  for (const shape of shapes) {
    const own = lengthOf(shape);
    if (group.length > 0 && bytes + own > SECTION_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(shape);
    bytes += own;
  }
  if (group.length > 0) yield group;
}

interface Texts {
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly body: () => string;
}

function textsOf(raw: Buffer, { headerBytes, structure }: MessageShape): Texts {
  const read = readHeader(raw, 0, headerBytes);
  let body: string | null = null;
  return {
    fields:
      read.kind === 'header'
        ? read.header.fields.map(({ name, value }) => ({ name, value: foldedField(value) }))
        : [],
    body() {
      body ??= structure === null ? '' : textOf(raw, structure);
      return body;
    },
  };
}

/** All texts of a message as they are compared, to their end unless they are longer than any. */
function textOf(raw: Buffer, structure: Part): string {
  let left = EXACT_BYTES;
  return [...partsOf(structure)]
    .filter(({ type }) => type === 'text')
    .map((part) => {
      const bytes = withoutEncoding(raw.subarray(part.bodyStart, part.bodyEnd), part);
      const some = bytes?.subarray(0, left) ?? EMPTY;
      left -= some.length;
      return fold(decodeText(some, part.params['charset']));
    })
    .join('\n');
}
const EMPTY = Buffer.alloc(0);

function fits({ key, holds }: AskedKey, { fields, body }: Texts): boolean {
  switch (key.kind) {
    case 'header':
      return fields.some(({ name, value }) => name === key.field && holds(value));
    case 'body':
      return holds(body());
    case 'text':
      return (
        fields.some(({ name, value }) => holds(`${name.toUpperCase()}: ${value}`)) || holds(body())
      );
  }
}
