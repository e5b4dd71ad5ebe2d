import type { Stand } from '../wall/rights.ts';

/** What somebody may do with what a pupil hands into a box. */
export type HandInAct = 'see' | 'hand' | 'take-back' | 'give-back';

/** Where it is: nothing yet, with the teacher, given back, given back to be finished. */
export type HandInState = 'none' | 'handed' | 'back' | 'again';

/** A pupil's part of a box, as it lies before somebody. */
export interface PartFacts {
  readonly stand: Stand;
  /** They are the pupil. */
  readonly isOwn: boolean;
  readonly isClosed: boolean;
  readonly state: HandInState;
}

/**
 * Whether somebody may do something with a pupil's part of a box: its pupil and the class's
 * teachers see it, and nobody else ever, no classmate, no family, no head. A pupil hands in, more
 * than once, until it is given back; late as well, as long as the box takes anything.
 */
export function mayInBox(act: HandInAct, { stand, isOwn, isClosed, state }: PartFacts): boolean {
  const isPupils = stand === 'child' && isOwn;
  switch (act) {
    case 'see':
      return isPupils || stand === 'teacher';
    case 'hand':
      return isPupils && !isClosed && state !== 'back';
    case 'take-back':
      return isPupils && !isClosed && state === 'handed';
    case 'give-back':
      return stand === 'teacher' && state !== 'none';
  }
}
