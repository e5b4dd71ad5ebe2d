import { dayAt } from '../ground/clock.ts';
import type { Door } from '../ground/doors.ts';
import type { AccountId, AddressId, ClassId, Reads, SchoolId } from '../ground/ids.ts';
import type { Portrait } from '../ground/portraits.ts';
import type { ListKind, ModerationMode, Role } from '../rules/facts.ts';
import type { Civility } from './civility.ts';
import type { ClassSwitches } from './class-switches.ts';
import type { Period } from './holidays.ts';
import type { MailStop } from './mail-stops.ts';
import type { OwnHours } from './own-hours.ts';
import type { SchoolSwitches } from './school-switches.ts';
import type { SchoolSites } from './sites.ts';

/**
 * One school as the sending rules need it: who is who, in which class, with what settings. Read
 * whole from the store, kept by its version, never changed. Days are `YYYY-MM-DD`, the last one
 * included; who is current is asked with a day.
 */
export interface Roster {
  readonly school: School;
  /** The accounts whose home this school is. */
  readonly people: ReadonlyMap<AddressId, Person>;
  readonly classes: ReadonlyMap<ClassId, SchoolClass>;
  readonly classByAddress: ReadonlyMap<AddressId, SchoolClass>;
  /** Memberships in this school's classes, of people from anywhere. */
  readonly membershipsOf: ReadonlyMap<AddressId, readonly Membership[]>;
  readonly membersOf: ReadonlyMap<ClassId, readonly Membership[]>;
  readonly postsOf: ReadonlyMap<AddressId, readonly StaffPost[]>;
  /** Children of this school by guardian, blocked guardians left out. */
  readonly childrenOf: ReadonlyMap<AddressId, readonly AddressId[]>;
  readonly guardiansOf: ReadonlyMap<AddressId, readonly AddressId[]>;
  /** What a child calls a guardian, by child, where the guardian has chosen it. */
  readonly calledBy: ReadonlyMap<AddressId, ReadonlyMap<AddressId, string>>;
  /** What guardians have said of their child's writing, by child; of some a child may have none. */
  readonly answersOf: ReadonlyMap<AddressId, readonly FamilyAnswer[]>;
  readonly aidesOf: ReadonlyMap<AddressId, readonly WithDates<{ readonly aide: AddressId }>[]>;
  readonly linksOf: ReadonlyMap<ClassId, readonly LinkSide[]>;
  readonly correspondentsOf: ReadonlyMap<ClassId, readonly Correspondent[]>;
  /** Pupils whom an adult of this school keeps apart, each with the others. */
  readonly apartFrom: ReadonlyMap<AddressId, ReadonlySet<AddressId>>;
}

/** Rosters by their schools, and the moment that is asked about. */
export interface DatedRosters {
  readonly rosters: ReadonlyMap<SchoolId, Roster>;
  readonly now: Date;
}

export interface School extends SchoolSwitches {
  readonly id: SchoolId;
  readonly name: string;
  readonly slug: string;
  /** The commune that it is of; null: of none. */
  readonly commune: number | null;
  /** The roster version of this school, and of the town, at which this was read. */
  readonly version: number;
  readonly townVersion: number;
  readonly timeZone: string;
  /** By this school's switch, its commune's, the town's; the widest first. */
  readonly mailStops: readonly MailStop[];
  readonly opening: Opening | null;
  /** The school holidays of the town's zone, as far as they are known. */
  readonly holidays: readonly Period[];
  /** Ways to its pupils that a proof found open, its own and the town's: what takes them waits. */
  readonly closedDoors: readonly Door[];
  /** Which sites are kept out of its letters. */
  readonly sites: SchoolSites;
  /** From this day on, `YYYY-MM-DD`, the school is no more; null: it goes on. */
  readonly closesOn: string | null;
}

