import { settleDraft, type DraftRow } from '../../store/schools/roster-drafts.ts';
import type { RosterActor } from '../contract.ts';
import { applyReady, type Ready } from '../rosters.ts';
import type { DraftApplied, DraftChoices } from './contract.ts';
import type { DeskParts } from './rights.ts';

/** Applies a draft and forgets its file in the same transaction. */
export async function applyDraft(
  parts: DeskParts,
  able: Ready,
  {
    row,
    choices,
    by,
  }: { row: Pick<DraftRow, 'id' | 'schoolYear'>; choices: DraftChoices; by: RosterActor },
): Promise<DraftApplied> {
  const asked = {
    year: row.schoolYear,
    by,
    codes: 'without-codes' as const,
    mappingOf: (header: Buffer) => choices.mappings[header.toString('hex')] ?? null,
  };
  const applied = await applyReady(parts, able, asked, async (tx, done) => {
    if (done.kind === 'applied' || done.kind === 'rehearsed')
      await settleDraft(await tx.in(able.school.id), row.id, done.id);
    if (done.kind === 'nothing') await settleDraft(await tx.in(able.school.id), row.id, null);
  });
  if (applied.kind === 'applied' || applied.kind === 'rehearsed')
    return { kind: applied.kind, import: applied.id };
  return { kind: applied.kind === 'nothing' ? 'nothing' : 'stopped' };
}
