/**
 * A file taken apart into cells, whether it was text or a workbook. No cell has been judged yet.
 */
export interface Table {
  readonly file: string;
  readonly encoding: string;
  /** Null for a workbook. */
  readonly delimiter: string | null;
  readonly headers: readonly string[];
  /** The line of the header; 1 but for files with blank lines above it. */
  readonly headerLine: number;
  readonly records: readonly TableRecord[];
}

export interface TableRecord {
  /** Where it begins in the file; 1 is the first line. */
  readonly line: number;
  readonly cells: readonly string[];
}
