import { keysOf } from '../../ground/keys.ts';
import { nameKey } from '../names.ts';
import type { LineReason } from '../reason-names.ts';
import type { ArchivedFile } from './archive.ts';
import { cellsOf } from './cells.ts';
import { readCsv } from './csv.ts';
import { isEmptyLine } from './footers.ts';
import { columnsOf, headerKey } from './header.ts';
import { judgeExtra } from './lines.ts';
import type { RefusedLine, UnreadableRoster } from './rows.ts';
import type { Table } from './table.ts';
import { isUnreadable, unreadable } from './trouble.ts';

/**
 * The files that are read, with the columns that they must have. Never demographics (it has origins
 * of people) nor user profiles (passwords).
 */
const COLUMNS = {
  orgs: ['sourcedId', 'name', 'type'],
  users: ['sourcedId', 'givenName', 'familyName'],
  roles: ['userSourcedId', 'role', 'orgSourcedId'],
  classes: ['sourcedId', 'title', 'schoolSourcedId'],
  enrollments: ['classSourcedId', 'userSourcedId', 'role'],
  academicSessions: ['sourcedId', 'type', 'schoolYear'],
} as const;
type TableName = keyof typeof COLUMNS;

export interface OneRosterTables {
  readonly version: '1.1' | '1.2';
  readonly orgs: Table;
  readonly users: Table;
  /** Null in 1.1, where a user has one role and it stands with the user. */
  readonly roles: Table | null;
  readonly classes: Table;
  readonly enrollments: Table;
  /** Null where the export has none. */
  readonly academicSessions: Table | null;
}

/** One line by the names of its columns. */
interface NamedCells {
  readonly line: number;
  text(name: string): string;
  /** The parts of a cell that holds a list. */
  list(name: string): string[];
  email(name: string): string | null;
  refuse(reason: LineReason, name: string | null): void;
  refused(): RefusedLine | null;
}

/** Whether these files are a OneRoster export: `users.csv` and `orgs.csv` among them. */
export function isOneRoster(files: readonly ArchivedFile[]): boolean {
  const names = new Set(files.map(({ name }) => name.toLowerCase()));
  return names.has('users.csv') && names.has('orgs.csv');
}

/** The tables of an export, complete or not at all. */
export function oneRosterTables(
  files: readonly ArchivedFile[],
): OneRosterTables | UnreadableRoster {
  const tables = new Map<TableName, Table>();
  for (const name of keysOf(COLUMNS)) {
    const same = files.filter((file) => file.name.toLowerCase() === `${name}.csv`.toLowerCase());
    const [file] = same;
    if (!file) continue;
    if (same.length > 1)
      return unreadable('several-files', { file: file.name, line: 1, column: null });
    const table = readCsv(file.name, file.bytes);
    if (isUnreadable(table)) return table;
    const columns = columnsOf(table.headers);
    const absent = COLUMNS[name].find((column) => !columns.has(headerKey(column)));
    if (absent !== undefined)
      return unreadable('column-missing', {
        file: file.name,
        line: table.headerLine,
        column: absent,
      });
    tables.set(name, table);
  }
  return complete(tables, files);
}

function complete(
  tables: ReadonlyMap<TableName, Table>,
  files: readonly ArchivedFile[],
): OneRosterTables | UnreadableRoster {
  const [orgs, users, classes, enrollments] = [
    tables.get('orgs'),
    tables.get('users'),
    tables.get('classes'),
    tables.get('enrollments'),
  ];
  const lacking = (file: string): UnreadableRoster =>
    unreadable('file-missing', { file: '', line: 1, column: file });
  if (!orgs) return lacking('orgs.csv');
  if (!users) return lacking('users.csv');
  if (!classes) return lacking('classes.csv');
  if (!enrollments) return lacking('enrollments.csv');
  const manifest = manifestOf(files);
  if (isUnreadable(manifest)) return manifest;
  const stated = manifest.get('oneroster.version');
  const inUsers = columnsOf(users.headers).has('role');
  const version = stated ?? (inUsers ? '1.1' : '1.2');
  if (version !== '1.1' && version !== '1.2')
    return unreadable('version-unknown', { file: 'manifest.csv', line: 1, column: null });
  if ([...manifest].some(([property, value]) => property.startsWith('file.') && value === 'delta'))
    return unreadable('delta-file', { file: 'manifest.csv', line: 1, column: null });
  const roles = tables.get('roles') ?? null;
  if (version === '1.2' && !roles) return lacking('roles.csv');
  if (version === '1.1' && !inUsers)
    return unreadable('column-missing', {
      file: users.file,
      line: users.headerLine,
      column: 'role',
    });
  return {
    version,
    orgs,
    users,
    roles: version === '1.2' ? roles : null,
    classes,
    enrollments,
    academicSessions: tables.get('academicSessions') ?? null,
  };
}

function manifestOf(
  files: readonly ArchivedFile[],
): ReadonlyMap<string, string> | UnreadableRoster {
  const file = files.find(({ name }) => name.toLowerCase() === 'manifest.csv');
  if (!file) return new Map();
  const table = readCsv(file.name, file.bytes);
  return isUnreadable(table)
    ? table
    : new Map(
        table.records.map(({ cells: [property = '', value = ''] }) => [
          property.trim().toLowerCase(),
          value.trim().toLowerCase(),
        ]),
      );
}

/** The lines of a table that stand for something: neither empty nor marked as deleted. */
export function* namedLines(table: Table): Generator<NamedCells> {
  const columns = columnsOf(table.headers);
  const columnOf = (name: string): number | null => columns.get(headerKey(name)) ?? null;
  const status = columnOf('status');
  for (const record of table.records) {
    if (isEmptyLine(record.cells) || nameKey(record.cells[status ?? -1] ?? '') === 'tobedeleted')
      continue;
    const cells = cellsOf(table, record);
    if (record.cells.length < table.headers.length) cells.refuse('too-few-cells', null);
    judgeExtra(cells, record.cells, table.headers.length);
    const text = (name: string): string => cells.text(columnOf(name));
    yield {
      line: record.line,
      text,
      refused: cells.refused,
      list: (name) =>
        text(name)
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      email: (name) => cells.email(columnOf(name)),
      refuse: (reason, name) => cells.refuse(reason, name === null ? null : columnOf(name)),
    };
  }
}
