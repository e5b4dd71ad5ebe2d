import { TOWN } from '../../../ground/ids.ts';
import { DAY_MS } from '../../../ground/spans.ts';
import type { RosterFile } from '../../../roster/reading/contract.ts';
import { importSentence } from '../../../roster/reasons.ts';
import type { SchoolColumns } from '../../../roster/school-directory/columns.ts';
import { NO_SCHOOL_CHOICES, type SchoolChoices } from '../../../roster/school-directory/plan.ts';
import type {
  SchoolList,
  UnreadableSchools,
} from '../../../roster/school-directory/read-schools.ts';
import {
  dropOldSchoolImports,
  insertSchoolImport,
  schoolImportRow,
  updateSchoolImport,
  type SchoolImportRow,
} from '../../../store/town/school-imports.ts';
import type { TownActor } from '../contract.ts';
import { changing, isActing, type TownParts } from '../parts.ts';
import type { SchoolFileRefused, SchoolsUploaded } from './contract.ts';

/** Files that nobody applied by then are dropped when the next one comes. */
const DRAFT_DAYS = 3;
/** As long as it can be undone, and read. */
export const UNDO_DAYS = 30;
const FILE_NAME_SIGNS = 100;
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
  if (read.kind === 'unreadable' && !asks) return refused(by, read);
  const now = parts.clock();
  return changing(parts, by, async (tx, acting): Promise<SchoolsUploaded> => {
    const town = await tx.in(TOWN);
    await dropOldSchoolImports(town, {
      given: new Date(now.getTime() - DRAFT_DAYS * DAY_MS),
      applied: new Date(now.getTime() - UNDO_DAYS * DAY_MS),
    });
    const id = await insertSchoolImport(town, {
      by: acting.by,
      createdAt: now,
      fileName: file.name.slice(file.name.lastIndexOf('/') + 1).slice(-FILE_NAME_SIGNS),
      file: asks ? file.bytes : null,
      content: asks ? null : read,
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
  if (read.kind === 'unreadable') return refused(by, read);
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

/** What a row has read; null while its columns are asked for, and once it was applied. */
export function contentOf({ content }: SchoolImportRow): SchoolList | null {
  return content as SchoolList | null;
}

export function choicesOf({ choices }: SchoolImportRow): SchoolChoices {
  return { ...NO_SCHOOL_CHOICES, ...(choices as Partial<SchoolChoices>) };
}

function refused(by: TownActor, read: UnreadableSchools): SchoolFileRefused {
  const { reason } = read;
  const languages = by === 'machine' ? (['fr', 'en'] as const) : [by.language];
  const sentence = languages.map((language) => importSentence(read, language)).join(' / ');
  return { kind: 'refused', reason, sentence };
}
