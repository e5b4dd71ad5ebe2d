import { sql } from 'kysely';
import type { MailboxId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';

/** Remembers the UIDs of `gone` by the MODSEQ of the act, which `by` gives. */
export function tombstone(tx: SchoolTx, mailbox: MailboxId, by: 'counted' | 'source') {
  return sql`
    insert into expunged (school_id, mailbox_id, modseq, uids)
    select ${tx.school}, ${mailbox}, ${sql.table(by)}.modseq,
      (select range_agg(int8range(uid, uid, '[]')) from gone)
    from ${sql.table(by)}
  `;
}

/**
 * What follows where entries `gone` were taken out of mailboxes of several accounts: the new sums
 * and MODSEQ of each mailbox as `counted`, and its tombstone.
 */
export const afterTakingOut = (tx: SchoolTx) => sql`
  counted as (
    update mailbox b
    set modseq = b.modseq + 1, total = b.total - s.total, unseen = b.unseen - s.unseen,
      bytes = b.bytes - s.bytes
    from (
      select mailbox_id, count(*) as total, count(*) filter (where not seen) as unseen,
        sum(size_bytes) as bytes
      from gone
      group by mailbox_id
    ) s
    where b.school_id = ${tx.school} and b.id = s.mailbox_id
    returning b.id, b.account_id, b.modseq
  ),
  tombstone as (
    insert into expunged (school_id, mailbox_id, modseq, uids)
    select ${tx.school}, c.id, c.modseq, range_agg(int8range(g.uid, g.uid, '[]'))
    from counted c join gone g on g.mailbox_id = c.id
    group by c.id, c.modseq
  )
`;

/**
 * How long it is remembered what was expunged: a client that was away for longer compares all UIDs
 * (RFC 7162 §3.2.5).
 */
const TOMBSTONE_DAYS = 30;

/**
 * Old tombstones of a mailbox go with every so many changes of it: who expunges there has its row
 * locked anyway.
 */
const SWEEP_EVERY = 64;

export async function sweepTombstones(
  tx: SchoolTx,
  mailbox: MailboxId,
  modseq: number,
): Promise<void> {
  if (modseq % SWEEP_EVERY !== 0) return;
  await sql`
    with
      old as (
        delete from expunged
        where school_id = ${tx.school}
          and mailbox_id = ${mailbox}
          and at < now() - make_interval(days => ${TOMBSTONE_DAYS})
        returning modseq
      )
    update mailbox b
    set tombstones_from = o.modseq
    from (select max(modseq) as modseq from old) o
    where b.school_id = ${tx.school} and b.id = ${mailbox} and o.modseq is not null
  `.execute(tx.kept);
}
