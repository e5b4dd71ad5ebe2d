import { shown } from './cells.ts';
import type { RefusedLine } from './rows.ts';
import type { Table } from './table.ts';

/**
 * What a footer says: a count, a date of printing, a page. A name cut off in the middle of a file
 * says none of it.
 */
const FOOTER = /\d|:|^total|^nombre|^fin(?!\p{L})|^édit|^extraction|^page|^©/iu;

/**
 * The table without its footer lines, and those lines. A footer stands after the last person and
 * fills one cell, or two of four or more (« Total ; 25 »).
 */
export function withoutFooters(table: Table): {
  readonly table: Table;
  readonly footers: readonly RefusedLine[];
} {
  const end =
    table.records.findLastIndex(({ cells }) => !isFooter(cells, table.headers.length)) + 1;
  if (end === table.records.length) return { table, footers: [] };
  const footers = table.records.slice(end).flatMap(({ line, cells }): RefusedLine[] => {
    const text = cells.find((cell) => cell.trim() !== '');
    return text === undefined
      ? []
      : [{ at: { file: table.file, line, column: null }, reason: 'footer', cell: shown(text) }];
  });
  return { table: { ...table, records: table.records.slice(0, end) }, footers };
}

function isFooter(cells: readonly string[], columns: number): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const [first] = filled;
  if (first === undefined) return true;
  return (
    filled.length <= Math.min(2, columns / 2) &&
    FOOTER.test(first.trim()) &&
    filled.slice(1).every((cell) => /^\s*\d+\s*$/.test(cell))
  );
}

/** Whether a line has nothing in any cell. */
export function isEmptyLine(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}
