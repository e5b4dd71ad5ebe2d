import type { Day } from '../days.ts';
import { nameKey, personKey } from '../names.ts';
import type { LineCells } from './cells.ts';
import { gatheredClasses, type ReadLines } from './classes.ts';
import { headerTwice } from './header.ts';
import { homeOf } from './home.ts';
import { levelOf } from './levels.ts';
import { inLineOrder, judgeLength, readLines } from './lines.ts';
import type { PupilRow, UnreadableRoster } from './rows.ts';
import { schoolCodeColumn, schoolCodeOf } from './school-code.ts';
import type { Table } from './table.ts';
import { unreadable } from './trouble.ts';
import { once, withoutMuddledNumbers } from './twice.ts';

/** Where the columns of a pupils' list stand; null where the file has none. */
interface PupilColumns {
  readonly familyName: number;
  readonly usedName: number | null;
  readonly givenName: number;
  readonly birthDate: number | null;
  readonly ine: number | null;
  readonly level: number | null;
  readonly photo: number | null;
  readonly className: number | null;
  /** « Radié » and the like; a child who has left stays in some exports. */
  readonly state: number | null;
  /** The parts of the postal address, street first. */
  readonly home: readonly (number | null)[];
}

/**
 * The pupils of any table whose columns are known. A child who stands in two classes has a row for
 * each; a line that says the same again is refused.
 */
export function readPupils(
  table: Table,
  { day, ...columns }: PupilColumns & { readonly day: Day },
): ReadLines | UnreadableRoster {
  const { home, ...single } = columns;
  const twice = headerTwice(table.headers, Object.values(single));
  if (twice !== null)
    return unreadable('column-twice', { file: table.file, line: table.headerLine, column: twice });
  const read = readLines(table, (cells, record, at): PupilRow => {
    judgeLength(cells, record, table.headers.length);
    const pupil = pupilOf(cells, columns);
    if (pupil.birthDate !== null && !mayBePupils(pupil.birthDate, day))
      cells.refuse('birth-date-of-no-pupil', columns.birthDate);
    return { ...pupil, home: homeOf(record, home), at };
  });
  const believed = withoutMuddledNumbers(
    read.rows,
    columns.ine === null ? null : (table.headers[columns.ine] ?? '').trim(),
  );
  const distinct = once(
    believed.rows,
    (row) => `${row.ine ?? ''}|${personKey(row)}|${nameKey(row.className ?? '')}`,
  );
  const classes = gatheredClasses();
  const rows = distinct.rows.map((row) => ({
    ...row,
    className: classes.named(row.className, row.level),
  }));
  return {
    rows,
    unsettled: [...read.unsettled, ...believed.unsettled],
    refused: inLineOrder([...read.refused, ...believed.refused, ...distinct.refused]),
    classes: classes.all(),
    schoolHint: schoolCodeOf(table),
    columnsRead: [...Object.values(single), ...home, schoolCodeColumn(table)],
  };
}

/**
 * Years of age. The youngest class takes children of two, and its list of next year is read in
 * spring; the oldest leave at eleven, and those who began late, or are in a class of their own, at
 * some years more.
 */
const YOUNGEST = 1;
const OLDEST = 16;

const yearsBefore = (day: Day, years: number): Day =>
  `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;

/** Whether somebody born then may be a pupil of a primary school on a day. */
function mayBePupils(birthDate: Day, day: Day): boolean {
  return birthDate <= yearsBefore(day, YOUNGEST) && birthDate > yearsBefore(day, OLDEST + 1);
}

function pupilOf(cells: LineCells, columns: PupilColumns): Omit<PupilRow, 'at' | 'home'> {
  const familyName = cells.text(columns.familyName);
  const givenName = cells.text(columns.givenName);
  const usedName = cells.textOrNull(columns.usedName);
  const birthDate = cells.date(columns.birthDate);
  const ine = cells.ine(columns.ine);
  const level = cells.textOrNull(columns.level);
  const className = cells.textOrNull(columns.className);
  if (familyName === '') cells.refuse('family-name-missing', columns.familyName);
  if (givenName === '') cells.refuse('given-name-missing', columns.givenName);
  if (columns.birthDate !== null && birthDate === null && ine === null)
    cells.refuse('identity-missing', columns.birthDate);
  if (columns.state !== null && nameKey(cells.text(columns.state)).startsWith('radie'))
    cells.refuse('pupil-struck-off', columns.state);
  return {
    kind: 'pupil',
    familyName,
    usedName: usedName !== null && nameKey(usedName) === nameKey(familyName) ? null : usedName,
    givenName,
    birthDate,
    ine,
    level: level === null ? null : levelOf(level),
    photo: yesOrNo(cells.textOrNull(columns.photo)),
    className,
    sourcedId: null,
  };
}

const YES: ReadonlySet<string> = new Set(['oui', 'o', 'yes', 'true', '1', 'x']);
const NO: ReadonlySet<string> = new Set(['non', 'n', 'no', 'false', '0']);

/** ONDE writes « OUI » and « NON »; any other word says nothing. */
function yesOrNo(cell: string | null): boolean | null {
  const word = nameKey(cell ?? '');
  if (NO.has(word)) return false;
  return YES.has(word) ? true : null;
}
