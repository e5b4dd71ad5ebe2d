import type { SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { DraftChoices } from '../../../store/schools/contract.ts';
import { draftById, settleDraft, type DraftRow } from '../../../store/schools/roster-drafts.ts';
import { Rollback } from '../../../store/store.ts';
import { applyDated } from '../apply-wish.ts';
import type { RosterActor } from '../contract.ts';
import type { DatedWish } from '../read-wish.ts';
import type { DraftApplied } from './contract.ts';
import { wishOfDraft } from './drafts.ts';
import { openDraft, type OpenedDraft } from './open-draft.ts';
import { tellBatch } from './outcomes.ts';
import { type PendingParts, actorOf } from './rights.ts';

interface AppliedDraft {
  row: Pick<DraftRow, 'id' | 'schoolYear' | 'content'>;
  choices: DraftChoices;
  by: RosterActor;
}

/** Somebody else has applied the draft meanwhile, or said more about it. */
class NotAsRead extends Rollback {}

/**
 * Applies a draft and forgets its file in the same transaction. Of two who do it at once the second
 * is led to the import of the first.
 */
export async function applyDraft(
  parts: PendingParts,
  dated: DatedWish,
  { row, choices, by }: AppliedDraft,
): Promise<DraftApplied> {
  const asked = {
    year: row.schoolYear,
    by,
    codes: 'without-codes' as const,
    mappingOf: (header: Buffer) => choices.mappings[header.toString('hex')] ?? null,
  };
  const applied = await applyDated(parts, dated, {
    ...asked,
    also: async (tx, done) => {
      const isDone = done.kind === 'applied' || done.kind === 'rehearsed';
      if (!isDone && done.kind !== 'nothing') return;
      const importId = isDone ? done.id : null;
      const { content: before } = row;
      const inSchool = await tx.in(dated.school.id);
      if (before === null || !(await settleDraft(inSchool, row.id, { before, importId })))
        throw new NotAsRead('applied, or changed, by somebody else');
    },
  }).catch((error: unknown) => {
    if (error instanceof NotAsRead) return null;
    throw error;
  });
  if (applied === null) return asSettled(parts, dated.school.id, row.id);
  if (applied.kind === 'applied' || applied.kind === 'rehearsed')
    return { kind: applied.kind, import: applied.id };
  return { kind: applied.kind === 'nothing' ? 'nothing' : 'stopped' };
}

async function asSettled(
  { store }: PendingParts,
  school: SchoolId,
  id: number,
): Promise<DraftApplied> {
  const row = await store.read(school, (tx) => draftById(tx, id));
  if (row !== null && row.content !== null) return { kind: 'stopped' };
  const isThere = row !== null && row.importId !== null;
  return isThere ? { kind: 'applied', import: row.importId } : { kind: 'nothing' };
}

interface OpenedWish {
  school: SchoolId;
  id: number;
  reason: string;
}

/** The same for a draft as somebody asks for it on its school's page. */
export async function applyOpened(
  parts: PendingParts,
  viewer: Viewer,
  { school, id, reason }: OpenedWish,
): Promise<DraftApplied | null> {
  const opened = await openDraft(parts, viewer, { school, id });
  if (opened === null) return null;
  const applied = await applyAs(parts, actorOf(viewer, reason), opened);
  await tellBatch(parts, viewer, { school, opened });
  return applied;
}

async function applyAs(
  parts: PendingParts,
  by: RosterActor,
  { school, row, content, choices }: OpenedDraft,
): Promise<DraftApplied> {
  if (content === null || content.kind === 'files') return { kind: 'stopped' };
  const draft = { school: school.id, year: row.schoolYear, content, choices, by };
  const dated = await wishOfDraft(parts, draft);
  if (dated.kind !== 'dated') return { kind: 'stopped' };
  return applyDraft(parts, dated, { row, choices, by });
}
