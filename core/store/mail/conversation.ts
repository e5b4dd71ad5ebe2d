import { sql } from 'kysely';
import type { AccountId, MessageId } from '../../ids.ts';
import type { Part } from '../../message/message.ts';
import type { SchoolTx } from '../store.ts';

/** Header ids that one question names; a forged References field may hold thousands. */
const MAX_IDS = 200;
/** How often the circle is widened: an answer to an answer, and so on. */
const MAX_ROUNDS = 8;

/**
 * Messages of an account that belong together with one, itself among them: whatever has one of the
 * header ids that are known so far, or answers one. Only what lies in the account's own mailboxes
 * leads on to more.
 */
export async function conversationOf(
  tx: SchoolTx,
  account: AccountId,
  message: MessageId,
  limit: number,
): Promise<MessageId[]> {
  const start = await tx.db
    .selectFrom('message')
    .select(['header_id', 'in_reply_to', 'refs'])
    .where('school_id', '=', tx.school)
    .where('id', '=', message)
    .executeTakeFirst();
  if (!start) return [];
  const ids = new Set<string>();
  const found = new Set<MessageId>([message]);
  const learn = (row: {
    header_id: string | null;
    in_reply_to: string | null;
    refs: readonly string[];
  }): void => {
    for (const id of [row.header_id, row.in_reply_to, ...row.refs])
      if (id !== null && id !== '' && ids.size < MAX_IDS) ids.add(id);
  };
  learn(start);
  for (
    let round = 0, known = 0;
    round < MAX_ROUNDS && ids.size > known && found.size < limit;
    round += 1
  ) {
    known = ids.size;
    for (const row of await namedBy(tx, account, [...ids], limit)) {
      found.add(row.id);
      learn(row);
    }
  }
  return [...found].slice(0, limit);
}

/** The account's messages that bear one of these ids, or answer one, the newest first. */
async function namedBy(
  tx: SchoolTx,
  account: AccountId,
  ids: readonly string[],
  limit: number,
): Promise<
  { id: MessageId; header_id: string | null; in_reply_to: string | null; refs: string[] }[]
> {
  const { rows } = await sql<{
    id: MessageId;
    header_id: string | null;
    in_reply_to: string | null;
    refs: string[];
  }>`
    select m.id, m.header_id, m.in_reply_to, m.refs
    from message m
    where m.school_id = ${tx.school}
      and (m.header_id = any(${ids}::text[]) or m.in_reply_to = any(${ids}::text[]))
      and exists (
        select
        from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
        where e.school_id = m.school_id
          and e.message_id = m.id
          and b.account_id = ${account}
          and b.use is distinct from 'trash'
          and b.use is distinct from 'junk'
          and not e.draft
      )
    order by m.id desc
    limit ${limit}
  `.execute(tx.db);
  return rows;
}

/** Bytes and structure of those that are no longer than `maxBytes`. */
export async function shortBodies(
  tx: SchoolTx,
  messages: readonly MessageId[],
  maxBytes: number,
): Promise<Map<MessageId, { readonly raw: Buffer; readonly structure: Part }>> {
  if (messages.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('message')
    .select(['id', 'raw', 'structure'])
    .where('school_id', '=', tx.school)
    .where('id', 'in', [...messages])
    .where('size_bytes', '<=', maxBytes)
    .execute();
  return new Map(rows.map(({ id, raw, structure }) => [id, { raw, structure }]));
}
