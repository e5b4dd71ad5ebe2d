import { sql } from 'kysely';
import type { AccountId, AddressId, MailboxId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { Annotation, AnnotationMark } from './contract.ts';

/** Whom an owner gave rights in one mailbox, by address. */
export async function grantsOf(
  tx: SchoolTx,
  mailbox: MailboxId,
): Promise<{ account: AccountId; identifier: string; rights: string }[]> {
  const { rows } = await sql<{ account: AccountId; identifier: string; rights: string }>`
    select r.account_id as account, d.local || '@' || d.domain as identifier, r.rights
    from mailbox_right r
      join account a on a.school_id = r.school_id
      and a.id = r.account_id
      join address d on d.id = a.address_id
    where r.school_id = ${tx.school} and r.mailbox_id = ${mailbox}
    order by identifier
  `.execute(tx.db);
  return rows;
}

/** Who shares a mailbox with this account. */
export async function sharersWith(
  tx: SchoolTx,
  account: AccountId,
): Promise<{ account: AccountId; address: AddressId }[]> {
  const { rows } = await sql<{ account: AccountId; address: AddressId }>`
    select distinct b.account_id as account, a.address_id as address
    from mailbox_right r
      join mailbox b on b.school_id = r.school_id
      and b.id = r.mailbox_id
      join account a on a.school_id = b.school_id
      and a.id = b.account_id
    where r.school_id = ${tx.school} and r.account_id = ${account}
  `.execute(tx.db);
  return rows;
}

/** Sets somebody's rights; none takes them away. */
export async function setRights(
  tx: SchoolTx,
  { mailbox, account }: { readonly mailbox: MailboxId; readonly account: AccountId },
  rights: string,
): Promise<void> {
  if (rights === '')
    await own(tx)
      .deleteFrom('mailbox_right', { mailbox_id: mailbox, account_id: account })
      .execute();
  else
    await own(tx)
      .insertInto('mailbox_right', { mailbox_id: mailbox, account_id: account, rights })
      .onConflict((conflict) =>
        conflict.columns(['school_id', 'mailbox_id', 'account_id']).doUpdateSet({ rights }),
      )
      .execute();
}

/** The address of an account. */
export async function addressOfAccount(tx: SchoolTx, account: AccountId): Promise<string | null> {
  const {
    rows: [row],
  } = await sql<{ address: string }>`
    select d.local || '@' || d.domain as address
    from account a join address d on d.id = a.address_id
    where a.school_id = ${tx.school} and a.id = ${account}
  `.execute(tx.db);
  return row?.address ?? null;
}

/**
 * Annotations of a mailbox, or of an account where it is null: those of this account alone and
 * those shared.
 */
export async function annotationsOf(
  tx: SchoolTx,
  account: AccountId,
  mailbox: MailboxId | null,
): Promise<Annotation[]> {
  const { rows } = await sql<{ entry: string; value: Buffer }>`
    select name as entry, value
    from annotation
    where school_id = ${tx.school}
      and mailbox_id is not distinct from ${mailbox}::bigint
      and (account_id = ${account} or (account_id is null and ${mailbox}::bigint is not null))
    order by name
  `.execute(tx.db);
  return rows;
}

/** Sets one; null removes it. `account` is null for a shared one. */
export async function setAnnotation(
  tx: SchoolTx,
  of: { readonly account: AccountId | null; readonly mailbox: MailboxId | null },
  { name, value }: { readonly name: string; readonly value: Buffer | null },
): Promise<void> {
  if (value === null)
    await sql`
      delete from annotation
      where school_id = ${tx.school}
        and account_id is not distinct from ${of.account}::bigint
        and mailbox_id is not distinct from ${of.mailbox}::bigint
        and name = ${name}
    `.execute(tx.db);
  else
    await sql`
      insert into annotation (school_id, account_id, mailbox_id, name, value)
      values (${tx.school}, ${of.account}, ${of.mailbox}, ${name}, ${value})
      on conflict (school_id, account_id, mailbox_id, name) do update
      set value = excluded.value
    `.execute(tx.db);
}

/**
 * A mark for each annotation of these mailboxes and, where `own` is asked for, of the account:
 * those of this account alone and those shared.
 */
export async function annotationMarksOf(
  tx: SchoolTx,
  account: AccountId,
  { mailboxes, own }: { readonly mailboxes: readonly MailboxId[]; readonly own: boolean },
): Promise<AnnotationMark[]> {
  const { rows } = await sql<AnnotationMark>`
    select mailbox_id as mailbox, name as entry, encode(sha256(value), 'hex') as mark
    from annotation
    where school_id = ${tx.school}
      and (
        (
          mailbox_id = any(${[...mailboxes]}::bigint[])
          and (account_id = ${account} or account_id is null)
        )
        or (${own} and mailbox_id is null and account_id = ${account})
      )
    order by mailbox nulls first, entry
  `.execute(tx.db);
  return rows;
}

/** An annotation of a mailbox has changed: its MODSEQ says so to who comes back (RFC 7162 §3.2). */
export async function countAnnotated(tx: SchoolTx, mailbox: MailboxId): Promise<void> {
  await sql`
    update mailbox
    set modseq = modseq + 1
    where school_id = ${tx.school} and id = ${mailbox}
  `.execute(tx.db);
}

/** What stands beside INBOX stands beside what it becomes too (RFC 5464 §4.1). */
export async function copyAnnotations(
  tx: SchoolTx,
  owner: AccountId,
  { from, to }: { readonly from: MailboxId; readonly to: MailboxId },
): Promise<void> {
  await sql`
    insert into annotation (school_id, account_id, mailbox_id, name, value)
    select school_id, account_id, ${to}::bigint, name, value
    from annotation
    where school_id = ${tx.school}
      and mailbox_id = ${from}
      and coalesce(account_id, ${owner}) = ${owner}
  `.execute(tx.db);
}
