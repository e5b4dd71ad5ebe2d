import { readSheet } from 'read-excel-file/node';
import { unpack } from './archive.ts';
import { COLUMNS, FILE_BYTES, ROWS, WORKBOOK_BYTES } from './limits.ts';
import type { UnreadableRoster } from './rows.ts';
import type { Table } from './table.ts';
import { isUnreadable, unreadable } from './trouble.ts';

/**
 * The first sheet of an XLSX workbook as a table. Dates become `YYYY-MM-DD`; a formula is the text
 * of its last result.
 */
export async function readWorkbook(name: string, bytes: Buffer): Promise<Table | UnreadableRoster> {
  const at = { file: name, line: 1, column: null };
  if (bytes.length > FILE_BYTES) return unreadable('file-too-big', at);
  const parts = unpack(name, bytes, () => true);
  if (isUnreadable(parts))
    return parts.reason === 'archive-broken' ? unreadable('workbook-broken', at) : parts;
  if (parts.reduce((sum, part) => sum + part.bytes.length, 0) > WORKBOOK_BYTES)
    return unreadable('file-too-big', at);
  // XLSX has no document type; with one, entities could multiply.
  if (parts.some((part) => part.bytes.includes('<!DOCTYPE') || part.bytes.includes('<!ENTITY')))
    return unreadable('workbook-broken', at);
  const sheet = await sheetOf(bytes);
  return sheet ? tableOf(name, sheet) : unreadable('workbook-broken', at);
}

async function sheetOf(bytes: Buffer): Promise<readonly (readonly unknown[])[] | null> {
  try {
    return await readSheet(bytes);
  } catch {
    return null; // whatever its reason: the person can only save the workbook again
  }
}

function tableOf(name: string, sheet: readonly (readonly unknown[])[]): Table | UnreadableRoster {
  const at = { file: name, line: 1, column: null };
  if (sheet.length > ROWS + 1) return unreadable('too-many-lines', { ...at, line: ROWS + 2 });
  const rows = sheet.map((cells, index) => ({ line: index + 1, cells: cells.map(textOf) }));
  const header = rows.find(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (!header) return unreadable('file-empty', at);
  const headers = header.cells.slice(
    0,
    header.cells.findLastIndex((cell) => cell.trim() !== '') + 1,
  );
  if (headers.length > COLUMNS) return unreadable('too-many-columns', { ...at, line: header.line });
  const padding = Array<string>(headers.length).fill('');
  const records = rows
    .slice(header.line)
    .map(({ line, cells }) => ({ line, cells: [...cells, ...padding.slice(cells.length)] }));
  return {
    file: name,
    encoding: 'xlsx',
    delimiter: null,
    headers,
    headerLine: header.line,
    records,
  };
}

function textOf(cell: unknown): string {
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}
