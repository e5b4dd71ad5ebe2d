import type { Directory } from '../../directory/directory.ts';
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import { sentLetter, type SentLetter } from '../../store/mail/sent-letters.ts';
import type { SchoolTx, Store } from '../../store/store.ts';
import type { Delivery } from '../delivery/contract.ts';
import type { ReleaseOwn } from '../delivery/holding/release-own.ts';
import type { Notices } from '../delivery/telling/notice.ts';

export interface SentParts {
  readonly directory: Directory;
  readonly delivery: Delivery;
  readonly releaseOwn: ReleaseOwn;
  readonly notices: Notices;
  readonly clock: () => Date;
  readonly store: Store;
  readonly mailEvents: MailEvents;
}

/** Where a letter lies in its writer's mail. */
export interface At {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
}

/** The letter that its writer has open. */
export function ownLetter(tx: SchoolTx, viewer: Viewer, at: At): Promise<SentLetter | null> {
  return sentLetter(tx, { account: viewer.account, sender: viewer.addressId }, at);
}
