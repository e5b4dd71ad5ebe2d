import type { Day } from '../days.ts';
import { isRosterPath, isZip, unpackedFiles, type ArchivedFile } from './archive.ts';
import { shown } from './cells.ts';
import type { ReadLines } from './classes.ts';
import type { ColumnMapping, ExportedSchool, RosterFile } from './contract.ts';
import { readCsv } from './csv.ts';
import { SCHOOLS, TOTAL_BYTES } from './limits.ts';
import { readMapped } from './mapped.ts';
import { isOndeGuardians, readOndeGuardians } from './onde-guardians.ts';
import { isOndePupils, readOndePupils } from './onde-pupils.ts';
import { exportedSchools } from './oneroster-schools.ts';
import { isOneRoster, oneRosterTables, type OneRosterTables } from './oneroster-tables.ts';
import { openOneRoster } from './oneroster.ts';
import type { ReadRosterFile, RosterFormat, UnreadableRoster } from './rows.ts';
import { ofSchool, schoolCodesOf } from './school-code.ts';
import type { Table } from './table.ts';
import { isTeachers, readTeachers } from './teachers.ts';
import { isUnreadable, unreadable } from './trouble.ts';
import { readWorkbook } from './workbook.ts';

export interface ReadingOptions {
  /** The day on which it is read: of the children that it names none is born later. */
  readonly day: Day;
  /** Used only where the header is of no known format. */
  readonly mapping: ColumnMapping | null;
  /**
   * Which school of an export that has several: its sourcedId, identifier or name. Null for the
   * only one.
   */
  readonly school?: string | null;
  /** The national code of the school that is read for: its lines of a table of several. */
  readonly uai?: string | null;
}

interface Reader {
  readonly format: RosterFormat;
  readonly is: (headers: readonly string[]) => boolean;
  readonly read: (table: Table, day: Day) => ReadLines | UnreadableRoster;
}

const READERS: readonly Reader[] = [
  { format: 'onde-pupils', is: isOndePupils, read: readOndePupils },
  { format: 'onde-guardians', is: isOndeGuardians, read: readOndeGuardians },
  { format: 'teachers', is: isTeachers, read: readTeachers },
];
const NOWHERE = { file: '', line: 1, column: null } as const;
/** Lines shown beside the question which column is which. */
const SAMPLE_LINES = 5;

/**
 * What a roster file says, or why it can't be read at all; never half of it. One CSV, XLSX or zip,
 * or the files of a OneRoster folder. The format is known by the header; one of no known format
 * needs a mapping, and is `header-unknown` without.
 */
export function readRosterFile(
  files: readonly RosterFile[],
  options: ReadingOptions,
): ReadRosterFile | UnreadableRoster {
  const opened = openedFiles(files);
  if (isUnreadable(opened)) return opened;
  if (isOneRoster(opened)) {
    const tables = oneRosterTables(opened);
    return isUnreadable(tables) ? tables : exportReader(tables)(options.school ?? null);
  }
  const [file, ...others] = opened;
  if (!file) return unreadable('no-file', { ...NOWHERE, file: files[0]?.name ?? '' });
  if (others.length > 0) return unreadable('several-files', { ...NOWHERE, file: file.name });
  const table = tableOf(file);
  if (isUnreadable(table)) return table;
  const own = ownLines(table, [options.school ?? null, options.uai ?? null]);
  return isUnreadable(own) ? own : readTable(own, options);
}

/** Of a table that names several schools, the lines of the one that is meant. */
function ownLines(table: Table, meant: readonly (string | null)[]): Table | UnreadableRoster {
  const codes = schoolCodesOf(table);
  if (codes.length < 2) return table;
  const code = meant.find((one) => one !== null && codes.includes(one)) ?? null;
  return code === null
    ? unreadable('several-schools', { file: table.file, line: table.headerLine, column: null })
    : ofSchool(table, code);
}

/** The schools that a table names in a column of its own; none for what is no such table. */
export function schoolCodesIn(files: readonly RosterFile[]): readonly string[] {
  const opened = openedFiles(files);
  const [only, ...others] = isUnreadable(opened) ? [] : opened;
  const table = only === undefined || others.length > 0 ? null : tableOf(only);
  return table === null || isUnreadable(table) ? [] : schoolCodesOf(table);
}

/** The header of a table and its first lines, as a person may see them. */
export interface TableHead {
  readonly headers: readonly string[];
  readonly sample: readonly (readonly string[])[];
}

/** The header of a file and its first lines, for the page that asks which column is which. */
export function readHeaders(files: readonly RosterFile[]): TableHead | UnreadableRoster {
  const table = readOneTable(files);
  if (isUnreadable(table)) return table;
  return {
    headers: table.headers.map((header) => header.trim()),
    sample: table.records.slice(0, SAMPLE_LINES).map(({ cells }) => cells.map(shown)),
  };
}

