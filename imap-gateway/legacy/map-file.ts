import { CsvError, parse } from 'csv-parse/sync';
import { canonicalLocal } from '../../core/ground/address.ts';

/** One old account and where its mail goes. */
export interface Journey {
  /** Line of the file, from 1. */
  readonly line: number;
  /** How the old server knows the account. */
  readonly user: string;
  /** Null where an administrator of the old server signs in instead. */
  readonly password: string | null;
  /** An address of the town. */
  readonly address: string;
}

/** A line that can't be used, with why; the words are in `sentences.ts`. */
export interface MapFault {
  readonly line: number;
  readonly why:
    | 'no-user'
    | 'no-address'
    | 'bad-address'
    | 'no-password'
    | 'no-password-column'
    | 'open-quote'
    | 'twice';
}

type MapRead =
  | { readonly kind: 'map'; readonly journeys: readonly Journey[] }
  /** Nothing is begun with a file that has a fault. */
  | { readonly kind: 'faults'; readonly faults: readonly MapFault[] }
  /** No CSV, or without the columns `user` and `address`. */
  | { readonly kind: 'not-a-map' }
  /** Nothing below the first line. */
  | { readonly kind: 'empty' };

/** More lines than this are not one town's. */
const MAX_LINES = 100_000;

/**
 * Reads the map of old accounts to addresses: CSV with the first line's `,` `;` or tab, which names
 * `user`, `address` and, without an administrator, `password`; other columns are passed over. Each
 * account and each address stands there once. Spaces around a cell are nobody's; where a password
 * begins or ends with one, or holds the delimiter, it stands in quotation marks.
 */
export function readMap(text: string, { admin }: { readonly admin: boolean }): MapRead {
  const table = rowsOf(text);
  if ('openQuote' in table)
    return { kind: 'faults', faults: [{ line: table.openQuote, why: 'open-quote' }] };
  const { rows } = table;
  const header = rows[0]?.cells.map((name) => name.toLowerCase()) ?? [];
  const at = {
    user: header.indexOf('user'),
    address: header.indexOf('address'),
    password: header.indexOf('password'),
  };
  if (at.user < 0 || at.address < 0 || rows.length > MAX_LINES) return { kind: 'not-a-map' };
  if (at.password < 0 && !admin)
    return { kind: 'faults', faults: [{ line: rows[0]?.line ?? 1, why: 'no-password-column' }] };
  if (rows.length === 1) return { kind: 'empty' };
  const faults: MapFault[] = [];
  const journeys: Journey[] = [];
  const seen = new Set<string>();
  for (const { line, cells } of rows.slice(1)) {
    const user = cells[at.user] ?? '';
    const written = cells[at.address] ?? '';
    const password = cells[at.password] ?? '';
    const canonical = canonicalLocal(written);
    const address = canonical ? `${canonical.local}@${canonical.domain}` : '';
    const why = faultIn({ user, written, address, password }, { admin, seen });
    if (why !== null) faults.push({ line, why });
    else journeys.push({ line, user, password: admin ? null : password, address });
    seen.add(`user ${user}`).add(`address ${address}`);
  }
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'map', journeys };
}

/** One line of the map: its cells, and the address as it is kept, empty where it is none. */
interface MapLine {
  readonly user: string;
  readonly written: string;
  readonly address: string;
  readonly password: string;
}

function faultIn(
  { user, written, address, password }: MapLine,
  { admin, seen }: { readonly admin: boolean; readonly seen: ReadonlySet<string> },
): MapFault['why'] | null {
  if (user === '') return 'no-user';
  if (written === '') return 'no-address';
  if (address === '') return 'bad-address';
  if (!admin && password === '') return 'no-password';
  return seen.has(`user ${user}`) || seen.has(`address ${address}`) ? 'twice' : null;
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * A cell with nothing but spaces and delimiters around it is empty; a mark within a cell is a mark
 * (`ab"c`), one at its beginning opens a quotation.
 */
function rowsOf(text: string): { readonly rows: readonly Row[] } | { readonly openQuote: number } {
  const rows: Row[] = [];
  try {
    parse(text, {
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: lines, cells });
        return null; // it is kept already
      },
      bom: true,
      delimiter: delimiterOf(text),
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    });
    return { rows };
  } catch (error) {
    if (error instanceof CsvError) return { openQuote: (rows.at(-1)?.line ?? 0) + 1 };
    throw error;
  }
}

/**
 * Whichever of the three the first line has most of: in the lines below, the others may be part of
 * a password.
 */
function delimiterOf(text: string): string {
  const first = /[^\r\n]+/.exec(text)?.[0] ?? '';
  const many = (delimiter: string): number => first.split(delimiter).length;
  return [',', ';', '\t'].reduce((most, one) => (many(one) > many(most) ? one : most));
}
