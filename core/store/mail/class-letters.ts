import { sql } from 'kysely';
import type { AccountId, AddressId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import { allCopies } from './all-copies.ts';

interface ClassLetterRow {
  readonly subject: string;
  readonly at: Date;
  /**
   * Of the accounts that were asked about: those who got it, and of these those who have read it,
   * wherever they put it since.
   */
  readonly gotIt: readonly AccountId[];
  readonly readIt: readonly AccountId[];
}

/** How far back one looks for it among a sender's messages. */
const LATEST = 50;

interface ClassLetterSearch {
  readonly sender: AddressId;
  readonly list: string;
  readonly accounts: readonly AccountId[];
}

/**
 * The newest message that a sender wrote to a list, by the addresses that it was handed over for
 * (of mail from before these were kept, in its header), as far as it lies in this school. Null
 * where there is none among their latest. What hangs on a board is no letter to anybody.
 */
export async function lastClassLetter(
  tx: SchoolTx,
  { sender, list, accounts }: ClassLetterSearch,
): Promise<ClassLetterRow | null> {
  const {
    rows: [row],
  } = await sql<{ subject: string; at: Date; gotIt: AccountId[]; readIt: AccountId[] }>`
    with
      latest as (
        select id, subject, received_at, envelope, recipients
        from message m
        where school_id = ${tx.school} and sender_address_id = ${sender}
          and not exists (
            select from notice_words n where n.school_id = m.school_id and n.message_id = m.id
          )
        order by received_at desc
        limit ${LATEST}
      ),
      letter as (
        select id, subject, received_at
        from latest
        where coalesce(${list} = any(recipients),
            envelope -> 'to' @> jsonb_build_array(jsonb_build_object('address', ${list}::text)))
        order by received_at desc
        limit 1
      )
    select letter.subject,
      letter.received_at as at,
      coalesce(
        array_agg(distinct c.account_id::integer) filter (where c.account_id is not null),
        '{}'
      ) as "gotIt",
      coalesce(array_agg(distinct c.account_id::integer) filter (where c.seen), '{}') as "readIt"
    from letter
      left join ${allCopies(tx, sql`select id from letter`)} c on
        c.account_id = any(${accounts}::bigint[])
    group by letter.subject, letter.received_at
  `.execute(tx.kept);
  return row ?? null;
}
