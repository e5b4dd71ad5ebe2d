import type { Sees } from '../../store/cupboard/contract.ts';
import type { Stand } from '../wall/rights.ts';

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
export const SEEN_BY: Readonly<Record<Stand, readonly Sees[]>> = {
  teacher: ['pupils', 'families'],
  head: ['pupils', 'families'],
  aide: ['pupils', 'families'],
  child: ['pupils', 'families'],
  family: ['families'],
};

const isSeen = (stand: Stand, { isOwn, sees }: Lying): boolean =>
  isOwn || SEEN_BY[stand].includes(sees);

/**
 * Whether somebody may do something with what lies in a cupboard of a class; for `put` and `divide`
 * it is the folder into which, none at the top. Nothing is seen through a folder that isn't: who
 * doesn't see one of those around it sees nothing in it. A class's teachers arrange all that they
 * see; a pupil what they have put into a folder that a teacher opened, as long as it is open.
 */
export function mayInCupboard(
  act: CupboardAct,
  stand: Stand,
  { around, it }: { readonly around: readonly Lying[]; readonly it: Lying | null },
): boolean {
  const all = it === null ? around : [...around, it];
  if (!all.every((one) => isSeen(stand, one))) return false;
  const inside = around.at(-1);
  switch (act) {
    case 'see':
      return true;
    case 'put':
      return stand === 'teacher' || (stand === 'child' && it?.isOpen === true);
    case 'divide':
      return stand === 'teacher';
    case 'arrange':
      if (it === null) return false;
      return (
        stand === 'teacher' ||
        (stand === 'child' && it.isOwn && !it.isFolder && inside?.isOpen === true)
      );
    case 'show':
      return stand === 'teacher' && it !== null;
  }
}
