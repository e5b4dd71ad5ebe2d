import type { CodeSheet } from '../../entry/codes/contract.ts';
import type { PasswordFault } from '../../entry/codes/password-rule.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import type { HolidayZone } from '../../roster/holiday-zones.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { SchoolReadiness, ReportedSource, Contacts } from '../../store/town/contract.ts';

/**
 * Who acts: an agent of the town at the pages, or whoever may run `preau` on the machine itself.
 * Each act stands in the agents' journal. Null and `missing`: whoever asks is no agent.
 */
export type TownActor = Viewer | 'machine';

/** What the town is to say of itself, as it was asked; its domain is the configuration's. */
export interface TownWish {
  readonly name: string;
  /** An IANA name. Schools follow it. */
  readonly timeZone: string;
  readonly holidayZone: string;
  /** An address outside, for when the mail itself is broken; null: not told. */
  readonly postmaster: string | null;
  readonly contacts: Contacts;
}

/** What it says of itself. */
export interface TownDescription extends TownWish {
  readonly holidayZone: HolidayZone;
}

export interface TownSettings extends TownDescription {
  /** Since when the schools may use it (`setup.open`); null: not yet. */
  readonly openedAt: Date | null;
}

/** Names of the fields that can't be so. */
export type TownTrouble = 'name' | 'time-zone' | 'holiday-zone' | 'postmaster' | 'contacts';

export type TownSaved =
  | { readonly kind: 'saved' }
  | { readonly kind: 'trouble'; readonly why: readonly TownTrouble[] }
  | { readonly kind: 'missing' };

export interface Commune {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  /** INSEE's code, five signs; null: not told. */
  readonly code: string | null;
}

export interface TownSchool {
  readonly id: SchoolId;
  /** Its short name, the end of its lists' addresses. */
  readonly slug: string;
  /** As it was given; what pages show of one in capitals is `shownName`. */
  readonly name: string;
  readonly shownName: string;
  /** The same in a list: with its commune where another school has its name. */
  readonly listName: string;
  readonly uai: string | null;
  readonly commune: number | null;
  /** A domain of its own for the addresses to come; null: the town's. */
  readonly domain: string | null;
  /** From this day on, `YYYY-MM-DD`, nobody of it writes or signs in. */
  readonly closesOn: string | null;
  /** Where it stands today; `erased`: what its people left is going, or gone. */
  readonly state: 'open' | 'closing' | 'closed' | 'erased';
  /** The first day on which its mail is no longer kept; null: it goes on. */
  readonly keptUntil: string | null;
  /** Accounts that have their home here, those who have left too. */
  readonly people: number;
  /** A person or a class has, or had, an address here: the short name stays as it is. */
  readonly hasAddresses: boolean;
}

/** How a school stands: who is there, and what is missing before its people come in. */
export type SchoolStanding = Omit<SchoolReadiness, 'id' | 'shownName' | 'domain'>;

export interface CommuneWish {
  readonly name: string;
  readonly code: string | null;
}

/** One that isn't there yet: it is made together with its school, or not at all. */
export interface NewCommune {
  readonly named: string;
}

export interface SchoolWish {
  readonly name: string;
  /** Null: proposed from the name (`proposeShortName`). */
  readonly slug: string | null;
  readonly uai: string | null;
  readonly commune: number | NewCommune | null;
  readonly domain: string | null;
}

/** What isn't named stays. */
export type SchoolChange = Partial<Pick<SchoolWish, 'name' | 'slug' | 'uai' | 'commune'>>;

export type CommuneTrouble = 'name' | 'name-taken' | 'code' | 'code-taken';

export type SchoolTrouble =
  /** Empty or far too long. */
  | 'name'
  /** Not small letters, digits and hyphens, or a word of the service's own addresses. */
  | 'slug'
  | 'slug-taken'
  /** A school of the commune has the name, and no number tells the two apart. */
  | 'name-taken'
  /** The school is there under another one, which its addresses keep. */
  | 'slug-kept'
  /** Not seven digits and the letter that checks them. */
  | 'uai'
  | 'uai-taken'
  /** No such commune. */
  | 'commune'
  | 'commune-name'
  | 'commune-name-taken'
  /** No domain name, or the town's own. */
  | 'domain'
  | 'domain-taken';

