import type { AccountId, MailboxId, SchoolId } from '../../../ground/ids.ts';
import type { SpecialUse } from '../../../store/mail/contract.ts';

/** Where other people's mailboxes begin, without its separator. */
export const SHARED = 'Partagés';

/**
 * A name in LIST. `path` is Unicode (NFC), `/` between levels, as the viewer sees it: one's own at
 * the root, those of others under `Partagés/<display name of the owner>/`, boards under
 * `Partagés/Panneau/`.
 */
export type ListedName = ListedMailbox | Branch | Gone;

/**
 * A level that is no mailbox: `Partagés`, and below it the owners' names and `Panneau`
 * (\NonExistent, has children).
 */
interface Branch {
  readonly kind: 'branch';
  readonly path: string;
}

/**
 * A name that is still subscribed though its mailbox is gone (RFC 9051 §6.3.7): \NonExistent
 * \Subscribed.
 */
interface Gone {
  readonly kind: 'gone';
  readonly path: string;
}

export interface ListedMailbox {
  readonly kind: 'mailbox';
  readonly id: MailboxId;
  readonly path: string;
  /**
   * Null for all but the six that every account has and what CREATE-SPECIAL-USE made; never told of
   * other people's mailboxes.
   */
  readonly use: SpecialUse | null;
  readonly subscribed: boolean;
  readonly hasChildren: boolean;
  /** The letters of RFC 4314 that the viewer has here, in the order of `Right`. */
  readonly rights: string;
  /** Null: a board, which is nobody's; who has it open looks again each time. */
  readonly owner: AccountId | null;
  /** By whose events one hears of changes. */
  readonly news: { readonly school: SchoolId; readonly account: AccountId };
  readonly isOwn: boolean;
  /** MAILBOXID of RFC 8474. */
  readonly objectId: string;
  readonly uidValidity: number;
  readonly uidNext: number;
  /** 0: it keeps none, since \Seen is by person there (RFC 7162 §3.1.2.2); else at least 1. */
  readonly highestModseq: number;
  readonly total: number;
  readonly unseen: number;
  /** STATUS SIZE (RFC 8438). */
  readonly bytes: number;
}

/**
 * Where the namespaces of the viewer begin (RFC 2342): personal at the root; `others` is
 * `Partagés/`.
 */
export interface Namespaces {
  readonly personal: '';
  readonly others: string;
  readonly separator: '/';
}
