import { sql } from 'kysely';
import type { SiteTrouble } from '../../roster/sites.ts';
import type { TownTx } from '../store.ts';

/** A list of sites that was read whole. */
export interface KeptSiteList {
  readonly source: string;
  /** What the source calls this state of it: an ETag, the times of its files; null: nothing. */
  readonly version: string | null;
  readonly loadedAt: Date;
  readonly entries: number;
  readonly categories: readonly { readonly name: string; readonly entries: number }[];
}

/** The list in force; null where none was read yet. */
export async function currentSiteList(tx: Pick<TownTx, 'db'>): Promise<KeptSiteList | null> {
  const row = await tx.db
    .selectFrom('site_list')
    .selectAll()
    .where('is_current', '=', true)
    .executeTakeFirst();
  if (!row) return null;
  return {
    source: row.source,
    version: row.version,
    loadedAt: row.loaded_at,
    entries: row.entries,
    categories: row.categories.map((name, at) => ({ name, entries: row.counts[at] ?? 0 })),
  };
}

/** Reads the entries of the list in force that lie in these buckets. */
export interface SiteBlocks {
  /** By the number that a record ends with. */
  readonly categories: readonly string[];
  readonly blocks: ReadonlyMap<number, Buffer>;
}

/**
 * Null where there is none. One statement: a list that is put in force meanwhile is seen whole, or
 * not at all. `limit` and `offset` leave PostgreSQL one way, by both columns of the key: joined
 * freely, it took these few rows for hundreds of lists and read the whole index for each letter.
 */
export async function siteBlocks(
  tx: Pick<TownTx, 'db'>,
  buckets: readonly number[],
): Promise<SiteBlocks | null> {
  const { rows } = await sql<{
    categories: string[];
    bucket: number | null;
    records: Buffer | null;
  }>`
    select l.categories, b.bucket, b.records
    from (select id, categories from site_list where is_current limit 1) l
      left join lateral (
        select bucket, records
        from site_block
        where list_id = l.id and bucket = any(${[...buckets]}::integer[])
        offset 0
      ) b on true
  `.execute(tx.db);
  const [list] = rows;
  if (!list) return null;
  return {
    categories: list.categories,
    blocks: new Map(
      rows.flatMap(({ bucket, records }) =>
        bucket === null || records === null ? [] : [[bucket, records] as const],
      ),
    ),
  };
}

interface SiteListSource {
  readonly source: string;
  readonly version: string | null;
  readonly at: Date;
}

/** Begins a list; nobody sees it before `putInForce`. */
export async function beginSiteList(
  tx: TownTx,
  { source, version, at }: SiteListSource,
): Promise<number> {
  const { id } = await tx.db
    .insertInto('site_list')
    .values({ source, version, loaded_at: at })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function insertSiteBlocks(
  tx: TownTx,
  list: number,
  blocks: readonly { readonly bucket: number; readonly records: Buffer }[],
): Promise<void> {
  await sql`
    insert into site_block (list_id, bucket, records)
    select ${list}, b.bucket, b.records
    from unnest(
      ${blocks.map(({ bucket }) => bucket)}::integer[],
      ${blocks.map(({ records }) => records)}::bytea[]
    ) b (bucket, records)
  `.execute(tx.db);
}

/** From here on every look-up sees this list; the one before it goes. */
export async function putInForce(
  tx: TownTx,
  list: number,
  { categories, entries }: Pick<KeptSiteList, 'categories' | 'entries'>,
): Promise<void> {
  await tx.db.deleteFrom('site_list').where('is_current', '=', true).execute();
  await tx.db
    .updateTable('site_list')
    .set({
      is_current: true,
      entries,
      categories: categories.map(({ name }) => name),
      counts: categories.map((one) => one.entries),
    })
    .where('id', '=', list)
    .execute();
}

/** Lists that were begun and never put in force. */
export async function dropUnfinishedLists(tx: TownTx): Promise<void> {
  await tx.db.deleteFrom('site_list').where('is_current', '=', false).execute();
}

/** How the last reading of the source went. */
interface SiteUpdate {
  readonly begunAt: Date;
  /** Null: it runs, or its process died. */
  readonly endedAt: Date | null;
  /** Why there is no new list; null: there is one, or it is as it was. */
  readonly trouble: SiteTrouble | null;
}

export async function lastSiteUpdate(tx: Pick<TownTx, 'db'>): Promise<SiteUpdate | null> {
  const row = await tx.db.selectFrom('site_update').selectAll().executeTakeFirst();
  return row ? { begunAt: row.begun_at, endedAt: row.ended_at, trouble: row.trouble } : null;
}

/** Takes the reading on; false where somebody else is at it since less than `staleMs`. */
export async function claimSiteUpdate(tx: TownTx, now: Date, staleMs: number): Promise<boolean> {
  const stale = new Date(now.getTime() - staleMs);
  const { numAffectedRows } = await sql`
    insert into site_update (begun_at) values (${now})
    on conflict (one) do update set begun_at = ${now}, ended_at = null, trouble = null
    where site_update.ended_at is not null or site_update.begun_at < ${stale}
  `.execute(tx.db);
  return numAffectedRows === 1n;
}

/** Has it read at the next look, as if it had never been. */
export async function askForSiteList(tx: TownTx): Promise<void> {
  await tx.db.deleteFrom('site_update').where('ended_at', 'is not', null).execute();
}

export async function endSiteUpdate(
  tx: TownTx,
  now: Date,
  trouble: SiteTrouble | null,
): Promise<void> {
  await tx.db.updateTable('site_update').set({ ended_at: now, trouble }).execute();
}