/** Why a school doesn't close, or open again. */
export type ClosingTrouble =
  | 'not-a-day'
  | 'past-day'
  | 'too-far'
  /** Its mail is being erased, or is gone. */
  | 'erased';

export type AddOutcome<Id, Trouble> =
  | { readonly kind: 'done'; readonly id: Id }
  | { readonly kind: 'trouble'; readonly why: readonly Trouble[] }
  | { readonly kind: 'missing' };

export type ChangeOutcome<Trouble> =
  | { readonly kind: 'done' }
  | { readonly kind: 'trouble'; readonly why: readonly Trouble[] }
  | { readonly kind: 'missing' };

/** The town, its communes and its schools. */
/** What one hour of the whole town was. */
export interface HourFigures {
  /** Letters taken in, from inside and outside. */
  readonly letters: number;
  /** For how many recipients they were. */
  readonly handed: number;
  /** How often somebody signed in to the pages. */
  readonly signIns: number;
}

/** The day in numbers that name nobody and no school. */
export interface DayFigures {
  readonly at: Date;
  /** 24 hours of the schools' clock; those to come are zero. */
  readonly today: readonly HourFigures[];
  readonly weekAgo: readonly HourFigures[];
  /** Addresses of people, and schools that are open. */
  readonly people: number;
  readonly schools: number;
  /** Letters that are still to leave for outside, and since when the oldest late one waits. */
  readonly outbox: number;
  readonly lateSince: Date | null;
  /** How often an agent has opened a school this month. */
  readonly openings: number;
}

/** What receivers have reported of mail in the town's name. */
export interface ReportedSources {
  readonly days: number;
  /** Those with the most letters that nothing proves first. */
  readonly sources: readonly ReportedSource[];
}

/** What others have reported of the TLS on their way to the town's servers. */
export interface ReportedTls {
  readonly days: number;
  /** Sessions that were encrypted as they were to be. */
  readonly well: number;
  /** What went wrong, the most frequent first. */
  readonly failures: readonly ReportedTlsFailure[];
}

interface ReportedTlsFailure {
  /** RFC 8460 §4.3, such as `certificate-expired`. */
  readonly result: string;
  /** Which host of ours; null: not said. */
  readonly mx: string | null;
  readonly sessions: number;
  readonly reporters: number;
  readonly lastAt: Date;
}

export interface Town {
  /** For everybody: the legal pages say it. Null before anybody has set the town up. */
  settings(): Promise<TownSettings | null>;
  saveSettings(by: TownActor, wish: TownWish): Promise<TownSaved>;
  /** Null for whoever doesn't act for the town. Up to a minute old. */
  dayFigures(by: TownActor): Promise<DayFigures | null>;
  /** Who writes in the town's name, as the world's receivers report it; null as above. */
  reportedSources(by: TownActor): Promise<ReportedSources | null>;
  /** How the world's servers came to ours, as they report it; null as above. */
  reportedTls(by: TownActor): Promise<ReportedTls | null>;
  /** By name. */
  communes(by: TownActor): Promise<readonly Commune[] | null>;
  /** By name; the town itself is none of them. */
  schools(by: TownActor): Promise<readonly TownSchool[] | null>;
  /** Of those that aren't closed, by the school's id; one statement, however many there are. */
  schoolStandings(by: TownActor): Promise<ReadonlyMap<SchoolId, SchoolStanding> | null>;
  addCommune(by: TownActor, wish: CommuneWish): Promise<AddOutcome<number, CommuneTrouble>>;
  /** With the addresses of its lists and posts (`equipe.<slug>@` and its sisters). */
  addSchool(by: TownActor, wish: SchoolWish): Promise<AddOutcome<SchoolId, SchoolTrouble>>;
  /** Another name, UAI or commune; what isn't named stays. `missing`: no such school, too. */
  changeSchool(
    by: TownActor,
    school: SchoolId,
    change: SchoolChange,
  ): Promise<ChangeOutcome<SchoolTrouble>>;
  /**
   * A domain of its own: its lists get addresses there, and so does whoever comes; those given
   * before stay. Null: the town's again.
   */
  giveSchoolDomain(
    by: TownActor,
    school: SchoolId,
    domain: string | null,
  ): Promise<ChangeOutcome<SchoolTrouble>>;
  /**
   * Closes a school from a day on, `YYYY-MM-DD` of its clock: nobody of it writes, signs in or
   * receives any more, but who belongs to another school too, and goes there. The mail is kept
   * three months, then erased. Null: it goes on, and opens again while its mail is kept.
   */
  closeSchool(
    by: TownActor,
    school: SchoolId,
    day: string | null,
  ): Promise<ChangeOutcome<ClosingTrouble>>;
}

