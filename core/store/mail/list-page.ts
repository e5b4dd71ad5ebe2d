import { sql, type RawBuilder } from 'kysely';
import type { AccountId, MailboxId, MessageId, Uid } from '../../ids.ts';
import type { Role } from '../../rules/facts.ts';
import type { SchoolTx } from '../store.ts';

/** Whether a list shows each message by itself, or one row for those that belong together. */
export type ListedBy = 'message' | 'conversation';

/**
 * Where a page of a list begins: at its newest row, below or above a row, or around one, so that as
 * many as `above` stand before it.
 */
export type PageFrom =
  | { readonly kind: 'newest' }
  | { readonly kind: 'before'; readonly uid: Uid }
  | { readonly kind: 'after'; readonly uid: Uid }
  | { readonly kind: 'around'; readonly uid: Uid; readonly above: number };

/** Which messages a list shows: those of some writers, unread ones; all where nothing is said. */
export interface Only {
  /** Of who wrote them; null: anybody's, and what was never received. */
  readonly roles: readonly Role[] | null;
  readonly unread: boolean;
}
export const ALL: Only = { roles: null, unread: false };

/** A page of a list as it is asked for. */
interface PageWish {
  readonly from: PageFrom;
  readonly limit: number;
  readonly by: ListedBy;
  readonly only?: Only;
}

/** UIDs of one page, the newest first, and whether more stand on either side of it. */
interface PageOfUids {
  readonly uids: readonly Uid[];
  readonly newer: boolean;
  readonly older: boolean;
}

/** What one conversation holds, seen from one mailbox. */
export interface Gathered {
  readonly uid: Uid;
  /** Its messages, in all of the account's mailboxes that count (`countedIn`). */
  readonly messages: number;
  /** Whether one of them lies unread in this mailbox. */
  readonly unread: boolean;
  /** Whether the account's owner has written one of them. */
  readonly answered: boolean;
}

/** A conversation of more messages is looked at no further: its newest ones stand for it. */
const MAX_GATHERED = 100;

/**
 * What the messages of a conversation have in common: the id of its first one (RFC 5322 §3.6.4). As
 * the index `message_conversation` has it; null for a message without any id, which stands alone.
 */
const rootOf = (message: RawBuilder<unknown>): RawBuilder<string | null> => sql`
  case
    when ${message}.refs[1] is not null then ${message}.refs[1]
    when ${message}.in_reply_to is not null then ${message}.in_reply_to
    else ${message}.header_id
  end
`;

const M = sql.ref('m');
const O = sql.ref('o');

/** A mailbox as its owner asks for it, and what of it: to anybody else it is empty. */
interface Asked {
  readonly account: AccountId;
  readonly mailbox: MailboxId;
  readonly by: ListedBy;
  readonly only: Only;
}

/** Whether an entry is one of those asked for. */
function fits(entry: 'e' | 'x', { only: { roles, unread } }: Asked): RawBuilder<unknown> {
  const one = sql.ref(entry);
  const ofWriters = roles === null ? sql`true` : sql`${one}.sender_role = any(${roles}::text[])`;
  const isNew = unread ? sql`not ${one}.seen` : sql`true`;
  return sql`${ofWriters} and ${isNew}`;
}

/**
 * Whether no newer message of the same conversation that is asked for lies in the mailbox of entry
 * `e` of message `m`.
 */
const isNewest = (asked: Asked): RawBuilder<unknown> => sql`
  not exists (
    select
    from (
      select o.id
      from message o
      where o.school_id = m.school_id and ${rootOf(O)} = ${rootOf(M)}
      order by o.id desc
      limit ${sql.lit(MAX_GATHERED)}
    ) o join entry x on x.school_id = e.school_id
      and x.message_id = o.id
      and x.mailbox_id = e.mailbox_id
    where (x.internal_date, x.uid) > (e.internal_date, e.uid) and ${fits('x', asked)}
  )
`;

/**
 * A page of a mailbox by the dates of its messages, which go with them from mailbox to mailbox (RFC
 * 9051 §6.4.8). Where the row that it begins at is gone, it begins where that one would have been:
 * at the one that came into the mailbox just before it.
 */
