import { createHash } from 'node:crypto';
import type { SchoolId } from '../../ground/ids.ts';
import { smallPicture } from '../../mail/parsing/small-pictures.ts';
import type { Upload } from '../../mail/writing/contract.ts';
import { judgeStored, placeless } from '../../mail/writing/upload.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { keepBody, keepSmall } from '../../store/bodies/bodies.ts';
import type { FileBody } from '../../store/cupboard/items.ts';
import type { NotPut } from './contract.ts';
import { keptName } from './names.ts';
import { MOST_FILE_BYTES, type PuttingParts } from './parts.ts';

/** A file that was brought: its bytes are kept, and something has to name them within a day. */
interface Brought {
  readonly kind: 'brought';
  readonly name: string;
  readonly file: FileBody;
}

/** Why a file of this size is nothing to be kept, before anybody looks into it. */
function wrongSize({ bytes: { length } }: Pick<Upload, 'bytes'>): NotPut | null {
  if (length === 0) return { kind: 'empty' };
  return length > MOST_FILE_BYTES ? { kind: 'too-big', mostBytes: MOST_FILE_BYTES } : null;
}

/** A small picture of a picture, for lists; a file without one has the drawing of its kind. */
async function keepSmallOf(
  { store }: PuttingParts,
  school: SchoolId,
  { sha256, bytes, mediaType }: Omit<Upload, 'name'> & { readonly sha256: string },
): Promise<void> {
  const small = await smallPicture(bytes, mediaType);
  if (small !== null) await store.write(school, (tx) => keepSmall(tx, sha256, small));
}

/**
 * The one way by which files come into a school but by letter: without the place where a picture
 * was taken, by what it holds and not by its name, past the scanner and the kinds of its bringer's
 * role.
 */
export async function bring(
  parts: PuttingParts,
  viewer: Viewer,
  school: SchoolId,
  given: Upload,
): Promise<Brought | NotPut> {
  const wrong = wrongSize(given);
  if (wrong !== null) return wrong;
  const placed = placeless(given);
  const judged = await judgeStored(parts, viewer, placed);
  if (judged.kind === 'refused') return judged;
  const { bytes } = placed;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await parts.store.write(school, (tx) => keepBody(tx, { sha256, bytes }, parts.clock()));
  await keepSmallOf(parts, school, { sha256, bytes, mediaType: judged.mediaType });
  return {
    kind: 'brought',
    name: keptName(judged.name),
    file: { sha256, sizeBytes: bytes.length, mediaType: judged.mediaType },
  };
}
