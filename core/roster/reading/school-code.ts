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
  const column = schoolCodeColumn(table);
  if (column === null) return null;
  const codes = new Set(
    table.records
      .map(({ cells }) => (cells[column] ?? '').trim().toUpperCase())
      .filter((code) => UAI.test(code)),
  );
  const [code] = codes;
  return codes.size === 1 && code !== undefined ? code : null;
}
