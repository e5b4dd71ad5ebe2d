import { nameKey } from '../names.ts';
import type { LineCells } from './cells.ts';
import { gatheredClasses, type ReadLines } from './classes.ts';
import { columnsOf, firstColumn, headerKey, headerTwice } from './header.ts';
import { homeOf } from './home.ts';
import { CHILDREN } from './limits.ts';
import { inLineOrder, judgeExtra, readLines } from './lines.ts';
import { phoneColumns, phonesOf, withOwnPhones } from './phones.ts';
import type { GuardianRow, UnreadableRoster } from './rows.ts';
import { schoolCodeColumn, schoolCodeOf } from './school-code.ts';
import type { Table } from './table.ts';
import { unreadable } from './trouble.ts';
import { once } from './twice.ts';

type ChildField = 'familyName' | 'usedName' | 'givenName' | 'className';
/** The columns of one child: a block of the header, or the columns that end in one number. */
type ChildColumns = Readonly<Record<ChildField, number | null>>;
type Child = GuardianRow['children'][number];

/** Which columns a list of guardians has. */
interface GuardianColumns {
  readonly title: number | null;
  readonly usedName: number | null;
  readonly familyName: number;
  readonly givenName: number;
  readonly email: number | null;
  readonly phones: readonly number[];
  /** The parts of the postal address, street first. */
  readonly home: readonly (number | null)[];
  readonly children: readonly ChildColumns[];
  /** Lines without a given name and a title are organisations, as at the foot of ONDE's lists. */
  readonly hosts: boolean;
}

const FAMILY_NAME = ['Nom responsable', 'Nom de famille responsable'] as const;
const CHILD_FIELDS: ReadonlyMap<string, ChildField> = new Map(
  (
    [
      ['Nom de famille enfant', 'familyName'],
      ['Nom enfant', 'familyName'],
      ["Nom d'usage enfant", 'usedName'],
      ['Nom usage enfant', 'usedName'],
      ['Prénom enfant', 'givenName'],
      ['Classes enfants', 'className'],
      ["Classe de l'enfant", 'className'],
      ['Libellé classe enfant', 'className'],
    ] as const
  ).map(([header, field]) => [headerKey(header), field]),
);
const NUMBERED = /^(.*?) ?(?:n )?(\d{1,2})$/;

/** Whether a header is that of ONDE's list of guardians, in any of its variants. */
export function isOndeGuardians(headers: readonly string[]): boolean {
  const columns = columnsOf(headers);
  return (
    firstColumn(columns, ...FAMILY_NAME) !== null &&
    firstColumn(columns, 'Prénom responsable') !== null
  );
}

/**
 * The guardians of an ONDE export, with the children that each line names. Organisations at its
 * foot are set aside.
 */
export function readOndeGuardians(table: Table): ReadLines | UnreadableRoster {
  const columns = guardianColumns(table);
  return 'kind' in columns ? columns : readGuardians(table, columns);
}

/**
 * The guardians of a table whose columns are known. A line may end at the header's end, or before
 * any child that it doesn't have.
 */
export function readGuardians(table: Table, columns: GuardianColumns): ReadLines {
  const starts = columns.children.map((child) =>
    Math.min(...Object.values(child).filter((column) => column !== null)),
  );
  const width: Width = {
    headers: table.headers.length,
    ends: new Set([...starts, table.headers.length]),
  };
  const classes = gatheredClasses();
  const read = readLines(table, (cells, record, at): GuardianRow => ({
    ...guardianOf(cells, record, { columns, width }),
    home: homeOf(record, columns.home),
    at,
  }));
  const { rows, refused } = once(read.rows, (row) =>
    JSON.stringify([
      nameKey(row.familyName),
      nameKey(row.givenName),
      row.email?.toLowerCase(),
      row.children.map(childKey).sort(),
    ]),
  );
  return {
    rows: withOwnPhones(rows).map((row) => ({
      ...row,
      children: row.children.map((child) => ({
        ...child,
        className: classes.named(child.className),
      })),
    })),
    unsettled: read.unsettled,
    refused: inLineOrder([...read.refused, ...refused]),
    classes: classes.all(),
    schoolHint: schoolCodeOf(table),
    columnsRead: columnsIn(table, columns),
  };
}

function columnsIn(table: Table, columns: GuardianColumns): readonly (number | null)[] {
  const { title, usedName, familyName, givenName, email, phones, home, children } = columns;
  const own = [title, usedName, familyName, givenName, email, ...phones, ...home];
  return [...own, ...children.flatMap((child) => Object.values(child)), schoolCodeColumn(table)];
}

const childKey = (child: Child): string =>
  [child.familyName, child.givenName, child.className ?? ''].map(nameKey).join('|');

