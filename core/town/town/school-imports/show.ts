import { hash } from 'node:crypto';
import { TOWN } from '../../../ground/ids.ts';
import { undoEnds } from '../../../roster/given-file.ts';
import { isUnreadable } from '../../../roster/reading/trouble.ts';
import {
  changesNothing,
  planCounts,
  planSchools,
  type KnownTown,
} from '../../../roster/school-directory/plan.ts';
import type { TownTx } from '../../../store/store.ts';
import {
  listSchoolImports,
  schoolImportRow,
  type SchoolImportRow,
} from '../../../store/town/school-imports.ts';
import { readCommunes, readSchools } from '../../../store/town/schools.ts';
import type { TownParts } from '../parts.ts';
import type { ShownColumns, ShownSchoolImport, ShownSchools } from './contract.ts';
import { choicesOf } from './give.ts';

const SEEN_SIGNS = 22;

/** An import as it stands: its columns asked for, its preview, or what it did. */
export async function showImport(parts: TownParts, id: number): Promise<ShownSchoolImport | null> {
  const { row, town, last } = await parts.store.readTown(async (tx) => {
    const known = await knownTown(tx);
    const own = await tx.in(TOWN);
    return {
      row: await schoolImportRow(own, id, { lock: false }),
      town: known,
      last: (await listSchoolImports(own, 1_000)).find(({ appliedAt }) => appliedAt !== null),
    };
  });
  if (row === null) return null;
  const { appliedAt, done } = row;
  if (appliedAt !== null && done !== null) {
    const mayUndo = last?.id === id && mayStillUndo(row, parts.clock());
    return {
      kind: 'applied',
      id: row.id,
      file: row.fileName,
      appliedAt,
      undoneAt: row.undoneAt,
      done,
      undoUntil: mayUndo ? undoEnds(appliedAt) : null,
    };
  }
  return row.file === null ? shownPreview(row, town) : shownColumns(parts, row, row.file);
}

/** The communes and schools that are here. */
export async function knownTown(tx: TownTx): Promise<KnownTown> {
  return { communes: await readCommunes(tx), schools: await readSchools(tx) };
}

/** Another for another town: for all that a plan looks at. */
export function seenOf({ communes, schools }: KnownTown): string {
  const said = [
    communes.map(({ id, slug, name, code }) => [id, slug, name, code]),
    schools.map((one) => [one.id, one.slug, one.name, one.uai, one.commune, one.closesOn]),
  ];
  return hash('sha256', JSON.stringify(said), 'base64url').slice(0, SEEN_SIGNS);
}

/** Whether an import is young enough to be undone, and isn't. */
export function mayStillUndo(
  { appliedAt, undoneAt }: Pick<SchoolImportRow, 'appliedAt' | 'undoneAt'>,
  now: Date,
): boolean {
  return appliedAt !== null && undoneAt === null && now < undoEnds(appliedAt);
}

function shownPreview(row: SchoolImportRow, town: KnownTown): ShownSchools | null {
  const { content } = row;
  if (content === null) return null;
  const choices = choicesOf(row);
  const plan = planSchools(content.schools, town, choices);
  return {
    kind: 'preview',
    id: row.id,
    file: row.fileName,
    encoding: content.encoding,
    delimiter: content.delimiter,
    lines: content.lines,
    aside: content.aside,
    choices,
    plan,
    counts: planCounts(plan),
    changesNothing: changesNothing(plan),
    seen: seenOf(town),
  };
}

async function shownColumns(
  { files }: TownParts,
  row: SchoolImportRow,
  bytes: Buffer,
): Promise<ShownColumns | null> {
  const head = await files.read('readHeaders', [{ name: row.fileName, bytes }]);
  if (isUnreadable(head)) return null;
  return { kind: 'columns', id: row.id, file: row.fileName, ...head };
}
