import type { Uid } from '../../../ground/ids.ts';
import type { UidSet, FlagBatch } from '../../../store/mail/contract.ts';
import type { ListedMailbox } from './listed.ts';
import type { Seer } from './seer.ts';

/**
 * A mailbox at one moment. `uids` is shared by all sessions of the process: never write into it.
 */
export interface OpenMailbox {
  readonly mailbox: ListedMailbox;
  /** Who opened it, as the rules were then: what is done in this mailbox comes with it. */
  readonly viewer: Seer;
  /** Ascending; its length is EXISTS. */
  readonly uids: Uint32Array;
  /** The MODSEQ up to which `uids` is exact. */
  readonly modseq: number;
  /** The smallest UID without \Seen (RFC 3501 §7.1 UNSEEN), or null. */
  readonly firstUnseen: Uid | null;
  /** Keywords in use here: FLAGS has them besides the five system flags. */
  readonly keywords: readonly string[];
  /** PERMANENTFLAGS: what this viewer may change; with `\*` where new keywords may be made. */
  readonly permanentFlags: readonly string[];
  /** Without any right to change something it opens read-only, whatever was asked. */
  readonly readOnly: boolean;
}

/** What became of a mailbox since a MODSEQ. */
export interface MailboxChanges {
  readonly mailbox: ListedMailbox;
  /** As of `modseq`, shared. */
  readonly uids: Uint32Array;
  readonly modseq: number;
  /**
   * Messages that came or whose flags changed since, ascending; those that are gone are not among
   * them.
   */
  readonly changed: FlagBatch;
  /**
   * UIDs expunged since; ascending. For QRESYNC (RFC 7162 §3.2.10) from before what is remembered
   * (30 days), it is every UID of `known` that isn't there (all below uidNext, where `known` is
   * null).
   */
  readonly vanished: UidSet;
  readonly keywords: readonly string[];
}

export interface SearchResult {
  /** In the order asked for; ascending without one. */
  readonly uids: Uint32Array;
  /** The highest MODSEQ among them (RFC 7162 §3.1.5); 0 for none. */
  readonly highestModseq: number;
}
