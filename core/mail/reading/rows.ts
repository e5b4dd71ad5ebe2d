import type { Directory } from '../../directory/directory.ts';
import { openFaces, type Faces } from '../../directory/faces.ts';
import { domainOf } from '../../ground/address.ts';
import type { HeaderAddress } from '../../letters/message/message.ts';
import type { Role } from '../../rules/facts.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { ListedRow } from '../../store/mail/listing.ts';
import type { Store } from '../../store/store.ts';
import { addressedOf, hiddenTo } from './addressed.ts';
import type { MessageRow, WriterKind } from './contract.ts';

export interface ReadingParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly mailEvents: MailEvents;
  readonly clock: () => Date;
}

/** Which kind of people each role is; the service and the town's agents are nobody to sort by. */
export const WRITERS: Readonly<Record<Role, WriterKind | null>> = {
  guardian: 'families',
  pupil: 'pupils',
  teacher: 'team',
  head: 'team',
  staff: 'team',
  outside: 'outside',
  agent: null,
  system: null,
};

/** Everybody of these rows, looked up at once. */
export function facesOf(
  { directory, clock }: ReadingParts,
  viewer: Viewer,
  rows: readonly Handed[],
): Promise<Faces> {
  const addresses = rows.flatMap((row) =>
    [...row.to, ...row.cc, ...hiddenIn(row, viewer)].map(({ address }) => address),
  );
  const ids = rows.flatMap(({ senderAddressId }) =>
    senderAddressId === null ? [] : [senderAddressId],
  );
  return openFaces(directory, viewer, { addresses, ids, now: clock() });
}

/** A row as it is shown. */
export function rowOf(row: ListedRow, faces: Faces, viewer: Viewer): MessageRow {
  const { mailbox, uid, subject, preview, at, firstAt, seen, flagged, answered } = row;
  const sender = faces.sender({
    addressId: row.senderAddressId,
    role: row.senderRole,
    from: row.from,
  });
  const isForeign = saysOther(row, sender.address);
  return {
    mailbox,
    uid,
    subject,
    preview,
    at,
    firstAt,
    seen,
    flagged,
    answered,
    state: isForeign ? (row.added ?? 'added') : row.state,
    files: row.attachments.length,
    attachments: row.attachments,
    firstTime: row.firstTime && !isForeign,
    writer: isForeign ? 'outside' : WRITERS[row.senderRole],
    familyOf: isForeign ? [] : faces.familyOf(row.senderAddressId),
    // Whoever it says it is from, nobody has proven it: a stranger's face, and a mark beside it.
    from: isForeign ? faces.sender({ addressId: null, role: 'outside', from: row.from }) : sender,
    to: [...addressedOf(row, domainOf(viewer.address)).to, ...hiddenIn(row, viewer)].map(
      (address) => writtenTo(row, viewer, { address, faces }) ?? faces.named(address),
    ),
  };
}

/**
 * Whom the viewer wrote to themselves they know, in a linked class of another school too. Null for
 * everybody else whom a header names.
 */
function writtenTo(
  { senderAddressId, recipients }: Handed,
  viewer: Viewer,
  { address: { address }, faces }: { readonly address: HeaderAddress; readonly faces: Faces },
): Face | null {
  const isOwn = senderAddressId === viewer.addressId;
  return isOwn && recipients?.includes(address.toLowerCase()) ? faces.known(address) : null;
}

type Handed = Pick<ListedRow, 'to' | 'cc' | 'senderAddressId' | 'recipients'>;

/** Whom the viewer's own letter went to without naming them. */
const hiddenIn = (row: Handed, { addressId }: Viewer): readonly HeaderAddress[] =>
  row.senderAddressId === addressId ? hiddenTo(row) : [];

/**
 * Whether a message that its owner added, or that was brought along for them, says that it is from
 * somebody else than who added it.
 */
function saysOther({ added, from }: ListedRow, owner: string): boolean {
  return added !== null && (from.length !== 1 || from[0]?.address.toLowerCase() !== owner);
}
