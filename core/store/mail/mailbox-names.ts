import { sql } from 'kysely';
import type { AccountId, MailboxId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { SpecialUse } from './contract.ts';

/** Nobody else changes the names of this account's mailboxes until the commit. */
export async function lockNames(tx: SchoolTx, account: AccountId): Promise<void> {
  await sql`
    select
      pg_advisory_xact_lock(hashtextextended('mailbox names of ' || ${tx.school}::text || '/'
        || ${account}::text, 0))
  `.execute(tx.db);
}

/** Names of an account's own mailboxes. */
export async function ownNames(
  tx: SchoolTx,
  account: AccountId,
): Promise<{ id: MailboxId; name: string; use: SpecialUse | null }[]> {
  const rows = await own(tx)
    .selectFrom('mailbox', { account_id: account })
    .select(['id', 'name', 'use'])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name, use: row.use }));
}

interface NewMailboxes {
  readonly names: readonly string[];
  readonly use: SpecialUse | null;
  readonly rightsOf: MailboxId | null;
}

/**
 * Makes mailboxes. UIDVALIDITY is the row's id: given once in a town, it never comes back with a
 * name (RFC 9051 §2.3.1.1). Whoever may do something in `rightsOf` may do it here too (RFC 4314
 * §3). Of the uses that are wished for, the one for later alone means something here.
 */
export async function insertMailboxes(
  tx: SchoolTx,
  account: AccountId,
  { names, use, rightsOf }: NewMailboxes,
): Promise<MailboxId[]> {
  const { rows } = await sql<{ id: MailboxId; name: string }>`
    insert into mailbox (school_id, account_id, name, use, wished_use, subscribed, uid_validity)
    select ${tx.school},
      ${account},
      n.name,
      case when n.ordinal = ${names.length} and ${use} = 'later' then 'later'
      end,
      case when n.ordinal = ${names.length} and ${use} <> 'later' then ${use}::text
      end,
      false,
      0
    from unnest(${[...names]}::text[]) with ordinality as n (name, ordinal)
    order by n.ordinal
    returning id, name
  `.execute(tx.db);
  const ids = rows.map(({ id }) => id);
  await sql`
    update mailbox
    set uid_validity = id
    where school_id = ${tx.school} and id = any(${ids}::bigint[])
  `.execute(tx.db);
  if (rightsOf !== null)
    await sql`
      insert into mailbox_right (school_id, mailbox_id, account_id, rights, subscribed)
      select r.school_id, i.id, r.account_id, r.rights, false
      from mailbox_right r cross join unnest(${ids}::bigint[]) as i (id)
      where r.school_id = ${tx.school} and r.mailbox_id = ${rightsOf}
    `.execute(tx.db);
  return ids;
}

/** Renames a mailbox and all below it. */
export async function renameMailbox(
  tx: SchoolTx,
  account: AccountId,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql`
    update mailbox
    set name = ${to} || substr(name, length(${from}) + 1)
    where school_id = ${tx.school}
      and account_id = ${account}
      and (name = ${from} or starts_with(name, ${from} || '/'))
  `.execute(tx.db);
}

/** Removes an empty mailbox; where it was subscribed, its name stays so. */
export async function deleteMailbox(tx: SchoolTx, mailbox: MailboxId): Promise<void> {
  await sql`
    with
      gone as (
        delete from mailbox
        where school_id = ${tx.school} and id = ${mailbox}
        returning account_id, name, subscribed
      )
    insert into gone_subscription (school_id, account_id, path)
    select ${tx.school}, account_id, name
    from gone
    where subscribed
    on conflict do nothing
  `.execute(tx.db);
}

/** Names that are subscribed and no mailbox any more. */
export async function goneNames(tx: SchoolTx, account: AccountId): Promise<string[]> {
  const rows = await own(tx)
    .selectFrom('gone_subscription', { account_id: account })
    .select('path')
    .orderBy('path')
    .execute();
  return rows.map(({ path }) => path);
}

/** True: it was there. */
export async function dropGoneName(
  tx: SchoolTx,
  account: AccountId,
  path: string,
): Promise<boolean> {
  const gone = await own(tx)
    .deleteFrom('gone_subscription', { account_id: account, path })
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Subscribes or not: of one's own in the mailbox, of somebody else's in one's right to it. */
export async function setSubscribed(
  tx: SchoolTx,
  account: AccountId,
  { mailbox, on }: { readonly mailbox: MailboxId; readonly on: boolean },
): Promise<void> {
  await sql`
    with
      own as (
        update mailbox
        set subscribed = ${on}
        where school_id = ${tx.school} and id = ${mailbox} and account_id = ${account}
      )
    update mailbox_right
    set subscribed = ${on}
    where school_id = ${tx.school} and mailbox_id = ${mailbox} and account_id = ${account}
  `.execute(tx.db);
}
