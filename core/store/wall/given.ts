import { sql } from 'kysely';
import type { AccountId, AddressId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import type { Attachment } from '../../letters/message/message.ts';
import { anyOf } from '../any-of.ts';
import type { SchoolTx } from '../store.ts';

/** A letter that was written on our pages, as it lies in somebody's mailbox, and its files. */
interface LetterHere {
  readonly message: MessageId;
  readonly messageId: string;
  readonly author: AddressId;
  readonly at: Date;
  readonly attachments: readonly Attachment[];
  readonly mailbox: MailboxId;
  readonly uid: Uid;
}

/**
 * Letters with files that these people wrote on our pages and that somebody has, the newest first:
 * what a mail program put there is none of it. With `messageId`, that letter alone, a draft too.
 */
export async function lettersHere(
  tx: SchoolTx,
  { account, authors }: { readonly account: AccountId; readonly authors: readonly AddressId[] },
  { messageId, limit }: { readonly messageId: string | null; readonly limit: number },
): Promise<readonly LetterHere[]> {
  const { rows } = await sql<LetterHere>`
    select m.id as message, m.header_id as "messageId", m.sender_address_id as author,
      m.received_at as at, m.attachments, here.mailbox_id as mailbox, here.uid
    from message m
      cross join lateral (
        select e.mailbox_id, e.uid
        from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
        where e.school_id = m.school_id
          and e.message_id = m.id
          and b.account_id = ${account}
          and (not e.draft or ${messageId}::text is not null)
        limit 1
      ) here
    where m.school_id = ${tx.school}
      and m.sender_address_id = ${anyOf(authors)}
      and m.origin = 'web'
      and m.attachments <> '[]'
      and (m.header_id = ${messageId} or (${messageId}::text is null and m.header_id is not null))
    order by m.received_at desc, m.id desc
    limit ${limit}
  `.execute(tx.kept);
  return rows;
}
