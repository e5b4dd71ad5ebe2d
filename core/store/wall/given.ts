import { sql } from 'kysely';
import type { AccountId, AddressId, MessageId } from '../../ground/ids.ts';
import type { Attachment } from '../../letters/message/message.ts';
import type { SchoolTx } from '../store.ts';

/** Somebody by their account and their address. */
interface Writer {
  readonly account: AccountId;
  readonly addressId: AddressId;
}

/** A letter of somebody's own, written on our pages, and the files in it. */
interface OwnLetter {
  readonly message: MessageId;
  readonly messageId: string;
  readonly at: Date;
  readonly attachments: readonly Attachment[];
}

/**
 * What somebody wrote on our pages and has in their mailboxes, the newest first: what a mail
 * program put there is none of it. With `messageId`, that letter alone, a draft as well.
 */
export async function ownLetters(
  tx: SchoolTx,
  { account, addressId }: Writer,
  { messageId, limit }: { readonly messageId: string | null; readonly limit: number },
): Promise<readonly OwnLetter[]> {
  const { rows } = await sql<OwnLetter>`
    select m.id as message, m.header_id as "messageId", m.received_at as at, m.attachments
    from message m
    where m.school_id = ${tx.school}
      and m.sender_address_id = ${addressId}
      and m.origin = 'web'
      and m.attachments <> '[]'
      and (m.header_id = ${messageId} or (${messageId}::text is null and m.header_id is not null))
      and exists (
        select
        from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
        where e.school_id = m.school_id
          and e.message_id = m.id
          and b.account_id = ${account}
          and (not e.draft or ${messageId}::text is not null)
      )
    order by m.received_at desc, m.id desc
    limit ${limit}
  `.execute(tx.kept);
  return rows;
}
