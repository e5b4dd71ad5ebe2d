import type { AccountId, SchoolId } from '../../../ground/ids.ts';
import type { StandingRow } from '../../../store/mail/standing-mail.ts';
import type { TownActor } from '../contract.ts';

/**
 * What is known of a letter in the time that is lost: by the ledger, which comes back beside the
 * backups, and by a log that an agent has given.
 */
export type LogSays =
  /** A peer took it. */
  | { readonly kind: 'sent'; readonly at: Date }
  /** A peer would have none of it, for good; `code` is its reply's, where it gave one. */
  | { readonly kind: 'refused'; readonly at: Date; readonly code: number | null }
  /** What is known reaches into that time, and has nothing of it. */
  | { readonly kind: 'unseen' }
  | { readonly kind: 'no-log' };

/** Mail to one address outside that an agent has a word on. Nobody's subject, nobody's words. */
export interface OutsideLetter extends StandingRow {
  readonly school: SchoolId;
  /** Empty for the town itself. */
  readonly schoolName: string;
}

/**
 * Mail to one address outside that waits since a restore: it may have left in the time that is
 * lost.
 */
export interface StandingLetter extends OutsideLetter {
  readonly log: LogSays;
}

/** An account whose mail to outside was stopped, since it was a flood. */
export interface StoppedWriter {
  readonly school: SchoolId;
  /** Empty for the town itself. */
  readonly schoolName: string;
  readonly account: AccountId;
  readonly writer: string;
  readonly at: Date;
  /** Too many recipients, or new domains, in an hour; too many addresses that refused it. */
  readonly why: 'rate' | 'domains' | 'refusals';
  /** Letters that wait, by recipient. */
  readonly letters: number;
}

export interface StandingList {
  /** Whose mail to outside is stopped; what they wrote is in no other list. */
  readonly stopped: readonly StoppedWriter[];
  /** The last restore, and the moment as of which it brought the mail back; null: none ever. */
  readonly restored: { readonly at: Date; readonly asOf: Date } | null;
  /** How far what is known reaches from that moment on; null: nothing is known of it. */
  readonly logUntil: Date | null;
  /** The oldest first within each school, of each school 1,000 at most. */
  readonly letters: readonly StandingLetter[];
  /** What was dropped, the latest first within each school, of each school 50 at most. */
  readonly dropped: readonly OutsideLetter[];
}

/** Which is meant: one, all that was to leave before a moment, or all of which that is known. */
export type StandingChoice =
  | { readonly kind: 'one'; readonly school: SchoolId; readonly row: number }
  | { readonly kind: 'before'; readonly before: Date }
  | { readonly kind: 'log-says'; readonly says: LogSays['kind'] }
  /** All that a stopped account wrote; from then on it may write outside again. */
  | { readonly kind: 'stopped'; readonly school: SchoolId; readonly account: AccountId };

/** `at` names the decision, to take it back by. */
export interface StandingDecided {
  readonly count: number;
  readonly at: Date;
}

/** What was taken back: one letter that was dropped, or all of one decision. */
export type StandingUndo =
  | { readonly kind: 'one'; readonly school: SchoolId; readonly row: number }
  | { readonly kind: 'decision'; readonly at: Date };

export type LogRead =
  /** From when to when its lines were written, and how many letters that wait it names. */
  | { readonly kind: 'read'; readonly from: Date; readonly until: Date; readonly seen: number }
  /** There is no line of the service's in it. */
  | { readonly kind: 'no-line' };

/** What nobody but an agent lets leave. Null: whoever asks is none. */
export interface StandingMail {
  list(by: TownActor): Promise<StandingList | null>;
  /** How many wait, by at most 20 s ago; 0 for who is no agent. */
  count(by: TownActor): Promise<number>;
  /** It leaves: from the machine at once, from the pages after 30 s (`undo` until then). */
  release(by: TownActor, which: StandingChoice): Promise<StandingDecided | null>;
  /** It doesn't leave. Nobody is told, but the writer of a stopped account. */
  drop(by: TownActor, which: StandingChoice): Promise<StandingDecided | null>;
  /** Makes it stand still again, what hasn't left yet; gives how many. */
  undo(by: TownActor, which: StandingUndo): Promise<number | null>;
  /**
   * Reads a log of the service's, a line each, whatever stands before its JSON; what it says of
   * letters that wait is kept.
   */
  readLog(by: TownActor, lines: AsyncIterable<string> | Iterable<string>): Promise<LogRead | null>;
}

/**
 * Mail to outside that waits for an agent's word, after a restore: this record of core, or `Name`
 * of it alone.
 */
export interface WithStandingMail<Name extends keyof StandingMail = keyof StandingMail> {
  readonly standingMail: Pick<StandingMail, Name>;
}
