import { sql } from 'kysely';
import type { AccountId, AddressId, MessageId, SchoolId } from '../../ground/ids.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { HeldThere } from './held-elsewhere.ts';

/** Letters of the sender's that are looked through, the latest. */
const LETTERS = 10;

/** Says who in a class decided about a letter, and when. */
interface DecidedLately {
  readonly by: AddressId;
  readonly at: Date;
}

/** What became lately of the letters of one account that waited for a class. */
interface Lately {
  readonly decided: readonly DecidedLately[];
  /** Those that waited in another school, through a class link: who decided is known there. */
  readonly elsewhere: readonly HeldThere[];
}

/** Finds who in a class has decided since then about letters of this account. */
export async function decidedLately(
  tx: SchoolTx,
  account: AccountId,
  since: Date,
): Promise<Lately> {
  const { rows } = await sql<{
    by: AddressId | null;
    at: Date | null;
    school: SchoolId | null;
    message: MessageId | null;
  }>`
    with sent as (
      select latest.message_id
      from mailbox b
        cross join lateral (
          select e.message_id
          from entry e
          where e.school_id = b.school_id and e.mailbox_id = b.id
          order by e.uid desc
          limit ${LETTERS}
        ) latest
      where b.school_id = ${tx.school} and b.account_id = ${account} and b.use = 'sent'
    )
    select h.decided_by as by, h.decided_at as at, null::integer as school, null::bigint as message
    from sent
      join hold h on h.school_id = ${tx.school} and h.message_id = sent.message_id
    where h.class_id is not null
      and h.state in ('released', 'given-back')
      and h.decided_by is not null
      and h.decided_at > ${since}
    union all
    select null, null, x.at_school_id, x.at_message_id
    from sent
      join held_elsewhere x on x.school_id = ${tx.school} and x.message_id = sent.message_id
    where x.state in ('released', 'given-back')
  `.execute(tx.kept);
  return {
    decided: rows.flatMap(({ by, at }) => (by === null || at === null ? [] : [{ by, at }])),
    elsewhere: rows.flatMap(({ school, message }) =>
      school === null || message === null ? [] : [{ school, message }],
    ),
  };
}

/** Finds who in this school has decided since then about a letter that came from another. */
export async function decidedHere(
  tx: SchoolTx,
  message: MessageId,
  since: Date,
): Promise<readonly DecidedLately[]> {
  const rows = await ownKept(tx)
    .selectFrom('hold', { message_id: message })
    .select(['decided_by as by', 'decided_at as at'])
    .where('class_id', 'is not', null)
    .where('state', 'in', ['released', 'given-back'])
    .where('decided_at', '>', since)
    .execute();
  return rows.flatMap(({ by, at }) => (by === null || at === null ? [] : [{ by, at }]));
}
