import { CsvError, parse } from 'csv-parse/sync';
import type { FileReason } from '../reason-names.ts';
import { decode } from './encoding.ts';
import { longHeader } from './header.ts';
import { COLUMNS, FILE_BYTES, LINE_CHARACTERS, ROWS } from './limits.ts';
import type { UnreadableRoster } from './rows.ts';
import type { Table, TableRecord } from './table.ts';
import { isUnreadable, unreadable } from './trouble.ts';

const DELIMITERS = [';', ',', '\t'] as const;
const BEGINNING = 1_000;
const BINARY_SHARE = 0.02;
/** What a spreadsheet writes above the header to tell another spreadsheet the delimiter. */
const SEPARATOR_LINE = /^"?sep=(.)"?\r?\n/i;

/**
 * A text file as a table. Quotes are read by the letter first; a file that has them within unquoted
 * cells is read with those as text.
 */
export function readCsv(name: string, bytes: Buffer): Table | UnreadableRoster {
  const whole = { file: name, line: 1, column: null };
  if (bytes.length > FILE_BYTES) return unreadable('file-too-big', whole);
  const decoded = decode(bytes);
  if (!decoded) return unreadable('encoding-broken', whole);
  const separator = SEPARATOR_LINE.exec(decoded.text);
  const text = separator ? decoded.text.slice(separator[0].length) : decoded.text;
  if (text.trim() === '') return unreadable('file-empty', whole);
  if (looksBinary(text)) return unreadable('not-a-text-file', whole);
  if (isAaf(text)) return unreadable('aaf-file', whole);
  const longAt = longLine(text);
  if (longAt !== null) return unreadable('line-too-long', { ...whole, line: longAt });
  const delimiter = separator?.[1] ?? delimiterOf(firstLine(text));
  const records = recordsOf(name, text, { delimiter, linesAbove: separator ? 1 : 0 });
  if (isUnreadable(records)) return records;
  const [header, ...rest] = records;
  if (!header) return unreadable('file-empty', whole);
  const headers = withoutEmptyEnd(header.cells);
  if (headers.length > COLUMNS)
    return unreadable('too-many-columns', { ...whole, line: header.line });
  const long = longHeader(headers);
  if (long !== null)
    return unreadable('header-too-long', { ...whole, line: header.line, column: long });
  return {
    file: name,
    encoding: decoded.encoding,
    delimiter,
    headers,
    headerLine: header.line,
    records: rest,
  };
}

/** The directory of the ministry as platforms are given it: XML by a DTD of its own. */
const isAaf = (text: string): boolean => {
  const beginning = text.slice(0, BEGINNING).trimStart();
  return beginning.startsWith('<') && beginning.includes('ficAlimMENESR');
};

/**
 * A stray control character is a bad cell; many are a picture, a document, or UTF-16 that doesn't
 * say so.
 */
function looksBinary(text: string): boolean {
  const beginning = text.slice(0, BEGINNING);
  return (
    firstLine(text).includes('\0') ||
    (beginning.match(/[\x00-\x08\x0E-\x1F]/g) ?? []).length > beginning.length * BINARY_SHARE
  );
}

/**
 * Which line is the first that is longer than any, or null. The parser counts the letters of a
 * line's cells alone, and would make a cell of each delimiter first.
 */
function longLine(text: string): number | null {
  const end = text.includes('\n') ? '\n' : '\r';
  for (let start = 0, line = 1; start < text.length; line += 1) {
    const found = text.indexOf(end, start);
    const stop = found < 0 ? text.length : found;
    if (stop - start > LINE_CHARACTERS) return line;
    start = stop + 1;
  }
  return null;
}

/**
 * What stands most often in the header outside quotes; a comma where none does, for a file of one
 * column.
 */
function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => ({
    delimiter,
    count: bare.split(delimiter).length,
  }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

function firstLine(text: string): string {
  return /[^\r\n]+/.exec(text.slice(0, LINE_CHARACTERS))?.[0] ?? '';
}

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
}

