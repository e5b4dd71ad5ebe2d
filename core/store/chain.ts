import { sql } from 'kysely';
import { TOWN, type PaperId, type SchoolId } from '../ground/ids.ts';
import { keysOf } from '../ground/keys.ts';
import { writeAudit } from './audit.ts';
import { allSchools } from './schools/roster.ts';
import type { SchoolTx, Store } from './store.ts';
import type { Database } from './tables.ts';

/**
 * The journals are rows of chains (decision 90), one of each school and one of the town, which the
 * database itself makes longer at each commit: a row that is inserted into one of these tables has
 * its link by then. A table that is to be chained needs its triggers, `chained()` for its rows and
 * its name in the check of `chain_link.kind`; whoever inserts into it does nothing more.
 */
type ChainedTable = Database['chain_link']['kind'];

/** Where each is; whose rows are all of the town's chain names no school. */
const CHAINED: Readonly<Record<ChainedTable, 'school' | 'town'>> = {
  audit: 'school',
  agent_act: 'town',
};

/** How long rows of journals are kept; a row that is gone before is missing. */
export const JOURNAL_YEARS = 3;

/** The last row of a chain. */
export interface ChainHead {
  readonly school: SchoolId;
  readonly n: number;
  /** Hexadecimal. */
  readonly hash: string;
}

/** A row of a chain that isn't what it was, by its place in it. */
export interface ChainFault {
  readonly school: SchoolId;
  readonly why:
    /** The journal's row says something else than when it was written. */
    | 'changed'
    /** The journal's row is gone before its time. */
    | 'taken-out'
    /** The journal has a row that never came in by its way. */
    | 'slipped-in'
    /** The link itself is not what it was. */
    | 'link-changed'
    /** Links are gone before this one. */
    | 'links-missing'
    /** The chain had come to this one, and hasn't it any more. */
    | 'head-gone';
  /** Null: it is in no chain. */
  readonly n: number | null;
  readonly table: ChainedTable | null;
  readonly row: number | null;
  /** When it was written. */
  readonly at: Date;
}

/** The heads of all chains that have begun. */
export async function chainHeads(store: Store): Promise<ChainHead[]> {
  const heads: ChainHead[] = [];
  for (const school of await chains(store))
    heads.push(...(await store.read(school, (tx) => lastLink(tx))));
  return heads;
}

/** Whatever in the chains of a database isn't as it was written. */
export async function brokenLinks(store: Store): Promise<ChainFault[]> {
  const faults: ChainFault[] = [];
  for (const school of await chains(store))
    faults.push(...(await store.readAside(school, linkFaults)));
  return faults;
}

/** Of these heads, those that their chains have no more. */
export async function missingHeads(
  store: Store,
  heads: readonly ChainHead[],
): Promise<readonly ChainHead[]> {
  const missing: ChainHead[] = [];
  for (const [school, its] of Map.groupBy(heads, (head) => head.school))
    missing.push(...(await store.read(school, (tx) => notThere(tx, its))));
  return missing;
}

const chains = async (store: Store): Promise<SchoolId[]> => [
  TOWN,
  ...(await store.readTown(allSchools)),
];

async function lastLink(tx: SchoolTx): Promise<ChainHead[]> {
  const { rows } = await sql<{ n: number; hash: string }>`
    select n, encode(hash, 'hex') as hash
    from chain_link
    where school_id = ${tx.school}
    order by n desc
    limit 1
  `.execute(tx.db);
  return rows.map((row) => ({ school: tx.school, ...row }));
}

async function notThere(tx: SchoolTx, heads: readonly ChainHead[]): Promise<ChainHead[]> {
  const { rows } = await sql<{ place: number }>`
    select place::integer - 1 as place
    from unnest(
      ${heads.map(({ n }) => n)}::bigint[],
      ${heads.map(({ hash }) => hash)}::text[]
    ) with ordinality as h (n, hash, place)
    where not exists (
      select
      from chain_link l
      where l.school_id = ${tx.school} and l.n = h.n and encode(l.hash, 'hex') = h.hash
    )
  `.execute(tx.db);
  return rows.flatMap(({ place }) => heads[place] ?? []);
}

