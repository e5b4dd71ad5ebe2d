import { sql } from 'kysely';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { compiledOnce } from '../compiled-once.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx, SchoolWriteTx } from '../store.ts';
import type { AnswerAhead } from '../writing.ts';
import { ANSWERED_NO } from './outbox.ts';
import { takeTurnToSend } from './recent-activity.ts';

/** Why an account's mail to outside was stopped. */
export type FloodWhy = 'rate' | 'domains' | 'refusals';

/** What an account sent outside of late, since an agent last let it. */
export interface OutsideTraffic {
  readonly recipientsLastHour: number;
  /** Domains within the hour that it had never written to. */
  readonly newDomainsLastHour: number;
  /** Addresses within the day whose servers said no for good. */
  readonly refusalsLastDay: number;
}

interface TrafficRow extends OutsideTraffic {
  readonly account: AccountId;
}

/** Mail to outside that waits for a word on its writer. */
interface StoppedRow {
  readonly account: AccountId;
  readonly writer: string;
  readonly at: Date;
  readonly why: FloodWhy;
  /** Letters that stand still, by recipient. */
  readonly letters: number;
}

/**
 * Rows that are looked at: more than an account sends in a day whose hours are no flood
 * (core/mail/delivery/telling/flood.ts), so that who has more is told by the newest alone.
 */
const MOST_ROWS = 4_000;

const NO_TRAFFIC = { recipientsLastHour: 0, newDomainsLastHour: 0, refusalsLastDay: 0 };

/** What an account has sent outside of late. */
export async function outsideTraffic(tx: SchoolTx, account: AccountId): Promise<OutsideTraffic> {
  const { rows } = await tx.kept.executeQuery(counting({ school: tx.school, accounts: [account] }));
  return rows[0] ?? NO_TRAFFIC;
}

/**
 * The same of several, ahead of the next statement and with what this transaction has written: a
 * row each.
 */
export function outsideTrafficAhead(
  tx: SchoolWriteTx,
  accounts: readonly AccountId[],
): AnswerAhead<TrafficRow> {
  return tx.line.askAhead(counting({ school: tx.school, accounts }));
}

/** Asks for the last day and, of each domain in it, for one older row: no dearer after years. */
const counting = compiledOnce<
  { readonly school: SchoolId; readonly accounts: readonly AccountId[] },
  TrafficRow
>(
  (at) => sql`
    select who.id as account, sent.*
    from account who,
      lateral (
        select greatest(now() - interval '1 hour', who.outside_resumed_at) as hour,
          greatest(now() - interval '1 day', who.outside_resumed_at) as day
      ) since,
      lateral (
        with
          own as materialized (
            select created_at > since.hour as is_late, domain, state, last_reply
            from outbox
            where school_id = ${at.school}::integer and account_id = who.id and not is_copy
              and created_at > since.day
            order by created_at desc
            limit ${sql.lit(MOST_ROWS)}
          )
        select count(*) filter (where is_late)::integer as "recipientsLastHour",
          (
            select count(*)::integer
            from (select distinct domain from own where is_late) late
            where (
              -- one row each by the index of domains, where "not exists" may read all for a join
              select created_at
              from outbox
              where school_id = ${at.school}::integer and account_id = who.id and not is_copy
                and domain = late.domain
                and created_at <= since.hour
              order by created_at
              limit 1
            ) is null
          ) as "newDomainsLastHour",
          count(*) filter (where state = 'failed' and last_reply ~ ${sql.lit(ANSWERED_NO)})::integer
            as "refusalsLastDay"
        from own
      ) sent
    where who.school_id = ${at.school}::integer and who.id = any(${at.accounts}::bigint[])
  `,
);

/**
 * Stops an account's mail to outside: what waits stands still, tried before or not, what is being
 * stored at this moment, and what it writes from now on. An attempt that runs ends as it ends.
 * False: it was stopped already.
 */
export async function stopOutside(
  tx: SchoolTx,
  account: AccountId,
  why: FloodWhy,
): Promise<boolean> {
  await takeTurnToSend(tx, account);
  const { numUpdatedRows } = await ownKept(tx)
    .updateTable('account', { id: account, outside_stopped_at: null })
    .set({ outside_stopped_at: sql<Date>`now()`, outside_stop_why: why })
    .executeTakeFirst();
  await sql`
    with
      still as (
        update outbox
        set stands_still = true
        where school_id = ${tx.school}
          and account_id = ${account}
          and state = 'due'
          and finished_at is null
        returning id
      )
    delete from due d using still
    where d.kind = 'outbox' and d.school_id = ${tx.school} and d.row_id = still.id
  `.execute(tx.kept);
  return numUpdatedRows === 1n;
}

/**
 * It may write outside again, and is counted anew. To be said before what stands still is decided
 * on: what is being stored at this moment stands with it by then, and what comes later leaves.
 */
export async function resumeOutside(tx: SchoolTx, account: AccountId): Promise<void> {
  await takeTurnToSend(tx, account);
  await ownKept(tx)
    .updateTable('account', { id: account })
    .set({ outside_stopped_at: null, outside_stop_why: null, outside_resumed_at: sql<Date>`now()` })
    .execute();
}

/** Whose mail to outside is stopped in a school, the oldest stop first. */
export async function stoppedAccounts(tx: SchoolTx): Promise<readonly StoppedRow[]> {
  const { rows } = await sql<StoppedRow>`
    select a.id as account, a.display_name as writer, a.outside_stopped_at as at,
      a.outside_stop_why as why,
      (
        select count(*)::integer
        from outbox o
        where o.school_id = a.school_id
          and o.account_id = a.id
          and o.stands_still
          and o.finished_at is null
      ) as letters
    from account a
    where a.school_id = ${tx.school} and a.outside_stopped_at is not null
    order by a.outside_stopped_at
  `.execute(tx.kept);
  return rows;
}
