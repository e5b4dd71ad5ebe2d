import { isHarmless } from '../reasons.ts';
import { cellsOf, type LineCells } from './cells.ts';
import { isEmptyLine, withoutFooters } from './footers.ts';
import type { RefusedLine } from './rows.ts';
import type { Table } from './table.ts';

interface LinesRead<Row> {
  readonly rows: readonly Row[];
  /** Of bad lines, what could be read of them. */
  readonly unsettled: readonly Row[];
  /** Bad lines and footers, in no order. */
  readonly refused: readonly RefusedLine[];
}

/**
 * Reads a table line by line: a line with any bad cell is refused with the first of them, and
 * nothing of it is used.
 */
export function readLines<Row>(
  whole: Table,
  rowOf: (
    cells: LineCells,
    record: readonly string[],
    at: { readonly file: string; readonly line: number; readonly column: null },
  ) => Row,
): LinesRead<Row> {
  const { table, footers } = withoutFooters(whole);
  const rows: Row[] = [];
  const unsettled: Row[] = [];
  const refused: RefusedLine[] = [...footers];
  for (const { line, cells: record } of table.records) {
    if (isEmptyLine(record)) continue;
    const cells = cellsOf(table, { line, cells: record });
    const row = rowOf(cells, record, { file: table.file, line, column: null });
    const bad = cells.refused();
    if (!bad) rows.push(row);
    else {
      refused.push(bad);
      if (!isHarmless(bad.reason)) unsettled.push(row);
    }
  }
  return { rows, unsettled, refused };
}

/**
 * A line that is shorter than its header was cut off; a longer one may only have empty cells there.
 */
export function judgeLength(cells: LineCells, record: readonly string[], headers: number): void {
  if (record.length < headers) cells.refuse('too-few-cells', null);
  judgeExtra(cells, record, headers);
}

/** Refuses what stands to the right of the last header. */
export function judgeExtra(cells: LineCells, record: readonly string[], headers: number): void {
  if (record.length <= headers) return;
  const extra = record.findIndex((cell, index) => index >= headers && cell.trim() !== '');
  if (extra >= 0) cells.refuse('too-many-cells', extra);
}

/** Lines as a person reads them down the file. */
export function inLineOrder(refused: readonly RefusedLine[]): RefusedLine[] {
  return refused.toSorted((a, b) => a.at.line - b.at.line);
}
