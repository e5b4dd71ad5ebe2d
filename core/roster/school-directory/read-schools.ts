import { folded } from '../../ground/folding.ts';
import { nameKey } from '../names.ts';
import { cellsOf, shown, type LineCells } from '../reading/cells.ts';
import { columnsOf, firstColumn } from '../reading/header.ts';
import type { FilePosition } from '../reading/rows.ts';
import type { Table, TableRecord } from '../reading/table.ts';
import { unreadable } from '../reading/trouble.ts';
import { readUai, uaiTrouble, type UaiTrouble } from '../uai.ts';
import { knownColumns, type SchoolColumns } from './columns.ts';

/** Why a line of a school can't be taken as it stands, by name. */
export type LineDoubt =
  | UaiTrouble
  | 'uai-twice'
  | 'name-missing'
  | 'commune-missing'
  | 'cell-unreadable';

/** One school as a file has it. */
export interface SchoolLine {
  /** Where it stands in the file; 1 is the header. */
  readonly line: number;
  /** In its one spelling; as it stands where it is in doubt. */
  readonly uai: string;
  readonly name: string;
  readonly commune: string;
  /** The commune's number of the INSEE, where the file has it. */
  readonly communeCode: string | null;
  readonly isClosed: boolean;
  readonly doubt: LineDoubt | null;
}

/** What is no school of ours, counted. */
export interface LeftAside {
  /** Establishments that are no school, by what the file calls them. */
  readonly types: readonly { readonly type: string; readonly count: number }[];
  readonly privateSchools: number;
}

export interface SchoolList {
  readonly kind: 'schools';
  readonly file: string;
  readonly encoding: string;
  readonly delimiter: string | null;
  readonly lines: number;
  readonly schools: readonly SchoolLine[];
  readonly aside: LeftAside;
}

/** What a file that isn't read says for itself; `reason` is a name that the texts know. */
interface UnreadableSchools {
  readonly kind: 'unreadable';
  readonly reason: string;
  readonly at: FilePosition;
}

/** Of a name, as everywhere that one is written by hand. */
const MOST_SIGNS = 100;
/**
 * An INSEE number: five signs, Corsica's with a letter. A spreadsheet may have eaten the first 0.
 */
const COMMUNE_CODE = /^(?:\d|\d{2}|2[AB])\d{3}$/;

/**
 * The schools that a table lists. `columns` is asked only where the headers are unknown; without
 * it such a table is `header-unknown`. A table with one school twice has both lines in doubt.
 */
export function readSchools(
  table: Table,
  columns: SchoolColumns | null,
): SchoolList | UnreadableSchools {
  const at = { file: table.file, line: table.headerLine, column: null };
  const known = knownColumns(table.headers) ?? columns;
  if (known === null) return unreadable('header-unknown', at);
  const absent = absentColumn(table, known);
  if (absent !== null) return unreadable('column-missing', { ...at, column: absent });
  const records = table.records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (records.length === 0) return unreadable('no-lines', at);
  const found = records.map((record) => establishmentOf(table, record, known));
  return {
    kind: 'schools',
    file: table.file,
    encoding: table.encoding,
    delimiter: table.delimiter,
    lines: records.length,
    schools: markTwice(found.flatMap((one) => (one.kind === 'school' ? [one.school] : []))),
    aside: {
      types: counted(found.flatMap((one) => (one.kind === 'other' ? [one.type] : []))),
      privateSchools: found.filter(({ kind }) => kind === 'private').length,
    },
  };
}

function absentColumn(table: Table, columns: SchoolColumns): string | null {
  const places = columnsOf(table.headers);
  return (
    Object.values(columns).find(
      (name: string | null) => name !== null && firstColumn(places, name) === null,
    ) ?? null
  );
}

type Establishment =
  | { readonly kind: 'school'; readonly school: SchoolLine }
  | { readonly kind: 'other'; readonly type: string }
  | { readonly kind: 'private' };

function establishmentOf(table: Table, record: TableRecord, columns: SchoolColumns): Establishment {
  const cells = cellsOf(table, record);
  const places = columnsOf(table.headers);
  const text = (column: keyof SchoolColumns): string => {
    const name = columns[column];
    return name === null ? '' : cells.text(firstColumn(places, name));
  };
  const type = text('type');
  if (columns.type !== null && !isSchoolType(type)) return { kind: 'other', type: shown(type) };
  if (folded(text('sector')).startsWith('priv')) return { kind: 'private' };
  return { kind: 'school', school: schoolOf(cells, record.line, text) };
}

/** « Ecole », « École maternelle », and what other tables call one. */
function isSchoolType(type: string): boolean {
  return /^(ecole|maternelle|elementaire|primaire)/.test(folded(type));
}

function schoolOf(
  cells: LineCells,
  line: number,
  text: (column: keyof SchoolColumns) => string,
): SchoolLine {
  const [given, name, commune] = [text('uai'), text('name'), text('commune')];
  const isTooLong = [name, commune].some((cell) => cell.length > MOST_SIGNS);
  const isUnreadable = cells.refused() !== null || isTooLong;
  const readable = (cell: string): string => (isUnreadable ? shown(cell) : cell);
  return {
    line,
    uai: readUai(given) ?? shown(given),
    name: readable(name),
    commune: readable(commune),
    communeCode: communeCodeOf(text('communeCode')),
    isClosed: folded(text('state')).startsWith('ferm'),
    doubt: doubtOf({ uai: given, name, commune, isUnreadable }),
  };
}

function communeCodeOf(text: string): string | null {
  const code = text.toUpperCase();
  return COMMUNE_CODE.test(code) ? code.padStart(5, '0') : null;
}

interface NamedSchool {
  readonly uai: string;
  readonly name: string;
  readonly commune: string;
  readonly isUnreadable: boolean;
}

function doubtOf({ uai, name, commune, isUnreadable }: NamedSchool): LineDoubt | null {
  if (isUnreadable) return 'cell-unreadable';
  if (nameKey(name) === '') return uaiTrouble(uai) ?? 'name-missing';
  return uaiTrouble(uai) ?? (nameKey(commune) === '' ? 'commune-missing' : null);
}

/** Which of two lines of one number is right only a person knows. */
function markTwice(schools: readonly SchoolLine[]): SchoolLine[] {
  const seen = new Map<string, number>();
  for (const { uai } of schools) seen.set(uai, (seen.get(uai) ?? 0) + 1);
  return schools.map((one) =>
    one.doubt === null && (seen.get(one.uai) ?? 0) > 1 ? { ...one, doubt: 'uai-twice' } : one,
  );
}

function counted(types: readonly string[]): LeftAside['types'] {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .toSorted((one, other) => other.count - one.count || one.type.localeCompare(other.type, 'fr'));
}
