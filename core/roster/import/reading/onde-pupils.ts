import { nameKey } from '../names.ts';
import type { PupilRow, RefusedLine, UnreadableRoster } from '../rows.ts';
import { cellsOf, type LineCells } from './cells.ts';
import { gatheredClasses, type Classes, type ReadLines } from './classes.ts';
import { isEmptyLine, withoutFooters } from './footers.ts';
import { columnsOf, firstColumn } from './header.ts';
import { levelOf } from './levels.ts';
import { schoolCodeOf } from './school-code.ts';
import type { Table } from './table.ts';
import { unreadable } from './trouble.ts';
import { withoutTwice } from './twice.ts';

/** Where the columns of a pupils' list stand; null where the file has none. */
export interface PupilColumns {
  readonly familyName: number;
  readonly usedName: number | null;
  readonly givenName: number;
  readonly birthDate: number | null;
  readonly ine: number | null;
  readonly level: number | null;
  readonly className: number | null;
  /** « Radié » and the like; a child who has left stays in some exports. */
  readonly state: number | null;
}

/** Whether a header is that of ONDE's list of pupils, in either generation. */
export function isOndePupils(headers: readonly string[]): boolean {
  const columns = columnsOf(headers);
  return firstColumn(columns, 'Nom élève', 'Nom de famille élève') !== null && firstColumn(columns, 'Prénom élève') !== null
    && ![...columns.keys()].some((key) => key.includes('responsable'));
}

/** The pupils of an ONDE export. What the importer needs must have its column, even if its cells are empty. */
export function readOndePupils(whole: Table): ReadLines | UnreadableRoster {
  const columns = columnsOf(whole.headers);
  const at = { file: whole.file, line: whole.headerLine, column: null };
  const birthDate = firstColumn(columns, 'Date naissance', 'Date de naissance', 'Date naissance élève', 'Date de naissance élève');
  const className = firstColumn(columns, 'Libellé classe', 'Classe', 'Classe élève', 'Libellé de la classe');
  if (birthDate === null) return unreadable('column-missing', { ...at, column: 'Date naissance' });
  if (className === null) return unreadable('column-missing', { ...at, column: 'Libellé classe' });
  return readPupils(whole, {
    familyName: firstColumn(columns, 'Nom élève', 'Nom de famille élève') ?? 0,
    usedName: firstColumn(columns, "Nom d'usage élève", 'Nom usage élève'),
    givenName: firstColumn(columns, 'Prénom élève') ?? 0,
    birthDate, className,
    ine: firstColumn(columns, 'INE', 'INE élève', 'Identifiant national élève'),
    level: firstColumn(columns, 'Niveau', 'Niveau élève'),
    state: firstColumn(columns, 'Etat', 'Etat élève'),
  });
}

/** The pupils of any table whose columns are known. */
export function readPupils(whole: Table, columns: PupilColumns): ReadLines {
  const { table, footers } = withoutFooters(whole);
  const classes = gatheredClasses();
  const rows: PupilRow[] = [];
  const refused: RefusedLine[] = [];
  for (const record of table.records) {
    if (isEmptyLine(record.cells)) continue;
    const cells = cellsOf(table, record);
    judgeLength(cells, record.cells, table.headers.length);
    const row = pupilOf(cells, columns);
    const bad = cells.refused();
    if (bad) refused.push(bad);
    else rows.push({ ...row, at: { file: table.file, line: record.line, column: null }, className: classes.named(row.className, row.level) });
  }
  const once = withoutTwice(rows, { ine: columns.ine === null ? null : (table.headers[columns.ine] ?? '').trim() });
  return { rows: once.rows, refused: inLineOrder([...refused, ...once.refused, ...footers]), classes: classesOf(once.rows, classes), schoolHint: schoolCodeOf(table) };
}

/** A line that is shorter than its header was cut off; a longer one may only have empty cells there. */
export function judgeLength(cells: LineCells, record: readonly string[], headers: number): void {
  if (record.length < headers) cells.refuse('too-few-cells', null);
  const extra = record.findIndex((cell, index) => index >= headers && cell.trim() !== '');
  if (extra >= 0) cells.refuse('too-many-cells', extra);
}

/** Lines as a person reads them down the file. */
export function inLineOrder(refused: readonly RefusedLine[]): RefusedLine[] {
  return refused.toSorted((a, b) => a.at.line - b.at.line);
}

function pupilOf(cells: LineCells, columns: PupilColumns): Omit<PupilRow, 'at'> {
  const familyName = cells.text(columns.familyName);
  const givenName = cells.text(columns.givenName);
  const usedName = cells.textOrNull(columns.usedName);
  const birthDate = cells.date(columns.birthDate);
  const ine = cells.ine(columns.ine);
  const level = cells.textOrNull(columns.level);
  const className = cells.textOrNull(columns.className);
  if (familyName === '') cells.refuse('family-name-missing', columns.familyName);
  if (givenName === '') cells.refuse('given-name-missing', columns.givenName);
  if (columns.birthDate !== null && birthDate === null && ine === null) cells.refuse('identity-missing', columns.birthDate);
  if (nameKey(cells.text(columns.state)).startsWith('radie')) cells.refuse('pupil-struck-off', columns.state);
  return {
    kind: 'pupil', familyName, usedName: usedName !== null && nameKey(usedName) === nameKey(familyName) ? null : usedName,
    givenName, birthDate, ine, level: level === null ? null : levelOf(level), className, sourcedId: null,
  };
}

/** Only classes in which somebody is left. */
function classesOf(rows: readonly PupilRow[], classes: Classes): ReadLines['classes'] {
  const used = new Set(rows.map(({ className }) => className));
  return classes.all().filter(({ name }) => used.has(name));
}
