import { sql } from 'kysely';
import type { MailboxId } from '../../ids.ts';
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
  `.execute(tx.db);
}
