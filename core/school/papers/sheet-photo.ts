import { hash } from 'node:crypto';
import { kindOfStart } from '../../letters/message/magic.ts';
import { placeless } from '../../letters/message/picture-place.ts';
import { oneLine } from '../../mail/parsing/alone.ts';
import type { Upload } from '../../mail/writing/contract.ts';
import { judgeUpload } from '../../mail/writing/upload.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { answerPhoto } from '../../store/papers/answers.ts';
import type { PaperFileBytes } from '../../store/papers/contract.ts';
import type { SlipEntered } from './contract.ts';
import type { PaperRef } from './contract/slips.ts';
import { paperOn } from './desk.ts';
import type { AskingParts, PaperParts } from './parts.ts';

/** What a telephone or a scanner makes of a sheet. */
const PHOTOS: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/avif',
  'application/pdf',
]);

/**
 * A photo as it is kept, by the path of every file: without its place, by what it holds and not by
 * its name, past the scanner.
 */
export async function sheetPhoto(
  parts: AskingParts,
  viewer: Viewer,
  brought: Upload,
): Promise<PaperFileBytes | Extract<SlipEntered, { kind: 'no-photo' | 'photo-refused' }>> {
  const file = placeless(brought);
  const { mediaType } = kindOfStart(file.bytes);
  if (!PHOTOS.has(mediaType)) return { kind: 'no-photo' };
  const outcome = await judgeUpload(parts.writing, viewer, {
    file: { ...file, mediaType },
    bytesBefore: 0,
  });
  if (outcome.kind !== 'accepted') return { kind: 'photo-refused', outcome };
  return {
    name: oneLine(file.name),
    mediaType,
    sizeBytes: file.bytes.length,
    sha256: hash('sha256', file.bytes),
    bytes: file.bytes,
  };
}

/** The photo of a sheet, for those who ask. */
export async function photo(
  { parts, viewer }: RoomVisit<PaperParts>,
  ref: PaperRef,
  answer: number,
): Promise<PaperFileBytes | null> {
  const found = await paperOn(parts, viewer, ref);
  return found && parts.store.read(ref.school, (tx) => answerPhoto(tx, ref.paper, answer));
}
