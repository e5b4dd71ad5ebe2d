import { isAgent } from '../../../directory/charge.ts';
import { TOWN, type SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import {
  addBatchSchool,
  batchDrafts,
  batchSchools,
  draftById,
  eraseDraft,
  markBatchSchool,
  type DraftRow,
} from '../../../store/schools/roster-drafts.ts';
import { Rollback, type SchoolTx } from '../../../store/store.ts';
import type { Stray } from '../contract.ts';
import type { ShownBatch } from './contract.ts';
import { ALONE, joined, type DraftContent } from './draft-content.ts';
import {
  choicesOf,
  contentOf,
  filesOf,
  keepChoices,
  keepDraft,
  NO_CHOICES,
  packed,
  readContent,
  type FreshDraft,
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
      ...ALONE,
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
 * An agent says whose files these are: they join the draft that the school has in the same batch,
 * or become one. False where they are there no more, or can't be read at all, or where that draft
 * has to be said more about first.
 */
export async function placeStray(
  parts: PendingParts,
  viewer: Viewer,
  { batch, draft, school }: PlacedStray,
): Promise<boolean> {
  if (!(await isAgent(parts, viewer)) || (await ownSchool(parts, viewer, school)) === null)
    return false;
  const row = await parts.store.read(TOWN, (tx) => draftById(tx, draft));
  const stray = row?.choices.stray;
  if (!row?.content || stray === undefined || row.batch !== batch) return false;
  const given = await contentOf(parts, TOWN, row.content);
  if (given.files === null) return false;
  const choices = { ...NO_CHOICES, exported: choicesOf(row).exported };
  const read = await readContent(parts, school, { files: filesOf(given.files), choices });
  if (read.kind === 'unreadable') return false;
  const content = { ...read, under: stray.name };
  const fresh = { by: viewer.addressId, year: row.schoolYear, batch, content, choices };
  const placed = await placedAs(parts, { draft, school, fresh });
  if (placed === null) return false;
  const outcome = await outcomeOf(parts, viewer, { school, draft: placed });
  await mark(parts, batch, { school, draft: placed, outcome });
  return true;
}

interface StrayToPlace {
  readonly draft: number;
  readonly school: SchoolId;
  readonly fresh: FreshDraft & { readonly batch: number };
}

/** The draft that it is now part of isn't as it was read, or can't take it. */
class NotPlaced extends Rollback {}

/** The school's draft, with the stray in it; null where nothing was placed. */
async function placedAs(
  parts: PendingParts,
  { draft, school, fresh }: StrayToPlace,
): Promise<number | null> {
  const { batch } = fresh;
  const at = parts.clock();
  return parts.store
    .town(async (tx) => {
      if (!(await eraseDraft(await tx.in(TOWN), draft))) return null;
      await addBatchSchool(await tx.in(TOWN), batch, school);
      const members = await batchSchools(await tx.in(TOWN), batch);
      const before = members.find((one) => one.school === school)?.draft ?? null;
      const inSchool = await tx.in(school);
      const own = before === null ? null : await draftById(inSchool, before);
      const placed = !own?.content
        ? await keepDraft(parts, inSchool, fresh)
        : await joinedTo(parts, inSchool, { row: { ...own, content: own.content }, fresh });
      const member = { school, draft: placed, outcome: null, at };
      await markBatchSchool(await tx.in(TOWN), batch, member);
      return placed;
    })
    .catch((error: unknown) => {
      if (error instanceof NotPlaced) return null;
      throw error;
    });
}

interface DraftToJoin {
  readonly row: DraftRow & { readonly content: Buffer };
  readonly fresh: FreshDraft;
}

/** What was said of the draft counts for its own files, what of the stray for the stray's. */
async function joinedTo(
  parts: PendingParts,
  tx: SchoolTx,
  { row, fresh }: DraftToJoin,
): Promise<number> {
  const own = await contentOf(parts, tx.school, row.content);
  const content = joined(own, fresh.content);
  const said = choicesOf(row);
  const choices = own.files === null ? { ...said, exported: choicesOf(fresh).exported } : said;
  if (content === null || !(await keepChoices(parts, tx, { row, content, choices })))
    throw new NotPlaced('the draft of the school is another by now, or asks something first');
  return row.id;
}
