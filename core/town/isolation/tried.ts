import { DOORS, type Door } from '../../ground/doors.ts';
import type { DoorTally, IsolationDifference, IsolationProof } from './contract.ts';

/** So many are named at most; all are counted. */
const MOST_NAMED = 1_000;

/** What was tried and what differed, door by door. */
export class Tried {
  readonly #doors = new Map<Door, { tries: number; passes: number; lacks: number }>(
    DOORS.map((door) => [door, { tries: 0, passes: 0, lacks: 0 }]),
  );
  readonly #differences = new Map<string, IsolationDifference>();

  /** One try: what the rules decided, and what the reckoning allows. */
  note(
    door: Door,
    { from, to }: Pick<IsolationDifference, 'from' | 'to'>,
    { decided, reckoned }: { readonly decided: boolean; readonly reckoned: boolean },
  ): void {
    const tally = this.#doors.get(door);
    if (tally === undefined) return;
    tally.tries += 1;
    if (decided === reckoned) return;
    const kind = decided ? 'passes' : 'lacks';
    tally[kind] += 1;
    if (this.#differences.size < MOST_NAMED)
      this.#differences.set(`${door} ${from} ${to} ${kind}`, { door, from, to, kind });
  }

  get doors(): Readonly<Record<Door, DoorTally>> {
    return Object.fromEntries(this.#doors) as unknown as Record<Door, DoorTally>;
  }

  get differences(): readonly IsolationDifference[] {
    return [...this.#differences.values()];
  }
}

type Looked = Pick<IsolationProof, 'doors' | 'differences' | 'faults'>;

/**
 * What two looks both found: a roster that changed in the middle of one makes a difference that the
 * next doesn't have.
 */
export function foundTwice(first: Looked, second: Looked): Looked {
  const keyOf = ({ door, from, to, kind }: IsolationDifference) => `${door} ${from} ${to} ${kind}`;
  const before = new Set(first.differences.map(keyOf));
  const differences = second.differences.filter((one) => before.has(keyOf(one)));
  const isWhole = [first, second].every((one) => one.differences.length < MOST_NAMED);
  const countOf = (door: Door, kind: IsolationDifference['kind']): number =>
    isWhole
      ? differences.filter((one) => one.door === door && one.kind === kind).length
      : Math.min(first.doors[door][kind], second.doors[door][kind]);
  const doors = DOORS.map((door) => {
    const { tries } = second.doors[door];
    return [door, { tries, passes: countOf(door, 'passes'), lacks: countOf(door, 'lacks') }];
  });
  return {
    doors: Object.fromEntries(doors) as Record<Door, DoorTally>,
    differences,
    faults: second.faults.filter((fault) => first.faults.includes(fault)),
  };
}
