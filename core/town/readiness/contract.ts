import type { ReceiversWord } from '../../letters/message/receivers-word.ts';
import type { Viewer } from '../../rules/viewer.ts';

/** One sentence in both languages of the pages. */
export interface BilingualSentence {
  readonly fr: string;
  readonly en: string;
}

/**
 * How a check stands. Green: as it must be. Amber: it works, and something is left to do. Red: it
 * doesn't work, or isn't safe. Grey: nothing to count, since it comes later, isn't asked here (a
 * demo), or can't be known from here.
 */
export type CheckState = 'green' | 'amber' | 'red' | 'grey';

/** What one check found, and what is to be done about it; null where nothing is. */
export interface Finding {
  readonly state: CheckState;
  readonly found: BilingualSentence;
  readonly todo: BilingualSentence | null;
}

/** One line of the list: what was asked, and the answer. */
export interface ReadinessLine extends Finding {
  /** Names the check in scripts, for good: `names.mx`. */
  readonly id: string;
  readonly asked: BilingualSentence;
  /** False: the check failed or took too long, and what is found is that alone. */
  readonly isAnswered: boolean;
}

/** Lines of one subject. */
export interface ReadinessGroup {
  readonly id: string;
  readonly title: BilingualSentence;
  readonly lines: readonly ReadinessLine[];
}

/** All checks, as they were found together. */
export interface ReadinessReport {
  readonly at: Date;
  readonly groups: readonly ReadinessGroup[];
}

/** The same, by one who has looked before. */
export interface SeenReport extends ReadinessReport {
  /** Since when a line is red, by its id, as far as this process has seen. */
  readonly redSince: ReadonlyMap<string, Date>;
}

/** One record for the zone of the town's domain. */
export interface DnsRecord {
  readonly name: string;
  readonly type: 'MX' | 'SRV' | 'CNAME' | 'TXT';
  readonly value: string;
  /** Why, in French / English. */
  readonly says: string;
}

/** A record of the zone, and what the DNS says in its place. */
export interface PublishedRecord extends DnsRecord {
  /** `other`: something else stands there. `silent`: the DNS gave no answer. */
  readonly state: 'published' | 'missing' | 'other' | 'silent';
  /** What stands there, in the words of a zone file. */
  readonly found: readonly string[];
}

/** What became of the wish to send a letter outside. */
export type TestLetterSent = 'sent' | 'not-an-address' | 'of-the-town' | 'too-many';

/**
 * The same of the command line. `demo`: nothing leaves the machine. `no-domain`: nobody outside can
 * know the domain. `no-agent`: there is nobody whom an answer reaches. `no-worker`: nothing runs
 * that would send it.
 */
export type MailTestBegun = TestLetterSent | 'demo' | 'no-domain' | 'no-agent' | 'no-worker';

/** The last test letter of the town, and what is known of it by now. */
export interface MailTest {
  readonly recipient: string;
  readonly state: 'due' | 'sent' | 'failed';
  readonly attempts: number;
  /** What the other server said last; null: it was not talked to yet. */
  readonly lastReply: string | null;
  readonly at: Date;
  /** Whether an answer to it, or a letter that bears it along, has come to postmaster@. */
  readonly isAnswered: boolean;
  /** What receivers found of it, as these answers tell; the latest answer first. */
  readonly words: readonly ReceiversWord[];
}

/** What a town is still missing before its first morning, for its agents. */
export interface Readiness {
  /**
   * Every check. `kept`: as found within the last half minute, where somebody asked then; `anew`
   * asks all of them again, which takes some seconds at most; `last` is whatever was found last, at
   * once, while an old one is asked anew behind it. Null: not an agent.
   */
  report(viewer: Viewer, wish: 'kept' | 'anew' | 'last'): Promise<SeenReport | null>;
  /**
   * Whether all that counts was green when it was last asked, whoever asked. Looks at nothing
   * itself: what nobody has asked yet isn't green.
   */
  isGreen(): Promise<boolean>;
  /** What the zone of the domain must hold, and what it holds now. */
  publishedRecords(): Promise<readonly PublishedRecord[]>;
  /**
   * Sends a letter with fixed words to an address outside, to see that mail leaves: its copy stands
   * in the agent's « Envoyés », what became of it among the checks. Null: not an agent.
   */
  sendTestLetter(viewer: Viewer, address: string): Promise<TestLetterSent | null>;
  /** The same for who may run `preau` on the machine. */
  beginMailTest(address: string): Promise<MailTestBegun>;
  /** What became of the last test letter, whoever sent it; null: none was ever sent. */
  lastMailTest(): Promise<MailTest | null>;
}

/** What the town lacks: this record of core, or `Name` of it alone. */
export interface WithReadiness<Name extends keyof Readiness = keyof Readiness> {
  readonly readiness: Pick<Readiness, Name>;
}

/** Whether the parts of the service answer. */
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

/** Whether a part answers. */
type Answering = 'up' | 'down';

/** What has this record of core. */
export interface WithHealth {
  readonly health: Health;
}

/** What the machines of a cell know of one another. */
interface Machines {
  /** Says again and again that these roles serve here, until closed; alone it says nothing. */
  keep(roles: readonly string[]): { close(): Promise<void> };
}

/** What has this record of core. */
export interface WithMachines {
  readonly machines: Machines;
}

/** How long things are kept before they go by themselves, as the legal pages say it. */
export interface Retention {
  /** Mail and account of somebody who has left (arrêté of 30 November 2006, article 6). */
  readonly leaverMonths: number;
  /** What a child reported, once it is closed; the letter with it. */
  readonly reportMonths: number;
  /** A session of the pages, and one in which nothing happens. */
  readonly sessionHours: number;
  readonly idleMinutes: number;
  /** A code on paper that opens an account once. */
  readonly activationDays: number;
  /** The first agent's link. */
  readonly setupLinkHours: number;
  /** A roster file that nobody applied; a town's, with what became of each school. */
  readonly rosterDraftDays: number;
  readonly rosterBatchDays: number;
  /** A line of a roster that is in doubt, and that nobody answers about. */
  readonly rosterQuestionDays: number;
  /** What an import changed, so that it can be undone. */
  readonly undoDays: number;
  /** The sealed memory of a place from which somebody signed in. */
  readonly knownPlaceDays: number;
  /** After the school year in which a paper to sign ended. */
  readonly paperYears: number;
  /** Rows of the journals: who did what. */
  readonly journalYears: number;
  /** Backups lead back so far, where they are made. */
  readonly backupDays: number;
  /** After so many days none of them has any more what was erased. */
  readonly backupGoneDays: number;
  /** After so many days the store of large bodies has it no more, where there is one. */
  readonly bodyGoneDays: number;
}

/** How long things are kept: this record of core, or `Name` of it alone. */
export interface WithRetention<Name extends keyof Retention = keyof Retention> {
  readonly retention: Pick<Retention, Name>;
}
