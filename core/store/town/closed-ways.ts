import { sql } from 'kysely';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { ClosedWay } from '../../roster/closed-ways.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';

/** The closed ways of every school that has some; the town's are those of school 0. */
export async function closedWays(
  tx: Pick<TownTx, 'kept'>,
): Promise<ReadonlyMap<SchoolId, readonly ClosedWay[]>> {
  const rows = await tx.kept
    .selectFrom('school')
    .select(['id', 'closed_ways as ways'])
    .where(sql<boolean>`closed_ways <> '[]'`)
    .execute();
  return new Map(rows.map(({ id, ways }) => [id, ways]));
}

/** Those of one school, while nobody else changes them. */
export async function lockClosedWays(
  tx: Pick<TownTx, 'db'>,
  school: SchoolId,
): Promise<readonly ClosedWay[]> {
  const row = await tx.db
    .selectFrom('school')
    .select('closed_ways')
    .where('id', '=', school)
    .forUpdate()
    .executeTakeFirst();
  return row?.closed_ways ?? [];
}

export async function saveClosedWays(
  tx: Pick<TownTx, 'db'>,
  school: SchoolId,
  ways: readonly ClosedWay[],
): Promise<void> {
  await tx.db
    .updateTable('school')
    .set({ closed_ways: jsonOf(ways) })
    .where('id', '=', school)
    .execute();
}

/** The school that each of these addresses is of. */
export async function schoolsOfAddresses(
  tx: Pick<TownTx, 'db'>,
  ids: readonly AddressId[],
): Promise<ReadonlyMap<AddressId, SchoolId>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('address')
    .select(['id', 'school_id as school'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, school }) => [id, school] as const));
}

/** What waits in a school for a way is looked at now; how much that is. */
export async function hurryWaitingForWay(tx: SchoolTx, now: Date): Promise<number> {
  const { rows } = await sql`
    update due set at = ${now}
    from hold h
    where due.kind = 'hold'
      and due.school_id = ${tx.school}
      and h.school_id = due.school_id
      and h.id = due.row_id
      and h.rule = 'way-closed'
      and due.at > ${now}
    returning 1
  `.execute(tx.db);
  return rows.length;
}

/** Letters that wait in a school for a way. */
export async function countWaitingForWay(tx: SchoolTx): Promise<number> {
  const { count } = await own(tx)
    .selectFrom('hold', { rule: 'way-closed', state: 'waiting' })
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
