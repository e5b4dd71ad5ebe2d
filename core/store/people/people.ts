import { sql } from 'kysely';
import type { AccountId, AddressId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import type { Attachment, Part } from '../../letters/message/message.ts';
import { anyOf } from '../any-of.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';

/** On which day each of these accounts leaves or left; who stays is left out. */
export async function leaveDays(
  tx: SchoolTx,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, string>> {
  if (accounts.length === 0) return new Map();
  const rows = await ownKept(tx)
    .selectFrom('leaver', { account_id: anyOf(accounts) })
    .select(['account_id', 'left_on'])
    .execute();
  return new Map(rows.map((row) => [row.account_id, row.left_on]));
}

/** How an account may come in, whether anybody ever came in or wrote by it. */
export async function useOf(
  tx: SchoolTx,
  account: AccountId,
  now: Date,
): Promise<{ readonly way: 'password' | 'code' | 'none'; readonly used: boolean }> {
  const {
    rows: [row],
  } = await sql<{ password: boolean; code: boolean; used: boolean }>`
    select a.password_hash is not null as password,
      exists (
        select
        from picture_code p
        where p.school_id = a.school_id and p.account_id = a.id and p.expires_at > ${now}
      )
      or exists (
        select
        from activation_code c
        where c.school_id = a.school_id
          and c.account_id = a.id
          and c.expires_at > ${now}
          and c.used_at is null
      ) as code,
      a.password_hash is not null
      or exists (
        select
        from picture_code p
        where p.school_id = a.school_id and p.account_id = a.id and p.last_used_at is not null
      )
      or exists (select from session s where s.school_id = a.school_id and s.account_id = a.id)
      or exists (
        select
        from message m
        where m.school_id = a.school_id and m.sender_address_id = a.address_id
      ) as used
    from account a
    where a.school_id = ${tx.school} and a.id = ${account}
  `.execute(tx.kept);
  const without = row?.code === true ? 'code' : 'none';
  return { way: row?.password === true ? 'password' : without, used: row?.used ?? true };
}

/**
 * Gives a person another address under the same id, so that classes, families and identities stay
 * theirs; the old spelling is kept for ever as an address that leads nowhere. False: the new one
 * is, or once was, somebody's. Call it in turn with imports.
 */
export async function changeLocal(
  tx: TownTx,
  { id, local }: { readonly id: AddressId; readonly local: string },
): Promise<boolean> {
  const old = await tx.db
    .selectFrom('address')
    .select(['domain', 'local', 'school_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const taken = await tx.db
    .selectFrom('address')
    .select('id')
    .where('domain', '=', old.domain)
    .where('local', '=', local)
    .executeTakeFirst();
  if (taken !== undefined) return false;
  await tx.db.updateTable('address').set({ local }).where('id', '=', id).execute();
  await tx.db
    .insertInto('address')
    .values({
      domain: old.domain,
      local: old.local,
      kind: 'account',
      school_id: old.school_id,
      target_id: null,
    })
    .execute();
  return true;
}

export interface ArchivedEntry {
  readonly mailbox: MailboxId;
  readonly name: string;
  readonly uid: Uid;
  readonly message: MessageId;
  readonly at: Date;
  readonly subject: string;
  readonly attachments: readonly Attachment[];
  readonly structure: Part;
}

/**
 * The next entries of an account after one of them, mailbox by mailbox, in the order of their UIDs.
 */
export async function entriesAfter(
  tx: SchoolTx,
  account: AccountId,
  {
    after,
    limit,
  }: { readonly after: Pick<ArchivedEntry, 'mailbox' | 'uid'> | null; readonly limit: number },
): Promise<ArchivedEntry[]> {
  const { rows } = await sql<ArchivedEntry>`
    select e.mailbox_id as mailbox, b.name, e.uid, e.message_id as message,
      e.internal_date as at, m.subject, m.attachments, m.structure
    from entry e
      join mailbox b on b.school_id = e.school_id
      and b.id = e.mailbox_id
      join message m on m.school_id = e.school_id
      and m.id = e.message_id
    where e.school_id = ${tx.school}
      and b.account_id = ${account}
      and (e.mailbox_id, e.uid) > (${after?.mailbox ?? 0}::bigint, ${after?.uid ?? 0}::bigint)
    order by e.mailbox_id, e.uid
    limit ${limit}
  `.execute(tx.db);
  return rows;
}
