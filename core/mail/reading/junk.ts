import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { Rspamd } from '../../letters/junk/rspamd.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { moveEntries } from '../../store/mail/entries.ts';
import {
  noteDistrusted,
  noteTrusted,
  strangersLetters,
  writerOf,
} from '../../store/mail/known-writers.ts';
import { listedRow, placesOf } from '../../store/mail/listing.ts';
import { messageBytes } from '../../store/mail/message-bytes.ts';
import { rawOfMessage } from '../../store/mail/outbox.ts';
import type { ReadingParts } from './rows.ts';

/** What says that a letter is no junk. */
export interface JunkParts extends ReadingParts {
  readonly rspamd: Pick<Rspamd, 'learnHam'>;
}

/**
 * « Ce n'est pas un indésirable »: brings a letter back among the others and trusts its writer from
 * now on; a town's rspamd learns it too. What somebody proved and what nobody did are two writers,
 * so a forger of a trusted address is none. False: it isn't among the viewer's junk.
 */
export async function notJunk(
  { store, mailEvents, rspamd }: JunkParts,
  viewer: Viewer,
  { mailbox, uid }: { readonly mailbox: MailboxId; readonly uid: Uid },
): Promise<boolean> {
  const { school, account } = viewer;
  const back = await store.write(school, async (tx) => {
    const places = await placesOf(tx, account);
    const inbox = places.find(({ use }) => use === 'inbox');
    const isJunk = places.some(({ id, use }) => id === mailbox && use === 'junk');
    const row = isJunk ? await listedRow(tx, account, { mailbox, uid }) : null;
    const [from] = row?.from ?? [];
    if (inbox === undefined || row === null || from === undefined) return null;
    const bytes = await messageBytes(tx, account, { mailbox, uid });
    if (row.added === null && row.senderRole === 'outside')
      noteTrusted(tx, [{ account, writer: writerOf(from.address, row) }]);
    await moveEntries(tx, { from: mailbox, uids: [uid], to: inbox.id });
    return bytes;
  });
  if (back === null) return false;
  mailEvents.announce(school, [account]);
  await rspamd.learnHam(back.raw);
  return true;
}

/** Letters of one act that something is learned from; rspamd is taught by the first of them. */
const MAX_LETTERS = 200;
const MAX_TAUGHT = 10;

/** Letters that their reader has put into Indésirables, or out of it, and where they lie. */
interface Lesson {
  readonly mailbox: MailboxId;
  readonly uids: readonly number[];
  readonly isJunk: boolean;
}

/**
 * What a mail program's reader says by moving letters: out of Indésirables, as « Ce n'est pas un
 * indésirable » on the pages; into them, that their writers are trusted no more. rspamd, which
 * is the whole town's, is taught no junk by it, for programs move what they only guess.
 */
export async function learnFromMove(
  { store, rspamd }: Pick<JunkParts, 'store' | 'rspamd'>,
  { school, account }: Pick<Viewer, 'school' | 'account'>,
  { mailbox, uids, isJunk }: Lesson,
): Promise<void> {
  const letters = await store.write(school, async (tx) => {
    const found = await strangersLetters(tx, mailbox, uids.slice(0, MAX_LETTERS));
    const writers = found.map(({ writer }) => writer);
    if (isJunk) await noteDistrusted(tx, account, writers);
    else
      noteTrusted(
        tx,
        writers.map((writer) => ({ account, writer })),
      );
    return found;
  });
  if (isJunk) return;
  for (const { message } of letters.slice(0, MAX_TAUGHT)) {
    const raw = await store.read(school, (tx) => rawOfMessage(tx, message));
    if (raw !== null) await rspamd.learnHam(raw);
  }
}
