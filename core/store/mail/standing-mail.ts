import { sql } from 'kysely';
import type { SchoolTx } from '../store.ts';

/** Mail to one address outside that stands still since the database was restored. */
interface StandingRow {
  readonly row: number;
  readonly sender: string;
  readonly recipient: string;
  readonly since: Date;
}

/** Kept as the reply of a row that an agent dropped. */
const DROPPED = 'dropped after a restore';

/** Which rows of a school are meant: one, or all that were written before a moment. */
export type WhichRows =
  | { readonly kind: 'row'; readonly row: number }
  | { readonly kind: 'before'; readonly before: Date };

/** What stands still in a school, the oldest first, `limit` rows at most. */
export async function standingRows(tx: SchoolTx, limit: number): Promise<StandingRow[]> {
  const rows = await tx.db
    .selectFrom('outbox')
    .select(['id', 'sender', 'recipient', 'created_at'])
    .where('school_id', '=', tx.school)
    .where('stands_still', '=', true)
    .where('finished_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    row: row.id,
    sender: row.sender,
    recipient: row.recipient,
    since: row.created_at,
  }));
}

/** Makes rows that stand still due at once; gives how many. */
export async function releaseStanding(tx: SchoolTx, which: WhichRows): Promise<number> {
  const { numAffectedRows } = await sql`
    with
      released as (
        update outbox
        set stands_still = false
        where school_id = ${tx.school}
          and stands_still
          and finished_at is null
          and ${meant(which)}
        returning id
      )
    insert into due (kind, school_id, row_id, at)
    select 'outbox', ${tx.school}, id, now()
    from released
    on conflict (kind, school_id, row_id) do update set at = excluded.at
  `.execute(tx.db);
  return Number(numAffectedRows ?? 0n);
}

/** Ends rows that stand still, unsent; nobody is told. Gives how many. */
export async function dropStanding(tx: SchoolTx, which: WhichRows): Promise<number> {
  const { numAffectedRows } = await sql`
    update outbox
    set state = 'failed', finished_at = now(), last_reply = ${DROPPED}, stands_still = false
    where school_id = ${tx.school} and stands_still and finished_at is null and ${meant(which)}
  `.execute(tx.db);
  return Number(numAffectedRows ?? 0n);
}

function meant(which: WhichRows) {
  return which.kind === 'row' ? sql`id = ${which.row}` : sql`created_at < ${which.before}`;
}
