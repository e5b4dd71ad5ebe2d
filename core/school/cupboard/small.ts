import type { SchoolId } from '../../ground/ids.ts';
import type { Pieces } from '../../ground/pieces.ts';
import { hasSmallKind, smallPicture } from '../../mail/parsing/small-pictures.ts';
import { keepSmall, smallBody } from '../../store/bodies/bodies.ts';
import type { FileBody, ItemRow } from '../../store/cupboard/items.ts';
import type { Store } from '../../store/store.ts';
import { servedFile } from './serving.ts';

/** SHA-256 of pictures of which this process could make no small one: so many are kept. */
const MOST_IN_VAIN = 1_000;
const inVain = new Set<string>();

/** A small picture of it is there, or can be had once somebody looks. */
export const mayHaveSmall = ({ hasSmall, file }: Pick<ItemRow, 'hasSmall' | 'file'>): boolean =>
  hasSmall || (file !== null && hasSmallKind(file.mediaType) && !inVain.has(file.sha256));

/** Makes a small picture and keeps it beside the bytes; null: it can't be had, or not just now. */
export async function makeSmall(
  { store }: { readonly store: Pick<Store, 'write'> },
  school: SchoolId,
  {
    sha256,
    mediaType,
    pieces,
  }: Pick<FileBody, 'sha256' | 'mediaType'> & { readonly pieces: Pieces },
): Promise<Buffer | null> {
  if (!hasSmallKind(mediaType) || inVain.has(sha256)) return null;
  const small = await smallPicture(pieces, mediaType);
  if (small === 'later') return null;
  if (small === 'none') {
    if (inVain.size >= MOST_IN_VAIN) inVain.clear();
    inVain.add(sha256);
    return null;
  }
  await store.write(school, (tx) => keepSmall(tx, sha256, small));
  return small;
}

/** It; what was brought before there were any gets its own as it is first looked at. */
export async function smallOf(
  { store }: { readonly store: Pick<Store, 'read' | 'readAside' | 'write'> },
  school: SchoolId,
  file: FileBody,
): Promise<Buffer | null> {
  const kept = await store.read(school, (tx) => smallBody(tx, file.sha256));
  if (kept !== null) return kept;
  const { sizeBytes, read } = servedFile(store, school, { name: '', file });
  return makeSmall({ store }, school, { ...file, pieces: { sizeBytes, read: () => read() } });
}