async function linkFaults(tx: SchoolTx): Promise<ChainFault[]> {
  const { school } = tx;
  const tables = keysOf(CHAINED).filter((table) => CHAINED[table] === 'school' || school === TOWN);
  const journal = sql.join(
    tables.map(
      (table) => sql`
        select ${table} as kind, id, at, chained(r) as content
        from ${sql.table(table)} r
        ${CHAINED[table] === 'school' ? sql`where school_id = ${school}` : sql``}
      `,
    ),
    sql` union all `,
  );
  const { rows } = await sql<ChainFault>`
    with
      link as (
        select *, lag(hash) over in_order as before, coalesce(lag(n) over in_order, 0) as n_before
        from chain_link
        where school_id = ${school}
        window in_order as (order by n)
      ),
      journal as (${journal}),
      erased as (
        select jsonb_array_elements(subject -> 'links')::bigint as n
        from audit a
        where school_id = ${school} and act = 'paper-erase'
          and not exists (
            select
            from paper p
            where p.school_id = a.school_id and p.id = (a.subject ->> 'paper')::bigint
          )
      ),
      looked_at as (
        select
          coalesce(l.kind, j.kind) as "table",
          coalesce(l.row_id, j.id) as "row",
          coalesce(l.at, j.at) as at,
          l.n,
          case
            when l.n is null then 'slipped-in'
            when l.n <> l.n_before + 1 then 'links-missing'
            when l.hash <> chain_hash(l.before, l.digest, l.n, l.at) then 'link-changed'
            when j.id is null and l.at > now() - ${sql.lit(`${JOURNAL_YEARS} years`)}::interval
              and not (l.salt is null and l.n in (select n from erased))
              then 'taken-out'
            when j.id is not null and l.digest is distinct from chain_digest(l.salt, j.content)
              then 'changed'
          end as why
        from link l full join journal j on j.kind = l.kind and j.id = l.row_id
      )
    select ${school}::integer as school, why, n, "table", "row", at
    from looked_at
    where why is not null
    order by at, n
  `.execute(tx.db);
  return rows;
}

/**
 * Erases what the journal says of the signatures of a paper that goes, each row with its salt, and
 * writes down of which links it did: a row that is gone before its time without that is missing,
 * and so is one whose paper is still there.
 */
export async function eraseSignatures(tx: SchoolTx, paper: PaperId): Promise<void> {
  const { rows } = await sql<{ n: number }>`
    with
      gone as (
        delete from audit
        where school_id = ${tx.school}
          and act in ('paper-sign', 'paper-slip')
          and subject @> ${JSON.stringify({ paper })}::jsonb
        returning id
      )
    update chain_link l set salt = null
    from gone
    where l.school_id = ${tx.school} and l.kind = 'audit' and l.row_id = gone.id
    returning l.n
  `.execute(tx.db);
  if (rows.length > 0)
    await writeAudit(tx, null, 'paper-erase', { paper, links: rows.map(({ n }) => n) });
}

/** Rows erased in one transaction. */
const ERASED_AT_ONCE = 5_000;

/**
 * Erases rows of the journals that are older than they are kept, each with its salt: the chains
 * stay whole.
 */
export async function eraseOldRows(store: Store): Promise<void> {
  for (const school of await chains(store))
    while ((await store.write(school, eraseSomeOld)) === ERASED_AT_ONCE);
}

async function eraseSomeOld(tx: SchoolTx): Promise<number> {
  const gone = Object.entries(CHAINED).map(
    ([table, of]) => sql`
      ${sql.ref(`${table}_gone`)} as (
        delete from ${sql.table(table)} r
        using old
        where old.kind = ${table}
          and r.id = old.row_id
          ${of === 'school' ? sql`and r.school_id = ${tx.school}` : sql``}
      )
    `,
  );
  const { rows } = await sql<{ count: number }>`
    with
      old as (
        update chain_link l set salt = null
        from (
          select n
          from chain_link
          where school_id = ${tx.school}
            and salt is not null
            and at < now() - ${sql.lit(`${JOURNAL_YEARS} years`)}::interval
          order by at
          limit ${ERASED_AT_ONCE}
        ) o
        where l.school_id = ${tx.school} and l.n = o.n
        returning l.kind, l.row_id
      ),
      ${sql.join(gone)}
    select count(*) as count from old
  `.execute(tx.db);
  return rows[0]?.count ?? 0;
}
