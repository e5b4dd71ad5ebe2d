import { columnsOf, firstColumn } from './header.ts';
import type { Table } from './table.ts';

/** A school's national code (UAI, formerly RNE): seven digits and a letter. */
const UAI = /^\d{7}[A-Z]$/;

/**
 * The school that a file names in a column of its own, if all its lines name the same one. ONDE's
 * lists usually name none.
 */
export function schoolCodeOf(table: Table): string | null {
  const column = firstColumn(
    columnsOf(table.headers),
    'UAI',
    'Code UAI',
    'UAI école',
    'N° UAI',
    'RNE',
    'Code RNE',
    'Identifiant établissement',
  );
  if (column === null) return null;
  const codes = new Set(
    table.records
      .map(({ cells }) => (cells[column] ?? '').trim().toUpperCase())
      .filter((code) => UAI.test(code)),
  );
  const [code] = codes;
  return codes.size === 1 && code !== undefined ? code : null;
}
