/**
 * What school mail offers to its fronts (SMTP, the webmail, later IMAP): six small records of functions and the words they
 * share. A front imports this file, `rules/reasons.ts` for the sentences and `message/` for shapes; nothing else of core.
 */
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Codes, SecondFactor, SecondStep } from './accounts/material.ts';
import type { Classes, Trails } from './classes/material.ts';
import type { Config } from './config.ts';
import type { Jobs, Outside } from './jobs/material.ts';
import type { Mailboxes } from './mailboxes/material.ts';
import type { Metrics } from './metrics.ts';
import type { Attachment, Mailbox as HeaderAddress, Part } from './message/message.ts';
import type { People } from './people/material.ts';
import type { Imports } from './roster/import/desk/material.ts';
import type { Rosters } from './roster/import/material.ts';
import type { Settings } from './school-settings/material.ts';
import type { OldMail } from './old-mail/material.ts';
import type { ListKind, Role } from './rules/facts.ts';
import type { Teaching } from './teaching/material.ts';

declare const brand: unique symbol;
type Id<Name extends string> = number & { readonly [brand]: Name };
/** A school, the tenant; 0 is the town itself, home of its agents. */
export type SchoolId = Id<'school'>;
export type AccountId = Id<'account'>;
/** An address of the town, kept by a person for all their years there: the one name of a person that every school may hold. */
export type AddressId = Id<'address'>;
export type ClassId = Id<'class'>;
export type MailboxId = Id<'mailbox'>;
export type MessageId = Id<'message'>;
export type HoldId = Id<'hold'>;
export type AppPasswordId = Id<'app-password'>;
/** An IMAP UID (RFC 9051 §2.3.1.1). */
export type Uid = Id<'uid'>;

export type Language = 'fr' | 'en';

/** Somebody with an account, as proven by a session or a password. */
export interface Viewer {
  readonly school: SchoolId;
  readonly schoolName: string;
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly address: string;
  readonly role: Exclude<Role, 'outside' | 'system'>;
  /** From the roster, never from the person: « Claire Lefèvre », « Lina ». */
  readonly displayName: string;
  readonly givenName: string;
  /** The animal of a pupil (`lapin`, `renard`, …), the initials of an adult. */
  readonly face: string;
  readonly language: Language;
  /** Current classes, the person's own first. */
  readonly classes: readonly ClassLabel[];
  /** Until when a teacher has put this person's sending at rest; null where it isn't. */
  readonly restsUntil: Date | null;
  /** Whether they may read with a mail program (IMAP): a pupil only where the school lets its pupils. */
  readonly mailPrograms: boolean;
}

export interface ClassLabel {
  readonly id: ClassId;
  readonly name: string;
  /** The class list's address. */
  readonly address: string;
  /** 1 to 8: the colour of the class's exercise books. */
  readonly cover: number;
}

// Outcomes ---------------------------------------------------------------------------------------------------

/** Why one recipient was refused or put on hold: a rule's name (`rules/reasons.ts` has the sentence) and what its sentence needs. */
export interface Refusal {
  readonly address: string;
  readonly rule: string;
  /** Words for the sentence: `name`, `className`, `ownClassName`, `until` (ISO 8601), `signature`… Never set for a recipient of whom the sender may know nothing. */
  readonly words: Readonly<Record<string, string>>;
}

/** What became of a message, or of one recipient asked about. The caller must look; a `switch` over `kind` is complete or doesn't compile. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly message: MessageId | null }
  /** Taken: some or all recipients get it when a teacher or the clock lets it go. From here on, losing it is our fault. */
  | { readonly kind: 'held'; readonly message: MessageId | null; readonly held: readonly Refusal[] }
  /** The rules said no to at least one recipient: nobody gets it. */
  | { readonly kind: 'denied'; readonly refusals: readonly Refusal[] }
  /** A file in it carries malware; `signature` is clamd's name for it. */
  | { readonly kind: 'infected'; readonly signature: string }
  /** The scanner could not look inside (a locked archive, a limit hit): permanent, never clean. */
  | { readonly kind: 'unscannable'; readonly signature: string }
  /** The scanner gave no answer: nothing is stored, try again later. */
  | { readonly kind: 'scanner-silent' }
  | { readonly kind: 'too-big'; readonly limitBytes: number }
  | { readonly kind: 'mailbox-full'; readonly address: string; readonly permanent: boolean }
  /** The bytes can't be a message (`why` is an `Unreadable`). */
  | { readonly kind: 'malformed'; readonly why: string }
  /** The header or the envelope names another sender than the account (RFC 6409 §6.1 allows to refuse). */
  | { readonly kind: 'not-your-address' }
  | { readonly kind: 'no-recipient' };

