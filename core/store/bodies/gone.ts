import { sql } from 'kysely';
import type { SchoolTx, TownTx } from '../store.ts';

/** An object that has lost a use, and when it lost the last that is known of. */
interface GoneObject {
  readonly object: string;
  /** As the database says it: a Date would forget its microseconds, and be equal to none. */
  readonly at: string;
}

interface GonePage {
  readonly before: Date;
  readonly after: string;
  readonly limit: number;
}

/** Those that lost theirs before a day, from one object to the next. */
export async function goneBefore(
  tx: TownTx,
  { before, after, limit }: GonePage,
): Promise<readonly GoneObject[]> {
  const { rows } = await sql<GoneObject>`
    select object, at::text as at
    from gone_body
    where at < ${before} and object > ${after}
    order by object
    limit ${limit}
  `.execute(tx.db);
  return rows;
}

/** Which of these objects a school uses: its rows say so, no count. */
export async function usedIn(tx: SchoolTx, objects: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ object: string }>`
    select object
    from away_body
    where school_id = ${tx.school} and object = any(${[...objects]}::text[])
  `.execute(tx.db);
  return rows.map(({ object }) => object);
}

/**
 * Takes an object off the list; false where it has lost another use since, or somebody else has
 * taken it: then whoever asked knows nothing of it.
 */
export async function takeGone(tx: TownTx, { object, at }: GoneObject): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from gone_body
    where object = ${object} and at = ${at}::timestamptz
  `.execute(tx.db);
  return numAffectedRows > 0n;
}

/** Which of these objects are on the list. */
export async function goneAmong(
  tx: TownTx,
  objects: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ object: string }>`
    select object
    from gone_body
    where object = any(${[...objects]}::text[])
  `.execute(tx.db);
  return rows.map(({ object }) => object);
}

/** Counts the bodies of a school that lie elsewhere. */
interface AwayCounts {
  readonly bodies: number;
  readonly bytes: number;
}

/** How much of a school's lies elsewhere. */
export async function countAway(tx: SchoolTx): Promise<AwayCounts> {
  const { rows } = await sql<AwayCounts>`
    select count(*)::float8 as bodies, coalesce(sum(size_bytes), 0)::float8 as bytes
    from away_body
    where school_id = ${tx.school}
  `.execute(tx.db);
  return rows[0] ?? { bodies: 0, bytes: 0 };
}

/** How many objects wait to be deleted. */
export async function countGone(tx: TownTx): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    select count(*)::float8 as gone
    from gone_body
  `.execute(tx.db);
  return rows[0]?.gone ?? 0;
}
