import { TOWN, type SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { BatchOutcome } from '../../../store/schools/contract.ts';
import {
  draftById,
  markBatchSchool,
  type BatchSchoolRow,
} from '../../../store/schools/roster-drafts.ts';
import { importById } from '../../../store/schools/roster-imports.ts';
import { previewDated, summaryOf } from '../preview-wish.ts';
import { choicesOf, contentOf, wishOfDraft } from './drafts.ts';
import type { OpenedDraft } from './open-draft.ts';
import { actorOf, type PendingParts } from './rights.ts';
import { unusableSentence } from './show.ts';

export function brokenOutcome(
  { log }: PendingParts,
  school: SchoolId,
  error: unknown,
): { draft: number | null; outcome: BatchOutcome } {
  log.warn({ err: error, school, act: 'roster-batch' }, 'a school of a batch failed');
  return { draft: null, outcome: { kind: 'broken' } };
}

export async function settledOutcome(
  parts: PendingParts,
  school: SchoolId,
  id: number | null,
): Promise<BatchOutcome> {
  const done = id === null ? null : await parts.store.read(school, (tx) => importById(tx, id));
  if (done === null) return { kind: 'nothing' };
  return {
    kind: done.state === 'rehearsed' ? 'rehearsed' : 'applied',
    counts: done.summary,
    import: done.id,
  };
}

/** How a school's draft stands. */
export async function outcomeOf(
  parts: PendingParts,
  viewer: Viewer,
  { school, draft }: { school: SchoolId; draft: number },
): Promise<BatchOutcome> {
  const row = await parts.store.read(school, (tx) => draftById(tx, draft));
  if (row === null) return { kind: 'broken' };
  if (row.content === null) return settledOutcome(parts, school, row.importId);
  const content = await contentOf(parts, school, row.content);
  if (content.kind === 'files') return { kind: 'asks', stops: ['columns'], counts: {} };
  const dated = await wishOfDraft(parts, {
    school,
    year: row.schoolYear,
    content,
    choices: choicesOf(row),
    by: actorOf(viewer, ''),
  });
  const seen = dated.kind === 'dated' ? await previewDated(parts, dated) : dated;
  if (seen.kind !== 'preview')
    return { kind: 'refused', sentence: unusableSentence(seen, viewer.language) };
  const { preview } = seen;
  if (preview.stops.length > 0)
    return {
      kind: 'asks',
      stops: preview.stops.map(({ kind }) => kind),
      counts: summaryOf(preview),
    };
  return preview.nothingToDo && !seen.rehearsal
    ? { kind: 'nothing' }
    : { kind: 'ready', counts: summaryOf(preview), import: null };
}

export async function mark(parts: PendingParts, batch: number, one: BatchSchoolRow): Promise<void> {
  await parts.store.write(TOWN, (tx) => markBatchSchool(tx, batch, { ...one, at: parts.clock() }));
}

/** Tells a batch what became of one of its schools on that school's own page. */
export async function tellBatch(
  parts: PendingParts,
  viewer: Viewer,
  { school, opened }: { school: SchoolId; opened: OpenedDraft },
): Promise<void> {
  const { id: draft, batch } = opened.row;
  if (batch === null) return;
  const outcome = await outcomeOf(parts, viewer, { school, draft });
  await mark(parts, batch, { school, draft, outcome });
}
