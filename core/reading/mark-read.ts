import type { MailboxId, Uid } from '../ids.ts';
import { markEntries } from '../store/mail/entries.ts';
import { uidsOfConversations, unreadOf, type ListedBy } from '../store/mail/list-page.ts';
import { placesOf } from '../store/mail/listing.ts';
import type { Viewer } from '../viewer.ts';
import type { ReadingParts } from './rows.ts';

/** Takes the bead away; where there is none, nothing is written and nobody told. */
export async function markRead(
  { store, mailEvents }: ReadingParts,
  viewer: Viewer,
  { mailbox, uid, by }: { readonly mailbox: MailboxId; readonly uid: Uid; readonly by: ListedBy },
): Promise<void> {
  const unread = await store.read(viewer.school, async (tx) => {
    const own = (await placesOf(tx, viewer.account)).some(({ id }) => id === mailbox);
    if (!own) return [];
    const uids = by === 'message' ? [uid] : await uidsOfConversations(tx, mailbox, [uid]);
    return unreadOf(tx, mailbox, uids);
  });
  if (unread.length === 0) return;
  await store.write(viewer.school, async (tx) => {
    await markEntries(tx, mailbox, unread, { seen: true });
  });
  mailEvents.announce(viewer.school, [viewer.account]);
}
