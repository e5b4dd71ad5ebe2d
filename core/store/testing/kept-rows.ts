import type pg from 'pg';

/** Rows of all tables as they were at a moment, as long as the owner's connection lasts. */
export interface KeptRows {
  /** How many of a table. */
  count(table: string): number;
  /**
   * Puts back what has changed since they were kept, or put back; with it goes what `also` does,
   * which is told the number of a transaction that is later than whatever changed something.
   */
  putBack(also?: (moment: string) => readonly string[]): Promise<void>;
}

/** Of ours or of the queue, as SQL names it. */
interface Table {
  readonly name: string;
  /** Where its rows are kept. */
  readonly copy: string;
  /** Those that aren't worked out from others. */
  readonly columns: string;
  /** Null: it has no primary key. */
  readonly key: string | null;
}

interface Counted {
  readonly name: string;
  /** Rows as they were at a moment. */
  readonly old: number;
  /** Rows that were written after it. */
  readonly fresh: number;
}

export async function keepRows(owner: pg.Client): Promise<KeptRows> {
  const tables = await tablesOf(owner);
  let since = await moment(owner);
  const found = await countRows(owner, since);
  const kept = new Map(found.filter(({ old }) => old > 0).map(({ name, old }) => [name, old]));
  const copies = tables
    .filter(({ name }) => kept.has(name))
    .map(
      ({ name, copy, columns }) => `create temp table ${copy} as select ${columns} from ${name}`,
    );
  await owner.query(copies.join(';'));
  return {
    count: (table) => kept.get(table) ?? 0,
    async putBack(also = () => []) {
      const now = new Map((await countRows(owner, since)).map((one) => [one.name, one]));
      const back = tables.flatMap((table) => {
        const { old, fresh } = now.get(table.name) ?? { old: 0, fresh: 0 };
        const isShort = old < (kept.get(table.name) ?? 0);
        if (table.key === null) return fresh > 0 || isShort ? allOf(table, kept) : [];
        return [
          ...(fresh > 0 ? [`delete from ${table.name} where ${isAfter(since)}`] : []),
          ...(isShort ? [withMissing(table, table.key)] : []),
        ];
      });
      const statements = [...back, ...also(await moment(owner))];
      if (statements.length === 0) return;
      await owner.query(
        // neither triggers nor references have a say
        `set local session_replication_role = replica; ${statements.join(';')}`,
      );
      since = await moment(owner);
    },
  };
}

const isAfter = (since: string): string => `age(xmin) < age('${since}'::xid)`;

const withMissing = ({ name, copy, columns }: Table, key: string): string => `
  insert into ${name} (${columns}) overriding system value
  select ${columns} from ${copy} where (${key}) not in (select ${key} from ${name})`;

/** Without a key one row isn't told from another. */
function allOf({ name, copy, columns }: Table, kept: ReadonlyMap<string, number>): string[] {
  const back = `
    insert into ${name} (${columns}) overriding system value select ${columns} from ${copy}`;
  return [`delete from ${name}`, ...(kept.has(name) ? [back] : [])];
}

async function tablesOf(owner: pg.Client): Promise<readonly Table[]> {
  const { rows } = await owner.query<Table>(`
    select t.oid::regclass::text as name, 'kept_' || t.oid as copy,
      (select string_agg(quote_ident(a.attname), ', ') from pg_attribute a
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      ) as columns,
      (select string_agg(quote_ident(a.attname), ', ') from pg_attribute a
        where a.attrelid = t.oid and a.attnum = any(i.indkey)
      ) as key
    from pg_class t left join pg_index i on i.indrelid = t.oid and i.indisprimary
    where t.relnamespace in ('public'::regnamespace, 'bullmq'::regnamespace) and t.relkind = 'r'`);
  return rows;
}

/** Of the tables that have had a row. */
async function countRows(owner: pg.Client, since: string): Promise<readonly Counted[]> {
  const { rows: tables } = await owner.query<Pick<Table, 'name'>>(`
    select oid::regclass::text as name from pg_class
    where relnamespace in ('public'::regnamespace, 'bullmq'::regnamespace) and relkind = 'r'
      and pg_relation_size(oid) > 0`);
  if (tables.length === 0) return [];
  const each = tables.map(
    ({ name }) => `
      select '${name}' as name, count(*) filter (where not ${isAfter(since)})::integer as old,
        count(*) filter (where ${isAfter(since)})::integer as fresh from ${name}`,
  );
  const { rows } = await owner.query<Counted>(each.join(' union all '));
  return rows;
}

/** The number of a transaction that begins now. */
async function moment(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query<{ at: string }>(
    'select pg_current_xact_id()::xid::text as at',
  );
  return rows[0]?.at ?? '';
}
