import { sql } from 'kysely';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';

/** What a school has from its first day on. */
const ITS_OWN: ReadonlySet<string> = new Set(['address', 'due']);
/** Addresses that a school has before anybody is in it. */
const LISTS = ['team', 'pupils', 'families', 'headship', 'office'] as const;

/**
 * Removes a school that holds nothing: no person, class, message, nor anything that was ever done
 * in it. Its lists' addresses go with it; the agents' journal stays. False: it holds something, and
 * stays as it is.
 */
export async function removeEmptySchool(tx: TownTx, school: SchoolId): Promise<boolean> {
  if (await holdsSomething(tx, school)) return false;
  const inSchool = await tx.in(school);
  await own(inSchool)
    .deleteFrom('address')
    .where('kind', 'in', [...LISTS])
    .execute();
  await own(inSchool).deleteFrom('due').execute();
  await inSchool.db.deleteFrom('school').where('id', '=', school).execute();
  return true;
}

/** False: a school is in it. */
export async function removeEmptyCommune(tx: TownTx, commune: number): Promise<boolean> {
  const gone = await tx.db
    .deleteFrom('commune')
    .where('id', '=', commune)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('school').select('id').where('commune_id', '=', commune))),
    )
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/**
 * Whether any row of any table names the school. Whatever table comes to do so is found by its
 * foreign key; mail has none, and is never there without an account that has. Rows lie in the
 * school itself, or in the town's own where another column names it.
 */
async function holdsSomething(tx: TownTx, school: SchoolId): Promise<boolean> {
  const inSchool = await tx.in(school);
  const places = await referencesToSchools(inSchool);
  const other = await own(inSchool)
    .selectFrom('address')
    .select('id')
    .where('kind', 'not in', [...LISTS])
    .limit(1)
    .executeTakeFirst();
  if (other !== undefined) return true;
  const elsewhere = places.filter(({ table }) => !ITS_OWN.has(table));
  if (await anyRow(inSchool, elsewhere, school)) return true;
  return anyRow(
    await tx.in(TOWN),
    elsewhere.filter(({ column }) => column !== 'school_id'),
    school,
  );
}

interface Reference {
  readonly table: string;
  readonly column: string;
}

async function anyRow(
  tx: SchoolTx,
  places: readonly Reference[],
  school: SchoolId,
): Promise<boolean> {
  if (places.length === 0) return false;
  const looks = places.map(
    ({ table, column }) =>
      sql`exists (select from ${sql.table(table)} where ${sql.ref(column)} = ${school})`,
  );
  const { rows } = await sql<{ found: boolean }>`
    select ${sql.join(looks, sql` or `)} as found
  `.execute(tx.db);
  return rows[0]?.found ?? true;
}

async function referencesToSchools(tx: SchoolTx): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select c.relname as table, a.attname as column
    from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_attribute a on a.attrelid = k.conrelid
      and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.confrelid = 'school'::regclass
    order by c.relname, a.attname
  `.execute(tx.db);
  return rows;
}