function guardianColumns(table: Table): GuardianColumns | UnreadableRoster {
  const { headers } = table;
  const columns = columnsOf(headers);
  const missing = (column: string): UnreadableRoster =>
    unreadable('column-missing', { file: table.file, line: table.headerLine, column });
  const familyName = firstColumn(columns, ...FAMILY_NAME);
  const givenName = firstColumn(columns, 'Prénom responsable');
  const children = childColumns(headers);
  if (familyName === null) return missing('Nom responsable');
  if (givenName === null) return missing('Prénom responsable');
  if (children.length === 0 || children.some((child) => child.givenName === null))
    return missing('Prénom enfant');
  if (children.some((child) => child.familyName === null)) return missing('Nom de famille enfant');
  const title = firstColumn(columns, 'Civilité responsable', 'Civilité');
  const usedName = firstColumn(columns, 'Nom usage responsable', "Nom d'usage responsable");
  const email = firstColumn(
    columns,
    'Courriel',
    'Courriel responsable',
    'Adresse courriel',
    'Adresse électronique',
    'Mél',
    'Email',
    'E-mail',
  );
  const phones = phoneColumns(columns);
  const home = [
    firstColumn(columns, 'Adresse responsable', 'Adresse'),
    firstColumn(columns, 'CP responsable', 'Code postal responsable', 'CP'),
    firstColumn(columns, 'Commune responsable', 'Commune'),
  ];
  const twice = headerTwice(headers, [title, usedName, familyName, givenName, email]);
  if (twice !== null)
    return unreadable('column-twice', { file: table.file, line: table.headerLine, column: twice });
  return { title, usedName, familyName, givenName, email, phones, home, children, hosts: true };
}

/**
 * Blocks follow one another without numbers: a field that comes again begins the next child.
 * Numbered columns may stand in any order.
 */
function childColumns(headers: readonly string[]): ChildColumns[] {
  const found = new Map<string, Record<ChildField, number | null>>();
  let block = 0;
  headers.forEach((header, index) => {
    const key = headerKey(header);
    const [, name = key, number] = NUMBERED.exec(key) ?? [];
    const field = CHILD_FIELDS.get(name);
    if (!field) return;
    if (number === undefined && (found.get(`block ${block}`)?.[field] ?? null) !== null) block += 1;
    const child = found.get(number ?? `block ${block}`) ?? {
      familyName: null,
      usedName: null,
      givenName: null,
      className: null,
    };
    child[field] ??= index;
    found.set(number ?? `block ${block}`, child);
  });
  return [...found.values()];
}

interface Width {
  readonly headers: number;
  readonly ends: ReadonlySet<number>;
}

function guardianOf(
  cells: LineCells,
  record: readonly string[],
  { columns, width }: { readonly columns: GuardianColumns; readonly width: Width },
): Omit<GuardianRow, 'at' | 'home'> {
  const familyName = cells.text(columns.usedName) || cells.text(columns.familyName);
  const givenName = cells.text(columns.givenName);
  if (columns.hosts && familyName !== '' && givenName === '' && cells.text(columns.title) === '')
    cells.refuse(
      'host-organisation',
      cells.text(columns.usedName) === '' ? columns.familyName : columns.usedName,
    );
  if (record.length < width.headers && !width.ends.has(record.length))
    cells.refuse('too-few-cells', null);
  judgeExtra(cells, record, width.headers);
  if (familyName === '') cells.refuse('family-name-missing', columns.familyName);
  if (givenName === '') cells.refuse('given-name-missing', columns.givenName);
  const email = cells.email(columns.email);
  const children = columns.children.flatMap((child) => childOf(cells, child));
  if (children.length === 0) cells.refuse('guardian-without-child', null);
  if (children.length > CHILDREN) cells.refuse('too-many-children', null);
  return {
    kind: 'guardian',
    familyName,
    givenName,
    email,
    phones: phonesOf(cells, columns.phones),
    children,
    sourcedId: null,
  };
}

function childOf(cells: LineCells, columns: ChildColumns): readonly Child[] {
  const familyName = cells.text(columns.familyName);
  const usedName = cells.textOrNull(columns.usedName);
  const givenName = cells.text(columns.givenName);
  const className = cells.textOrNull(columns.className);
  if (familyName === '' && usedName === null && givenName === '' && className === null) return [];
  // Some exports give the used name alone.
  if (familyName === '' && usedName === null) cells.refuse('child-incomplete', columns.familyName);
  if (givenName === '') cells.refuse('child-incomplete', columns.givenName);
  const family = familyName || (usedName ?? '');
  return [
    {
      familyName: family,
      usedName: usedName === null || nameKey(usedName) === nameKey(family) ? null : usedName,
      givenName,
      className,
      sourcedId: null,
    },
  ];
}
