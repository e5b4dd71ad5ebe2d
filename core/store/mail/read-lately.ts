import { sql } from 'kysely';
import type { AccountId, AddressId } from '../../ids.ts';
import type { SchoolTx } from '../store.ts';

/** Letters of the sender's that are looked through, the latest. */
const LETTERS = 10;

/** Who of a class has decided since then about letters of this account, the latest first. */
export async function decidersLately(
  tx: SchoolTx,
  account: AccountId,
  since: Date,
): Promise<AddressId[]> {
  const { rows } = await sql<{ by: AddressId }>`
    select h.decided_by as by
    from mailbox b
      cross join lateral (
        select e.message_id
        from entry e
        where e.school_id = b.school_id and e.mailbox_id = b.id
        order by e.uid desc
        limit ${LETTERS}
      ) sent
      join hold h on h.school_id = b.school_id and h.message_id = sent.message_id
    where b.school_id = ${tx.school}
      and b.account_id = ${account}
      and b.use = 'sent'
      and h.class_id is not null
      and h.state in ('released', 'given-back')
      and h.decided_by is not null
      and h.decided_at > ${since}
    group by h.decided_by
    order by max(h.decided_at) desc
  `.execute(tx.db);
  return rows.map(({ by }) => by);
}