export async function pageOfUids(
  tx: SchoolTx,
  { account, mailbox }: Pick<Asked, 'account' | 'mailbox'>,
  page: PageWish,
): Promise<PageOfUids> {
  const { from, limit, by, only = ALL } = page;
  const some = (side: Side, most: number) =>
    uidsBeside(tx, { account, mailbox, by, only }, { side, most });
  if (from.kind === 'newest') {
    const uids = await some({ than: null, way: 'older' }, limit + 1);
    return { uids: uids.slice(0, limit), newer: false, older: uids.length > limit };
  }
  if (from.kind === 'before') {
    const uids = await some({ than: from.uid, way: 'older' }, limit + 1);
    return { uids: uids.slice(0, limit), newer: true, older: uids.length > limit };
  }
  if (from.kind === 'after') {
    const uids = await some({ than: from.uid, way: 'newer' }, limit + 1);
    return { uids: uids.slice(0, limit).reverse(), newer: uids.length > limit, older: true };
  }
  // What is open stays among what is asked for, though it is no longer unread.
  const isKept = only !== ALL;
  const head = by === 'message' || isKept ? from.uid : await newestOf(tx, mailbox, from.uid);
  const above = await some({ than: head, way: 'newer' }, from.above + 1);
  const shown = [...above.slice(0, from.above).reverse(), ...(isKept ? [head] : [])];
  const way = isKept ? 'older' : 'not-newer';
  const below = await some({ than: head, way }, limit - shown.length + 1);
  return {
    uids: [...shown, ...below.slice(0, limit - shown.length)],
    newer: above.length > from.above,
    older: below.length > limit - shown.length,
  };
}

interface Side {
  readonly than: Uid | null;
  readonly way: 'older' | 'newer' | 'not-newer';
}

const COMPARED = { older: sql`<`, newer: sql`>`, 'not-newer': sql`<=` } as const;

/** Rows on one side of a row, the nearest first. */
async function uidsBeside(
  tx: SchoolTx,
  asked: Asked,
  { side, most }: { readonly side: Side; readonly most: number },
): Promise<Uid[]> {
  const { account, mailbox, by } = asked;
  const order = side.way === 'newer' ? sql`asc` : sql`desc`;
  const beside =
    side.than === null
      ? sql``
      : sql`
          and (e.internal_date, e.uid) ${COMPARED[side.way]} (
            select internal_date, ${side.than}::bigint
            from entry
            where school_id = ${tx.school} and mailbox_id = ${mailbox} and uid <= ${side.than}::bigint
            order by uid desc
            limit 1
          )
        `;
  const heads =
    by === 'message'
      ? sql`where`
      : sql`
          join message m on m.school_id = e.school_id and m.id = e.message_id
          where ${isNewest(asked)} and
        `;
  const { rows } = await sql<{ uid: Uid }>`
    select e.uid
    from entry e ${heads} e.school_id = ${tx.school}
      and e.mailbox_id = (
        select id
        from mailbox
        where school_id = ${tx.school} and id = ${mailbox} and account_id = ${account}
      )
      and ${fits('e', asked)}
      ${beside}
    order by e.internal_date ${order}, e.uid ${order}
    limit ${most}
  `.execute(tx.db);
  return rows.map(({ uid }) => uid);
}

/** The newest message of a message's conversation in a mailbox: the row that stands for it. */
async function newestOf(tx: SchoolTx, mailbox: MailboxId, uid: Uid): Promise<Uid> {
  const all = await uidsOfConversations(tx, mailbox, [uid]);
  return all[0] ?? uid;
}

/**
 * All messages in a mailbox that belong to the conversations of some of its messages, those
 * themselves among them, the newest first.
 */
export async function uidsOfConversations(
  tx: SchoolTx,
  mailbox: MailboxId,
  uids: readonly Uid[],
): Promise<Uid[]> {
  const { rows } = await sql<{ uid: Uid }>`
    select x.uid
    from ${conversationsOf(tx, mailbox, uids)}
    order by x.internal_date desc, x.uid desc
  `.execute(tx.db);
  return rows.map(({ uid }) => uid);
}

