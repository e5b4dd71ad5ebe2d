import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import type { SchoolTx, TownTx } from '../store.ts';

/** Mail to one address outside that stands still since the database was restored. */
export interface StandingRow {
  /** Its number in its school. */
  readonly row: number;
  /** Who wrote it; null: their account is gone. */
  readonly writer: string | null;
  readonly sender: string;
  readonly recipient: string;
  /** When it was to leave first. */
  readonly since: Date;
  readonly sizeBytes: number;
  /** Attempts that had begun in the moment as of which the mail came back. */
  readonly attempts: number;
}

/** Kept as the reply of a row that an agent dropped. */
const DROPPED = 'dropped after a restore';

/** Which rows of a school are meant. */
export type WhichRows =
  | { readonly kind: 'rows'; readonly rows: readonly number[] }
  | { readonly kind: 'before'; readonly before: Date }
  /** All of an account, but for what waits since a restore. */
  | { readonly kind: 'account'; readonly account: AccountId };

/** What stands still in a school, the oldest first, `limit` rows at most. */
export function standingRows(tx: SchoolTx, limit: number): Promise<StandingRow[]> {
  return rowsWhere(
    tx,
    sql`o.stands_still and o.finished_at is null and a.outside_stopped_at is null`,
    {
      orderBy: sql`o.created_at, o.id`,
      limit,
    },
  );
}

/** What was dropped in a school and can be put back, the latest first, `limit` rows at most. */
export function droppedRows(tx: SchoolTx, limit: number): Promise<StandingRow[]> {
  return rowsWhere(tx, sql`o.state = 'failed' and o.last_reply = ${DROPPED}`, {
    orderBy: sql`o.finished_at desc, o.id`,
    limit,
  });
}

async function rowsWhere(
  tx: SchoolTx,
  condition: ReturnType<typeof sql>,
  { orderBy, limit }: { readonly orderBy: ReturnType<typeof sql>; readonly limit: number },
): Promise<StandingRow[]> {
  const { rows } = await sql<StandingRow>`
    select o.id as row, a.display_name as writer,
      coalesce(o.sender, '<>') as sender, o.recipient, o.created_at as since,
      m.size_bytes as "sizeBytes", o.attempts
    from outbox o join message m on m.school_id = o.school_id and m.id = o.message_id
      left join account a on a.school_id = o.school_id and a.id = o.account_id
    where o.school_id = ${tx.school} and ${condition}
    order by ${orderBy}
    limit ${limit}
  `.execute(tx.db);
  return rows;
}

/** What a stopped account wrote waits for a word on the account, and isn't counted. */
export async function standingCount(tx: SchoolTx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
    from outbox
    where school_id = ${tx.school} and stands_still and finished_at is null and ${ofNoStopped(tx)}
  `.execute(tx.db);
  return rows[0]?.count ?? 0;
}

/** By this moment a decision is known again: to the millisecond, since a page carries it. */
export async function momentOfDecision({ db }: Pick<TownTx, 'db'>): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    select date_trunc('milliseconds', now()) as at
  `.execute(db);
  return rows[0]?.at ?? new Date();
}

/** Lets rows that stand still leave so many seconds after `at`; gives how many. */
export async function releaseStanding(
  tx: SchoolTx,
  which: WhichRows,
  { at, inSeconds }: { readonly at: Date; readonly inSeconds: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    with
      released as (
        update outbox
        set stands_still = false
        where school_id = ${tx.school}
          and stands_still
          and finished_at is null
          and ${meant(tx, which)}
        returning id
      )
    insert into due (kind, school_id, row_id, at)
    select 'outbox', ${tx.school}, id, ${leaving(at, inSeconds)}
    from released
    on conflict (kind, school_id, row_id) do update set at = excluded.at
  `.execute(tx.db);
  return Number(numAffectedRows ?? 0n);
}

/** Ends rows that stand still, unsent. Gives whom each was for. */
export async function dropStanding(
  tx: SchoolTx,
  which: WhichRows,
  at: Date,
): Promise<readonly string[]> {
  const { rows } = await sql<{ recipient: string }>`
    update outbox
    set state = 'failed', finished_at = ${at}::timestamptz, last_reply = ${DROPPED},
      stands_still = false
    where school_id = ${tx.school} and stands_still and finished_at is null and ${meant(tx, which)}
    returning recipient
  `.execute(tx.db);
  return rows.map(({ recipient }) => recipient);
}

/** What is taken back: one row that was dropped, or all of one decision. */
type PutBack =
  | { readonly kind: 'row'; readonly row: number }
  /** Released rows too, which were to leave so many seconds after `at` and haven't begun to. */
  | { readonly kind: 'decision'; readonly at: Date; readonly inSeconds: number };

/** Makes what was dropped, or is about to leave, stand still again; gives how many rows. */
export async function putBack(tx: SchoolTx, which: PutBack): Promise<number> {
  const dropped = which.kind === 'row' ? sql`id = ${which.row}` : sql`finished_at = ${which.at}`;
  const { numAffectedRows } = await sql`
    update outbox
    set state = 'due', finished_at = null, last_reply = null, stands_still = true
    where school_id = ${tx.school} and state = 'failed' and last_reply = ${DROPPED} and ${dropped}
  `.execute(tx.db);
  const released = which.kind === 'row' ? 0 : await keepFromLeaving(tx, which);
  return Number(numAffectedRows ?? 0n) + released;
}

async function keepFromLeaving(
  tx: SchoolTx,
  { at, inSeconds }: { readonly at: Date; readonly inSeconds: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    with
      kept as (
        update outbox o
        set stands_still = true
        from due d
        where o.school_id = ${tx.school}
          and o.finished_at is null
          and exists (
            select
            from message m join restoration r on r.at > m.received_at
            where m.school_id = o.school_id and m.id = o.message_id
          )
          and d.kind = 'outbox'
          and d.school_id = o.school_id
          and d.row_id = o.id
          and d.at = ${leaving(at, inSeconds)}
          and d.at > now()
        returning o.id
      )
    delete from due d using kept
    where d.kind = 'outbox' and d.school_id = ${tx.school} and d.row_id = kept.id
  `.execute(tx.db);
  return Number(numAffectedRows ?? 0n);
}

function leaving(at: Date, inSeconds: number) {
  return sql`${at}::timestamptz + make_interval(secs => ${inSeconds}::integer)`;
}

function meant(tx: SchoolTx, which: WhichRows) {
  switch (which.kind) {
    case 'rows':
      return sql`id = any(${[...which.rows]}::bigint[])`;
    case 'before':
      return sql`created_at < ${which.before} and ${ofNoStopped(tx)}`;
    case 'account':
      return sql`
        account_id = ${which.account}
        and not exists (
          select
          from message m join restoration r on r.at > m.received_at
          where m.school_id = ${tx.school} and m.id = message_id
        )
      `;
  }
}

function ofNoStopped(tx: SchoolTx) {
  return sql`
    account_id not in (
      select id
      from account
      where school_id = ${tx.school} and outside_stopped_at is not null
    )
  `;
}