export interface Agent {
  readonly account: AccountId;
  readonly name: string;
  readonly address: string;
  /** How they come in today: a password, a code that is good still, or nothing. */
  readonly way: 'password' | 'code' | 'none';
  readonly hasSecondFactor: boolean;
  /** Of these communes alone; null: of the whole town. */
  readonly communes: readonly number[] | null;
}

export interface AgentWish {
  readonly givenName: string;
  readonly familyName: string;
  /** What stands before the @; null: `given.family`. */
  readonly local: string | null;
}

export type AgentTrouble =
  /** A name is empty or far too long. */
  | 'name'
  /** Not small letters, digits, dots and hyphens, or a word of the service's own addresses. */
  | 'address'
  /** It is, or once was, somebody's. */
  | 'address-taken';

export type AgentAdded =
  | { readonly kind: 'done'; readonly account: AccountId; readonly sheet: CodeSheet }
  | { readonly kind: 'trouble'; readonly why: readonly AgentTrouble[] }
  | { readonly kind: 'missing' };

export type AgentRemoved =
  | { readonly kind: 'done' }
  /** `last`: nobody who can sign in would be left; `own`: another agent does that. */
  | { readonly kind: 'trouble'; readonly why: 'last' | 'own' }
  | { readonly kind: 'missing' };

/** The people who run the service for the town. */
export interface Agents {
  /** By name; those who were removed are not among them. */
  list(by: TownActor): Promise<readonly Agent[] | null>;
  /** The sheet has their code, once and nowhere else. */
  add(by: TownActor, wish: AgentWish): Promise<AgentAdded>;
  /** At once: sessions, devices and codes end. Their mail is kept as a leaver's. */
  remove(by: TownActor, account: AccountId): Promise<AgentRemoved>;
  /**
   * For who has lost their phone or their password: a new code, and all that they came in by ends,
   * the second factor too. Null: no such agent, or whoever asks is none.
   */
  reset(by: TownActor, account: AccountId): Promise<CodeSheet | null>;
  /**
   * From now on they see and change schools of these communes alone, and nothing of the town; of
   * the whole town again for none. Not oneself, nor the last who is of the whole town.
   */
  limit(by: TownActor, account: AccountId, communes: readonly number[]): Promise<AgentRemoved>;
}

export type SetupStep = 'town' | 'domain' | 'schools' | 'pupils' | 'trial';

export interface SetupProgress {
  /** As `stepDone` was told; the town is done once its settings are kept. */
  readonly done: ReadonlySet<SetupStep>;
  readonly openedAt: Date | null;
  readonly communes: number;
  /** Those that have closed are left out. */
  readonly schools: number;
  /** Schools where somebody has an account. */
  readonly schoolsWithPeople: number;
  /** Accounts, agents apart. */
  readonly people: number;
}

/** Why a link opens nothing. */
export type LinkRefused =
  /** Never made, or a newer one was. */
  | { readonly kind: 'no-match' }
  | { readonly kind: 'expired' }
  /** The first agent was made by it, or can sign in by other means. */
  | { readonly kind: 'used' }
  | { readonly kind: 'wait'; readonly seconds: number };