/**
 * What is unread of a row: its message, or by conversation all that it stands for. A row of a
 * mailbox that is not this account's has nothing.
 */
export async function unreadOfRow(
  tx: SchoolTx,
  { account, mailbox, by }: Pick<Asked, 'account' | 'mailbox' | 'by'>,
  uid: Uid,
): Promise<Uid[]> {
  const all =
    by === 'conversation'
      ? conversationsOf(tx, mailbox, [uid])
      : sql`
        (
          select school_id, mailbox_id, uid, seen
          from entry
          where school_id = ${tx.school} and mailbox_id = ${mailbox} and uid = ${uid}
        ) x
      `;
  const { rows } = await sql<{ uid: Uid }>`
    select x.uid
    from ${all}
      join mailbox b on b.school_id = x.school_id and b.id = x.mailbox_id
    where b.account_id = ${account} and not x.seen
  `.execute(tx.db);
  return rows.map(({ uid: one }) => one);
}

/** The entries `x` of a mailbox that belong to the conversations of some of them. */
const conversationsOf = (
  tx: SchoolTx,
  mailbox: MailboxId,
  uids: readonly Uid[],
): RawBuilder<unknown> => sql`
  (
    select e.message_id as id
    from entry e
    where e.school_id = ${tx.school}
      and e.mailbox_id = ${mailbox}
      and e.uid = any(${uids}::bigint[])
    union
    select o.id
    from entry e
      join message m on m.school_id = e.school_id and m.id = e.message_id
      cross join lateral (
        select o.id
        from message o
        where o.school_id = m.school_id and ${rootOf(O)} = ${rootOf(M)}
        order by o.id desc
        limit ${sql.lit(MAX_GATHERED)}
      ) o
    where e.school_id = ${tx.school}
      and e.mailbox_id = ${mailbox}
      and e.uid = any(${uids}::bigint[])
  ) o join entry x on x.school_id = ${tx.school}
    and x.message_id = o.id
    and x.mailbox_id = ${mailbox}
`;

/**
 * How many messages the conversations of these rows hold. Those count that lie in the mailbox
 * itself, or in another of the account's own that is no place for drafts, junk or what is thrown
 * away.
 */
export async function gatheredOf(
  tx: SchoolTx,
  account: AccountId,
  mailbox: MailboxId,
  uids: readonly Uid[],
): Promise<Gathered[]> {
  const { rows } = await sql<Gathered>`
    select e.uid,
      greatest(g.messages, 1)::integer as messages,
      coalesce(g.unread, not e.seen) as unread,
      coalesce(g.answered, false) as answered
    from entry e
      join message m on m.school_id = e.school_id and m.id = e.message_id
      cross join lateral (
        select count(distinct o.id) as messages,
          bool_or(not x.seen and x.mailbox_id = e.mailbox_id) as unread,
          bool_or(b.use = 'sent') as answered
        from (
          select o.id
          from message o
          where o.school_id = m.school_id and ${rootOf(O)} = ${rootOf(M)}
          order by o.id desc
          limit ${sql.lit(MAX_GATHERED)}
        ) o
          cross join (
            select id, use
            from mailbox
            where school_id = ${tx.school}
              and account_id = ${account}
              and (
                id = ${mailbox}
                or use is null
                or use not in ('drafts', 'junk', 'trash')
              )
          ) b
          join entry x on x.school_id = e.school_id and x.message_id = o.id and x.mailbox_id = b.id
      ) g
    where e.school_id = ${tx.school}
      and e.mailbox_id = ${mailbox}
      and e.uid = any(${uids}::bigint[])
  `.execute(tx.db);
  return rows;
}

/** The newest messages of the school that belong together with one, itself among them. */
export async function messagesOfConversation(
  tx: SchoolTx,
  message: MessageId,
): Promise<MessageId[]> {
  const { rows } = await sql<{ id: MessageId }>`
    select o.id
    from message m join message o on o.school_id = m.school_id and ${rootOf(O)} = ${rootOf(M)}
    where m.school_id = ${tx.school} and m.id = ${message}
    order by o.id desc
    limit ${sql.lit(MAX_GATHERED)}
  `.execute(tx.db);
  return rows.map(({ id }) => id);
}
