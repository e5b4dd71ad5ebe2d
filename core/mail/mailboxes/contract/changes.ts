import type { Uid } from '../../../ground/ids.ts';
import type { ReadMessage } from '../../../letters/message/message.ts';
import type { UidSet, FlagBatch } from '../../../store/mail/contract.ts';

export interface FlagChange {
  readonly uids: UidSet;
  readonly change: 'set' | 'add' | 'remove';
  /** System flags and keywords; \Recent is passed over. */
  readonly flags: readonly string[];
  /** RFC 7162 §3.1.3: leaves alone what has changed since; null for no condition. */
  readonly unchangedSince: number | null;
}

export interface FlagsChanged {
  /** The mailbox's MODSEQ after it; unchanged where no flag really changed. */
  readonly modseq: number;
  /**
   * What the messages of `uids` have now, those that failed the condition left out: for the
   * untagged FETCH. Messages that didn't change have their old MODSEQ.
   */
  readonly now: FlagBatch;
  /** Which of them really changed: all others need no FETCH with `.SILENT`. */
  readonly changed: ReadonlySet<number>;
  /** Those that failed `unchangedSince` (MODIFIED). */
  readonly modified: readonly number[];
  readonly keywords: readonly string[];
}

/**
 * A message of APPEND that was read, scanned and judged; in memory only. Give it to `append` or
 * `replace`, or forget it.
 */
export interface AppendedLetter {
  readonly raw: Buffer;
  readonly read: ReadMessage;
}

export interface AppendRequest {
  readonly letter: AppendedLetter;
  readonly flags: readonly string[];
  /** Null is now. */
  readonly internalDate: Date | null;
}

/** For APPENDUID and COPYUID (RFC 4315): the n-th of `from` became the n-th of `to`. */
export interface CopiedUids {
  readonly uidValidity: number;
  /** UIDs there were here, ascending; empty for APPEND. */
  readonly from: readonly Uid[];
  readonly to: readonly Uid[];
}

export interface ExpungedUids {
  /** Ascending. */
  readonly uids: readonly number[];
  /** The mailbox's MODSEQ after it (RFC 7162 §3.2.7 HIGHESTMODSEQ). */
  readonly modseq: number;
}

export interface Grant {
  /** The address of the account. */
  readonly identifier: string;
  readonly rights: string;
}
