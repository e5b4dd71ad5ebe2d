/**
 * What school mail offers to its fronts (SMTP, the webmail, IMAP): records of functions, one a
 * subject, and the words they share. A front imports this file, `rules/reasons.ts` for the
 * sentences and `message/` for shapes; nothing else of core. What a record promises stands in the
 * `contract.ts` of its folder.
 */
import type { Logger } from 'pino';
import type { Accounts, AppPasswords, Codes, SecondFactor } from './entry/accounts/contract.ts';
import type { Config } from './ground/config.ts';
import type { Metrics } from './ground/metrics.ts';
import type { Attachment, HeaderAddress, Part } from './letters/message/message.ts';
import type { Voice } from './letters/voice/contract.ts';
import type { Copies } from './mail/copies/contract.ts';
import type { Delivery, Moderation } from './mail/delivery/contract.ts';
import type { OwnGroups } from './mail/groups/contract.ts';
import type { Mailboxes } from './mail/mailboxes/contract.ts';
import type { OldMail } from './mail/mailboxes/old-mail/contract.ts';
import type { Phrases } from './mail/phrases/contract.ts';
import type { Presence } from './mail/presence/contract.ts';
import type { Quarantine } from './mail/quarantine/contract.ts';
import type { Mail } from './mail/reading/contract.ts';
import type { Reports } from './mail/reports/contract.ts';
import type { SentLetters } from './mail/sent/contract.ts';
import type { Sites } from './mail/sites/contract.ts';
import type { Templates } from './mail/templates/contract.ts';
import type { Writings } from './mail/writing/contract.ts';
import type { Viewer } from './rules/viewer.ts';
import type { Classes, Trails } from './school/classes/contract.ts';
import type { Rosters } from './school/imports/contract.ts';
import type { PendingImports } from './school/imports/pending/contract.ts';
import type { People } from './school/people/contract.ts';
import type { Settings } from './school/school-settings/contract.ts';
import type { Teaching } from './school/teaching/contract.ts';
import type { OneMailbox } from './store/mail-events.ts';
import type { Jobs, Outside } from './town/jobs/contract.ts';
import type { Readiness } from './town/readiness/contract.ts';
import type { Retention } from './town/retention.ts';
import type { Signing } from './town/signing/contract.ts';
import type { Agents, Setup, Town } from './town/town/contract.ts';
import type { Holidays } from './town/town/holidays/contract.ts';
import type { SchoolImports } from './town/town/school-imports/contract.ts';
import type { StandingMail } from './town/town/standing-mail/contract.ts';

export interface Core {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Signing in and out, sessions, passwords. */
  readonly accounts: Accounts;
  /** Passwords for mail programs, one a device. */
  readonly appPasswords: AppPasswords;
  /** The six digits after the password. */
  readonly secondFactor: SecondFactor;
  /** Codes on paper: sheets, cards, slips. */
  readonly codes: Codes;
  /** The one way in for a message. */
  readonly delivery: Delivery;
  /** Mail as a page shows it. */
  readonly mail: Mail;
  /** Mail as a mail program sees it. */
  readonly mailboxes: Mailboxes;
  /** Letters from their first draft until they are sent. */
  readonly writings: Writings;
  /** Letters to begin with. */
  readonly templates: Templates;
  /** What children say by one touch. */
  readonly phrases: Phrases;
  /** A teacher's own groups of pupils. */
  readonly groups: OwnGroups;
  /** Letters once they are sent: recalled. */
  readonly sent: SentLetters;
  /** What waits for a teacher. */
  readonly moderation: Moderation;
  /** Letters that a child reports, and the adults who look after it. */
  readonly reports: Reports;
  /** Rosters taken in on the command line. */
  readonly roster: Rosters;
  /** A head: who is in which class. */
  readonly classes: Classes;
  /** A school: its hours, and who writes outside. */
  readonly settings: Settings;
  /** What heads and agents have done. */
  readonly trails: Trails;
  /** Rosters given on the pages, which wait for answers. */
  readonly pendingImports: PendingImports;
  /** A teacher: their class, its links, its correspondents. */
  readonly teaching: Teaching;
  /** A head: the people of a school, and who leaves. */
  readonly people: People;
  /** An adult: signature, hours, absence. */
  readonly presence: Presence;
  /** An adult: copies of class mail at an address of their own. */
  readonly copies: Copies;
  readonly town: Town;
  /** The days without class, as agents have given them in. */
  readonly holidays: Holidays;
  readonly schoolImports: SchoolImports;
  readonly agents: Agents;
  readonly setup: Setup;
  /** Mail to outside that waits for an agent's word, after a restore. */
  readonly standingMail: StandingMail;
  readonly events: Events;
  readonly health: Health;
  readonly oldMail: OldMail;
  /** Signs what leaves. */
  readonly signing: Signing;
  readonly jobs: Jobs;
  readonly outside: Outside;
  readonly readiness: Readiness;
  readonly retention: Retention;
  /** Reads aloud to who doesn't read yet. */
  readonly voice: Voice;
  /** The list of forbidden sites. */
  readonly sites: Sites;
  /** Letters that turn out to be harmful once they are there. */
  readonly quarantine: Quarantine;
  /** Closes what `open` made: connections, listeners, timers. */
  close(): Promise<void>;
}

