import { isAgent } from '../../../directory/charge.ts';
import { TOWN, type SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import {
  addBatchSchool,
  batchById,
  batchDrafts,
  draftById,
  eraseDraft,
} from '../../../store/schools/roster-drafts.ts';
import type { SchoolTx } from '../../../store/store.ts';
import type { Stray } from '../contract.ts';
import type { ShownBatch } from './contract.ts';
import {
  choicesOf,
  contentOf,
  filesOf,
  keepDraft,
  NO_CHOICES,
  packed,
  readContent,
  type DraftContent,
} from './drafts.ts';
import { mark, outcomeOf } from './outcomes.ts';
import { ownSchool, type PendingParts } from './rights.ts';

/** Files of a batch that are no school's for sure, as many as are kept. */
const MOST_STRAYS = 200;
/** All of them together: each school of an export that nobody knows keeps the whole export. */
const STRAY_BYTES = 200 * 2 ** 20;

/** Those that are kept, the first of all, and those of which only the name is. */
export function keptOf(strays: readonly Stray[]): {
  readonly kept: readonly Stray[];
  readonly named: readonly Stray[];
} {
  let bytes = 0;
  const beyond = strays.findIndex(({ files }, index) => {
    bytes += files.reduce((sum, file) => sum + file.bytes.length, 0);
    return index >= MOST_STRAYS || bytes > STRAY_BYTES;
  });
  const end = beyond < 0 ? strays.length : beyond;
  return { kept: strays.slice(0, end), named: strays.slice(end) };
}

/** Files of a batch that are no school’s for sure. */
interface StraysOfBatch {
  readonly batch: number;
  readonly year: string;
  readonly strays: readonly Stray[];
  readonly viewer: Viewer;
}

/** Keeps files whose school isn’t known, sealed, until an agent says whose they are. */
export async function keepStrays(
  parts: PendingParts,
  tx: SchoolTx,
  { batch, year, strays, viewer }: StraysOfBatch,
): Promise<void> {
  for (const { name, schools, files, exported } of keptOf(strays).kept) {
    const at = { file: name, line: 1, column: null };
    const content: DraftContent = {
      kind: 'files',
      files: packed(files),
      why: { kind: 'unreadable', reason: 'school-unknown', at },
    };
    const stray = { name, schools: schools.map(({ id }) => id) };
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
  return rows.flatMap(({ id, choices }) => (choices.stray ? { draft: id, ...choices.stray } : []));
}

interface PlacedStray {
  batch: number;
  draft: number;
  school: SchoolId;
}

/**
 * An agent says whose files these are: they become a draft of that school, in the same batch. False
 * where they are there no more, or can't be read at all.
 */
export async function placeStray(
  parts: PendingParts,
  viewer: Viewer,
  { batch, draft, school }: PlacedStray,
): Promise<boolean> {
  if (!(await isAgent(parts, viewer)) || (await ownSchool(parts, viewer, school)) === null)
    return false;
  const found = await parts.store.read(TOWN, async (tx) => ({
    row: await draftById(tx, draft),
    batch: await batchById(tx, batch),
  }));
  const { row } = found;
  if (found.batch === null || row === null || row.batch !== batch || row.content === null)
    return false;
  const stray = await contentOf(parts, TOWN, row.content);
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
