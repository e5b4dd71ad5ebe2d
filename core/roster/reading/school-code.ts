import { columnsOf, firstColumn } from './header.ts';
import type { Table } from './table.ts';

/** A school's national code (UAI, formerly RNE): seven digits and a letter. */
const UAI = /^\d{7}[A-Z]$/;

/** Where a file names the school of each line; null in ONDE's lists, which usually don't. */
export function schoolCodeColumn({ headers }: Pick<Table, 'headers'>): number | null {
  return firstColumn(
    columnsOf(headers),
    'UAI',
    'Code UAI',
    'UAI école',
    'N° UAI',
    'RNE',
    'Code RNE',
    'Identifiant établissement',
  );
}

/** The school that a file names in a column of its own, if all its lines name the same one. */
export function schoolCodeOf(table: Table): string | null {
  const codes = schoolCodesOf(table);
  const [code] = codes;
  return codes.length === 1 && code !== undefined ? code : null;
}

/** The codes of all schools that a file names, each once, in the order of the file. */
export function schoolCodesOf(table: Table): readonly string[] {
  const column = schoolCodeColumn(table);
  return column === null
    ? []
    : [...new Set(table.records.flatMap(({ cells }) => codeIn(cells[column]) ?? []))];
}

/** The lines of one school; of a file that names no other, all of them. */
export function ofSchool(table: Table, code: string): Table {
  const column = schoolCodeColumn(table);
  if (column === null) return table;
  return { ...table, records: table.records.filter(({ cells }) => codeIn(cells[column]) === code) };
}

function codeIn(cell: string | undefined): string | null {
  const code = (cell ?? '').trim().toUpperCase();
  return UAI.test(code) ? code : null;
}
