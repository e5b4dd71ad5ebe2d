/** Sets of UIDs as ranges: ascending, disjoint, both ends in them. Pure. */
import type { UidSet } from './contract.ts';

/** Cuts a set to what lies above a UID. */
export function after(set: UidSet, uid: number): UidSet {
  return set.flatMap(({ from, to }) => (to <= uid ? [] : [{ from: Math.max(from, uid + 1), to }]));
}

/** Ascending UIDs as ranges. */
export function rangesOf(uids: Iterable<number>): UidSet {
  const ranges: { from: number; to: number }[] = [];
  for (const uid of uids) {
    const last = ranges.at(-1);
    if (last && uid <= last.to + 1) last.to = Math.max(uid, last.to);
    else ranges.push({ from: uid, to: uid });
  }
  return ranges;
}

/** What two sets have in common. */
export function common(one: UidSet, other: UidSet): UidSet {
  const found: { from: number; to: number }[] = [];
  for (let a = 0, b = 0; ;) {
    const [left, right] = [one[a], other[b]];
    if (left === undefined || right === undefined) return found;
    const [from, to] = [Math.max(left.from, right.from), Math.min(left.to, right.to)];
    if (from <= to) found.push({ from, to });
    if (left.to < right.to) a++;
    else b++;
  }
}

/** Of 1 to `below` - 1, what isn't among these ascending UIDs. */
export function missing(uids: Uint32Array, below: number): UidSet {
  const ranges: { from: number; to: number }[] = [];
  let next = 1;
  for (const uid of uids) {
    if (uid > next) ranges.push({ from: next, to: uid - 1 });
    next = uid + 1;
  }
  if (next < below) ranges.push({ from: next, to: below - 1 });
  return ranges;
}

/** The UIDs without those of a set, and more at the end. */
export function updated(uids: Uint32Array, gone: UidSet, added: readonly number[]): Uint32Array {
  const all = new Uint32Array(uids.length + added.length);
  let count = 0;
  let range = 0;
  for (const uid of uids) {
    while (range < gone.length && (gone[range]?.to ?? 0) < uid) range++;
    if (range < gone.length && (gone[range]?.from ?? 0) <= uid) continue;
    all[count++] = uid;
  }
  for (const uid of added) all[count++] = uid;
  return count === all.length ? all : all.slice(0, count);
}
