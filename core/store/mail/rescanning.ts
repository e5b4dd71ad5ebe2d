import { sql } from 'kysely';
import type { AccountId, MessageId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import { lockMailboxesWith } from './entries.ts';
import { clearFull, eraseOrphans } from './erasing.ts';
import { lockWaiting, decideHolds } from './holds.ts';
import { afterTakingOut } from './tombstones.ts';

interface RescanPage {
  readonly since: Date;
  readonly after: number;
  readonly limit: number;
}

/** Letters with files from outside that came since then, in their order, after one of them. */
export async function filesFromOutside(
  tx: SchoolTx,
  { since, after, limit }: RescanPage,
): Promise<MessageId[]> {
  const { rows } = await sql<{ id: MessageId }>`
    select id
    from message
    where school_id = ${tx.school}
      and id > ${after}
      and sender_role = 'outside'
      and received_at >= ${since}
      and attachments <> '[]'
    order by id
    limit ${limit}
  `.execute(tx.db);
  return rows.map(({ id }) => id);
}

/**
 * Takes a letter out of all mailboxes, read or not, and gives back what of it is held; whose it
 * was. Mailboxes are locked in their order; each gets its MODSEQ and its tombstone (RFC 7162
 * §3.2.10). What a child has reported lies in no mailbox, and stays.
 */
export async function takeOut(tx: SchoolTx, message: MessageId): Promise<AccountId[]> {
  const held = await lockWaiting(tx, message);
  await decideHolds(tx, held, {
    state: 'given-back',
    by: null,
    note: null,
    outcome: { kind: 'refused', rule: 'malware' },
  });
  const mailboxes = await lockMailboxesWith(tx, sql`e.message_id = ${message}`);
  const { rows } = await sql<{ account_id: AccountId }>`
    with
      gone as (
        delete from entry
        where school_id = ${tx.school} and message_id = ${message}
        returning mailbox_id, uid, size_bytes, seen
      ),
      ${afterTakingOut(tx)}
    select distinct account_id
    from counted
  `.execute(tx.db);
  await eraseOrphans(tx, [message]);
  await clearFull(tx, mailboxes);
  return rows.map(({ account_id: account }) => account);
}
