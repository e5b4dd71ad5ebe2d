import type { Readable } from 'node:stream';
import type { HoldId, SchoolId } from '../../ground/ids.ts';
import type { ServerSign } from '../../letters/junk/contract.ts';
import type { ServerNames } from '../../letters/junk/facts.ts';
import type { Attachment, OfferedFile } from '../../letters/message/message.ts';
import type { Outcome, Refusal } from '../../rules/outcome.ts';
import type { RuleName } from '../../rules/verdict.ts';
import type { Face, Namesake, Viewer } from '../../rules/viewer.ts';
import type { DsnRequest, ProvedBy } from '../../store/mail/contract.ts';
import type { MailStopPlace } from '../../store/town/contract.ts';

/**
 * Who hands a message over: somebody signed in, or a stranger at the MX (`address` is the
 * reverse-path, null for `<>`). Of a stranger that is all there is at RCPT TO; who wrote, and what
 * proves it, is asked of the message itself.
 */
export type Sender =
  | { readonly kind: 'account'; readonly viewer: Viewer }
  | { readonly kind: 'outside'; readonly address: string | null };

export interface Handover {
  readonly sender: Sender;
  /** Canonical addresses, as given at RCPT TO, each once. */
  readonly recipients: readonly string[];
  /**
   * `web` keeps a copy in the sender's Sent mailbox; `submission` leaves that to the mail program,
   * as they all do.
   */
  readonly via: 'mx' | 'submission' | 'web';
  /** The IP address of a stranger's server; null where something of ours hands the message over. */
  readonly peer: string | null;
  /** Named in the log line: the session's id. */
  readonly session: string;
  /** Bytes to put on top of what was read, such as Received (RFC 5321 §4.4); complete lines. */
  readonly trace: string;
  /** What a mail program asked to be told, by recipient (RFC 3461); others ask for nothing. */
  readonly dsnRequests?: ReadonlyMap<string, DsnRequest>;
}

/**
 * What SPF, DKIM and DMARC say of a stranger's whole message, and complete header lines that say so
 * (RFC 8601); `server` has what the peer lacks that honest servers have, `names` what it calls
 * itself and what the DNS calls it, where a stranger's server was asked about.
 */
export type SenderProof = {
  readonly headers: string;
  readonly server: readonly ServerSign[];
  readonly names?: ServerNames;
} &
  /**
   * `domain` is the one that stands behind the From address, as the check read it: lower case,
   * Punycode.
   */
  (
    | { readonly authentication: 'pass'; readonly by: ProvedBy; readonly domain: string }
    | { readonly authentication: 'none' }
    /**
     * Nothing stands behind the From address, whose domain asks to set such mail apart, or to
     * refuse it (RFC 9989 §4.7, `quarantine` and `reject`).
     */
    | { readonly authentication: 'quarantine' | 'fail' }
  );

export interface Delivery {
  /**
   * Whether this sender may write to this address, from what is known at RCPT TO. The address is
   * canonical (`core/ground/address.ts`). Costs no query where the roster snapshot is warm.
   * `disowned` is asked of a stranger alone, and only where the answer would tell that somebody is
   * there: whether the domain of the reverse-path says that this peer does not speak for it.
   */
  checkRecipient(
    sender: Sender,
    address: string,
    disowned?: () => Promise<boolean>,
  ): Promise<Outcome>;
  /**
   * The one way in. Reads the message to its end, has it scanned, decides for every final
   * recipient, stores all of it in one transaction; resolves only after the commit. Throws a
   * `Fault` when something of ours broke: nothing is stored then. `prove` is asked with a
   * stranger's whole message before it is scanned; its headers go below `trace`.
   */
  accept(
    handover: Handover,
    raw: Readable,
    prove?: (message: Buffer) => Promise<SenderProof>,
  ): Promise<Outcome>;
}

export interface HeldLetter {
  readonly id: HoldId;
  readonly school: SchoolId;
  /** The school's name where it is another than the viewer's; null for their own. */
  readonly otherSchool: string | null;
  readonly rule: RuleName;
  readonly from: Face;
  readonly to: readonly Face[];
  readonly className: string;
  readonly cover: number;
  readonly subject: string;
  readonly text: string;
  /** The forbidden site for which it is held, where it is for one. */
  readonly site: string | null;
  /** The words for which it is held, where it is for words. */
  readonly doubtfulWords: readonly string[];
  readonly attachments: readonly Attachment[];
  readonly at: Date;
  /** When it is put before others as well; null: before nobody else. */
  readonly askAt: Date | null;
  /** By now it is put before the viewer; else it is theirs to decide, and first somebody else's. */
  readonly isPutBefore: boolean;
  /** When it leaves by itself (opening hours), or null when a teacher must say so. */
  readonly until: Date | null;
  /** What is known of a stranger who wrote it; null for anybody of the town. */
  readonly stranger: Stranger | null;
  /** Under which id it stands in the log of the service; null: it has none. */
  readonly trace: string | null;
}