// Delivery ---------------------------------------------------------------------------------------------------

/** Who hands a message over: somebody signed in, or a stranger at the MX (`address` null is the null reverse-path `<>`). */
export type Sender =
  | { readonly kind: 'account'; readonly viewer: Viewer }
  | { readonly kind: 'outside'; readonly address: string | null; readonly authentication: 'pass' | 'none' | 'fail' };

export interface Handover {
  readonly sender: Sender;
  /** Canonical addresses, as given at RCPT TO, each once. */
  readonly recipients: readonly string[];
  /** `web` keeps a copy in the sender's Sent mailbox; `submission` leaves that to the mail program, as they all do. */
  readonly via: 'mx' | 'submission' | 'web';
  /** Named in the log line: the session's id. */
  readonly session: string;
  /** Bytes to put on top of what was read, such as Received (RFC 5321 §4.4); complete lines. */
  readonly trace: string;
}

export interface Delivery {
  /**
   * Whether this sender may write to this address, from what is known at RCPT TO.
   * The address is canonical (`core/address.ts`). Costs no query where the roster snapshot is warm.
   */
  checkRecipient(sender: Sender, address: string): Promise<Outcome>;
  /**
   * The one way in. Reads the message to its end, scans it while reading, decides for every final recipient, stores all of
   * it in one transaction; resolves only after the commit. Throws a `Fault` when something of ours broke: nothing is stored then.
   */
  accept(handover: Handover, raw: Readable): Promise<Outcome>;
}

// Accounts ---------------------------------------------------------------------------------------------------

export type SignIn =
  | { readonly kind: 'welcome'; readonly viewer: Viewer; /** By which password of a device, or null: by the account's own. */ readonly appPassword: AppPasswordId | null }
  /** On the pages, for who protects their account: the password was right, the code of their phone is still to come (`secondStep`). */
  | { readonly kind: 'second-factor'; readonly ticket: string }
  /** In a mail program, for who protects their account: the account's own password was right but opens none, that of a device does. */
  | { readonly kind: 'device-password' }
  /** Unknown address, wrong password, closed account: one answer, one duration. */
  | { readonly kind: 'no-match' }
  /** Too many tries for this account: ask again after so many seconds. The password was not looked at. */
  | { readonly kind: 'wait'; readonly seconds: number };

export interface Session {
  readonly viewer: Viewer;
  /** To be repeated by every form of this session. */
  readonly csrf: string;
}

export interface Accounts {
  /** A mail program (`submission`, `imap`) may also give a password of its device, which is bound to no waiting: nobody guesses it. */
  signIn(address: string, password: string, from: { readonly ip: string; readonly way: 'web' | 'submission' | 'imap' }): Promise<SignIn>;
  /** The code after the password; `ticket` is what `signIn` gave. Tries for one account are counted as those of its password are. */
  secondStep(ticket: string, code: string, from: { readonly ip: string }): Promise<SecondStep>;
  /** Opens a server-side session and gives the token to put into the cookie: `<school>.<id>.<secret>`. */
  openSession(viewer: Viewer): Promise<string>;
  session(token: string): Promise<Session | null>;
  closeSession(token: string): Promise<void>;
  setLanguage(viewer: Viewer, language: Language): Promise<void>;
  /** Who an open session of a mail program belongs to by now, as the roster stands; null: it must end. `core.events` rings when to ask. */
  stillSignedIn(session: { readonly viewer: Viewer; readonly appPassword: AppPasswordId | null }): Promise<Viewer | null>;
}

