import type { ReadRosterFile, RosterFormat, UnreadableRoster } from '../rows.ts';
import type { ReadLines } from './classes.ts';
import { readCsv } from './csv.ts';
import { isOndePupils, readOndePupils } from './onde-pupils.ts';
import type { Table } from './table.ts';
import { isUnreadable, unreadable } from './trouble.ts';

/** A file as it came: alone, or one of a folder. */
export interface RosterFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Which column of an unknown file is which, by its header; null for what the file doesn't have. Remembered per school by the caller. */
export interface ColumnMapping {
  readonly familyName: string;
  readonly givenName: string;
  readonly usedName: string | null;
  readonly birthDate: string | null;
  readonly ine: string | null;
  readonly level: string | null;
  readonly className: string | null;
}

const READERS: readonly { readonly format: RosterFormat; readonly is: (headers: readonly string[]) => boolean; readonly read: (table: Table) => ReadLines | UnreadableRoster }[] = [
  { format: 'onde-pupils', is: isOndePupils, read: readOndePupils },
];

/**
 * What a roster file says, or why it can't be read at all; never half of it. The format is known by the header. A mapping is used
 * only where the header is of no known format; without one, such a file is `header-unknown`.
 */
export async function readRosterFile(files: readonly RosterFile[], options: { readonly mapping: ColumnMapping | null }): Promise<ReadRosterFile | UnreadableRoster> {
  void options;
  const [file] = files;
  if (!file) return unreadable('no-file', { file: '', line: 1, column: null });
  const table = await Promise.resolve(readCsv(file.name, file.bytes));
  return isUnreadable(table) ? table : readTable(table);
}

function readTable(table: Table): ReadRosterFile | UnreadableRoster {
  const reader = READERS.find(({ is }) => is(table.headers));
  const at = { file: table.file, line: table.headerLine, column: null };
  if (!reader) return unreadable('header-unknown', at);
  const lines = reader.read(table);
  if (isUnreadable(lines)) return lines;
  if (lines.rows.length + lines.refused.length === 0) return unreadable('no-lines', at);
  return { format: reader.format, encoding: table.encoding, delimiter: table.delimiter, ...lines };
}
