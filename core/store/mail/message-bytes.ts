import { sql, type RawBuilder } from 'kysely';
import type { AccountId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import type { JunkSign } from '../../letters/junk/signs.ts';
import type { Part } from '../../letters/message/message.ts';
import { bytesElsewhere, withRaw } from '../bodies/elsewhere.ts';
import type { SchoolTx } from '../store.ts';
import type { MessageRef } from './contract.ts';

interface MessageBytes {
  readonly raw: Buffer;
  readonly structure: Part;
  /** What speaks against it, where it lies in Indésirables and something did. */
  readonly junkSigns: readonly JunkSign[] | null;
  /** When it was written, as it says itself. */
  readonly writtenAt: Date | null;
}

/** Message `m` in mailbox `b` of an account's own, at this UID. */
const ownMessage = (
  tx: SchoolTx,
  account: AccountId,
  { mailbox, uid }: MessageRef,
): RawBuilder<unknown> => sql`
  mailbox b
    join entry e on e.school_id = b.school_id
    and e.mailbox_id = b.id
    join message m on m.school_id = e.school_id
    and m.id = e.message_id
  where b.school_id = ${tx.school}
    and b.id = ${mailbox}
    and b.account_id = ${account}
    and e.uid = ${uid}
`;

/** The bytes and the structure of a message in somebody's mailbox; null where it isn't theirs. */
export async function messageBytes(
  tx: SchoolTx,
  account: AccountId,
  { mailbox, uid }: MessageRef,
): Promise<MessageBytes | null> {
  const {
    rows: [row],
  } = await sql<StoredBytes>`
    select m.id, m.raw, m.structure, case when b.use = 'junk' then m.junk_signs end as "junkSigns",
      m.sent_at as "writtenAt"
    from ${ownMessage(tx, account, { mailbox, uid })}
  `.execute(tx.kept);
  return row === undefined ? null : ((await withRaw(tx, [row]))[0] ?? null);
}

type StoredBytes = Omit<MessageBytes, 'raw'> & {
  readonly id: MessageId;
  readonly raw: Buffer | null;
};

/** The structure alone, to find a part in. */
export async function messageStructure(
  tx: SchoolTx,
  account: AccountId,
  { mailbox, uid }: MessageRef,
): Promise<Part | null> {
  const {
    rows: [row],
  } = await sql<{ structure: Part }>`
    select m.structure
    from ${ownMessage(tx, account, { mailbox, uid })}
  `.execute(tx.kept);
  return row?.structure ?? null;
}

interface EntryOfAccount {
  readonly account: AccountId;
  readonly mailbox: MailboxId;
  readonly uid: Uid;
}

/** The encoded bytes of one part alone: the database reads no more than its range. */
export async function partBytes(
  tx: SchoolTx,
  { account, mailbox, uid }: EntryOfAccount,
  range: { readonly start: number; readonly end: number },
): Promise<Buffer | null> {
  const {
    rows: [row],
  } = await sql<{ id: MessageId; bytes: Buffer | null }>`
    select m.id, substring(
      m.raw from ${range.start + 1}::integer for ${range.end - range.start}::integer
    ) as bytes
    from ${ownMessage(tx, account, { mailbox, uid })}
  `.execute(tx.kept);
  if (row === undefined || row.bytes !== null) return row?.bytes ?? null;
  return (await bytesElsewhere(tx, [{ message: row.id, span: range }]))[0] ?? null;
}