/** Passwords of devices, each made, named and revoked by its owner; 128 bits of chance and more, kept as a keyed hash. */
export interface AppPasswords {
  list(viewer: Viewer): Promise<readonly { readonly id: AppPasswordId; readonly name: string; readonly madeAt: Date; readonly lastUsedAt: Date | null }[]>;
  /** `text` is shown once and never again: `12-abcde-fghjk-mnpqr-stuvw-xyzab-cdefg`, the school's number first. */
  make(viewer: Viewer, name: string): Promise<
    | { readonly kind: 'made'; readonly id: AppPasswordId; readonly name: string; readonly text: string }
    | { readonly kind: 'nameless' }
    | { readonly kind: 'too-many'; readonly most: number }>;
  /** Ends it, and every session opened with it. False: not there, or not theirs. */
  revoke(viewer: Viewer, id: AppPasswordId): Promise<boolean>;
}

// Mail: what a person reads and writes --------------------------------------------------------------------------

export type SpecialUse = 'inbox' | 'drafts' | 'sent' | 'trash' | 'junk' | 'archive';

/** A mailbox (IMAP's word for a folder) of the viewer. */
export interface Place {
  readonly id: MailboxId;
  readonly name: string;
  readonly use: SpecialUse | null;
  readonly total: number;
  readonly unseen: number;
}

/** How a person or a list is shown: children are round and animals, adults are square and initials. */
export interface Face {
  readonly kind: 'child' | 'adult' | 'list' | 'outside' | 'system';
  readonly name: string;
  readonly address: string;
  /** Animal or initials. */
  readonly face: string;
  /** The colour of the class that goes with this person, 1 to 8; 8 (grey) without one. */
  readonly cover: number;
}

/** How much of its mailbox an account has used. */
export interface Room {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** `near` from 80 % on; `full` when mail has been turned away for want of room, or the next would be. */
  readonly state: 'enough' | 'near' | 'full';
}

export interface MessageRow {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly from: Face;
  /** To whom, for Sent and Drafts, and « à toute la classe ». */
  readonly to: readonly Face[];
  readonly subject: string;
  readonly preview: string;
  readonly at: Date;
  readonly seen: boolean;
  readonly flagged: boolean;
  readonly answered: boolean;
  readonly files: number;
  /** In Sent: held recipients still waiting, or given back by a teacher. `added`: somebody else's words by its header, but the viewer put it there by a mail program; nobody sent it to them here. */
  readonly state: 'normal' | 'waiting' | 'given-back' | 'waiting-for-scanner' | 'added';
}

export interface MessageView extends MessageRow {
  readonly cc: readonly Face[];
  /** Text to show as it is, with its line ends; null where the message has only HTML. */
  readonly text: string | null;
  /** Sanitised HTML for the sandboxed frame; null where plain text says it all. */
  readonly html: string | null;
  readonly attachments: readonly Attachment[];
  /** Why it came, for « Pourquoi ce message est arrivé ? »: the class or school that joins the two, or null. */
  readonly because: { readonly kind: 'class' | 'school' | 'family' | 'link' | 'outside' | 'system' | 'added'; readonly name: string };
  /** For what is held or given back: the rule, and the teacher's word. */
  readonly refusal: Refusal | null;
  readonly note: string | null;
}

/** A message of the same conversation as the one that is open. */
export interface Turn extends MessageRow {
  /** What it says, as plain text; null where it is too long to be shown beside another. */
  readonly text: string | null;
}

