import { readCivility } from '../civility.ts';
import { nameKey } from '../names.ts';
import type { LineCells } from './cells.ts';
import { gatheredClasses, type ReadLines } from './classes.ts';
import { columnsOf, firstColumn, headerKey, headerTwice } from './header.ts';
import { inLineOrder, judgeExtra, readLines } from './lines.ts';
import type { AdultRow, UnreadableRoster } from './rows.ts';
import { schoolCodeColumn, schoolCodeOf } from './school-code.ts';
import type { Table } from './table.ts';
import { unreadable } from './trouble.ts';
import { once } from './twice.ts';

/** Where the columns of a teachers' list stand. */
interface AdultColumns {
  readonly civility: number | null;
  readonly usedName: number | null;
  readonly familyName: number;
  readonly givenName: number;
  readonly email: number | null;
  readonly head: number | null;
  readonly classNames: readonly number[];
}

const YES = new Set(['o', 'oui', 'x', '1', 'vrai', 'true', 'yes', 'directeur', 'directrice']);
const NO = new Set(['', 'n', 'non', '0', 'faux', 'false', 'no']);

/**
 * Whether a header is that of the teachers' list which schools write by hand on the model of
 * ONDE's.
 */
export function isTeachers(headers: readonly string[]): boolean {
  const columns = columnsOf(headers);
  return (
    firstColumn(columns, 'Nom', 'Nom de famille') !== null &&
    firstColumn(columns, 'Prénom') !== null &&
    firstColumn(columns, 'Directeur', 'Directrice') !== null
  );
}

/** The teachers, each with the classes of as many columns « Classe » as the file has. */
export function readTeachers(table: Table): ReadLines | UnreadableRoster {
  const columns = columnsOf(table.headers);
  const classKey = headerKey('Classe');
  return readAdults(table, {
    civility: firstColumn(columns, 'Civilité'),
    usedName: firstColumn(columns, 'Nom usage', "Nom d'usage"),
    familyName: firstColumn(columns, 'Nom', 'Nom de famille') ?? 0,
    givenName: firstColumn(columns, 'Prénom') ?? 0,
    email: firstColumn(columns, 'Courriel', 'Adresse courriel', 'Mél', 'Email', 'E-mail'),
    head: firstColumn(columns, 'Directeur', 'Directrice'),
    classNames: table.headers.flatMap((header, index) =>
      headerKey(header).replace(/(?: |(?<!\d))\d+$/, '') === classKey ? [index] : [],
    ),
  });
}

/** The teachers of any table whose columns are known. */
export function readAdults(table: Table, columns: AdultColumns): ReadLines | UnreadableRoster {
  const single = [
    columns.civility,
    columns.usedName,
    columns.familyName,
    columns.givenName,
    columns.email,
    columns.head,
  ];
  const twice = headerTwice(table.headers, single);
  if (twice !== null)
    return unreadable('column-twice', { file: table.file, line: table.headerLine, column: twice });
  const needed = Math.max(...single.map((column) => column ?? 0)) + 1;
  const classes = gatheredClasses();
  const read = readLines(table, (cells, record, at): AdultRow => {
    // classes that a line doesn't have may be left out
    if (record.length < needed) cells.refuse('too-few-cells', null);
    judgeExtra(cells, record, table.headers.length);
    return { ...adultOf(cells, columns), at };
  });
  const { rows, refused } = once(read.rows, (row) =>
    JSON.stringify([
      nameKey(row.familyName),
      nameKey(row.givenName),
      row.email?.toLowerCase(),
      row.classNames.map(nameKey).sort(),
    ]),
  );
  return {
    rows: rows.map((row) => ({
      ...row,
      classNames: row.classNames.map((name) => classes.named(name) ?? name),
    })),
    unsettled: read.unsettled,
    refused: inLineOrder([...read.refused, ...refused]),
    classes: classes.all(),
    schoolHint: schoolCodeOf(table),
    columnsRead: [...single, ...columns.classNames, schoolCodeColumn(table)],
  };
}

function adultOf(cells: LineCells, columns: AdultColumns): Omit<AdultRow, 'at'> {
  const familyName = cells.text(columns.usedName) || cells.text(columns.familyName);
  const givenName = cells.text(columns.givenName);
  const email = cells.email(columns.email);
  if (familyName === '') cells.refuse('family-name-missing', columns.familyName);
  if (givenName === '') cells.refuse('given-name-missing', columns.givenName);
  const head = nameKey(cells.text(columns.head));
  if (!YES.has(head) && !NO.has(head)) cells.refuse('head-unclear', columns.head);
  const classNames = columns.classNames.flatMap((column) => cells.textOrNull(column) ?? []);
  return {
    kind: 'adult',
    role: YES.has(head) ? 'head' : 'teacher',
    familyName,
    givenName,
    email,
    civility: readCivility(cells.text(columns.civility)),
    classNames: [...new Set(classNames)],
    sourcedId: null,
  };
}