/** The one table that a file holds: text, a workbook, or either in an archive. */
export function readOneTable(files: readonly RosterFile[]): Table | UnreadableRoster {
  const opened = openedFiles(files);
  if (isUnreadable(opened)) return opened;
  const [only] = opened;
  return only ? tableOf(only) : unreadable('no-file', { ...NOWHERE, file: files[0]?.name ?? '' });
}

/** The schools of a OneRoster export; null for any other files. */
export function exportSchools(
  files: readonly RosterFile[],
): readonly ExportedSchool[] | UnreadableRoster | null {
  const opened = openExport(files);
  return opened === null || isUnreadable(opened) ? opened : opened.schools;
}

/** The schools of an export, or of the column of a table, for a person to choose one. */
export function exportedIn(files: readonly RosterFile[]): readonly ExportedSchool[] {
  const schools = exportSchools(files);
  if (schools !== null) return isUnreadable(schools) ? [] : schools;
  const codes = new Set(files.flatMap((file) => schoolCodesIn([file])));
  return [...codes].map((code) => ({ sourcedId: code, name: code, identifier: null }));
}

/** A OneRoster export whose tables are read, to take one school after another out of it. */
interface OpenedExport {
  readonly schools: readonly ExportedSchool[];
  /** `school` is a sourcedId, an identifier or a name; null where there is only one. */
  readonly read: (school: string | null) => ReadRosterFile | UnreadableRoster;
}

/** Opens a OneRoster export once, whatever the number of its schools; null for any other files. */
export function openExport(files: readonly RosterFile[]): OpenedExport | UnreadableRoster | null {
  const opened = openedFiles(files);
  if (isUnreadable(opened)) return opened;
  if (!isOneRoster(opened)) return null;
  const tables = oneRosterTables(opened);
  if (isUnreadable(tables)) return tables;
  const schools = exportedSchools(tables);
  if (schools.length > SCHOOLS)
    return unreadable('too-many-schools', { ...NOWHERE, file: tables.orgs.file });
  return { schools, read: exportReader(tables) };
}

/**
 * Unpacked, without folders, and of several only those that may hold a roster. A file given alone
 * is looked at whatever its name.
 */
function openedFiles(files: readonly RosterFile[]): readonly ArchivedFile[] | UnreadableRoster {
  const given =
    files.length === 1
      ? files
      : files.filter(({ name }) => isRosterPath(name) || /\.zip$/i.test(name));
  if (given.reduce((sum, { bytes }) => sum + bytes.length, 0) > TOTAL_BYTES)
    return unreadable('file-too-big', { ...NOWHERE, file: given[0]?.name ?? '' });
  return unpackedFiles(
    given.map(({ name, bytes }) => ({ name: name.slice(name.lastIndexOf('/') + 1), bytes })),
  );
}

function tableOf({ name, bytes }: ArchivedFile): Table | UnreadableRoster {
  return isZip(bytes) ? readWorkbook(name, bytes) : readCsv(name, bytes);
}

function readTable(
  table: Table,
  { mapping, day }: Pick<ReadingOptions, 'mapping' | 'day'>,
): ReadRosterFile | UnreadableRoster {
  const at = { file: table.file, line: table.headerLine, column: null };
  const reader = READERS.find(({ is }) => is(table.headers));
  const lines = reader ? reader.read(table, day) : mapping && readMapped(table, { mapping, day });
  if (lines === null) return unreadable('header-unknown', at);
  if (isUnreadable(lines)) return lines;
  if (lines.rows.length + lines.refused.length === 0) return unreadable('no-lines', at);
  const { columnsRead, ...said } = lines;
  return {
    format: reader?.format ?? 'mapped',
    encoding: table.encoding,
    delimiter: table.delimiter,
    ...said,
    leftAside: leftAside(table, columnsRead),
  };
}

/** Columns that have a header and aren't read, as they are written. */
function leftAside(table: Table, columnsRead: readonly (number | null)[]): readonly string[] {
  return table.headers.flatMap((header, index) =>
    columnsRead.includes(index) || header.trim() === '' ? [] : [shown(header.trim())],
  );
}

function exportReader(tables: OneRosterTables): OpenedExport['read'] {
  const rosterOf = openOneRoster(tables);
  return (school) => {
    const read = rosterOf(school);
    if (isUnreadable(read)) return read;
    if (read.rows.length + read.refused.length === 0)
      return unreadable('no-lines', { ...NOWHERE, file: tables.users.file });
    return { ...read, encoding: tables.users.encoding, delimiter: tables.users.delimiter };
  };
}
