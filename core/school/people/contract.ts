import type { Readable } from 'node:stream';
import type { CodeSheet } from '../../entry/codes/contract.ts';
import type { AccountId, AddressId, SchoolId } from '../../ground/ids.ts';
import type { FamilyWord } from '../../roster/before-writing.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';

/** A day of a school's calendar, `YYYY-MM-DD`. */
type Day = string;

export type PeopleRole = 'pupil' | 'guardian' | 'adult';

/** Somebody whose account lives in a school, as its head finds them. */
export interface SchoolPerson {
  readonly account: AccountId;
  readonly face: Face;
  readonly role: 'pupil' | 'guardian' | 'teacher' | 'head' | 'staff';
  /** Names of the classes they are in today; of a guardian, of their children. */
  readonly classes: readonly string[];
  /**
   * `leaving` still comes in until `leavesOn`; `left` does not, and the mail is kept until
   * `erasedOn`.
   */
  readonly state: 'active' | 'leaving' | 'left' | 'suspended';
  readonly leavesOn: Day | null;
  readonly erasedOn: Day | null;
}

export interface PeopleFound {
  readonly schoolName: string;
  /** The day it is at the school. */
  readonly today: Day;
  /** By name, 60 a page. */
  readonly people: readonly SchoolPerson[];
  /** How many there are, on all pages. */
  readonly count: number;
  /** Which page this is, from 1: the last one where there are fewer than was asked for. */
  readonly page: number;
  readonly pages: number;
}

export interface PersonSheet extends SchoolPerson {
  readonly schoolName: string;
  readonly today: Day;
  /** How they come in today: a code that is good still, a password, or nothing. */
  readonly way: 'password' | 'code' | 'none';
  /** Before first use an address may be corrected. */
  readonly used: boolean;
  /** Of a pupil: the class whose page makes their code. */
  readonly classPage: number | null;
  /** Who may take this person's mail along for them, as the viewer stands. */
  readonly takingAlong: TakingAlong;
  /** Of a pupil: their guardians, blocked ones too. */
  readonly family: readonly {
    readonly guardian: AddressId;
    readonly face: Face;
    readonly blocked: boolean;
    /** Nothing of what one guardian of this child answers is said to another. */
    readonly silent: boolean;
  }[];
}

/**
 * `now`: the viewer may; `once-gone`: from the day on which they leave; `agents`: an agent alone
 * may; `stays`: nobody may, for they don't leave.
 */
export type TakingAlong = 'now' | 'once-gone' | 'agents' | 'stays';

export type FamilyActed =
  | { readonly kind: 'done' }
  /** `self`: the child is that of who asks. */
  | { readonly kind: 'trouble'; readonly why: 'self' }
  | { readonly kind: 'missing' };

export type AddressCorrected =
  | { readonly kind: 'done'; readonly address: string }
  /**
   * `shape`: not given.family; `taken`: it is, or once was, somebody else's; `used`: the account is
   * in use.
   */
  | { readonly kind: 'trouble'; readonly why: 'shape' | 'taken' | 'used' }
  | { readonly kind: 'missing' };

export type LeaveActed =
  | { readonly kind: 'done' }
  /** `day`: not a day, or one that is over; `self`: nobody sends themselves away. */
  | { readonly kind: 'trouble'; readonly why: 'day' | 'self' }
  | { readonly kind: 'missing' };

/**
 * Somebody's mail with its files, as one ZIP that is made while it is read. Destroy the stream to
 * end it early.
 */
export interface MailArchive {
  readonly name: string;
  readonly body: Readable;
}

/** A child of the viewer's own. */
export interface OwnChild {
  readonly school: SchoolId;
  readonly child: AddressId;
  readonly givenName: string;
  readonly face: string;
  /** What they call the viewer: « Maman »; null: the viewer's first name. */
  readonly called: string | null;
  /** Whether their school asks the families before the children write. */
  readonly isAsked: boolean;
  /** The viewer's own word; null: they haven't said. */
  readonly agrees: boolean | null;
  /** What the family has said together, on paper too. */
  readonly family: FamilyWord;
}

/** Where a child of the viewer's own goes to school today. */
export interface OwnSchooling {
  readonly child: AddressId;
  readonly account: AccountId;
  readonly name: string;
  readonly schoolName: string;
  readonly classes: readonly { readonly name: string; readonly cover: number }[];
  readonly teachers: readonly { readonly name: string; readonly address: string }[];
}

