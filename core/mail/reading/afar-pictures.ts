import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import {
  showPicturesOf,
  showsPicturesOf,
  writerOf,
  type Writer,
} from '../../store/mail/known-writers.ts';
import { listedRow, type ListedRow } from '../../store/mail/listing.ts';
import type { MessageView } from './contract.ts';
import type { ReadingParts } from './rows.ts';

type Wanted = MessageView['afar']['wanted'];

/** What a reader is told of the pictures from elsewhere that a letter names. */
export async function afarOf(
  { parts: { store }, viewer }: RoomVisit<ReadingParts>,
  row: ListedRow,
  pictures: number,
): Promise<MessageView['afar']> {
  const writer = provenWriter(row);
  const isProven = writer !== null;
  if (viewer.role === 'pupil' || pictures === 0)
    return { pictures: 0, wanted: 'when-asked', isProven };
  const atOnce =
    writer !== null &&
    (await store.read(viewer.school, (tx) => showsPicturesOf(tx, viewer.account, writer)));
  return { pictures, wanted: atOnce ? 'at-once' : 'when-asked', isProven };
}

interface WantedPictures {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly wanted: Wanted;
}

/** Keeps what a reader wants of the writer of one of their letters. */
export function wantPictures(
  { store }: ReadingParts,
  viewer: Viewer,
  of: WantedPictures,
): Promise<boolean> {
  if (viewer.role === 'pupil') return Promise.resolve(false);
  return store.write(viewer.school, async (tx) => {
    const row = await listedRow(tx, viewer.account, of);
    const writer = row && provenWriter(row);
    if (writer === null) return false;
    await showPicturesOf(tx, viewer.account, { writer, shown: of.wanted === 'at-once' });
    return true;
  });
}

/** Who wrote a letter; null where nothing proves it: anybody could take a known name. */
function provenWriter({ added, senderRole, provedBy, from: [from] }: ListedRow): Writer | null {
  if (added !== null || from === undefined) return null;
  if (senderRole !== 'outside') return writerOf(from.address, { provedBy: 'account' });
  return provedBy === null ? null : writerOf(from.address, { provedBy });
}
