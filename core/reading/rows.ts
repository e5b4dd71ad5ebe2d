import type { MessageRow, Viewer } from '../core.ts';
import type { Directory } from '../roster/directory.ts';
import type { Bell } from '../store/bell.ts';
import type { ListedRow } from '../store/listing.ts';
import type { Store } from '../store/store.ts';
import { openFaces, type Faces } from './faces.ts';

export interface ReadingParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly bell: Bell;
  readonly clock: () => Date;
}

/** Everybody of these rows, looked up at once. */
export function facesOf({ directory, clock }: ReadingParts, viewer: Viewer, rows: readonly ListedRow[]): Promise<Faces> {
  const addresses = rows.flatMap(({ to, cc }) => [...to, ...cc].map(({ address }) => address));
  const ids = rows.flatMap(({ senderAddressId }) => (senderAddressId === null ? [] : [senderAddressId]));
  return openFaces(directory, viewer, { addresses, ids, now: clock() });
}

/** A row as it is shown. */
export function rowOf(row: ListedRow, faces: Faces): MessageRow {
  const { mailbox, uid, subject, preview, at, seen, flagged, answered, state } = row;
  return {
    mailbox, uid, subject, preview, at, seen, flagged, answered, state, files: row.attachments.length,
    from: faces.sender({ addressId: row.senderAddressId, role: row.senderRole, from: row.from }),
    to: row.to.map((address) => faces.named(address)),
  };
}
