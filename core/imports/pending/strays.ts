import { TOWN, type SchoolId } from '../../ids.ts';
import {
  addBatchSchool,
  batchById,
  batchDrafts,
  draftById,
  eraseDraft,
} from '../../store/schools/roster-drafts.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { Viewer } from '../../viewer.ts';
import type { Stray } from '../town-shares.ts';
import type { ShownBatch } from './contract.ts';
import {
  choicesOf,
  contentOf,
  filesOf,
  keepDraft,
  NO_CHOICES,
  packed,
  readContent,
  type Content,
} from './drafts.ts';
import { mark, outcomeOf } from './outcomes.ts';
import { ownSchool, type PendingParts } from './rights.ts';

/** Files of a batch that are no school's for sure, as many as are kept. */
export const MOST_STRAYS = 200;

/** What a stray's draft says besides its files. */
interface StrayChoices {
  readonly stray: { readonly name: string; readonly schools: readonly SchoolId[] };
}

/** Keeps files whose school isn’t known, sealed, until an agent says whose they are. */
export async function keepStrays(
  parts: PendingParts,
  tx: SchoolTx,
  {
    batch,
    year,
    strays,
    viewer,
  }: {
    readonly batch: number;
    readonly year: string;
    readonly strays: readonly Stray[];
    readonly viewer: Viewer;
  },
): Promise<void> {
  for (const { name, schools, files, exported } of strays.slice(0, MOST_STRAYS)) {
    const at = { file: name, line: 1, column: null };
    const content: Content = {
      kind: 'files',
      files: packed(files),
      why: { kind: 'unreadable', reason: 'school-unknown', at },
    };
    const stray: StrayChoices['stray'] = { name, schools: schools.map(({ id }) => id) };
    const choices = { ...NO_CHOICES, exported, stray };
    await keepDraft(parts, tx, { by: viewer.addressId, year, batch, content, choices });
  }
}

/** The strays of a batch that nobody has given to a school, in the order of the file. */
export async function straysOf(
  tx: SchoolTx,
  batch: number,
): Promise<readonly Omit<ShownBatch['strays'][number], 'mayBe'>[]> {
  const rows = await batchDrafts(tx, batch);
  return rows.map(({ id, choices }) => ({ draft: id, ...(choices as StrayChoices).stray }));
}

/**
 * An agent says whose files these are: they become a draft of that school, in the same batch. False
 * where they are there no more, or can't be read at all.
 */
export async function placeStray(
  parts: PendingParts,
  viewer: Viewer,
  { batch, draft, school }: { batch: number; draft: number; school: SchoolId },
): Promise<boolean> {
  if (viewer.role !== 'agent' || (await ownSchool(parts, viewer, school)) === null) return false;
  const found = await parts.store.read(TOWN, async (tx) => ({
    row: await draftById(tx, draft),
    batch: await batchById(tx, batch),
  }));
  const { row } = found;
  if (found.batch === null || row === null || row.batch !== batch || row.content === null)
    return false;
  const stray = contentOf(parts, TOWN, row.content);
  if (stray.files === null) return false;
  const choices = { ...NO_CHOICES, exported: choicesOf(row).exported };
  const content = await readContent(parts, school, { files: filesOf(stray.files), choices });
  if (content.kind === 'unreadable') return false;
  const year = row.schoolYear;
  const placed = await parts.store.write(school, (tx) =>
    keepDraft(parts, tx, { by: viewer.addressId, year, batch, content, choices }),
  );
  await parts.store.write(TOWN, async (tx) => {
    await addBatchSchool(tx, batch, school);
    await eraseDraft(tx, draft);
  });
  const outcome = await outcomeOf(parts, viewer, { school, draft: placed });
  await mark(parts, batch, { school, draft: placed, outcome });
  return true;
}
