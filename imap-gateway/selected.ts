import type { MailboxId } from '../core/ground/ids.ts';
import type { ListedMailbox } from '../core/mail/mailboxes/contract/listed.ts';
import type { OpenMailbox } from '../core/mail/mailboxes/contract/opened.ts';
import type { UidRange } from '../core/store/mail/contract.ts';
import type { View } from './view.ts';

/** The mailbox that a session works on. */
export interface SelectedMailbox {
  readonly id: MailboxId;
  /** As it was when selected: its path, its owner, UIDVALIDITY. Counts move on without it. */
  readonly mailbox: ListedMailbox;
  /** Who selected it, as the rules were then: what is done in it comes with it. */
  readonly viewer: OpenMailbox['viewer'];
  readonly readOnly: boolean;
  /**
   * Flags of one's own may be set: not after EXAMINE. So in a mailbox that is read-only because
   * nothing in it changes for others (RFC 4314 §5.2).
   */
  readonly keepsFlags: boolean;
  /** It counts by MODSEQ (RFC 7162 §3.1.2); where not, that of its view is core's alone. */
  readonly hasModseq: boolean;
  view: View;
  keywords: readonly string[];
  permanentFlags: readonly string[];
  /** The result that `$` stands for (RFC 9051 §6.4.4.1), ascending; null before the first. */
  saved: Uint32Array | null;
  /**
   * While messages are gone of which the client wasn't told: the MODSEQ before the first of them
   * (RFC 7162 §3.2).
   */
  countFrom: number | null;
  /**
   * The last messages that this client has put here itself while it watches: of them no FETCH is
   * told (RFC 5465 §5.2).
   */
  own: UidRange;
}

export function selectedFrom(opened: OpenMailbox, by: 'SELECT' | 'EXAMINE'): SelectedMailbox {
  const isExamined = by === 'EXAMINE';
  const { mailbox, viewer, uids, modseq, keywords, permanentFlags } = opened;
  return {
    id: mailbox.id,
    mailbox,
    viewer,
    readOnly: isExamined || opened.readOnly,
    keepsFlags: !isExamined && (!opened.readOnly || permanentFlags.length > 0),
    hasModseq: mailbox.highestModseq > 0,
    view: { uids, modseq, hasGhosts: false },
    keywords,
    permanentFlags,
    saved: null,
    countFrom: null,
    own: { from: 0, to: 0 },
  };
}

/** Flags for the parentheses of FLAGS: the five of RFC 9051 §2.3.2 and the keywords in use. */
export function flagsText(keywords: readonly string[]): string {
  return ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft', ...keywords].join(' ');
}
