import { nameKey, personKey } from '../names.ts';
import type { PupilRow, RefusedLine } from '../rows.ts';
import type { LineReason } from '../reasons.ts';

/** The rows without those that a file says twice, and without those that share a national number but not a name. */
export function withoutTwice(rows: readonly PupilRow[], columns: { readonly ine: string | null }): { readonly rows: readonly PupilRow[]; readonly refused: readonly RefusedLine[] } {
  const muddled = numbersOfTwo(rows);
  const seen = new Set<string>();
  const kept: PupilRow[] = [];
  const refused: RefusedLine[] = [];
  const refuse = (row: PupilRow, reason: LineReason, column: string | null, cell: string): void => {
    refused.push({ at: { ...row.at, column }, reason, cell });
  };
  for (const row of rows) {
    const key = row.sourcedId ?? `${row.ine ?? ''}|${personKey(row)}|${nameKey(row.className ?? '')}`;
    if (row.ine !== null && muddled.has(row.ine)) refuse(row, 'ine-of-two-pupils', columns.ine, row.ine);
    else if (seen.has(key)) refuse(row, 'line-twice', null, `${row.familyName} ${row.givenName}`);
    else kept.push(row);
    seen.add(key);
  }
  return { rows: kept, refused };
}

/** National numbers under which a file names more than one child: none of these lines can be believed. */
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