export interface Download {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** What a person writes: plain text, or a draft of it. */
export interface Writing {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** For a class mail: who gets the answers. `none` asks for no answer. */
  readonly answers: 'sender' | 'everyone' | 'none';
  /** The message that this one answers. */
  readonly answerTo: { readonly mailbox: MailboxId; readonly uid: Uid } | null;
}

export interface DraftRef {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
}

export interface Draft extends Writing {
  readonly ref: DraftRef;
  readonly attachments: readonly Attachment[];
  readonly at: Date;
  readonly waitingForScanner: boolean;
}

export interface Upload {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface Mail {
  places(viewer: Viewer): Promise<readonly Place[]>;
  room(viewer: Viewer): Promise<Room>;
  /** Newest first; at most `limit` rows older than `before` (a UID). */
  list(viewer: Viewer, mailbox: MailboxId, page: { readonly before: Uid | null; readonly limit: number }): Promise<readonly MessageRow[]>;
  /** What the viewer keeps with a star, newest first, at most 200; from every mailbox but the trash. */
  starred(viewer: Viewer): Promise<readonly MessageRow[]>;
  /** Null for what isn't there, or isn't the viewer's: one answer for both. Does not mark it as seen. */
  read(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<MessageView | null>;
  /**
   * The other messages of a message's conversation, oldest first, at most 40: those that it answers and that answer it (RFC 5322
   * §3.6.4), in the viewer's own mailboxes but the trash, drafts and junk.
   */
  conversation(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<readonly Turn[]>;
  /** Messages of the viewer's that hold all these words, newest first, at most 60; without regard to case, accents and endings. Not from the trash or junk. */
  search(viewer: Viewer, words: string): Promise<readonly MessageRow[]>;
  download(viewer: Viewer, mailbox: MailboxId, uid: Uid, partPath: string): Promise<Download | null>;
  mark(viewer: Viewer, mailbox: MailboxId, uids: readonly Uid[], marks: { readonly seen?: boolean; readonly flagged?: boolean; readonly answered?: boolean }): Promise<void>;
  /** Gives the new UIDs in order; moving to Trash is what « Jeter » does, moving from Trash to Trash erases. */
  move(viewer: Viewer, mailbox: MailboxId, uids: readonly Uid[], to: SpecialUse): Promise<void>;
  erase(viewer: Viewer, mailbox: MailboxId, uids: readonly Uid[]): Promise<void>;
  /** Erases everything that lies in the trash at this moment. */
  emptyTrash(viewer: Viewer): Promise<void>;
}

/** Somebody or some list that the viewer may write to, as `decide` says and nothing else. */
export interface Reachable extends Face {
  readonly group: 'class-list' | 'lists' | 'teachers' | 'classmates' | 'pupils' | 'families' | 'team' | 'other-schools' | 'linked' | 'town';
  readonly listKind: ListKind | null;
  /** How many people a list holds, the viewer left out; 1 for a person. */
  readonly count: number;
  /** Names of current classes. */
  readonly classes: readonly string[];
  /** A word beside the name: « enseignante », « directeur », « famille de Sofia ». A role, or the child's name for a guardian. */
  readonly title: string;
}

export interface Writings {
  /** Everybody and every list within reach, in the order a page shows them. For adults, people of other schools come by `find`. */
  reach(viewer: Viewer): Promise<readonly Reachable[]>;
  /** Adults of the town whom the viewer may write to, by a part of their name or address; at most 20. */
  find(viewer: Viewer, text: string): Promise<readonly Reachable[]>;
  /** The start of an answer: recipients asked again against today's rules; those who no longer may be written to come as refusals. */
  answer(viewer: Viewer, to: { readonly mailbox: MailboxId; readonly uid: Uid }, everyone: boolean): Promise<{ readonly writing: Writing; readonly refusals: readonly Refusal[] } | null>;
  draft(viewer: Viewer, ref: DraftRef): Promise<Draft | null>;
  /**
   * Keeps a draft, in place of `previous` where given (its attachments stay unless `drop` names their paths).
   * New files are scanned and judged by kind at once; the outcome says why one was left out.
   */
  save(viewer: Viewer, writing: Writing, files: { readonly previous: DraftRef | null; readonly add: readonly Upload[]; readonly drop: readonly string[] }): Promise<{ readonly ref: DraftRef; readonly leftOut: readonly { readonly name: string; readonly outcome: Outcome }[] }>;
  /** Sends a draft; on anything but `accepted` and `held` the draft stays. With the scanner silent it leaves by itself later. */
  send(viewer: Viewer, ref: DraftRef): Promise<Outcome>;
}

// Moderation ----------------------------------------------------------------------------------------------------

export interface Held {
  readonly id: HoldId;
  readonly school: SchoolId;
  readonly rule: string;
  readonly from: Face;
  readonly to: readonly Face[];
  readonly className: string;
  readonly cover: number;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly at: Date;
  /** When it leaves by itself (opening hours), or null when a teacher must say so. */
  readonly until: Date | null;
}

export interface Moderation {
  /** What waits for a word of this teacher, oldest first; at most 100. */
  waiting(viewer: Viewer): Promise<readonly Held[]>;
  /** Lets one go. Everything is asked again except what the teacher just decided: `denied` says what changed meanwhile. Null: not there, or not theirs to decide. */
  release(viewer: Viewer, school: SchoolId, hold: HoldId): Promise<Outcome | null>;
  /** Gives it back to the sender with a word. False: not there, or not theirs to decide. */
  giveBack(viewer: Viewer, school: SchoolId, hold: HoldId, note: string): Promise<boolean>;
  /** Stops or lets run again the mail of all pupils of a school; of the whole town for school 0. Heads for their school, agents for all. False: not theirs to decide. */
  stopPupilMail(viewer: Viewer, school: SchoolId, stopped: boolean): Promise<boolean>;
  /** « Ce message me gêne »: written down, and the teachers of the child's classes are told. False: not there. */
  report(viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<boolean>;
}

// Events and health ---------------------------------------------------------------------------------------------

export interface Events {
  /** Calls `ring` whenever something of this account's mail has changed, in whatever process; only a bell, the caller looks again. */
  subscribe(viewer: Pick<Viewer, 'school' | 'account'>, ring: () => void): () => void;
}

export interface Health {
  /** Each part by name; a part that doesn't answer within 2 s is `down`. */
  check(): Promise<{ readonly database: Answering; readonly scanner: Answering; readonly queue: Answering }>;
}
export type Answering = 'up' | 'down';

export interface Core {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly accounts: Accounts;
  readonly appPasswords: AppPasswords;
  readonly secondFactor: SecondFactor;
  readonly codes: Codes;
  readonly delivery: Delivery;
  readonly mail: Mail;
  /** Mail as a mail program sees it. */
  readonly mailboxes: Mailboxes;
  readonly writings: Writings;
  readonly moderation: Moderation;
  readonly roster: Rosters;
  readonly classes: Classes;
  readonly settings: Settings;
  readonly trails: Trails;
  readonly imports: Imports;
  readonly teaching: Teaching;
  readonly people: People;
  readonly events: Events;
  readonly health: Health;
  readonly oldMail: OldMail;
  readonly jobs: Jobs;
  readonly outside: Outside;
  /** Closes what `open` made: connections, listeners, timers. */
  close(): Promise<void>;
}

export type { Attachment, HeaderAddress, Part };
export type { OpeningHours, SchoolSettings, SchoolWishes, Settings, SettingsSaved } from './school-settings/material.ts';
export type { BroughtMessage, OldMail } from './old-mail/material.ts';
export type { Jobs, Outside, OutsideMail, Relay, RelayResult } from './jobs/material.ts';
export type {
  Activation, BrowserChild, BrowserClass, Card, ClassBrowser, Code, CodeCheck, CodeClass, CodeKind, CodePupil, Codes, PictureSignIn, SecondFactor, SecondStep, Sheet, SheetOrder, Slip,
} from './accounts/material.ts';
export type {
  AnnotatedPlace, Annotation, Appended, Batch, Branch, Changes, Columns, Content, Copied, Criterion, Deleted, Done, Expunged, FlagBatch, FlagChange, FlagsChanged,
  Found, Gone, Grant, Letter, Listed, Mailboxes, Namespaces, Opened, Quota, Right, SearchDay, Sections, SectionWish, SortBy, ThreadSource, UidRange, UidSet,
} from './mailboxes/material.ts';
export type { Mailbox as ListedMailbox, Stop as MailboxStop } from './mailboxes/material.ts';
export type { AddressCorrected, LeaveActed, MailArchive, People, PeopleFound, PeopleRole, PersonSheet, SchoolPerson } from './people/material.ts';
export type {
  Applied, ColumnMapping, PastImport, Preview, Previewed, PreviewLine, Question, Rehearsal, RosterActor, RosterFile, Rosters, RosterWish, Stop, Undone,
} from './roster/import/material.ts';
export type { ClassDesk, DeskClass, DeskCorrespondent, DeskLink, DeskPupil, LinkWish, Ruling, Teaching, Why } from './teaching/material.ts';
export type {
  AdultPlace, AgentTrailEntry, ChargedSchool, ClassActed, ClassChange, Classes, ClassSheet, ClassTrouble, NewClassOrder, Placed, SchoolClasses, Spread, Trail, TrailAsked,
  TrailEntry, Trails,
} from './classes/material.ts';
export type {
  BatchOutcome, DeskSchool, DraftApplied, DraftChoices, ExportedSchool, FoundFile, ImportReport, Imports, ReportRow, SchoolDesk, ShownBatch, ShownDraft, ShownImport, ShownPreview, ShownRefusal, Uploaded,
} from './roster/import/desk/material.ts';