interface Layout {
  readonly delimiter: string;
  /** Lines cut off above the text. */
  readonly linesAbove: number;
}

function recordsOf(
  name: string,
  text: string,
  layout: Layout,
): readonly TableRecord[] | UnreadableRoster {
  const strict = parsed(name, text, { ...layout, strayQuotes: 'refused' });
  if (!isUnreadable(strict))
    return tooLong(name, strict) ?? swallowed(name, strict, layout.delimiter) ?? strict;
  if (strict.reason !== 'quote-misplaced') return strict;
  const lenient = parsed(name, text, { ...layout, strayQuotes: 'text' });
  if (isUnreadable(lenient)) return lenient;
  // Where quotes are text, none may hold a line break: it would be two lines made one.
  const broken = lenient.find(({ cells }) => cells.some((cell) => /[\r\n]/.test(cell.trim())));
  return broken
    ? unreadable('quote-open', { file: name, line: broken.line, column: null })
    : (tooLong(name, lenient) ?? lenient);
}

function tooLong(name: string, records: readonly TableRecord[]): UnreadableRoster | null {
  return records.length > ROWS + 1
    ? unreadable('too-many-lines', { file: name, line: ROWS + 2, column: null })
    : null;
}

/**
 * Two stray quotes far apart make one cell of all the lines between them. Such a cell holds a whole
 * line of the file, and so gives itself away.
 */
function swallowed(
  name: string,
  records: readonly TableRecord[],
  delimiter: string,
): UnreadableRoster | null {
  const delimiters = (records[0]?.cells.length ?? 1) - 1;
  if (delimiters === 0) return null;
  const holdsALine = (cell: string): boolean =>
    cell.includes('\n') &&
    cell.split('\n').some((line) => line.split(delimiter).length > Math.max(1, delimiters / 2));
  const found = records.find(({ cells }) => cells.some(holdsALine));
  return found ? unreadable('quote-open', { file: name, line: found.line, column: null }) : null;
}

function parsed(
  name: string,
  text: string,
  { delimiter, linesAbove, strayQuotes }: Layout & { readonly strayQuotes: 'refused' | 'text' },
): TableRecord[] | UnreadableRoster {
  const records: TableRecord[] = [];
  let countedToo = 0; // the parser counts a CR within a cell as a line, and so a CR LF there as two
  try {
    parse(text, {
      delimiter,
      record_delimiter: text.includes('\n') ? ['\r\n', '\n'] : ['\r'],
      relax_column_count: true,
      relax_quotes: strayQuotes === 'text',
      skip_empty_lines: true,
      max_record_size: LINE_CHARACTERS,
      to: ROWS + 2,
      on_record: (cells: string[], { lines }) => {
        const within = cells.some((cell) => cell.includes('\n') || cell.includes('\r'))
          ? cells.join('')
          : '';
        countedToo += within.split('\r').length - 1;
        records.push({
          line: linesAbove + lines - countedToo - (within.split('\n').length - 1),
          cells: upToLimit(cells),
        });
        return null;
      },
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadable(CSV_REASONS[String(error.code)] ?? 'csv-broken', {
      file: name,
      line: linesAbove + Number(error['lines'] ?? 1),
      column: null,
    });
  }
}

/** Without the empty cells beyond the last column there may be; the first that isn't stays. */
function upToLimit(cells: readonly string[]): readonly string[] {
  if (cells.length <= COLUMNS) return cells;
  const beyond = cells.find((cell, index) => index >= COLUMNS && cell.trim() !== '');
  return [...cells.slice(0, COLUMNS), ...(beyond === undefined ? [] : [beyond])];
}

const CSV_REASONS: Readonly<Record<string, FileReason | undefined>> = {
  CSV_QUOTE_NOT_CLOSED: 'quote-open',
  CSV_INVALID_CLOSING_QUOTE: 'quote-open',
  INVALID_OPENING_QUOTE: 'quote-misplaced',
  CSV_INVALID_OPENING_QUOTE: 'quote-misplaced',
  CSV_MAX_RECORD_SIZE: 'line-too-long',
};
