import type { AccountId, AddressId, ClassId, SchoolId } from '../ground/ids.ts';
import type { Civility } from './civility.ts';
import type { Remainder } from './doubts.ts';
import type { IdentityKey, PupilLine } from './matching/identity.ts';
import type { KnownMembership, KnownPost } from './matching/state.ts';
import type { ColumnLeftAside } from './reading/left-aside.ts';
import type { FilePosition, RefusedLine } from './reading/rows.ts';
import type { ClassRef, PersonRef } from './ref.ts';

/** What a decision may say besides an address: somebody not yet known, or this line left out. */
export const SOMEBODY_NEW = 'new';
export const LEAVE_OUT = 'skip';
/** Decisions by the question's key: the `address` of an option, `new` or `skip`. */
export type Decisions = Readonly<Record<string, string>>;

type SaidLater = 'kept' | 'leftAside' | 'levels' | 'civilities';

/** A report as the database keeps it: one of an earlier version says less. */
export type KeptReport = Omit<Preview, SaidLater> & Partial<Pick<Preview, SaidLater>>;

/**
 * What an import will do, for a person to read before it does it. The same file and roster give the
 * same preview, letter for letter.
 */
export interface Preview {
  readonly school: SchoolId;
  /** From which day it holds, `YYYY-MM-DD`. */
  readonly day: string;
  readonly arrives: readonly PreviewLine[];
  readonly leaves: readonly PreviewLine[];
  readonly movesClass: readonly (PreviewLine & { readonly fromClass: string | null })[];
  /**
   * Found in another school of the town: account, address and mail follow. Those that wait do so
   * for an agent.
   */
  readonly changesSchool: readonly (PreviewLine & {
    readonly fromSchool: SchoolId;
    readonly waitsForAgent: boolean;
  })[];
  /** Adults and guardians with an account already who get a post, a class or a child here. */
  readonly joins: readonly PreviewLine[];
  readonly renamed: readonly (PreviewLine & { readonly formerName: string })[];
  /** Children whose level is another than before, or is new. */
  readonly levels: readonly LevelChange[];
  /** Adults who are addressed in another way than before. */
  readonly civilities: readonly (PreviewLine & { readonly civility: Civility })[];
  /** Children whose family's photo authorisation is another than before, or is new. */
  readonly photos: readonly (PreviewLine & { readonly allowed: boolean })[];
  /** Children and guardians parted: the file of guardians no longer names them together. */
  readonly parted: readonly { readonly child: string; readonly guardian: string }[];
  readonly questions: readonly RosterQuestion[];
  readonly refused: readonly RefusedLine[];
  /** Columns of the files that nothing is read from. */
  readonly leftAside: readonly ColumnLeftAside[];
  /**
   * Who would leave, but for a line that may be theirs and can't be used: they stay as they are.
   */
  readonly kept: readonly PreviewLine[];
  /** Whom the file gives a higher role than the roster; they keep theirs. */
  readonly notRaised: readonly PreviewLine[];
  readonly classesMade: readonly string[];
  readonly classesEnded: readonly string[];
  /** Lines that change nothing. */
  readonly unchanged: number;
  /** Why it can't be applied as it is; empty when it can. */
  readonly stops: readonly ImportStop[];
  /** The roster says already what the lines say that aren't refused; never where it is stopped. */
  readonly nothingToDo: boolean;
}

export type ImportStop =
  /** More than a fifth leaves: the number must be typed again. */
  /**
   * `leaving` is what must be typed again: people and, among them, so many ties of a child and a
   * guardian (`parted`).
   */
  | {
      readonly kind: 'many-leave';
      readonly leaving: number;
      readonly parted: number;
      readonly of: number;
    }
  /** More than a thousand people, or than three times the school: the number must be typed. */
  | { readonly kind: 'many-arrive'; readonly arriving: number; readonly of: number }
  | { readonly kind: 'other-school' }
  /** More questions without an answer than can wait; `preset` ones don't count. */
  | { readonly kind: 'undecided'; readonly count: number }
  /** Nobody in the file can be used. */
  | { readonly kind: 'nobody' };

