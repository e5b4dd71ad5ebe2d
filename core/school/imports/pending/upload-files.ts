import type { SchoolId } from '../../../ground/ids.ts';
import type { RosterFile } from '../../../roster/reading/contract.ts';
import { isUnreadable } from '../../../roster/reading/trouble.ts';
import { importSentence } from '../../../roster/reasons.ts';
import type { RoomVisit } from '../../../rules/viewer.ts';
import type { UploadOutcome } from './contract.ts';
import { keepDraft, NO_CHOICES, readContent } from './drafts.ts';
import { ownSchool, type PendingParts } from './rights.ts';

/** Keeps files as a draft of a school of theirs, as far as they can be read. */
export async function uploadFiles(
  { parts, viewer }: RoomVisit<PendingParts>,
  school: SchoolId,
  { year, files }: { year: string; files: readonly RosterFile[] },
): Promise<UploadOutcome | null> {
  if ((await ownSchool(parts, viewer, school)) === null) return null;
  const opened = await parts.files.read('unpackedFiles', files);
  const content = isUnreadable(opened)
    ? opened
    : await readContent(parts, school, { files: opened, choices: NO_CHOICES });
  if (content.kind === 'unreadable')
    return { kind: 'refused', sentence: importSentence(content, viewer.language) };
  const id = await parts.store.write(school, (tx) =>
    keepDraft(parts, tx, { by: viewer.addressId, year, batch: null, content, choices: NO_CHOICES }),
  );
  return { kind: 'draft', id };
}
