import { sql } from 'kysely';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { AddressEntry } from '../../roster/snapshot.ts';
import { anyOf } from '../any-of.ts';
import { type AddressRow, entryOf } from '../schools/addresses.ts';
import { allSchools } from '../schools/roster.ts';
import type { Store, TownTx } from '../store.ts';

/** Every address of these schools: people and lists, oldest first. */
export async function addressesOfSchools(
  tx: TownTx,
  schools: readonly SchoolId[],
): Promise<AddressEntry[]> {
  return (await addressesIn(tx, schools).execute()).map(entryOf);
}

/** Their lists alone. */
export async function listsOfSchools(
  tx: TownTx,
  schools: readonly SchoolId[],
): Promise<AddressEntry[]> {
  const rows = await addressesIn(tx, schools).where('kind', '<>', 'account').execute();
  return rows.map(entryOf);
}

const addressesIn = (tx: TownTx, schools: readonly SchoolId[]) =>
  tx.kept
    .selectFrom('address')
    .selectAll()
    .where('school_id', '=', anyOf(schools))
    .orderBy('id')
    .$castTo<AddressRow>();

/**
 * Working adults of all schools whose name or address has this text in it, accents folded; school
 * by school, until there are enough.
 */
export async function findAdults(store: Store, text: string, limit: number): Promise<AddressId[]> {
  const pattern = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const found: AddressId[] = [];
  for (const school of await store.readTown(allSchools)) {
    const { rows } = await store.read(school, (tx) =>
      sql<{ address_id: AddressId }>`
        select address_id
        from account
        where school_id = ${tx.school}
          and role in ('teacher', 'head', 'staff')
          and state = 'active'
          and unaccent(lower(display_name)) like unaccent(lower(${pattern}))
        order by family_name
        limit ${limit}
      `.execute(tx.kept),
    );
    found.push(...rows.map((row) => row.address_id));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}
