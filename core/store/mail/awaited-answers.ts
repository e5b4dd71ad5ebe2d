import { sql } from 'kysely';
import type { AccountId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import { dropDueRow, makeDue } from '../due.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { copySet } from './carrying.ts';
import { mailboxOf, setOf } from './entries.ts';
import { changeFlags } from './flags.ts';
import { rootOf } from './list-page.ts';
import { LYING } from './lying.ts';
import { rangesOf } from './uid-set.ts';

/** A letter that somebody has sent, and wants an answer to. */
interface Awaited {
  readonly account: AccountId;
  readonly message: MessageId;
}

/** Its writer is to hear where nobody has answered until then; said again, until another moment. */
export async function awaitAnswer(
  tx: SchoolTx,
  { account, message }: Awaited,
  until: Date,
): Promise<void> {
  const { id } = await ownKept(tx)
    .insertInto('awaited_answer', { account_id: account, message_id: message, until })
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'account_id', 'message_id']).doUpdateSet({ until }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await makeDue(tx, 'answer', [{ id, at: until }]);
}

/** Its writer waits for no answer any more. */
export async function awaitNoMore(
  tx: SchoolTx,
  { account, message }: Awaited,
  now: Date,
): Promise<void> {
  const gone = await ownKept(tx)
    .deleteFrom('awaited_answer', { account_id: account, message_id: message })
    .returning(['id', 'until'])
    .executeTakeFirst();
  if (!gone) return;
  const upTo = gone.until > now ? gone.until : now;
  await dropDueRow(tx, { kind: 'answer', row: gone.id, upTo });
}

/** The letter that waits by a row, and until when; null: it does no more. */
export async function awaitedBy(
  tx: SchoolTx,
  row: number,
): Promise<(Awaited & { readonly until: Date }) | null> {
  const found = await ownKept(tx)
    .selectFrom('awaited_answer', { id: row })
    .select(['account_id', 'message_id', 'until'])
    .forUpdate()
    .executeTakeFirst();
  return found
    ? { account: found.account_id, message: found.message_id, until: found.until }
    : null;
}

/** What an account has sent on a page under this Message-ID. */
export async function messageSent(
  tx: SchoolTx,
  account: AccountId,
  headerId: string,
): Promise<MessageId | null> {
  const {
    rows: [row],
  } = await sql<{ id: MessageId }>`
    select m.id
    from message m
      join account a on a.school_id = m.school_id
      and a.address_id = m.sender_address_id
    where m.school_id = ${tx.school}
      and m.header_id = ${headerId}
      and m.origin = 'web'
      and a.id = ${account}
    order by m.id
    limit 1
  `.execute(tx.kept);
  return row?.id ?? null;
}

/**
 * Whether somebody else has answered a letter, by In-Reply-To or References (RFC 5322 §3.6.4), and
 * its writer has got that. What a program answers by itself is no answer (RFC 3834).
 */
export async function isAnswered(tx: SchoolTx, { account, message }: Awaited): Promise<boolean> {
  const {
    rows: [row],
  } = await sql<{ answered: boolean }>`
    select exists (
      select
      from message m
        join account a on a.school_id = m.school_id
        and a.id = ${account}
        join message o on o.school_id = m.school_id
        and ${rootOf(sql.ref('o'))} = any(array[${rootOf(sql.ref('m'))}, m.header_id])
        join entry x on x.school_id = o.school_id
        and x.message_id = o.id
        join mailbox b on b.school_id = x.school_id
        and b.id = x.mailbox_id
      where m.school_id = ${tx.school}
        and m.id = ${message}
        and o.id <> m.id
        and (o.in_reply_to = m.header_id or m.header_id = any(o.refs))
        and not o.automatic
        and o.sender_address_id is distinct from a.address_id
        and b.account_id = ${account}
        and not x.draft
    ) as answered
  `.execute(tx.kept);
  return row?.answered ?? false;
}

/**
 * Shows its writer a letter once more, in their inbox, unread and before all others; where it lies
 * it stays. False: they have thrown it away or called it back, and nothing is to be heard of it.
 */
export async function comeBackUnanswered(
  tx: SchoolTx,
  { account, message }: Awaited,
): Promise<boolean> {
  const {
    rows: [lies],
  } = await sql<{ mailbox: MailboxId; uid: Uid; at: Date }>`
    select e.mailbox_id as mailbox, e.uid, coalesce(e.first_at, e.internal_date) as at
    from ${LYING}
    where m.school_id = ${tx.school}
      and m.id = ${message}
      and m.recalled_at is null
      and b.account_id = ${account}
      and b.use is distinct from 'trash'
    order by b.use = 'sent' desc nulls last
    limit 1
  `.execute(tx.kept);
  const inbox = await mailboxOf(tx, account, 'inbox');
  if (!lies || inbox === null) return false;
  const { to } = await copySet(tx, { from: lies.mailbox, uids: setOf([lies.uid]), to: inbox });
  await changeFlags(tx, inbox, {
    uids: rangesOf(to),
    flags: { seen: false },
    unchangedSince: null,
  });
  await own(tx)
    .updateTable('entry', { mailbox_id: inbox })
    .where('uid', '=', sql<Uid>`any(${to}::bigint[])`)
    .set({ first_at: lies.at, internal_date: sql<Date>`now()`, returned: 'unanswered' })
    .execute();
  return to.length > 0;
}
