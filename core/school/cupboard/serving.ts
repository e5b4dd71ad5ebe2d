import { Fault } from '../../ground/fault.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { cutOut, PIECE_BYTES } from '../../ground/pieces.ts';
import { bodyPiece, type StoredBody } from '../../store/bodies/bodies.ts';
import type { FileBody } from '../../store/cupboard/items.ts';
import type { Store } from '../../store/store.ts';
import type { BytesWithin, ServedFile } from './contract.ts';

/** A file that lies in a school, to be sent: nothing of it is read before it is asked for. */
export const servedFile = (
  store: Pick<Store, 'readAside'>,
  school: SchoolId,
  { name, file }: { readonly name: string; readonly file: FileBody },
): ServedFile => ({
  name,
  mediaType: file.mediaType,
  sizeBytes: file.sizeBytes,
  read: (within) => piecesOf(store, { school, file }, within),
});

/** Its bytes piece by piece, each by itself: who hears a film slowly holds nothing meanwhile. */
async function* piecesOf(
  store: Pick<Store, 'readAside'>,
  { school, file: { sha256, sizeBytes } }: { readonly school: SchoolId; readonly file: StoredBody },
  within: BytesWithin = { first: 0, last: sizeBytes - 1 },
): AsyncIterable<Buffer> {
  for (let at = within.first; at <= within.last;) {
    const place = Math.floor(at / PIECE_BYTES);
    const piece = await store.readAside(school, (tx) => bodyPiece(tx, sha256, place));
    const offset = place * PIECE_BYTES;
    const wanted = { begin: at - offset, end: within.last + 1 - offset };
    const before = at;
    for (const part of cutOut(piece ?? [], wanted)) {
      yield part;
      at += part.length;
    }
    if (at === before) throw new Fault('row-missing', 'a piece of a file', { transient: false });
  }
}