/** When pupils may send: days 1 (Monday) to 7, hours `HH:MM` of the school's clock. */
export interface Opening {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

export type AccountState = 'active' | 'suspended' | 'archived';

export interface Person {
  readonly addressId: AddressId;
  readonly address: string;
  readonly account: AccountId;
  readonly role: Exclude<Role, 'outside' | 'system'>;
  /** Of an agent of these communes alone; null for everybody else. */
  readonly communes: readonly number[] | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  /** Of adults, where their roster file has it. */
  readonly civility: Civility | null;
  readonly face: string;
  /** Of an adult, as chosen: how those who don't read yet see them. */
  readonly portrait: Portrait | null;
  readonly language: 'fr' | 'en';
  /** How a pupil reads, as a teacher has said; null: as the levels of their classes say. */
  readonly reads: Reads | null;
  /** Of a pupil, where their roster file has it. */
  readonly level: string | null;
  /** When a pupil accepted the charter. */
  readonly charterAt: Date | null;
  /** When somebody of a pupil's class noted their family's yes, given on paper. */
  readonly paperAt: Date | null;
  /** What a pupil's roster file says of photos of them; null: nothing. */
  readonly photoAllowed: boolean | null;
  /** What is kept of the account itself; what holds today is `Standing.state`. */
  readonly state: AccountState;
  readonly pausedUntil: Date | null;
  /** When they answer, where they have said so. */
  readonly hours: OwnHours | null;
  /** When their mail is answered for them. */
  readonly absence: Absence | null;
}

/** Days on which somebody is away, both included; whether the world outside is told, too. */
interface Absence {
  readonly from: string;
  readonly until: string;
  readonly tellsOutside: boolean;
}

export interface SchoolClass extends ClassSwitches {
  readonly id: ClassId;
  readonly school: SchoolId;
  readonly name: string;
  /** `PS` to `CM2`, in order. */
  readonly levels: readonly string[];
  readonly cover: number;
  readonly moderation: ModerationMode;
  readonly addressId: AddressId;
  readonly address: string;
  readonly endsOn: string | null;
}

/** A guardian's word about their child's writing. */
export interface FamilyAnswer {
  readonly guardian: AddressId;
  readonly agrees: boolean;
  readonly at: Date;
}

export type WithDates<T> = T & { readonly from: string; readonly until: string | null };
export type Membership = WithDates<{
  readonly classId: ClassId;
  readonly person: AddressId;
  readonly role: 'pupil' | 'teacher' | 'aide';
}>;
export type StaffPost = WithDates<{
  readonly role: 'teacher' | 'head' | 'staff';
  readonly reachableByPupils: boolean;
}>;
export type LinkSide = WithDates<{
  readonly otherClassAddress: AddressId;
  readonly agreed: boolean;
  readonly moderated: boolean;
  /** What this class's pupils receive over the link is brought on the next day of school. */
  readonly travels: boolean;
}>;
export type Correspondent = { readonly address: string; readonly until: string };

/** An address of the town and to whom it leads. */
export interface AddressEntry {
  readonly id: AddressId;
  readonly address: string;
  readonly kind: 'account' | ListKind;
  readonly school: SchoolId;
  /** Of the lists of a class; null: it is another list, or somebody. */
  readonly target: ClassId | null;
  /** Of somebody's own address; null: it is a list, or they have left. */
  readonly account: AccountId | null;
  /** Other schools where this person has a post, a class or a child. */
  readonly presentIn: readonly SchoolId[];
}

export function isCurrent(
  dated: { readonly from: string; readonly until: string | null },
  day: string,
): boolean {
  return dated.from <= day && (dated.until === null || day <= dated.until);
}

/** The heads of a school today: who holds that post there, wherever their mail lives. */
export function headsOf({ postsOf, school }: Roster, now: Date): readonly AddressId[] {
  const day = dayAt(now, school.timeZone);
  return [...postsOf].flatMap(([id, posts]) =>
    posts.some((post) => post.role === 'head' && isCurrent(post, day)) ? [id] : [],
  );
}

/** Whether a school has closed by the day that it is there. */
export function isClosed({ closesOn }: Pick<School, 'closesOn'>, day: string): boolean {
  return closesOn !== null && closesOn <= day;
}

/** Whether somebody is away on the day that it is at their school. */
export function isAway({ absence }: Pick<Person, 'absence'>, now: Date, timeZone: string): boolean {
  if (absence === null) return false;
  const day = dayAt(now, timeZone);
  return absence.from <= day && day <= absence.until;
}