type RecordName = Exclude<keyof Core, 'close'>;
type FunctionName = {
  [Name in RecordName]: `${Name}.${keyof Core[Name] & string}`;
}[RecordName];

/** A record of core by its name, or one thing of it: `'mail'`, `'people.ownLeaveDay'`. */
export type CorePart = RecordName | FunctionName;

/**
 * As much of core as its user names. A page, a command or a session takes this and no more: what it
 * forgot to name it can't call, and a test gives it just that.
 */
export type CoreWith<Part extends CorePart> = {
  readonly [Name in RecordOf<Part>]: Name extends Part
    ? Core[Name]
    : Pick<Core[Name], keyof Core[Name] & FunctionOf<Name, Part>>;
};
type RecordOf<Part> = RecordName & (Part extends `${infer Name}.${string}` ? Name : Part);
type FunctionOf<Name extends string, Part> = Part extends `${Name}.${infer One}` ? One : never;

interface Events {
  /**
   * Calls `announce` whenever something of this account's mail has changed, in whatever process. It
   * says nothing but that, the caller looks again. `only` where nothing but one mailbox has: who
   * knows that MODSEQ of it has nothing to look for. Null: anything may have changed.
   */
  subscribe(
    viewer: Pick<Viewer, 'school' | 'account'>,
    announce: (only: OneMailbox | null) => void,
  ): () => void;
}

interface Health {
  /**
   * Each part by name; a part that doesn't answer within 2 s is `down`. `events`: whether this
   * process hears of new mail.
   */
  check(): Promise<{
    readonly database: Answering;
    readonly scanner: Answering;
    readonly queue: Answering;
    readonly events: Answering;
  }>;
}
type Answering = 'up' | 'down';

