import type { SchoolId } from '../ground/ids.ts';
import type { ListKind, ModerationMode, Role } from '../rules/facts.ts';
import type { Civility } from './civility.ts';
import type { Opening } from './snapshot.ts';

/**
 * A town to be written into an empty store: schools, people, classes, and what joins them. People
 * and lists are named by the local part of their address, unique in the town; nobody is named by a
 * school that comes before their own.
 */
export interface TownPlan {
  readonly communes: readonly CommunePlan[];
  readonly schools: readonly TownPlanSchool[];
  readonly links: readonly LinkPlan[];
}

export interface CommunePlan {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
}

/** School 0 is the town: it has agents and the town's lists, and no commune. */
export interface TownPlanSchool {
  readonly id: SchoolId;
  readonly commune: number | null;
  readonly slug: string;
  readonly name: string;
  readonly opening: Opening | null;
  readonly accounts: readonly AccountPlan[];
  readonly lists: readonly ListPlan[];
  readonly classes: readonly ClassPlan[];
  readonly posts: readonly PostPlan[];
  readonly memberships: readonly MembershipPlan[];
  readonly guardianships: readonly GuardianshipPlan[];
  readonly accompaniments: readonly AccompanimentPlan[];
  readonly correspondents: readonly CorrespondentPlan[];
}

export interface AccountPlan {
  readonly local: string;
  readonly role: Exclude<Role, 'outside' | 'system'>;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  /** Of adults of a school. */
  readonly civility: Civility | null;
  /** Of a pupil. */
  readonly level: string | null;
  /** Of a pupil: their family's photo authorisation. */
  readonly photoAllowed: boolean | null;
  /** The animal of a pupil, the initials of an adult. */
  readonly face: string;
  readonly quotaBytes: number;
  /** Other schools where this person has a post, a class or a child. */
  readonly presentIn: readonly number[];
}

/** A list of a whole school or of the town; those of a class come with the class. */
interface ListPlan {
  readonly local: string;
  readonly kind: Exclude<ListKind, 'class' | 'class-families'>;
}

export interface ClassPlan {
  readonly local: string;
  readonly familiesLocal: string;
  readonly name: string;
  readonly levels: readonly string[];
  /** 1 to 8: the colour of the class's exercise books. */
  readonly cover: number;
  readonly moderation: ModerationMode;
}

interface PostPlan {
  readonly person: string;
  readonly role: 'teacher' | 'head' | 'staff';
  readonly reachableByPupils: boolean;
}

interface MembershipPlan {
  readonly classLocal: string;
  readonly person: string;
  readonly role: 'pupil' | 'teacher' | 'aide';
}

interface GuardianshipPlan {
  readonly child: string;
  readonly guardian: string;
  readonly blocked: boolean;
  /** What the child calls them, where they have chosen it. */
  readonly called: string | null;
}

interface AccompanimentPlan {
  readonly pupil: string;
  readonly aide: string;
}

/** An outside address that a teacher approved for one class. */
interface CorrespondentPlan {
  readonly classLocal: string;
  readonly address: string;
  readonly approvedBy: string;
}

/**
 * Two classes that write to one another; a side that moderates holds what its pupils get and send.
 */
export interface LinkPlan {
  readonly sides: readonly [LinkSidePlan, LinkSidePlan];
}

interface LinkSidePlan {
  readonly school: SchoolId;
  readonly classLocal: string;
  readonly moderated: boolean;
}
