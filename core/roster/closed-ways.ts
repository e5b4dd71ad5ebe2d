import type { Door } from '../ground/doors.ts';
import type { AddressId } from '../ground/ids.ts';

/** A way to children that a proof found open, as a school has it, or the town for all of them. */
export interface ClosedWay {
  readonly door: Door;
  /** When the proof began that found it; as `Date.toISOString` writes it. */
  readonly closedAt: string;
  /** Who wants it opened again, and why: the next proof that finds nothing does so. */
  readonly asked: WayAsked | null;
}

/** The word of an agent. */
interface WayAsked {
  readonly at: string;
  readonly by: AddressId;
  readonly reason: string;
}