export type LinkOpened = { readonly kind: 'open'; readonly expiresAt: Date } | LinkRefused;

export type FirstAgentMade =
  /** They sign in with this address and the password that they chose. */
  | { readonly kind: 'made'; readonly address: string }
  | { readonly kind: 'trouble'; readonly why: readonly AgentTrouble[] }
  | { readonly kind: 'password'; readonly why: PasswordFault }
  | LinkRefused;

/** What is wrong with a field of a town's file, beside what is wrong with such a field anywhere. */
export type FileTrouble =
  /** Not there, of another kind (a number for a text), or no field of ours. */
  | 'absent'
  | 'type'
  | 'unknown'
  | 'too-many'
  /** Not the domain of this installation. */
  | 'other-domain'
  /** It stands in the file already, and may stand once. */
  | 'twice'
  /** Of several schools that are there, and the file doesn't say which. */
  | 'name-of-several'
  | TownTrouble
  | CommuneTrouble
  | SchoolTrouble
  | AgentTrouble;

export interface FileFault {
  /** Where in the file: `schools[3].uai`. */
  readonly path: string;
  readonly why: FileTrouble;
}

export interface FileChange {
  readonly kind:
    | 'town'
    /** From now on agents need a second factor; so in every town that isn't a demo. */
    | 'second-factor'
    | 'add-commune'
    | 'change-commune'
    | 'add-school'
    | 'change-school'
    | 'add-agent';
  /** The name of what is made or changed. */
  readonly what: string;
}

export type FollowOutcome =
  | { readonly kind: 'faults'; readonly faults: readonly FileFault[] }
  | {
      readonly kind: 'followed';
      /** In the order of the file; empty: the town was so already. */
      readonly changes: readonly FileChange[];
      /** One for each new agent; empty for a preview. */
      readonly sheets: readonly CodeSheet[];
    };

/**
 * Whose the database is: nobody's yet, made-up people's, or a real town's, whose mail leaves and
 * whose agents need a second factor.
 */
export type TownKind = 'empty' | 'demo' | 'real';

/** Putting a town into service: from the link that `preau start` prints to the opening. */
export interface Setup {
  kind(): Promise<TownKind>;
  /**
   * A link for the first agent, good for a day; the one before is void. For the machine alone: no
   * page calls it. Null: an agent can sign in, or has a code that is good still.
   */
  newLink(): Promise<{ readonly code: string; readonly expiresAt: Date } | null>;
  /** Whether a link is good. Uses nothing: a browser may ask for a page twice. Counts as a try. */
  openLink(code: string, from: { readonly ip: string }): Promise<LinkOpened>;
  /**
   * Makes the first agent and ends the link, in one. Anything but `made` leaves it as it was. A
   * second factor is asked for at their first sign-in.
   */
  makeFirstAgent(
    given: AgentWish & { readonly code: string; readonly password: string },
    from: { readonly ip: string },
  ): Promise<FirstAgentMade>;
  /**
   * Brings the town to what a file says, all of it or nothing: a second time changes nothing. What
   * the file doesn't name stays. A preview writes nothing. For the machine alone.
   */
  follow(file: unknown, how: 'preview' | 'apply'): Promise<FollowOutcome>;
  progress(by: TownActor): Promise<SetupProgress | null>;
  /** False: no agent asks, or the town's settings were never saved. */
  stepDone(by: TownActor, step: SetupStep): Promise<boolean>;
  /** The town opens; its first opening is kept. False: as above. */
  open(by: TownActor): Promise<boolean>;
}

/** A town and its settings: this record of core, or `Name` of it alone. */
export interface WithTown<Name extends keyof Town = keyof Town> {
  readonly town: Pick<Town, Name>;
}

/** Those who look after the town: this record of core, or `Name` of it alone. */
export interface WithAgents<Name extends keyof Agents = keyof Agents> {
  readonly agents: Pick<Agents, Name>;
}

/** A town’s first morning: this record of core, or `Name` of it alone. */
export interface WithSetup<Name extends keyof Setup = keyof Setup> {
  readonly setup: Pick<Setup, Name>;
}
