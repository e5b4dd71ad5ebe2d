/**
 * What one session believes of its mailbox: which message has which sequence number (RFC 9051
 * §2.3.1.2). Pure. A list of UIDs is shared by all sessions of the process and never written into;
 * a session has one of its own only while it may not yet be told that messages are gone (§7.5.1:
 * not while it is answered to FETCH, STORE or SEARCH).
 */
import type { UidSet } from '../core/store/mail/contract.ts';
import type { NumberSet, SetNumber } from './wire/number-set.ts';
import { rangesOf } from './wire/ranges.ts';

export interface View {
  /** Ascending; the message with sequence number n is `uids[n - 1]`. */
  readonly uids: Uint32Array;
  /** Changes up to here were told, or are known to be nothing new. */
  readonly modseq: number;
  /** There are numbers in it whose messages are gone, still to be told. */
  readonly hasGhosts: boolean;
}

/** What a session has to be told when its view moves on. */
export interface ViewStep {
  readonly view: View;
  /**
   * Sequence numbers for EXPUNGE, in the order to say them: each is right once those before it are
   * gone (RFC 9051 §7.5.1).
   */
  readonly expunged: readonly number[];
  /** The same as UIDs, for VANISHED (RFC 7162 §3.2.10). */
  readonly vanished: readonly number[];
  /**
   * EXISTS, where there are more than before (or less, after EXPUNGE said so); null: nothing new.
   */
  readonly exists: number | null;
  /** The first UID that is new to the session. */
  readonly newFrom: number;
}

/**
 * Moves a view on to how the mailbox is now. What is gone there goes from the view, or keeps its
 * number until a later step.
 */
export function advance(
  view: View,
  fresh: { readonly uids: Uint32Array; readonly modseq: number },
  gone: 'goes' | 'keeps-its-number',
): ViewStep {
  const newFrom = lastOf(view.uids) + 1;
  const still = { expunged: [], vanished: [], newFrom } as const;
  // What was read before something that this session knows already: nothing to learn.
  if (fresh.modseq < view.modseq) return { ...still, view, exists: null };
  if (onlyGrew(view.uids, fresh.uids)) {
    const exists = fresh.uids.length > view.uids.length ? fresh.uids.length : null;
    return {
      ...still,
      view: {
        uids: exists === null ? view.uids : fresh.uids,
        modseq: fresh.modseq,
        hasGhosts: false,
      },
      exists,
    };
  }
  if (gone === 'keeps-its-number') {
    const uids = withArrivals(view.uids, fresh.uids, newFrom);
    return {
      ...still,
      view: { uids, modseq: fresh.modseq, hasGhosts: true },
      exists: uids.length > view.uids.length ? uids.length : null,
    };
  }
  const { expunged, vanished } = missing(view.uids, fresh.uids);
  const exists = fresh.uids.length > view.uids.length - expunged.length ? fresh.uids.length : null;
  return {
    view: { uids: fresh.uids, modseq: fresh.modseq, hasGhosts: false },
    expunged,
    vanished,
    exists,
    newFrom,
  };
}

/** The sequence number of a UID, 0 where the session doesn't know it. */
export function numberOf(uids: Uint32Array, uid: number): number {
  let low = 0;
  let high = uids.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = uids[middle] ?? 0;
    if (found === uid) return middle + 1;
    if (found < uid) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

/** How many of a view's UIDs are in a set. */
export function countIn(uids: Uint32Array, set: UidSet): number {
  return set.reduce(
    (sum, { from, to }) => sum + Math.max(0, firstAbove(uids, to) - firstAbove(uids, from - 1)),
    0,
  );
}

/** The view's own UIDs in a set, ascending. */
export function uidsIn(uids: Uint32Array, set: UidSet): Uint32Array {
  const pieces = set.map(({ from, to }) =>
    uids.subarray(firstAbove(uids, from - 1), firstAbove(uids, to)),
  );
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const all = new Uint32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/**
 * The UIDs that a client's set means: ascending, disjoint, none above what the session knows. Null
 * where a sequence number is beyond EXISTS, which is an error (RFC 9051 §6.4, `seq-number`); a UID
 * that isn't there is none (§6.4.9).
 */
export function resolve(
  view: View,
  set: NumberSet,
  options: { readonly byUid: boolean; readonly saved: Uint32Array | null },
): UidSet | null {
  const { uids } = view;
  // RFC 9051 §6.4.4.1: empty before the first
  if (set.kind === 'saved') return rangesOf(options.saved ?? new Uint32Array(0));
  const last = options.byUid ? lastOf(uids) : uids.length;
  const ranges: { from: number; to: number }[] = [];
  for (const { from, to } of set.ranges) {
    const [low, high] = ordered(numbered(from, last), numbered(to, last));
    if (options.byUid) {
      if (last > 0 && low <= last) ranges.push({ from: low, to: Math.min(high, last) });
      continue;
    }
    // `1:*` of an empty mailbox: every mail program's first question
    if (last === 0 && (from === '*' || to === '*')) continue;
    if (low < 1 || high > last) return null;
    ranges.push({ from: uids[low - 1] ?? 0, to: uids[high - 1] ?? 0 });
  }
  return merged(ranges);
}

function lastOf(uids: Uint32Array): number {
  return uids[uids.length - 1] ?? 0;
}

function numbered(number: SetNumber, last: number): number {
  return number === '*' ? last : number;
}

function ordered(a: number, b: number): readonly [number, number] {
  return a <= b ? [a, b] : [b, a];
}

/** Ascending and disjoint; ranges that touch become one. */
function merged(ranges: readonly { from: number; to: number }[]): UidSet {
  const [first, ...rest] = [...ranges].sort((a, b) => a.from - b.from);
  if (!first) return [];
  const all = [first];
  let last = first;
  for (const range of rest) {
    if (range.from <= last.to + 1) {
      last.to = Math.max(last.to, range.to);
      continue;
    }
    all.push(range);
    last = range;
  }
  return all;
}

/** Where the first UID above this one stands, counted from 0; the length where there is none. */
function firstAbove(uids: Uint32Array, uid: number): number {
  let low = 0;
  let high = uids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((uids[middle] ?? 0) <= uid) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Nothing is gone: UIDs only grow, so it is enough that the last one known has kept its number. */
function onlyGrew(known: Uint32Array, fresh: Uint32Array): boolean {
  return (
    known === fresh ||
    known.length === 0 ||
    (fresh.length >= known.length && fresh[known.length - 1] === known[known.length - 1])
  );
}

function withArrivals(known: Uint32Array, fresh: Uint32Array, newFrom: number): Uint32Array {
  const arrivals = fresh.subarray(firstAbove(fresh, newFrom - 1));
  if (arrivals.length === 0) return known;
  const uids = new Uint32Array(known.length + arrivals.length);
  uids.set(known);
  uids.set(arrivals, known.length);
  return uids;
}

function missing(
  known: Uint32Array,
  fresh: Uint32Array,
): { expunged: number[]; vanished: number[] } {
  const expunged: number[] = [];
  const vanished: number[] = [];
  let at = 0;
  for (let index = 0; index < known.length; index += 1) {
    const uid = known[index] ?? 0;
    while ((fresh[at] ?? Infinity) < uid) at += 1;
    if (fresh[at] === uid) continue;
    expunged.push(index + 1 - vanished.length);
    vanished.push(uid);
  }
  return { expunged, vanished };
}
