import type { SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { DraftChoices } from '../../../store/schools/contract.ts';
import { draftById, eraseDraft, type DraftRow } from '../../../store/schools/roster-drafts.ts';
import type { RosterSchool } from './contract.ts';
import type { DraftContent } from './draft-content.ts';
import { choicesOf, contentOf } from './drafts.ts';
import { ownSchool, type PendingParts } from './rights.ts';

export interface OpenedDraft {
  readonly school: RosterSchool;
  readonly row: DraftRow;
  /** Null once it was applied. */
  readonly content: DraftContent | null;
  readonly choices: DraftChoices;
}

/** A draft of a school of theirs; null: not there, or not theirs. */
export async function openDraft(
  parts: PendingParts,
  viewer: Viewer,
  { school, id }: { school: SchoolId; id: number },
): Promise<OpenedDraft | null> {
  const own = await ownSchool(parts, viewer, school);
  const row = own && (await parts.store.read(school, (tx) => draftById(tx, id)));
  if (!own || !row) return null;
  return {
    school: own,
    row,
    content: row.content === null ? null : await contentOf(parts, school, row.content),
    choices: choicesOf(row),
  };
}

export async function discardDraft(
  parts: PendingParts,
  viewer: Viewer,
  { school, id }: { school: SchoolId; id: number },
): Promise<boolean> {
  if ((await ownSchool(parts, viewer, school)) === null) return false;
  return parts.store.write(school, (tx) => eraseDraft(tx, id));
}
