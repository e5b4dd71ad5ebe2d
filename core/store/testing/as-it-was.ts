/**
 * A town that each test of a file finds as the first one did: its rows are put back, which takes a
 * tenth of what another database costs with another core on it. For tests that end with all that
 * they began, since nobody is told of what is put back.
 */
import type pg from 'pg';

interface Rows {
  readonly count: number;
  /** The newest transaction that wrote one of them. */
  readonly newest: number;
}

/**
 * Keeps all rows as they are now, as long as the owner's connection lasts; the answer puts them
 * back. Numbers that rows had in between aren't given again.
 */
export async function keepAsItIs(admin: pg.Client): Promise<() => Promise<void>> {
  const columns = await columnsOf(admin);
  const kept = await rowsOf(admin, await tablesWithPages(admin));
  for (const [table, { count }] of kept) if (count === 0) kept.delete(table);
  const copies = [...kept.keys()].map(
    (table) => `create temp table kept_${table} as select ${columns.get(table)} from ${table}`,
  );
  await admin.query(copies.join(';'));
  let since = await moment(admin);
  return async () => {
    const tables = new Set([...kept.keys(), ...(await tablesWithPages(admin))]);
    const now = await rowsOf(admin, [...tables]);
    const isOther = ([table, { count, newest }]: readonly [string, Rows]): boolean =>
      count !== (kept.get(table)?.count ?? 0) || newest > since;
    const back = [...now].filter(isOther).flatMap(([table]) => [
      `delete from ${table}`,
      ...(kept.has(table)
        ? [
            `insert into ${table} (${columns.get(table)}) overriding system value
              select * from kept_${table}`,
          ]
        : []),
    ]);
    since = await moment(admin);
    await admin.query(
      [
        'set session_replication_role = replica',
        ...back,
        ...newVersions(since),
        'set session_replication_role = origin',
      ].join(';'),
    );
    since = await moment(admin);
  };
}

/**
 * Of rosters that no process has seen before, so that none goes on with what it has read of them.
 */
const newVersions = (at: number): readonly string[] => [
  `update school set roster_version = ${at}`,
  `alter table school alter column roster_version set default ${at}`,
];

/** Each table, with its columns that aren't worked out from others. */
async function columnsOf(admin: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await admin.query<{ table: string; columns: string }>(`
    select c.relname as table, string_agg(quote_ident(a.attname), ', ') as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by 1`);
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}

/** Those without haven't had a row yet. */
async function tablesWithPages(admin: pg.Client): Promise<readonly string[]> {
  const { rows } = await admin.query<{ table: string }>(`
    select relname as table from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0`);
  return rows.map(({ table }) => table);
}

async function rowsOf(admin: pg.Client, tables: readonly string[]): Promise<Map<string, Rows>> {
  const each = tables.map(
    (table) => `
      select '${table}' as table, count(*)::integer as count,
        coalesce(max(xmin::text::bigint), 0)::float as newest from ${table}`,
  );
  const { rows } = await admin.query<Rows & { table: string }>(each.join(' union all '));
  return new Map(rows.map(({ table, count, newest }) => [table, { count, newest }]));
}

/** The number of a transaction that begins now. */
async function moment(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ at: number }>(
    'select pg_current_xact_id()::text::float as at',
  );
  return rows[0]?.at ?? 0;
}
