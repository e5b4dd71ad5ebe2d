import { setImmediate as turn } from 'node:timers/promises';
import { isAgent } from '../../../directory/charge.ts';
import { TOWN, type SchoolId } from '../../../ground/ids.ts';
import { importSentence } from '../../../roster/reasons.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { BatchOutcome } from '../../../store/schools/contract.ts';
import { batchSchools, draftById, setBatchState } from '../../../store/schools/roster-drafts.ts';
import type { FilesOfSchool } from '../contract.ts';
import { applyDraft } from './apply-draft.ts';
import { choicesOf, contentOf, keepDraft, NO_CHOICES, readContent, wishOfDraft } from './drafts.ts';
import { brokenOutcome, mark, outcomeOf, settledOutcome } from './outcomes.ts';
import { actorOf, type PendingParts } from './rights.ts';

interface BatchShares {
  id: number;
  year: string;
  shares: readonly FilesOfSchool[];
  signal: AbortSignal;
}

export async function readShares(
  parts: PendingParts,
  viewer: Viewer,
  { id, year, shares, signal }: BatchShares,
): Promise<void> {
  for (const share of shares) {
    if (signal.aborted) return;
    const { draft, outcome } = await readShare(parts, viewer, { share, year, batch: id }).catch(
      (error: unknown) => brokenOutcome(parts, share.school.id, error),
    );
    await mark(parts, id, { school: share.school.id, draft, outcome });
    await turn(); // pages get their turn between two schools
  }
  await parts.store.write(TOWN, (tx) => setBatchState(tx, id, 'open'));
}

interface ShareOfBatch {
  readonly share: FilesOfSchool;
  readonly year: string;
  readonly batch: number;
}

async function readShare(
  parts: PendingParts,
  viewer: Viewer,
  { share, year, batch }: ShareOfBatch,
): Promise<{ draft: number | null; outcome: BatchOutcome }> {
  const choices = { ...NO_CHOICES, exported: share.exported };
  const content = await readContent(parts, share.school.id, {
    files: share.files,
    choices,
    read: share.read,
  });
  if (content.kind === 'unreadable')
    return {
      draft: null,
      outcome: { kind: 'refused', sentence: importSentence(content, viewer.language) },
    };
  const draft = await parts.store.write(share.school.id, (tx) =>
    keepDraft(parts, tx, { by: viewer.addressId, year, batch, content, choices }),
  );
  return { draft, outcome: await outcomeOf(parts, viewer, { school: share.school.id, draft }) };
}

interface AppliedBatch {
  id: number;
  reason: string;
  signal: AbortSignal;
}

/**
 * School by school, as long as who began it is an agent of the town: the rest can be gone on with.
 */
export async function applyBatch(
  parts: PendingParts,
  viewer: Viewer,
  { id, reason, signal }: AppliedBatch,
): Promise<void> {
  for (const { school, draft, outcome } of await parts.store.read(TOWN, (tx) =>
    batchSchools(tx, id),
  )) {
    if (signal.aborted) return;
    if (draft === null || outcome?.kind === 'applied' || outcome?.kind === 'rehearsed') continue;
    if (!(await isAgent(parts, viewer)))
      return parts.store.write(TOWN, (tx) => setBatchState(tx, id, 'open'));
    const next = await applyOne(parts, viewer, { school, draft, reason }).catch(
      (error: unknown) => brokenOutcome(parts, school, error).outcome,
    );
    await mark(parts, id, { school, draft, outcome: next });
    await turn();
  }
  await parts.store.write(TOWN, (tx) => setBatchState(tx, id, 'over'));
}

interface DraftToApply {
  readonly school: SchoolId;
  readonly draft: number;
  readonly reason: string;
}

async function applyOne(
  parts: PendingParts,
  viewer: Viewer,
  { school, draft, reason }: DraftToApply,
): Promise<BatchOutcome> {
  const row = await parts.store.read(school, (tx) => draftById(tx, draft));
  const content =
    row === null || row.content === null ? null : await contentOf(parts, school, row.content);
  if (row === null || content === null || content.kind === 'files')
    return outcomeOf(parts, viewer, { school, draft });
  const by = actorOf(viewer, reason);
  const dated = await wishOfDraft(parts, {
    school,
    year: row.schoolYear,
    content,
    choices: choicesOf(row),
    by,
  });
  if (dated.kind !== 'dated') return outcomeOf(parts, viewer, { school, draft });
  const done = await applyDraft(parts, dated, { row, choices: choicesOf(row), by });
  if (done.kind === 'applied' || done.kind === 'rehearsed')
    return settledOutcome(parts, school, done.import);
  return done.kind === 'nothing'
    ? { kind: 'nothing' }
    : outcomeOf(parts, viewer, { school, draft });
}
