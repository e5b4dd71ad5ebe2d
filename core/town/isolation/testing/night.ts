import { DOORS, type Door } from '../../../ground/doors.ts';
import type { DoorTally } from '../../../store/town/contract.ts';
import type { IsolationProof } from '../contract.ts';

/** A night on which nothing differed, but for what is said. */
export function night(
  begunAt: Date,
  {
    doors = {},
    ...other
  }: Partial<Omit<IsolationProof, 'doors'>> & {
    readonly doors?: Partial<Record<Door, Partial<DoorTally>>>;
  } = {},
): IsolationProof {
  const tally = (door: Door): DoorTally => ({ tries: 1_000, passes: 0, lacks: 0, ...doors[door] });
  return {
    begunAt,
    seconds: 42,
    pupils: 15_000,
    differences: [],
    faults: [],
    ...other,
    doors: Object.fromEntries(DOORS.map((door) => [door, tally(door)])) as Record<Door, DoorTally>,
  };
}
