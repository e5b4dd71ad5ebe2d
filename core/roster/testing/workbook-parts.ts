/** Workbooks out of hand-written parts, for tests: what programs write, and what nobody should. */
import { zipped } from '../../school/imports/testing/reading.ts';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

interface WorkbookParts {
  /** What stands within `sheetData`. */
  readonly rows: string;
  /** What stands within `sst`. */
  readonly strings?: string;
  /** What stands within `styleSheet`. */
  readonly styles?: string;
  /** Parts instead of those that are made here, or besides, by their path. */
  readonly more?: Readonly<Record<string, string>>;
}

/** The bytes of a workbook of one sheet. */
export function workbookOfParts({ rows, strings, styles, more = {} }: WorkbookParts): Buffer {
  const parts: Record<string, string> = {
    'xl/workbook.xml': `${XML}<workbook xmlns:r="${OFFICE}"><sheets><sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': [
      `${XML}<Relationships>`,
      `<Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>`,
      '</Relationships>',
    ].join(''),
    'xl/worksheets/sheet1.xml': `${XML}<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ...(strings === undefined ? {} : { 'xl/sharedStrings.xml': `${XML}<sst>${strings}</sst>` }),
    ...(styles === undefined
      ? {}
      : { 'xl/styles.xml': `${XML}<styleSheet>${styles}</styleSheet>` }),
    ...more,
  };
  return zipped(Object.entries(parts).map(([name, text]) => ({ name, bytes: Buffer.from(text) })));
}

/** A cell with words of its own. */
export function textCell(name: string, text: string): string {
  return `<c r="${name}" t="inlineStr"><is><t>${text}</t></is></c>`;
}

/** So often that the text has about so many bytes. */
export function repeated(text: string, bytes: number): string {
  return text.repeat(Math.floor(bytes / text.length));
}
