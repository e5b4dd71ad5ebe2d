import { DOORS, type Door } from '../../ground/doors.ts';
import type { AddressId } from '../../ground/ids.ts';
import { recordOf } from '../../ground/keys.ts';
import type { DoorTally, IsolationDifference } from '../../store/town/contract.ts';
import type { IsolationProof } from './contract.ts';

/** So many are named at most, besides those of a look before; all are counted. */
const MOST_NAMED = 1_000;

const keyOf = ({ door, from, to, kind }: IsolationDifference): string =>
  `${door} ${from} ${to} ${kind}`;

/** What was tried and what differed, door by door. */
export class Tried {
  readonly #doors = recordOf(DOORS, () => ({ tries: 0, passes: 0, lacks: 0 }));
  readonly #differences = new Map<string, IsolationDifference>();
  readonly #before: ReadonlySet<string>;

  constructor(before: readonly IsolationDifference[] = []) {
    this.#before = new Set(before.map(keyOf));
  }

  /** One try: what the rules decided, and what the reckoning allows. */
  note(
    door: Door,
    { from, to }: Pick<IsolationDifference, 'from' | 'to'>,
    { decided, reckoned }: { readonly decided: boolean; readonly reckoned: boolean },
  ): void {
    const tally = this.#doors[door];
    tally.tries += 1;
    if (decided === reckoned) return;
    const kind = decided ? 'passes' : 'lacks';
    tally[kind] += 1;
    const difference = { door, from, to, kind } as const;
    const key = keyOf(difference);
    if (this.#differences.size < MOST_NAMED || this.#before.has(key))
      this.#differences.set(key, difference);
  }

  get doors(): Readonly<Record<Door, DoorTally>> {
    return this.#doors;
  }

  get differences(): readonly IsolationDifference[] {
    return [...this.#differences.values()];
  }
}

type Looked = Pick<IsolationProof, 'doors' | 'differences' | 'faults'>;

/** Whom each address of the town is to be tried with once more, by what a look before has found. */
export function triedWith(
  differences: readonly IsolationDifference[],
): ReadonlyMap<AddressId, ReadonlySet<AddressId | string>> {
  const others = new Map<AddressId, Set<AddressId | string>>();
  for (const { from, to } of differences)
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const)
      if (typeof one === 'number') others.set(one, (others.get(one) ?? new Set()).add(other));
  return others;
}

/**
 * What two looks both found: a roster that changed in the middle of one makes a difference that the
 * next doesn't have.
 */
export function foundTwice(first: Looked, second: Looked): Looked {
  const before = new Set(first.differences.map(keyOf));
  const differences = second.differences.filter((one) => before.has(keyOf(one)));
  const isWhole = [first, second].every((one) => one.differences.length < MOST_NAMED);
  const countOf = (door: Door, kind: IsolationDifference['kind']): number =>
    isWhole
      ? differences.filter((one) => one.door === door && one.kind === kind).length
      : Math.min(first.doors[door][kind], second.doors[door][kind]);
  return {
    doors: recordOf(DOORS, (door) => ({
      tries: second.doors[door].tries,
      passes: countOf(door, 'passes'),
      lacks: countOf(door, 'lacks'),
    })),
    differences,
    faults: second.faults.filter((fault) => first.faults.includes(fault)),
  };
}
