import { sql } from 'kysely';
import type { AccountId, AddressId, MessageId } from '../../ground/ids.ts';
import { DAY_MS, HOUR_MS } from '../../ground/spans.ts';
import { dropDueRow } from '../due.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** RFC 3834 §2: nobody is told more than once in several days that somebody is away. */
const WEEK_MS = 7 * DAY_MS;
/** Absences that one account tells within an hour; the rest of a storm is met with silence. */
const MOST_AN_HOUR = 60;
const MOST_AN_HOUR_OUTSIDE = 20;

/** A message to somebody who is away, and who wrote it. */
interface NewAbsenceReply {
  readonly account: AccountId;
  readonly correspondent: string;
  readonly isOutside: boolean;
  readonly message: MessageId;
  readonly now: Date;
}

export interface AbsenceReply {
  readonly account: AccountId;
  readonly correspondent: string;
  readonly isOutside: boolean;
  readonly message: MessageId;
  readonly queuedAt: Date;
  readonly repliedAt: Date | null;
}

/**
 * Makes it due that somebody's absence is told to who wrote to them, in the transaction that brings
 * the message; nothing where that was done within the week, or was too often within the hour. One
 * row for each who wrote: of two messages at once the second waits for it and finds it.
 */
export async function queueAbsenceReply(tx: SchoolTx, reply: NewAbsenceReply): Promise<void> {
  const { account, correspondent, isOutside, message, now } = reply;
  const sinceHour = new Date(now.getTime() - HOUR_MS);
  const sinceWeek = new Date(now.getTime() - WEEK_MS);
  await sql`
    with
      lately as (
        select count(*) as told, count(*) filter (where is_outside) as outside
        from absence_reply
        where school_id = ${tx.school} and account_id = ${account} and queued_at > ${sinceHour}
      ),
      queued as (
        insert into absence_reply as r
          (school_id, account_id, correspondent, is_outside, message_id, queued_at)
        select ${tx.school}::integer, ${account}::bigint, ${correspondent}::text,
          ${isOutside}::boolean, ${message}::bigint, ${now}::timestamptz
        from lately
        where told < ${MOST_AN_HOUR} and (not ${isOutside}::boolean or outside < ${MOST_AN_HOUR_OUTSIDE})
        on conflict (school_id, account_id, correspondent) do update
          set message_id = excluded.message_id,
            is_outside = excluded.is_outside,
            queued_at = excluded.queued_at,
            replied_at = null
          where r.queued_at <= ${sinceWeek}
        returning id
      )
    insert into due (kind, school_id, row_id, at)
    select 'absence', ${tx.school}, id, ${now}
    from queued
    on conflict (kind, school_id, row_id) do update set at = excluded.at
  `.execute(tx.db);
}

/** The address by which the roster knows an account. */
export async function personOf(tx: SchoolTx, account: AccountId): Promise<AddressId | null> {
  const row = await own(tx)
    .selectFrom('account', { id: account })
    .select('address_id')
    .executeTakeFirst();
  return row?.address_id ?? null;
}

/** Null where it is gone. */
export async function absenceReply(tx: SchoolTx, id: number): Promise<AbsenceReply | null> {
  const row = await own(tx)
    .selectFrom('absence_reply', { id })
    .select([
      'account_id as account',
      'correspondent',
      'is_outside as isOutside',
      'message_id as message',
      'queued_at as queuedAt',
      'replied_at as repliedAt',
    ])
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Takes the telling upon oneself, in the transaction that stores the words; false where it was told
 * already, whoever did. The row stays for its week, so that it isn't told again.
 */
export async function claimAbsenceReply(tx: SchoolTx, id: number, now: Date): Promise<boolean> {
  const claimed = await own(tx)
    .updateTable('absence_reply', { id, replied_at: null })
    .set({ replied_at: now })
    .returning('queued_at')
    .executeTakeFirst();
  if (claimed === undefined) return false;
  await own(tx)
    .updateTable('due', { kind: 'absence', row_id: id })
    .set({ at: new Date(claimed.queued_at.getTime() + WEEK_MS) })
    .execute();
  return true;
}

/**
 * Forgets a row that won't be told, or whose week is over at `now`; one that was told meanwhile
 * stays.
 */
export async function forgetAbsenceReply(tx: SchoolTx, id: number, now: Date): Promise<void> {
  const over = new Date(now.getTime() - WEEK_MS);
  const gone = await own(tx)
    .deleteFrom('absence_reply', { id })
    .where((eb) => eb.or([eb('replied_at', 'is', null), eb('queued_at', '<=', over)]))
    .returning('id')
    .executeTakeFirst();
  if (gone !== undefined) await dropDueRow(tx, { kind: 'absence', row: id, upTo: now });
}
