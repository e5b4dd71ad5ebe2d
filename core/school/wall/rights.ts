/** As what somebody stands before the wall of a class. */
export type Stand = 'child' | 'family' | 'teacher' | 'head' | 'aide';

/** Where a gift to the wall is. */
export type GiftState = 'asked' | 'hung' | 'refused';

/** What somebody may do with a gift. */
export type WallAct = 'see' | 'hang' | 'refuse' | 'take-back';

/** A gift as it lies before somebody. */
export interface GiftFacts {
  readonly stand: Stand;
  readonly isOwn: boolean;
  readonly state: GiftState;
  /** Whether the child who gave it is in the class today: who leaves takes theirs along. */
  readonly isAuthorHere: boolean;
}

/**
 * Whether somebody may do something with a gift to a wall. Whoever made it has their yes, and takes
 * it back whenever they like; a teacher taps; what hangs is seen by all who stand before it.
 */
export function mayOnWall(act: WallAct, { stand, isOwn, state, isAuthorHere }: GiftFacts): boolean {
  if (!isAuthorHere) return false;
  switch (act) {
    case 'see':
      return state === 'hung' || isOwn || stand === 'teacher';
    case 'hang':
      return stand === 'teacher' && state !== 'hung';
    case 'refuse':
      return stand === 'teacher' && state !== 'refused';
    case 'take-back':
      return stand === 'child' && isOwn;
  }
}

/** Who asks for the book of the year. */
export const mayAskBook = (stand: Stand): boolean => stand === 'teacher';

/** Who has it once it is made: families where a teacher has said so. */
export const mayReadBook = (
  stand: Stand,
  { forFamilies }: { readonly forFamilies: boolean },
): boolean => stand === 'teacher' || stand === 'head' || (stand === 'family' && forFamilies);
