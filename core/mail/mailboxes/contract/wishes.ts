import type { MailboxId } from '../../../ground/ids.ts';
import type { Columns, Criterion, SortBy, UidSet } from '../../../store/mail/contract.ts';
import type { SectionWish } from './sections.ts';

/** Which rows are asked for; with `changedSince` those that changed (RFC 7162 §3.1.4.1). */
export interface FetchWish {
  readonly uids: UidSet;
  readonly columns: Columns;
  readonly changedSince?: number | null;
}

export interface SectionsWish {
  readonly uids: UidSet;
  readonly wishes: readonly SectionWish[];
}

/** What is looked for; without an order ascending. */
export interface SearchWish {
  readonly what: Criterion;
  readonly order?: readonly SortBy[];
}

/** Messages of one mailbox, and the one where they go. */
export interface UidsTo {
  readonly uids: UidSet;
  readonly to: MailboxId;
}

/** Rights (RFC 4314) that become somebody's in place of theirs, beside them, or no longer. */
export interface RightsChange {
  readonly how: 'set' | 'add' | 'remove';
  readonly rights: string;
}

export interface GrantWish {
  readonly identifier: string;
  readonly change: RightsChange;
}