export interface PreviewLine {
  readonly kind: 'pupil' | 'guardian' | 'adult';
  readonly name: string;
  readonly className: string | null;
  /** Null for somebody who has none yet. */
  readonly address: string | null;
  /** Null for those whom no line names. */
  readonly at: FilePosition | null;
}

export interface LevelChange extends PreviewLine {
  readonly formerLevel: string | null;
  readonly level: string;
}

/** Somebody of the file who may be one of several, or somebody new. */
export interface RosterQuestion {
  /** `file:line`, the same at preview and at apply. */
  readonly key: string;
  readonly about: PreviewLine;
  /**
   * `sameAs`: not somebody known, but whoever an earlier line of the file is; `address` is then the
   * word for that.
   */
  readonly options: readonly {
    readonly address: string;
    readonly name: string;
    readonly className: string | null;
    readonly here: boolean;
    readonly sameAs: FilePosition | null;
  }[];
  /** What happens without a word; null: the line waits until somebody says. */
  readonly preset: typeof SOMEBODY_NEW | null;
}

/** What the store writes. Everything in it is new against the state it was planned from. */
export interface Acts {
  readonly accounts: readonly NewAccount[];
  readonly names: readonly {
    readonly address: AddressId;
    readonly givenName: string;
    readonly familyName: string;
  }[];
  /** What a file says of adults who are known already. */
  readonly civilities: readonly { readonly address: AddressId; readonly civility: Civility }[];
  /** What a file says of pupils who are known already. */
  readonly levels: readonly { readonly address: AddressId; readonly level: string }[];
  /** What a file says of photos of pupils who are known already. */
  readonly photos: readonly { readonly address: AddressId; readonly allowed: boolean }[];
  /** Accounts that come here from another school, with their mail. */
  readonly moves: readonly { readonly address: AddressId; readonly from: SchoolId }[];
  /** Children of other schools whom the town is asked for; and those who are no longer. */
  readonly movesAsked: readonly {
    readonly address: AddressId;
    readonly lines: readonly PupilLine[];
  }[];
  readonly movesDropped: readonly AddressId[];
  /** Accounts of adults who have left and whose post is now elsewhere. */
  readonly movesOut: readonly { readonly address: AddressId; readonly to: SchoolId }[];
  readonly classes: readonly NewClass[];
  readonly classChanges: readonly {
    readonly id: ClassId;
    readonly levels: readonly string[];
    readonly endsOn: string | null;
  }[];
  readonly membershipsBegun: readonly {
    readonly classRef: ClassRef;
    readonly person: PersonRef;
    readonly role: KnownMembership['role'];
  }[];
  readonly membershipsEnded: readonly KnownMembership[];
  readonly postsBegun: readonly { readonly person: PersonRef; readonly role: KnownPost['role'] }[];
  readonly postsEnded: readonly KnownPost[];
  readonly guardianshipsAdded: readonly {
    readonly child: PersonRef;
    readonly guardian: PersonRef;
  }[];
  readonly guardianshipsRemoved: readonly {
    readonly child: AddressId;
    readonly guardian: AddressId;
  }[];
  readonly leavers: readonly { readonly address: AddressId; readonly account: AccountId }[];
  readonly returns: readonly AddressId[];
  /** People with their home elsewhere who now have a post here. */
  readonly present: readonly AddressId[];
  readonly keys: readonly { readonly person: PersonRef; readonly key: IdentityKey }[];
}

export interface NewAccount {
  /** The address that has been theirs before; null gets a new one. */
  readonly address: AddressId | null;
  readonly role: 'pupil' | 'teacher' | 'head' | 'staff' | 'guardian';
  readonly givenName: string;
  readonly familyName: string;
  readonly civility: Civility | null;
  readonly level: string | null;
  readonly photo: boolean | null;
  readonly face: string;
  /** The local part that was set aside for them, where it is still free; null gets the next. */
  readonly local: string | null;
}

export interface NewClass {
  readonly name: string;
  readonly key: string;
  readonly levels: readonly string[];
  readonly cover: number;
}

export interface RosterPlan {
  readonly preview: Preview;
  readonly acts: Acts;
  /** What waits for answers. */
  readonly remainder: Remainder;
  /** The animals that nobody else of the class gets, for children in doubt, by key. */
  readonly faces: ReadonlyMap<string, string>;
}
