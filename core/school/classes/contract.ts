import type { ChargedSchool } from '../../directory/contract.ts';
import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import type { MailStop } from '../../roster/mail-stops.ts';
import type { ModerationMode as ClassModeration } from '../../rules/facts.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';

/** A day of a school's calendar, `YYYY-MM-DD`. */
type Day = string;

/** A school's classes with their people, as its head sees them. */
export interface SchoolClasses {
  readonly school: SchoolId;
  readonly schoolName: string;
  /** The day it is at the school. */
  readonly today: Day;
  /** Those that haven't ended, by their names' order. */
  readonly classes: readonly ClassSheet[];
  /** Pupils of the school in no class today. */
  readonly unplaced: readonly ClassMember[];
  /** Who may be put before a class: adults with a post here, by name. */
  readonly adults: readonly {
    readonly id: AddressId;
    readonly name: string;
    readonly post: 'head' | 'teacher' | 'staff';
    /** Names of the classes that they teach. */
    readonly teaches: readonly string[];
  }[];
  /** The widest stop of pupils' mail that holds now: the town's, a commune's, the school's. */
  readonly mailStop: MailStop | null;
  /** The viewer's last move of pupils within a day that nobody has undone. */
  readonly lastMove: {
    readonly names: readonly string[];
    /** The class's name; null: out of their class. */
    readonly to: string | null;
  } | null;
}

export interface ClassSheet {
  readonly id: ClassId;
  readonly name: string;
  /** The class list's address, which stays when the class gets another name. */
  readonly address: string;
  readonly cover: number;
  readonly levels: readonly string[];
  readonly moderation: ClassModeration;
  /** The last day, or null while none is set. */
  readonly endsOn: Day | null;
  readonly pupils: readonly ClassMember[];
  readonly teachers: readonly ClassMember[];
  readonly aides: readonly ClassMember[];
}

/** Somebody in a class, today or from a day to come. */
export interface ClassMember {
  readonly id: AddressId;
  readonly face: Face;
  /** A pupil's own grade level, where their roster file had it. */
  readonly level: string | null;
  readonly from: Day;
  readonly until: Day | null;
  /** Names of other classes that they are in, in the same way. */
  readonly others: readonly string[];
}

export interface NewClassOrder {
  readonly name: string;
  /** Grade levels, several for a double level; empty: what the name says (`CP-CE1`). */
  readonly levels: readonly string[];
  /** 1 to 7; null takes the colour that the fewest classes have. */
  readonly cover: number | null;
  readonly teachers: readonly AddressId[];
}

export interface ClassChange {
  readonly class: ClassId;
  readonly name: string;
  readonly levels: readonly string[];
  readonly cover: number;
  readonly moderation: ClassModeration;
}

/** Pupils picked up where they stand, to be put elsewhere. */
export interface Spread {
  readonly pupils: readonly {
    readonly pupil: AddressId;
    /** Null: in no class. */
    readonly from: ClassId | null;
  }[];
  /** `move` leaves the class that they come from, `add` keeps it; without a class, `take-out`. */
  readonly way: 'move' | 'add' | 'take-out';
  readonly to: ClassId | null;
}

export interface AdultMembership {
  readonly class: ClassId;
  /** Somebody with a post here, by id, or any teacher of the town, by address. */
  readonly adult: AddressId | string;
  readonly role: 'teacher' | 'aide';
  /** Not before today; null: today. */
  readonly from: Day | null;
  /** The last day; null: open. */
  readonly until: Day | null;
}

export type ClassTrouble =
  | 'name-missing'
  /** Another class has this name. */
  | 'name-taken'
  | 'levels-missing'
  /** Not a day, in the past, or the end before the beginning. */
  | 'dates'
  /** Somebody has moved the pupil meanwhile. */
  | 'moved-meanwhile'
  | 'no-such-adult'
  /** An agent acts on a school for a reason. */
  | 'reason-missing'
  | 'nothing-to-undo';

/** `missing`: no such school, class or person, or none of theirs; one answer for all. */
export type ClassActed =
  | { readonly kind: 'done'; readonly class: ClassId | null }
  | { readonly kind: 'trouble'; readonly why: ClassTrouble }
  | { readonly kind: 'missing' };

/**
 * A head's hands on the classes of their school; an agent's on any, once they have said why. All of
 * it holds at once: rules, lists, pickers and held mail are asked anew, open pages and mail
 * programs of those concerned look again. Memberships are dated and never deleted, and each act is
 * written to the audit.
 */
export interface Classes {
  /** Empty for anybody who may change none. */
  schools(viewer: Viewer): Promise<readonly ChargedSchool[]>;
  /**
   * An agent opens a school for an hour and says why; every act within it is written down with that
   * reason.
   */
  open(viewer: Viewer, school: SchoolId, reason: string): Promise<ClassActed>;
  overview(viewer: Viewer, school: SchoolId): Promise<SchoolClasses | null>;
  /**
   * A class of a name that ended before is opened again, without its people, and so keeps the
   * address of its list.
   */
  create(viewer: Viewer, school: SchoolId, order: NewClassOrder): Promise<ClassActed>;
  change(viewer: Viewer, school: SchoolId, change: ClassChange): Promise<ClassActed>;
  /** Sets the last day of a class, today or later; null takes it back. */
  end(
    viewer: Viewer,
    school: SchoolId,
    ending: { readonly class: ClassId; readonly lastDay: Day | null },
  ): Promise<ClassActed>;
  spread(viewer: Viewer, school: SchoolId, spread: Spread): Promise<ClassActed>;
  /** Puts the pupils of the viewer's last move back where they were; again, the one before. */
  undoLast(viewer: Viewer, school: SchoolId): Promise<ClassActed>;
  /** Puts an adult before a class for a time, or changes the last day of one who is there. */
  placeAdult(viewer: Viewer, school: SchoolId, membership: AdultMembership): Promise<ClassActed>;
  /** Ends an adult's time with a class at once, and what was planned. */
  removeAdult(
    viewer: Viewer,
    school: SchoolId,
    membership: Pick<AdultMembership, 'class' | 'role'> & { readonly adult: AddressId },
  ): Promise<ClassActed>;
}

// The audit trail
// ------------------------------------------------------------------------------------------------

export interface TrailAsked {
  /** Entries older than this one; null: from the newest. */
  readonly before: number | null;
  /** A part of the name of who did it or of whom it concerns; empty: everybody. */
  readonly person: string;
  readonly day: Day | null;
}

/**
 * Who did what. `words` are what the sentence of `act` needs: ids have become the names of today.
 */
export interface TrailEntry {
  readonly id: number;
  readonly at: Date;
  /**
   * Empty for what nobody in particular did: the command line of the town, the service by itself.
   */
  readonly by: string;
  /** An agent of the town did it, or nobody in particular. */
  readonly byTown: boolean;
  readonly act: string;
  readonly words: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export interface Trail {
  readonly schoolName: string;
  readonly entries: readonly TrailEntry[];
  /** Whether older ones follow. */
  readonly more: boolean;
}

/** What was done by whose hand. */
export interface Trails {
  /** A school's, for its head, and for an agent who has opened it. */
  ofSchool(viewer: Viewer, school: SchoolId, asked: TrailAsked): Promise<Trail | null>;
}

/** A head: who is in which class: this record of core, or `Name` of it alone. */
export interface WithClasses<Name extends keyof Classes = keyof Classes> {
  readonly classes: Pick<Classes, Name>;
}

/** What was done in a school: this record of core, or `Name` of it alone. */
export interface WithTrails<Name extends keyof Trails = keyof Trails> {
  readonly trails: Pick<Trails, Name>;
}
