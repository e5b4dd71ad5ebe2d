import type { Sees } from '../../store/cupboard/contract.ts';
import type { Stand } from '../wall/rights.ts';

/**
 * As what somebody stands before a cupboard: before that of a class as before its wall; before
 * their own as its owner; before that of a school's adults as one of its members; before a school's
 * as its keeper, who is the head, as a colleague, a child or a family.
 */
export type CupboardStand = Stand | 'owner' | 'member' | 'keeper' | 'colleague';

/** Whose a cupboard is. */
export type CupboardPlace = 'class' | 'own' | 'team' | 'school';

/** What somebody may do in a cupboard. */
export type CupboardAct =
  | 'see'
  /** Put a file into a folder, or at the top. */
  | 'put'
  /** Make a folder there. */
  | 'divide'
  /** Give another name, throw away, take out of the bin. */
  | 'arrange'
  /** Say who sees it. */
  | 'show';

/** A file or folder as it lies before somebody. */
export interface Lying {
  readonly isOwn: boolean;
  readonly sees: Sees;
  readonly isFolder: boolean;
  /** Of a folder: pupils put files into it. */
  readonly isOpen: boolean;
}

/** Of what there is, what somebody sees who hasn't put it there. */
export const SEEN_BY: Readonly<Record<CupboardStand, readonly Sees[]>> = {
  teacher: ['pupils', 'families'],
  head: ['pupils', 'families'],
  aide: ['pupils', 'families'],
  child: ['pupils', 'families'],
  family: ['families'],
  owner: [],
  member: ['team'],
  keeper: ['team', 'pupils', 'families'],
  colleague: ['team', 'pupils', 'families'],
};

/** Who something may be shown to, by whose cupboard it lies in; what is put there begins so. */
export const SIGHTS: Readonly<
  Record<CupboardPlace, { readonly all: readonly Sees[]; readonly first: Sees }>
> = {
  class: { all: ['author', 'pupils', 'families'], first: 'pupils' },
  own: { all: [], first: 'author' },
  team: { all: ['author', 'team'], first: 'team' },
  school: { all: ['author', 'team', 'pupils', 'families'], first: 'team' },
};

/** Who arranges all that they see there. */
const ARRANGERS: ReadonlySet<CupboardStand> = new Set(['teacher', 'owner', 'member', 'keeper']);

export const mayArrangeAll = (stand: CupboardStand): boolean => ARRANGERS.has(stand);

const isSeen = (stand: CupboardStand, { isOwn, sees }: Lying): boolean =>
  isOwn || SEEN_BY[stand].includes(sees);

/**
 * Whether somebody may do something with what lies in a cupboard; for `put` and `divide` it is the
 * folder into which, none at the top. Nothing is seen through a folder that isn't: who doesn't see
 * one of those around it sees nothing in it. A class's teachers arrange all that they see, as do an
 * owner, a school's adults in their own and a head in the school's; a pupil what they have put into
 * a folder that a teacher opened, as long as it is open.
 */
export function mayInCupboard(
  act: CupboardAct,
  stand: CupboardStand,
  { around, it }: { readonly around: readonly Lying[]; readonly it: Lying | null },
): boolean {
  const all = it === null ? around : [...around, it];
  if (!all.every((one) => isSeen(stand, one))) return false;
  const inside = around.at(-1);
  switch (act) {
    case 'see':
      return true;
    case 'put':
      return mayArrangeAll(stand) || (stand === 'child' && it?.isOpen === true);
    case 'divide':
      return mayArrangeAll(stand);
    case 'arrange':
      if (it === null) return false;
      return (
        mayArrangeAll(stand) ||
        (stand === 'child' && it.isOwn && !it.isFolder && inside?.isOpen === true)
      );
    case 'show':
      return mayArrangeAll(stand) && stand !== 'owner' && it !== null;
  }
}
