import type { Directory } from '../../directory/directory.ts';
import { openFaces } from '../../directory/faces.ts';
import { viewerOf } from '../../directory/viewer-of.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { readBody } from '../../letters/message/body.ts';
import type { HeaderAddress } from '../../letters/message/message.ts';
import { mayHaveCopies } from '../../rules/copies.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { personOf } from '../../store/mail/absence-replies.ts';
import { claimCopy, forgetCopy, letterCopy, whereLies } from '../../store/mail/letter-copies.ts';
import { storedMessages } from '../../store/mail/stored-messages.ts';
import { copyAddressOf } from '../../store/people/copy-addresses.ts';
import type { Store } from '../../store/store.ts';
import { textOf } from '../delivery/holding/give-back.ts';
import type { OutboxHandover } from '../delivery/outbox-handover.ts';
import { ownLetter, postOwnLetter, type OwnLetter } from './letter.ts';
import { copyText } from './words.ts';

export interface SendingCopies {
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: () => Date;
  readonly domain: string;
  /** Where the pages are, without a stroke at its end. */
  readonly publicUrl: string;
  readonly freshRows: Pick<OutboxHandover, 'hurry'>;
}

/**
 * Sends the copy that a row is about, once, whoever calls it and however often. What was recalled,
 * thrown away or stopped meanwhile isn't copied; who has left, or may not have copies any more,
 * gets none.
 */
export async function sendCopy(parts: SendingCopies, school: SchoolId, row: number): Promise<void> {
  const { store, clock, freshRows } = parts;
  const ready = await copyOf(parts, school, row);
  if (ready === null) return store.write(school, (tx) => forgetCopy(tx, row, clock()));
  const outbox = await store.write(school, async (tx) => {
    if (!(await claimCopy(tx, row, clock()))) return [];
    return postOwnLetter(tx, ready.letter, ready.from);
  });
  freshRows.hurry(school, outbox);
}

interface Ready {
  readonly letter: OwnLetter;
  readonly from: Parameters<typeof postOwnLetter>[2];
}

/** Null where there is nothing to send any more. */
async function copyOf(parts: SendingCopies, school: SchoolId, row: number): Promise<Ready | null> {
  const { store, domain, publicUrl } = parts;
  const copy = await store.read(school, (tx) => letterCopy(tx, row));
  if (copy === null || copy.leftAt !== null || copy.message === null) return null;
  const { account, message: id, token } = copy;
  const found = await store.read(school, async (tx) => ({
    kept: await copyAddressOf(tx, account),
    lies: await whereLies(tx, account, id),
    message: (await storedMessages(tx, [id])).get(id),
    addressId: await personOf(tx, account),
  }));
  const { kept, lies, message, addressId } = found;
  if (kept === null || kept.confirmedAt === null || kept.stoppedAt !== null) return null;
  if (lies === null || message === undefined || addressId === null) return null;
  const reader = await viewerOf(parts.directory, { home: school, addressId }, parts.clock());
  if (reader === null || !(await mayHave(parts, reader))) return null;
  const page = lies.inInbox === null ? publicUrl : `${publicUrl}/mail/inbox/${lies.inInbox}`;
  const [author] = message.envelope.from;
  const words = copyText(reader, {
    author: author?.name || author?.address || '',
    to: await namesOf(parts, reader, message.envelope.to),
    subject: message.envelope.subject ?? '',
    at: message.receivedAt,
    text: textOf(readBody(message.raw, message.structure)),
    files: message.attachments.map(({ name }) => name),
    page,
    settings: `${publicUrl}/copies`,
  });
  const letter = await ownLetter(parts, { to: kept.address, ...words });
  return { letter, from: { account, token, domain } };
}

/** Lists and people as the reader knows them. */
async function namesOf(
  { directory, clock }: SendingCopies,
  reader: Viewer,
  to: readonly HeaderAddress[],
): Promise<string> {
  const addresses = to.map(({ address }) => address);
  const faces = await openFaces(directory, reader, { addresses, ids: [], now: clock() });
  return to.map(({ name, address }) => faces.known(address)?.name || name || address).join(', ');
}

/** What the rules say of who would have the copy, by the roster of now. */
export async function mayHave(
  { directory }: Pick<SendingCopies, 'directory'>,
  { school, role }: Pick<Viewer, 'school' | 'role'>,
): Promise<boolean> {
  const roster = (await directory.rosters([school], { maxAgeMs: 0 })).get(school);
  const outsideForbidden = roster?.school.adultsReachOutside === false;
  return mayHaveCopies({ reader: role, readerState: 'active', outsideForbidden });
}
