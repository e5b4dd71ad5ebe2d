import pg from 'pg';
import { expect, it } from 'vitest';
import { freshDatabase } from '../../tests/shared/fresh-database.ts';

/**
 * What a row refers to: the check that PostgreSQL makes of it, and the columns that it knows it by.
 */
interface Reference {
  readonly name: string;
  readonly check: string;
  readonly columns: readonly string[];
}

async function references(db: pg.Client): Promise<readonly Reference[]> {
  const { rows } = await db.query<Reference>(`
    select conname as name,
      array_agg(attname::text order by ordinal) as columns,
      format(
        'select 1 from only %s x where %s for key share of x',
        confrelid::regclass,
        string_agg(format('%I = $%s', attname, ordinal), ' and ' order by ordinal)
      ) as check
    from pg_constraint, unnest(confkey) with ordinality as key (number, ordinal), pg_attribute
    where contype = 'f'
      and connamespace = 'public'::regnamespace
      and attrelid = confrelid
      and attnum = number
    group by conname, confrelid, conrelid
  `);
  return rows;
}

it('what a row refers to is looked up by its whole key, planned on the empty tables of a new town too', async () => {
  const database = await freshDatabase();
  const db = new pg.Client({ connectionString: database.adminUrl });
  await db.connect();
  try {
    const all = await references(db);
    const halfway: string[] = [];
    for (const { name, check, columns } of all) {
      const { rows } = await db.query<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${check}`);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      const condition = /Index Cond: (.*)/.exec(plan)?.[1] ?? '';
      if (!columns.every((column) => condition.includes(`(${column} = `)))
        halfway.push(`${name}: ${plan}`);
    }
    expect(all.length).toBeGreaterThan(20);
    expect(halfway).toEqual([]);
  } finally {
    await db.end();
    await database.drop();
  }
});

/**
 * Tables of rows whose school nothing proves: neither a key to the school, nor one that is never
 * null to a row of the same school whose school is proven.
 */
async function withoutSchool(db: pg.Client): Promise<readonly string[]> {
  const { rows } = await db.query<{ table: string }>(`
    with recursive of_school as (
      select c.oid, c.relname
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'school_id' and a.attnotnull
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    ),
    names as (
      select k.conrelid as "from", k.confrelid as "to"
      from pg_constraint k join pg_attribute f on f.attrelid = k.conrelid and f.attnum = any(k.conkey)
      where k.contype = 'f'
      group by k.oid, k.conrelid, k.confrelid
      having bool_and(f.attnotnull) and bool_or(f.attname = 'school_id')
    ),
    proven as (
      select 'school'::regclass::oid as oid
      union
      select names."from" from names join proven on proven.oid = names."to"
    )
    select relname as table from of_school where oid not in (select oid from proven) order by 1
  `);
  return rows.map(({ table }) => table);
}

it('what is a school’s is never there without it, though few rows say so themselves', async () => {
  const database = await freshDatabase();
  const db = new pg.Client({ connectionString: database.adminUrl });
  await db.connect();
  try {
    // A message goes with the last entry, hold or row of the outbox that names it; a piece is, by a
    // check, of a body or of a file that is on its way.
    expect(await withoutSchool(db)).toEqual(['message', 'stored_body_piece']);
  } finally {
    await db.end();
    await database.drop();
  }
});
