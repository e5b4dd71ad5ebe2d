import { personKey } from '../names.ts';
import type { PupilRow, RefusedLine, RosterRow } from './rows.ts';

/** The rows without those that a file says twice; `keyOf` is what makes two lines one. */
export function once<Row extends RosterRow>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): { readonly rows: readonly Row[]; readonly refused: readonly RefusedLine[] } {
  const seen = new Set<string>();
  const kept: Row[] = [];
  const refused: RefusedLine[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    if (seen.has(key))
      refused.push({
        at: row.at,
        reason: 'line-twice',
        cell: `${row.familyName} ${row.givenName}`,
      });
    else kept.push(row);
    seen.add(key);
  }
  return { rows: kept, refused };
}

/**
 * The rows without those that share a national number but not a name and birth date: none of these
 * lines can be believed.
 */
export function withoutMuddledNumbers(
  rows: readonly PupilRow[],
  column: string | null,
): {
  readonly rows: readonly PupilRow[];
  readonly unsettled: readonly PupilRow[];
  readonly refused: readonly RefusedLine[];
} {
  const muddled = numbersOfTwo(rows);
  if (muddled.size === 0) return { rows, unsettled: [], refused: [] };
  const isMuddled = ({ ine }: PupilRow): boolean => ine !== null && muddled.has(ine);
  return {
    rows: rows.filter((row) => !isMuddled(row)),
    unsettled: rows.filter(isMuddled),
    refused: rows.flatMap(({ ine, at }) =>
      ine !== null && muddled.has(ine)
        ? [{ at: { ...at, column }, reason: 'ine-of-two-pupils', cell: ine }]
        : [],
    ),
  };
}

function numbersOfTwo(rows: readonly PupilRow[]): ReadonlySet<string> {
  const owners = new Map<string, string>();
  const muddled = new Set<string>();
  for (const row of rows) {
    if (row.ine === null) continue;
    const owner = personKey(row);
    if ((owners.get(row.ine) ?? owner) !== owner) muddled.add(row.ine);
    owners.set(row.ine, owner);
  }
  return muddled;
}
