import { DAY_MS } from '../../ground/spans.ts';
import { isDay } from '../days.ts';
import { COLUMNS, LINE_CHARACTERS, ROWS, TABLE_CHARACTERS } from './limits.ts';
import type { TableRecord } from './table.ts';
import { readXml, WorkbookStop, type XmlAttributes } from './workbook-xml.ts';

/** What the cells of a sheet refer to. */
interface SheetContext {
  readonly strings: readonly string[];
  /** Which styles are those of days, by their place. */
  readonly dateStyles: readonly boolean[];
  /** Days are counted from 1904, as old Macs did. */
  readonly from1904: boolean;
}

/** Of 1 January 1970, counted from the end of 1899 as workbooks do. */
const DAYS_BEFORE_1970 = 25_569;
/** Between the two days that workbooks count from. */
const DAYS_BEFORE_1904 = 1_462;
/** Far beyond the last cell of any spreadsheet, `XFD1048576`: such a one is still told. */
const REFERENCE = /^([A-Z]{1,10})([1-9]\d{0,9})$/;
/** Signs that XML can't hold are written `_x000D_` (ECMA-376 Part 1 §22.9.2.19). */
const ESCAPED = /_x([0-9A-F]{4})_/gi;

/**
 * The rows of a sheet that have something in them (ECMA-376 Part 1 §18.3.1). A cell is looked at
 * where it says that it stands before anything is made of it: an empty one beyond the limits, which
 * formatting leaves behind, is passed over; one that isn't empty ends the reading with its name.
 */
export function readSheet(xml: Buffer, context: SheetContext): readonly TableRecord[] {
  const rows: TableRecord[] = [];
  let row: OpenRow = { line: 0, column: 0, cells: [], characters: 0 };
  let cell: OpenCell | null = null;
  let characters = 0;
  readXml(xml, {
    open(name, attributes) {
      if (name === 'row') row = openRow(attributes, row.line);
      else if (name === 'c') cell = openCell(attributes, row);
      else if (cell) openIn(cell, name);
    },
    text(text) {
      if (cell?.takes) cell.text += text;
    },
    close(name) {
      if (name === 'row') {
        if (row.cells.length > 0) rows.push({ line: row.line, cells: row.cells });
        characters += row.characters;
        if (characters > TABLE_CHARACTERS) throw new WorkbookStop('file-too-big', row.line);
      } else if (name === 'c' && cell) {
        place(row, cell, valueOf(cell, context));
        cell = null;
      } else if (cell) closeIn(cell, name);
    },
  });
  return rows;
}

interface OpenRow {
  readonly line: number;
  /** Of the last cell that was met, a passed one too. */
  column: number;
  readonly cells: string[];
  characters: number;
}

interface OpenCell {
  readonly name: string;
  readonly column: number;
  readonly type: string;
  readonly style: number;
  text: string;
  /** The cell's text is being read: its value, or a run of its own words. */
  takes: boolean;
  /** How a word is spoken (Japanese), which stands beside it. */
  isSpoken: boolean;
}

function openRow({ r }: XmlAttributes, before: number): OpenRow {
  const line = r === undefined ? before + 1 : Number(r);
  if (!Number.isSafeInteger(line) || line <= before) throw new WorkbookStop('workbook-broken');
  return { line, column: 0, cells: [], characters: 0 };
}

function openCell({ r, t = 'n', s }: XmlAttributes, row: OpenRow): OpenCell {
  const [name, letters, line] = r === undefined ? [] : (REFERENCE.exec(r) ?? []);
  if ((r !== undefined && name === undefined) || (line !== undefined && Number(line) !== row.line))
    throw new WorkbookStop('workbook-broken', row.line);
  const column = letters === undefined ? row.column + 1 : columnOf(letters);
  if (column <= row.column) throw new WorkbookStop('workbook-broken', row.line);
  row.column = column;
  return {
    name: name ?? `${row.line}:${column}`,
    column,
    type: t,
    style: s === undefined ? -1 : Number(s),
    text: '',
    takes: false,
    isSpoken: false,
  };
}

/** `A` is 1, `Z` 26, `AA` 27. */
function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

/** A value stands in `v`, words of the cell's own in `t`, alone or in runs. */
function openIn(cell: OpenCell, name: string): void {
  if (name === 'rPh') cell.isSpoken = true;
  if (name === (cell.type === 'inlineStr' ? 't' : 'v')) cell.takes = !cell.isSpoken;
}

function closeIn(cell: OpenCell, name: string): void {
  if (name === 'rPh') cell.isSpoken = false;
  if (name === 't' || name === 'v') cell.takes = false;
}

function place(row: OpenRow, { name, column }: OpenCell, value: string): void {
  if (value === '') return;
  if (column > COLUMNS || row.line > ROWS + 1) throw new WorkbookStop('cell-far', row.line, name);
  row.characters += value.length;
  if (row.characters > LINE_CHARACTERS) throw new WorkbookStop('line-too-long', row.line);
  while (row.cells.length < column - 1) row.cells.push('');
  row.cells.push(value);
}

/** As text (ECMA-376 Part 1 §18.18.11); of a formula its last result, of an error nothing. */
function valueOf({ text, type, style, name }: OpenCell, context: SheetContext): string {
  if (text === '' || type === 'e') return '';
  const known = (value: string | undefined): string => {
    if (value === undefined) throw new WorkbookStop('workbook-broken', 1, name);
    return value;
  };
  switch (type) {
    case 'str':
    case 'inlineStr':
      return unescaped(text).trim();
    case 's':
      return known(context.strings[Number(text)]);
    case 'b':
      return known({ '0': 'false', '1': 'true' }[text]);
    case 'd':
      return isDay(text.slice(0, 10)) ? text.slice(0, 10) : text;
    case 'n':
      return known(numberText(Number(text), style, context));
    default:
      return known(undefined);
  }
}

function numberText(
  number: number,
  style: number,
  { dateStyles, from1904 }: SheetContext,
): string | undefined {
  if (Number.isNaN(number)) return undefined;
  if (dateStyles[style] !== true) return String(number);
  const days = number - DAYS_BEFORE_1970 + (from1904 ? DAYS_BEFORE_1904 : 0);
  return dayOf(Math.floor(days * DAY_MS)) ?? '';
}

function dayOf(ms: number): string | undefined {
  const day = new Date(ms);
  return Number.isNaN(day.getTime()) ? undefined : day.toISOString().slice(0, 10);
}

/** The words that cells share (ECMA-376 Part 1 §18.4.8), in their order. */
export function readStrings(xml: Buffer): readonly string[] {
  const strings: string[] = [];
  let text = '';
  let takes = false;
  let isSpoken = false;
  readXml(xml, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') isSpoken = true;
      if (name === 't') takes = !isSpoken;
    },
    text(more) {
      if (takes) text += more;
    },
    close(name) {
      if (name === 'si') strings.push(unescaped(text).trim());
      if (name === 'rPh') isSpoken = false;
      if (name === 't') takes = false;
    },
  });
  return strings;
}

function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(ESCAPED, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;
}
