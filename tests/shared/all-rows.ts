import type pg from 'pg';

/** By their letters in PostgreSQL's catalog (its manual, 51.11). */
const KINDS = { tables: 'r', sequences: 'S' } as const;

/** What all tables or sequences of a database hold: of each its name and a hash of its rows. */
export async function allRows(
  owner: pg.Client,
  kind: keyof typeof KINDS,
): Promise<ReadonlyMap<string, string>> {
  const { rows: relations } = await owner.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relnamespace in ('public'::regnamespace, 'bullmq'::regnamespace) and relkind = $1
       and pg_relation_size(oid) > 0`,
    [KINDS[kind]],
  );
  // how far its log is ahead of a sequence isn't seen by anybody
  const row = `(to_jsonb(r) - 'log_cnt')::text`;
  const each = relations.map(
    ({ name }) => `
      select '${name}' as name, count(*) || ' ' || md5(string_agg(${row}, ' ' order by ${row})) as hash
      from ${name} r having count(*) > 0`,
  );
  const { rows } = await owner.query<{ name: string; hash: string }>(each.join(' union all '));
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}
