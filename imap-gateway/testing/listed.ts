import type { AccountId, MailboxId, SchoolId } from '../../core/ground/ids.ts';
import type { ListedMailbox } from '../../core/mail/mailboxes/contract/listed.ts';

/** An empty mailbox of one's own, as a list of names has it. */
export const listed = (path: string, more: Partial<ListedMailbox> = {}): ListedMailbox => ({
  kind: 'mailbox',
  id: 1 as MailboxId,
  path,
  use: null,
  subscribed: false,
  hasChildren: false,
  rights: 'lrswikxtea',
  owner: 1 as AccountId,
  news: { school: 1 as SchoolId, account: 1 as AccountId },
  isOwn: true,
  objectId: 'x',
  uidValidity: 1,
  uidNext: 1,
  highestModseq: 1,
  total: 0,
  unseen: 0,
  bytes: 0,
  ...more,
});