/**
 * `no-name`: not letters, or too many; `of-the-school`: a word for who works there; `of-somebody`:
 * the name of somebody there, or of their class; `missing`: no child of theirs.
 */
export type NamingOutcome = 'done' | 'no-name' | 'of-the-school' | 'of-somebody' | 'missing';

/**
 * The people of a school in the hands of its head; of any school, of an agent who has opened it and
 * said why. Each act is written to the audit, an agent's with the reason too. Null and `missing`:
 * not there, or not theirs; one answer for both.
 */
export interface People {
  /** Who has this in their name or address; everybody for an empty text. */
  find(
    viewer: Viewer,
    school: SchoolId,
    asked: { readonly text: string; readonly role: PeopleRole | null; readonly page?: number },
  ): Promise<PeopleFound | null>;
  person(viewer: Viewer, school: SchoolId, account: AccountId): Promise<PersonSheet | null>;
  /**
   * A code for who is new or has lost their password: once, on this sheet and nowhere else. The one
   * before is void; an adult's password still holds until the code is used, and its owner is told,
   * a pupil's ends with its sessions and devices.
   */
  makeCode(
    viewer: Viewer,
    school: SchoolId,
    making: { readonly account: AccountId; readonly format: 'screen' | 'pdf' },
  ): Promise<CodeSheet | null>;
  /**
   * Another address before the first use. The old one stays given and leads nowhere. `local` is
   * what stands before the @.
   */
  correctAddress(
    viewer: Viewer,
    school: SchoolId,
    correction: { readonly account: AccountId; readonly local: string },
  ): Promise<AddressCorrected>;
  /** Sign-in ends on that day, at once for today; the mail is kept three months from then on. */
  leave(
    viewer: Viewer,
    school: SchoolId,
    leaving: { readonly account: AccountId; readonly day: Day },
  ): Promise<LeaveActed>;
  /**
   * They stay, or come back, as long as nothing is erased. Classes that ended are given again by
   * hand.
   */
  stay(viewer: Viewer, school: SchoolId, account: AccountId): Promise<LeaveActed>;
  /**
   * A guardian without rights to a child, or contact, is blocked at once, for this child, and stays
   * so through imports; or not any more.
   */
  blockGuardian(
    viewer: Viewer,
    school: SchoolId,
    tie: { readonly account: AccountId; readonly guardian: AddressId; readonly blocked: boolean },
  ): Promise<FamilyActed>;
  /**
   * Says to no guardian of a child whether another has answered, where parents live apart in
   * conflict; or not any more.
   */
  silenceGuardian(
    viewer: Viewer,
    school: SchoolId,
    tie: { readonly account: AccountId; readonly guardian: AddressId; readonly silent: boolean },
  ): Promise<FamilyActed>;
  /**
   * The mail of who leaves or has left: a pupil's for their family, by the head once they are gone,
   * or by an agent; an adult's by an agent alone.
   */
  takeAlong(viewer: Viewer, school: SchoolId, account: AccountId): Promise<MailArchive | null>;
  /**
   * The day on which somebody leaves, `YYYY-MM-DD`, where that has been said; null for who stays.
   */
  ownLeaveDay(viewer: Viewer): Promise<string | null>;
  /** The viewer's own children, and what each calls them. */
  ownChildren(viewer: Viewer): Promise<readonly OwnChild[]>;
  /** In which classes they are, and who teaches them there. */
  ownSchooling(viewer: Viewer): Promise<readonly OwnSchooling[]>;
  /** Chooses what one's own child calls one; an empty text goes back to the first name. */
  nameForOwnChild(
    viewer: Viewer,
    wish: { readonly school: SchoolId; readonly child: AddressId; readonly called: string },
  ): Promise<NamingOutcome>;
  /**
   * Says yes or no to one's own child writing, at once; false where they are no child of the
   * viewer's.
   */
  agreeForOwnChild(
    viewer: Viewer,
    wish: { readonly school: SchoolId; readonly child: AddressId; readonly agrees: boolean },
  ): Promise<boolean>;
  /** One's own mail, at any time. */
  takeOwnAlong(viewer: Viewer): Promise<MailArchive>;
}

/** A head: the people of a school, and who leaves: this record of core, or `Name` of it alone. */
export interface WithPeople<Name extends keyof People = keyof People> {
  readonly people: Pick<People, Name>;
}
