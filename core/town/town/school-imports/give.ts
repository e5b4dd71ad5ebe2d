import { TOWN } from '../../../ground/ids.ts';
import { endedBefore, nameOf, refusedFile } from '../../../roster/given-file.ts';
import type { RosterFile } from '../../../roster/reading/contract.ts';
import type { SchoolColumns } from '../../../roster/school-directory/columns.ts';
import { NO_SCHOOL_CHOICES, type SchoolChoices } from '../../../roster/school-directory/plan.ts';
import {
  dropOldSchoolImports,
  insertSchoolImport,
  schoolImportRow,
  updateSchoolImport,
  type SchoolImportRow,
} from '../../../store/town/school-imports.ts';
import type { TownActor } from '../contract.ts';
import { changing, isActing, languagesOf, type TownParts } from '../parts.ts';
import type { SchoolsUploaded } from './contract.ts';

/** By hand: more are no choice, but a mistake or an attack. */
const MOST_CHOICES = 5_000;

/** Reads a file as far as it can be, and keeps it for the preview. */
export async function uploadFile(
  parts: TownParts,
  by: TownActor,
  file: RosterFile,
): Promise<SchoolsUploaded> {
  if (!(await isActing(parts, by))) return { kind: 'missing' };
  const read = await parts.files.read('readSchoolList', [file], null);
  const asks = read.kind === 'unreadable' && read.reason === 'header-unknown';
  if (read.kind === 'unreadable' && !asks) return refusedFile(read, languagesOf(by));
  const now = parts.clock();
  return changing(parts, by, async (tx, acting): Promise<SchoolsUploaded> => {
    const town = await tx.in(TOWN);
    // Files that nobody applied are dropped when the next one comes.
    await dropOldSchoolImports(town, endedBefore(now));
    const id = await insertSchoolImport(town, {
      by: acting.by,
      createdAt: now,
      fileName: nameOf(file),
      file: asks ? file.bytes : null,
      content: read.kind === 'unreadable' ? null : read,
      choices: NO_SCHOOL_CHOICES,
    });
    return { kind: 'given', id };
  });
}

/** Reads a file again, by the columns that somebody has named. */
export async function nameColumns(
  parts: TownParts,
  by: TownActor,
  { id, columns }: { readonly id: number; readonly columns: SchoolColumns },
): Promise<SchoolsUploaded> {
  if (!(await isActing(parts, by))) return { kind: 'missing' };
  const given = await parts.store.read(TOWN, (tx) => schoolImportRow(tx, id, { lock: false }));
  if (given?.file == null) return { kind: 'missing' };
  const file = { name: given.fileName, bytes: given.file };
  const read = await parts.files.read('readSchoolList', [file], columns);
  if (read.kind === 'unreadable') return refusedFile(read, languagesOf(by));
  return changing(parts, by, async (tx): Promise<SchoolsUploaded> => {
    const town = await tx.in(TOWN);
    const row = await schoolImportRow(town, id, { lock: true });
    // Somebody may have named its columns meanwhile.
    if (row?.file == null) return { kind: 'missing' };
    await updateSchoolImport(town, id, { file: null, content: read });
    return { kind: 'given', id };
  });
}

/** Keeps what was said of a preview. */
export async function choose(
  parts: TownParts,
  by: TownActor,
  { id, choices }: { readonly id: number; readonly choices: Partial<SchoolChoices> },
): Promise<boolean> {
  const done = await changing(parts, by, async (tx) => {
    const town = await tx.in(TOWN);
    const row = await schoolImportRow(town, id, { lock: true });
    if (row === null || row.appliedAt !== null || row.content === null) return false;
    const chosen = { ...choicesOf(row), ...choices };
    const asked = [chosen.communes ?? [], chosen.shortNames, chosen.closings];
    if (asked.some((one) => Object.keys(one).length > MOST_CHOICES)) return false;
    await updateSchoolImport(town, id, { choices: chosen });
    return true;
  });
  return done === true;
}

export function choicesOf({ choices }: SchoolImportRow): SchoolChoices {
  return { ...NO_SCHOOL_CHOICES, ...choices };
}