// From here on: the shapes that the records above take and give, for fronts to name.
export type { Attachment, HeaderAddress, Part };
export type { PictureSize } from './letters/message/picture-size.ts';
export type * from './ground/ids.ts';
export type { Spoken } from './letters/voice/contract.ts';
export type { Sentence } from './letters/voice/made.ts';
export type * from './entry/codes/contract.ts';
export type * from './store/mail/contract.ts';
export type { OneMailbox } from './store/mail-events.ts';
export type * from './rules/viewer.ts';
export type * from './rules/outcome.ts';
export type * from './entry/accounts/contract.ts';
export type * from './mail/copies/contract.ts';
export type * from './mail/delivery/contract.ts';
export type { ServerSign } from './letters/junk/facts.ts';
export type { Refused } from './mail/quarantine/contract.ts';
export type { JunkSign } from './letters/junk/signs.ts';
export type * from './mail/groups/contract.ts';
export type * from './mail/templates/contract.ts';
export type * from './mail/phrases/contract.ts';
export type { Drawing } from './mail/phrases/drawings.ts';
export type * from './mail/reading/contract.ts';
export type * from './mail/writing/contract.ts';
export type * from './school/school-settings/contract.ts';
export type { OpeningHours } from './roster/hours.ts';
export type { SchoolWishes } from './store/schools/school-settings.ts';
export type { BroughtMessage, OldMail } from './mail/mailboxes/old-mail/contract.ts';
export type { Jobs, Outside, OutsideMail, Relay, RelayResult } from './town/jobs/contract.ts';
export type { Mailboxes } from './mail/mailboxes/contract.ts';
export type {
  Appended,
  Copied,
  Expunged,
  FlagChange,
  FlagsChanged,
  Grant,
  Letter,
} from './mail/mailboxes/contract/changes.ts';
export type { Content, Sections, SectionWish } from './mail/mailboxes/contract/sections.ts';
export type { Changes, Found, Opened } from './mail/mailboxes/contract/opened.ts';
export type { Branch, Gone, Listed, Namespaces } from './mail/mailboxes/contract/listed.ts';
export type { Done, Right } from './mail/mailboxes/contract/stop.ts';
export type { AnnotatedMailbox } from './store/mail/contract.ts';
export type {
  Annotation,
  AnnotationMark,
  Batch,
  Columns,
  Criterion,
  Deleted,
  FlagBatch,
  Quota,
  SearchDay,
  SortBy,
  ThreadSource,
  UidRange,
  UidSet,
} from './store/mail/contract.ts';
export type { Mailbox as ListedMailbox } from './mail/mailboxes/contract/listed.ts';
export type { Stop as MailboxStop } from './mail/mailboxes/contract/stop.ts';
export type {
  AddressCorrected,
  LeaveActed,
  MailArchive,
  Named,
  OwnChild,
  People,
  PeopleFound,
  PeopleRole,
  PersonSheet,
  SchoolPerson,
} from './school/people/contract.ts';
export type {
  Applied,
  ColumnMapping,
  PastImport,
  Preview,
  Previewed,
  PreviewLine,
  Question,
  Rehearsal,
  RosterActor,
  RosterFile,
  Rosters,
  RosterWish,
  Stop,
  Undone,
} from './school/imports/contract.ts';
export type {
  OpenChoice,
  OpenQuestion,
  SchoolQuestions,
} from './school/imports/questions/open-questions.ts';
export type {
  OwnClassDetails,
  ClassLetter,
  OwnClassSummary,
  ClassChild,
  ClassCorrespondent,
  ClassLinkLine,
  ClassPupil,
  HelpCall,
  LinkWish,
  Ruling,
  Teaching,
} from './school/teaching/contract.ts';
export type * from './town/town/contract.ts';
export type * from './town/town/holidays/contract.ts';
export type * from './town/town/school-imports/contract.ts';
export type * from './town/town/standing-mail/contract.ts';
export type { SchoolColumns } from './roster/school-directory/columns.ts';
export type {
  ChangedSchool,
  ClosedSchool,
  DoubtfulLine,
  FileCommune,
  NewSchool,
  SchoolChoices,
  SchoolCounts,
  SchoolDoubt,
  SchoolPlan,
} from './roster/school-directory/plan.ts';
export type { Contacts } from './store/town/settings.ts';
export type { HolidayZone } from './roster/holiday-zones.ts';
export type { Why } from './roster/days.ts';
export type {
  AdultMembership,
  AgentTrailEntry,
  ClassActed,
  ClassChange,
  Classes,
  ClassSheet,
  ClassTrouble,
  NewClassOrder,
  Placed,
  SchoolClasses,
  Spread,
  Trail,
  TrailAsked,
  TrailEntry,
  Trails,
} from './school/classes/contract.ts';
export type {
  CheckState,
  MailTest,
  MailTestBegun,
  PublishedRecord,
  Readiness,
  ReadinessGroup,
  ReadinessLine,
  ReadinessReport,
  SeenReport,
  Said,
  TestLetterSent,
} from './town/readiness/contract.ts';
export type { DsnRequest, Notify } from './store/mail/contract.ts';
export type { ReceiversWord } from './letters/message/receivers-word.ts';
export type { SigningKey } from './town/signing/contract.ts';
export type { Retention } from './town/retention.ts';
export type * from './mail/presence/contract.ts';
export type * from './mail/sent/contract.ts';
export type * from './mail/reports/contract.ts';
export type {
  SiteCategory,
  SiteListState,
  SiteListUpdated,
  Sites,
  SiteTrouble,
} from './mail/sites/contract.ts';
export type { ChargedSchool } from './directory/charge.ts';
export type {
  BatchOutcome,
  RosterSchool,
  DraftApplied,
  DraftChoices,
  ExportedSchool,
  FoundFile,
  ImportReport,
  PendingImports,
  MovesDecided,
  ReportRow,
  SchoolImports,
  ShownBatch,
  ShownDraft,
  ShownImport,
  ShownMove,
  ShownPreview,
  ShownRefusal,
  Uploaded,
  AnswersGiven,
  QuestionsOfSchool,
  ShownQuestion,
} from './school/imports/pending/contract.ts';
