import type { Door } from '../../ground/doors.ts';
import type { SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { DoorTally, IsolationDifference } from '../../store/town/contract.ts';

/** How one night's proof ended. */
export interface IsolationProof {
  readonly begunAt: Date;
  readonly seconds: number;
  readonly pupils: number;
  readonly doors: Readonly<Record<Door, DoorTally>>;
  /** The first of them, by door; their number is in `doors`. */
  readonly differences: readonly IsolationDifference[];
  /** The database itself would let one school see another by these, a sentence each. */
  readonly faults: readonly string[];
}

type ProofState = 'proven' | 'passed' | 'lacking';

/**
 * How a night ended. `passed`: somebody came through who may not, or the database lets one school
 * see another. `lacking`: only somebody was kept out who may.
 */
export function stateOf({ doors, faults }: Pick<IsolationProof, 'doors' | 'faults'>): ProofState {
  const tallies = Object.values(doors);
  if (faults.length > 0 || tallies.some(({ passes }) => passes > 0)) return 'passed';
  return tallies.some(({ lacks }) => lacks > 0) ? 'lacking' : 'proven';
}

/** Whether nobody came through who may not, and nobody was kept out who may. */
export const isProven = (proof: Pick<IsolationProof, 'doors' | 'faults'>): boolean =>
  stateOf(proof) === 'proven';

/** All tries of a proof, or what of them differed. */
export function summed(
  { doors }: Pick<IsolationProof, 'doors'>,
  kind: 'tries' | 'passes' | 'lacks',
): number {
  return Object.values(doors).reduce((sum, tally) => sum + tally[kind], 0);
}

/** What agents see of it. */
export interface Isolation {
  /** The last thirty proofs, the newest first; null: whoever asks is no agent. */
  nights(viewer: Pick<Viewer, 'role' | 'communes'>): Promise<readonly IsolationProof[] | null>;
  /** The ways that proofs have closed; null: whoever asks is no agent. */
  ways(viewer: Pick<Viewer, 'role' | 'communes'>): Promise<IsolationWays | null>;
  /**
   * An agent says why a way is to be opened again; the next proof that finds nothing does so. Null:
   * whoever asks is no agent.
   */
  askToOpen(
    viewer: Pick<Viewer, 'role' | 'communes' | 'addressId'>,
    wish: { readonly school: SchoolId; readonly door: Door; readonly reason: string },
  ): Promise<'asked' | 'no-reason' | 'no-such-way' | null>;
}

/** The ways that are closed, and how many letters wait for them. */
export interface IsolationWays {
  readonly closed: readonly {
    readonly school: SchoolId;
    /** Null: those of all schools. */
    readonly schoolName: string | null;
    readonly door: Door;
    readonly closedAt: Date;
    /** An agent has asked for it to be opened. */
    readonly asked: { readonly at: Date; readonly reason: string } | null;
  }[];
  readonly waiting: number;
}

/** What is asked of it: this record of core, or `Name` of it alone. */
export interface WithIsolation<Name extends keyof Isolation = keyof Isolation> {
  readonly isolation: Pick<Isolation, Name>;
}
