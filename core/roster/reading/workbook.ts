import { unpack } from './archive.ts';
import { longHeader } from './header.ts';
import { FILE_BYTES, WORKBOOK_BYTES } from './limits.ts';
import type { UnreadableRoster } from './rows.ts';
import type { Table, TableRecord } from './table.ts';
import { isUnreadable, unreadable } from './trouble.ts';
import { readSheet, readStrings } from './workbook-sheet.ts';
import { dateStylesOf } from './workbook-styles.ts';
import { readXml, WorkbookStop } from './workbook-xml.ts';

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';

/**
 * The first sheet of an XLSX workbook as a table (ECMA-376). Dates become `YYYY-MM-DD`; a formula
 * is the text of its last result. Rows are kept as they are met, so a cell far away costs nothing.
 */
export function readWorkbook(name: string, bytes: Buffer): Table | UnreadableRoster {
  const at = { file: name, line: 1, column: null };
  if (bytes.length > FILE_BYTES) return unreadable('file-too-big', at);
  try {
    return tableOf(name, firstSheetOf(name, bytes));
  } catch (error) {
    if (!(error instanceof WorkbookStop)) throw error;
    return unreadable(error.reason, { ...at, line: error.line, column: error.cell });
  }
}

/** Only the parts that are read are unpacked, all of them within one limit. */
function firstSheetOf(name: string, bytes: Buffer): readonly TableRecord[] {
  const room = { bytes: WORKBOOK_BYTES };
  const parts = (paths: readonly string[]): ReadonlyMap<string, Buffer> => {
    const found = unpack({ name, bytes }, (path) => paths.includes(path), { room });
    if (isUnreadable(found))
      throw new WorkbookStop(
        found.reason === 'archive-too-big' ? 'workbook-too-big' : 'workbook-broken',
      );
    const byPath = new Map(found.map((part) => [part.path, part.bytes]));
    // Of two parts of one name, two readers may take two.
    if (byPath.size < found.length) throw new WorkbookStop('workbook-broken');
    return byPath;
  };
  const outline = parts([WORKBOOK, RELATIONS]);
  const { sheet, from1904 } = readOutline(needed(outline.get(WORKBOOK)));
  const { sheets, strings, styles } = readRelations(needed(outline.get(RELATIONS)));
  const path = needed(sheets.get(sheet));
  const content = parts([path, strings, styles]);
  const [sharedStrings, styleSheet] = [content.get(strings), content.get(styles)];
  return readSheet(needed(content.get(path)), {
    strings: sharedStrings ? readStrings(sharedStrings) : [],
    dateStyles: styleSheet ? dateStylesOf(styleSheet) : [],
    from1904,
  });
}

function needed<T>(part: T | undefined): T {
  if (part === undefined) throw new WorkbookStop('workbook-broken');
  return part;
}

/** The first sheet by the name of its relation, and which day the workbook counts from. */
function readOutline(xml: Buffer): { readonly sheet: string; readonly from1904: boolean } {
  let sheet = '';
  let from1904: boolean | null = null;
  readXml(xml, {
    open(name, { id = '', date1904 }) {
      if (name === 'sheet' && sheet === '') sheet = id;
      if (name === 'workbookPr') from1904 ??= date1904 === '1' || date1904 === 'true';
    },
  });
  return { sheet, from1904: from1904 ?? false };
}

/** Where the parts of a workbook stand: each program names them as it likes. */
function readRelations(xml: Buffer): {
  readonly sheets: ReadonlyMap<string, string>;
  readonly strings: string;
  readonly styles: string;
} {
  const sheets = new Map<string, string>();
  let strings = 'xl/sharedStrings.xml';
  let styles = 'xl/styles.xml';
  readXml(xml, {
    open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (name !== 'Relationship') return;
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      // the same word ends the type in both generations of the standard
      if (type.endsWith('/worksheet')) sheets.set(id, path);
      if (type.endsWith('/sharedStrings')) strings = path;
      if (type.endsWith('/styles')) styles = path;
    },
  });
  return { sheets, strings, styles };
}

function tableOf(name: string, rows: readonly TableRecord[]): Table | UnreadableRoster {
  const at = { file: name, line: 1, column: null };
  const [header, ...records] = rows;
  if (!header) return unreadable('file-empty', at);
  const headers = header.cells;
  const long = longHeader(headers);
  if (long !== null)
    return unreadable('header-too-long', { ...at, line: header.line, column: long });
  const padding = Array<string>(headers.length).fill('');
  return {
    file: name,
    encoding: 'xlsx',
    delimiter: null,
    headers,
    headerLine: header.line,
    records: records.map(({ line, cells }) => ({
      line,
      cells: [...cells, ...padding.slice(cells.length)],
    })),
  };
}
