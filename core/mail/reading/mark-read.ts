import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { ListedBy } from '../../store/mail/contract.ts';
import { markEntries } from '../../store/mail/entries.ts';
import { unreadOfRow } from '../../store/mail/list-page.ts';
import type { ReadingParts } from './rows.ts';

interface EntryOfReader {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly by: ListedBy;
}

/** Takes the bead away; where there is none, nothing is written and nobody told. */
export async function markRead(
  { store, mailEvents }: ReadingParts,
  viewer: Viewer,
  { mailbox, uid, by }: EntryOfReader,
): Promise<void> {
  const row = { account: viewer.account, mailbox, by };
  const unread = await store.read(viewer.school, (tx) => unreadOfRow(tx, row, uid));
  if (unread.length === 0) return;
  await store.write(viewer.school, (tx) =>
    markEntries(tx, { mailbox, uids: unread }, { seen: true }),
  );
  mailEvents.announce(viewer.school, [viewer.account]);
}