/** What a teacher must know of somebody outside before a letter of theirs goes on. */
export interface Stranger {
  /** What proved the address in From; null: nothing did. */
  readonly provedBy: ProvedBy | null;
  /**
   * Somebody of the school, or another correspondent of the class, who is known by this name and
   * has another address.
   */
  readonly namesake: Namesake | null;
}

/** What became of a message that was let go, recipient by recipient. */
export interface LetGo {
  /** How many got it. */
  readonly sent: number;
  /**
   * How many are no longer in the list that it was written to: for them it isn't meant any more,
   * and nobody is told.
   */
  readonly left: number;
  /** For whom another rule holds it on. */
  readonly waiting: readonly Refusal[];
  /** Who may not have it by now; its writer, where it is somebody of the town, has been told. */
  readonly refused: readonly Refusal[];
}

/** A held letter, by one of its holds. */
export interface HoldName {
  readonly school: SchoolId;
  readonly hold: HoldId;
}

/** Let it go, where everything is asked again but what is decided so; or back, with a word. */
export type HoldChoice =
  | { readonly kind: 'release' }
  | { readonly kind: 'give-back'; readonly note: string };

/** A decision about some letters at once, with what came of it. */
export interface LettersDecision {
  /** By it the decision is taken back, or looked at. */
  readonly id: string;
  readonly kind: HoldChoice['kind'];
  /** Until then it can be taken back, and nothing moves; null: it has taken effect. */
  readonly until: Date | null;
  readonly letters: readonly DecidedLetter[];
}

/** A letter that was held, and what became of it. */
export interface DecidedLetter {
  readonly id: HoldId;
  readonly school: SchoolId;
  /** The school's name where it is another than the viewer's; null for their own. */
  readonly otherSchool: string | null;
  /** `pending`: it can still be taken back. `withdrawn`: by its writer. */
  readonly kind: 'pending' | 'released' | 'given-back' | 'withdrawn';
  /** Null: it was a rule, or the clock. */
  readonly by: Face | null;
  readonly at: Date;
  /** The word with which it went back. */
  readonly note: string;
  /** What had held it. */
  readonly rule: RuleName;
  readonly subject: string;
  readonly className: string;
  readonly cover: number;
  readonly from: Face;
  readonly to: readonly Face[];
  /** Who got it and who didn't; by whom it was let go. */
  readonly came: LetGo;
  /** Under which id it stands in the log of the service; null: it has none. */
  readonly trace: string | null;
}

export interface Moderation {
  /** What is this viewer's to decide, oldest first; at most 100. */
  waiting(viewer: Viewer): Promise<readonly HeldLetter[]>;
  /** A file of one of them, to be seen or heard; null: not there, or none of theirs. */
  file(viewer: Viewer, name: HoldName, path: string): Promise<OfferedFile | null>;
  /**
   * How many of them are put before the viewer by now, with the notices that pupils of their
   * classes propose.
   */
  waitingCount(viewer: Viewer): Promise<number>;
  /**
   * Decides about up to 100 at once; it takes effect after the seconds in which it can be taken
   * back. `missed`: how many are not there (any more), or not the viewer's to decide.
   */
  decide(
    viewer: Viewer,
    chosen: readonly HoldName[],
    choice: HoldChoice,
  ): Promise<{ readonly decided: LettersDecision | null; readonly missed: number }>;
  /** What a decision came to; null for none of the viewer's. */
  decided(viewer: Viewer, decision: string): Promise<LettersDecision | null>;
  /** Takes back a decision that has not taken effect; how many letters wait again. */
  takeBack(viewer: Viewer, decision: string): Promise<number>;
  /** What was decided about what is the viewer's to decide about, the latest 50. */
  history(viewer: Viewer): Promise<readonly DecidedLetter[]>;
  /**
   * Stops or lets run again the mail of all pupils of a school, of a commune, of the whole town for
   * school 0. A head for their school; an agent for a school that they have opened, by the reason
   * they gave there, and for more than a school by `reason`.
   */
  stopPupilMail(viewer: Viewer, place: MailStopPlace, wish: MailStopWish): Promise<MailStopOutcome>;
}

export interface MailStopWish {
  readonly stopped: boolean;
  readonly reason: string;
  /** When it runs again by itself; null: when somebody says so. */
  readonly until: MailStopEnd | null;
}

/** `YYYY-MM-DD` and `HH:MM`, on the clock of the school, or of the town for more than one. */
export interface MailStopEnd {
  readonly day: string;
  readonly time: string;
}

/** `missing`: not theirs to decide, or no reason; `bad-end`: it isn't to come, or within a year. */
export type MailStopOutcome = 'done' | 'missing' | 'bad-end';

/** The one way in for a message: this record of core, or `Name` of it alone. */
export interface WithDelivery<Name extends keyof Delivery = keyof Delivery> {
  readonly delivery: Pick<Delivery, Name>;
}

/** What waits for a teacher: this record of core, or `Name` of it alone. */
export interface WithModeration<Name extends keyof Moderation = keyof Moderation> {
  readonly moderation: Pick<Moderation, Name>;
}
