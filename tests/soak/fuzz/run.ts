import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { HOUR_MS } from '../../../core/ground/spans.ts';
import { fuzz, shown, type FuzzedKind } from './fuzzing.ts';

/** All kinds together, unless `PREAU_FUZZ` says how many. */
const ALL = 1_000_000;
/** Of all inputs, those of each kind: each takes some minutes of one processor. */
const SHARES = { letters: 0.4, rosters: 0.05, forms: 0.55 } as const;
/** Nothing that a stranger sends holds everybody else longer, in milliseconds. */
const MOST_HELD_MS = 250;
/** Of one small file in a process apart, which may take so many seconds of a large one. */
const MOST_APART_MS = 3_000;
/** What stays once garbage is collected, and what stands at once before it is. */
const MOST_HEAP_MORE_MIB = 32;
const MOST_PEAK_MORE_MIB = 256;
/** Some quarter of an hour of one processor, which others may want meanwhile. */
export const LONGEST_RUN_MS = 4 * HOUR_MS;

/**
 * Fuzzes one kind, prints what was longest with its seed, and fails past the limits. `PREAU_FUZZ=1
 * PREAU_FUZZ_SEED=N` makes the input of a printed seed again, alone.
 */
export async function mustHold<Input>(kind: FuzzedKind<Input>): Promise<void> {
  const all = Number(process.env['PREAU_FUZZ'] ?? ALL);
  const seed = Number(process.env['PREAU_FUZZ_SEED'] ?? randomInt(2 ** 31));
  const found = await fuzz(kind, { seed, count: Math.ceil(all * SHARES[kind.title]) });
  console.log(shown(kind.title, seed, found));
  expect(found.faults).toEqual([]);
  const mostOf = (reader: string): number =>
    kind.apart.includes(reader) ? MOST_APART_MS : MOST_HELD_MS;
  expect(found.longest.filter(({ reader, ms }) => ms > mostOf(reader))).toEqual([]);
  expect(found.heapMoreMib).toBeLessThan(MOST_HEAP_MORE_MIB);
  expect(found.peakMoreMib).toBeLessThan(MOST_PEAK_MORE_MIB);
}
