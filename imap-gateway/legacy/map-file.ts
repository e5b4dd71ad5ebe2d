import { CsvError, parse } from 'csv-parse/sync';
import { canonicalLocal } from '../../core/address.ts';

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
export interface MapFault { readonly line: number; readonly why: 'no-user' | 'no-address' | 'bad-address' | 'no-password' | 'twice' }

export type MapRead =
  | { readonly kind: 'map'; readonly journeys: readonly Journey[] }
  /** Nothing is begun with a file that has a fault. */
  | { readonly kind: 'faults'; readonly faults: readonly MapFault[] }
  /** No CSV, or without the columns `user` and `address`. */
  | { readonly kind: 'not-a-map' };

/** More lines than this are not one town's. */
const MAX_LINES = 100_000;

/**
 * Reads the map of old accounts to addresses: CSV in UTF-8 with `,` `;` or tab and a header line naming `user`, `address` and,
 * without an administrator, `password`; other columns are passed over. Each account and each address stands there once.
 */
export function readMap(text: string, admin: boolean): MapRead {
  const rows = rowsOf(text);
  const header = rows?.[0]?.cells.map((name) => name.trim().toLowerCase());
  const at = { user: header?.indexOf('user') ?? -1, address: header?.indexOf('address') ?? -1, password: header?.indexOf('password') ?? -1 };
  if (!rows || at.user < 0 || at.address < 0 || rows.length > MAX_LINES) return { kind: 'not-a-map' };
  const faults: MapFault[] = [];
  const journeys: Journey[] = [];
  const seen = new Set<string>();
  for (const { line, cells: row } of rows.slice(1)) {
    const user = (row[at.user] ?? '').trim();
    const written = (row[at.address] ?? '').trim();
    const password = at.password < 0 ? '' : row[at.password] ?? '';
    const canonical = canonicalLocal(written);
    const address = canonical ? `${canonical.local}@${canonical.domain}` : '';
    const why = user === '' ? 'no-user' : written === '' ? 'no-address' : address === '' ? 'bad-address'
      : !admin && password === '' ? 'no-password' : seen.has(`user ${user}`) || seen.has(`address ${address}`) ? 'twice' : null;
    if (why !== null) faults.push({ line, why });
    else journeys.push({ line, user, password: admin ? null : password, address });
    seen.add(`user ${user}`).add(`address ${address}`);
  }
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'map', journeys };
}

interface Row { readonly line: number; readonly cells: readonly string[] }

function rowsOf(text: string): Row[] | null {
  try {
    const read = parse(text, { bom: true, delimiter: [',', ';', '\t'], relax_column_count: true, skip_empty_lines: true, info: true }) as unknown as { readonly info: { readonly lines: number }; readonly record: string[] }[];
    return read.map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
