import { sql, type RawBuilder } from 'kysely';
import type { AccountId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import type { Role } from '../../rules/facts.ts';
import type { SchoolTx } from '../store.ts';
import type { DraftRef, ListedBy, PageFrom, WhichMailbox, MessageRef } from './contract.ts';
import { rowsWhere, type ListedRow, type RowCounts } from './listing.ts';

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

/** Rows of one page, the newest first, and whether more stand on either side of it. */
interface PageOfRows {
  readonly rows: readonly ListedRow[];
  readonly newer: boolean;
  readonly older: boolean;
}

/** A conversation of more messages is looked at no further: its newest ones stand for it. */
const MAX_GATHERED = 100;

/**
 * What the messages of a conversation have in common: the id of its first one (RFC 5322 §3.6.4). As
 * the index `message_conversation` has it; null for a message without any id, which stands alone.
 */
export const rootOf = (message: RawBuilder<unknown>): RawBuilder<string | null> => sql`
  case
    when ${message}.refs[1] is not null then ${message}.refs[1]
    when ${message}.in_reply_to is not null then ${message}.in_reply_to
    else ${message}.header_id
  end
`;

const M = sql.ref('m');
const O = sql.ref('o');
/** The newest messages of the conversation of a message `m`. */
const GATHERED = sql`
  select o.id
  from message o
  where o.school_id = m.school_id and ${rootOf(O)} = ${rootOf(M)}
  order by o.id desc
  limit ${sql.lit(MAX_GATHERED)}
`;

/** A mailbox as its owner asks for it, and what of it: to anybody else it is empty. */
interface Asked {
  readonly account: AccountId;
  readonly mailbox: WhichMailbox;
  readonly by: ListedBy;
  readonly only: Only;
}

/** The mailbox that is asked for; null in SQL where the account has none such. */
const mailboxOf = (
  tx: SchoolTx,
  { account, mailbox }: Pick<Asked, 'account' | 'mailbox'>,
): RawBuilder<MailboxId> => sql`
  (
    select id
    from mailbox
    where school_id = ${tx.school}
      and account_id = ${account}
      and ${'id' in mailbox ? sql`id = ${mailbox.id}` : sql`use = ${mailbox.use}`}
  )
`;

/**
 * What a page goes by, the greatest first: the date of a message; where messages wait for their
 * hour, how soon it is.
 */
const dateOf = (entry: 'e' | 'x' | 'k', { mailbox }: Pick<Asked, 'mailbox'>) =>
  'use' in mailbox && mailbox.use === 'later'
    ? sql`
        coalesce(
          (
            select - extract(epoch from p.returns_at)
            from put_off_letter p
            where p.school_id = ${sql.ref(entry)}.school_id
              and p.mailbox_id = ${sql.ref(entry)}.mailbox_id
              and p.uid = ${sql.ref(entry)}.uid
          ),
          '-infinity'
        )
      `
    : sql`${sql.ref(entry)}.internal_date`;

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
      ${GATHERED}
    ) o join entry x on x.school_id = e.school_id
      and x.message_id = o.id
      and x.mailbox_id = e.mailbox_id
    where (${dateOf('x', asked)}, x.uid) > (${dateOf('e', asked)}, e.uid) and ${fits('x', asked)}
  )
`;

/**
 * A page of a mailbox by the dates of its messages, which go with them from mailbox to mailbox (RFC
 * 9051 §6.4.8), or by the hours of what waits. Where the row that it begins at is gone, it begins
 * where that one would have been: at the one that came into the mailbox just before it.
 */
export async function pageOfRows(
  tx: SchoolTx,
  { account, mailbox }: Pick<Asked, 'account' | 'mailbox'>,
  page: PageWish,
): Promise<PageOfRows> {
  const { from, limit, by, only = ALL } = page;
  const asked = { account, mailbox, by, only };
  const some = (side: Side, most: number) => rowsBeside(tx, asked, { side, most });
  if (from.kind === 'around') return pageAround(tx, asked, { ...page, from });
  if (from.kind === 'after') {
    const rows = await some({ than: from.uid, way: 'newer' }, limit + 1);
    return { rows: last(rows, limit), newer: rows.length > limit, older: true };
  }
  const than = from.kind === 'newest' ? null : from.uid;
  const rows = await some({ than, way: 'older' }, limit + 1);
  return { rows: rows.slice(0, limit), newer: than !== null, older: rows.length > limit };
}

/** A page around a row, which stays among what is asked for though it is no longer unread. */
async function pageAround(
  tx: SchoolTx,
  asked: Asked,
  { from, limit }: PageWish & { readonly from: PageFrom & { readonly kind: 'around' } },
): Promise<PageOfRows> {
  const isKept = asked.only !== ALL;
  const head = asked.by === 'message' || isKept ? from.uid : await newestOf(tx, asked, from.uid);
  const side = (way: Side['way'], most: number) =>
    rowsBeside(tx, asked, { side: { than: head, way }, most });
  const [above, kept, below] = await Promise.all([
    side('newer', from.above + 1),
    isKept ? side('itself', 1) : [],
    side(isKept ? 'older' : 'not-newer', limit + 1),
  ]);
  const shown = [...last(above, from.above), ...kept];
  const left = limit - shown.length;
  return {
    rows: [...shown, ...below.slice(0, left)],
    newer: above.length > from.above,
    older: below.length > left,
  };
}

/** The last so many of some rows. */
const last = (rows: readonly ListedRow[], most: number): readonly ListedRow[] =>
  rows.slice(Math.max(0, rows.length - most));

/** Rows on one side of a row of the mailbox, or that row whatever is asked; null: all. */
interface Side {
  readonly than: Uid | null;
  readonly way: 'older' | 'newer' | 'not-newer' | 'itself';
}

const COMPARED = { older: sql`<`, newer: sql`>`, 'not-newer': sql`<=` } as const;

/** The nearest rows on one side of a row, the newest first. */
function rowsBeside(
  tx: SchoolTx,
  asked: Asked,
  { side, most }: { readonly side: Side; readonly most: number },
): Promise<ListedRow[]> {
  const mailbox = mailboxOf(tx, asked);
  const which =
    side.way === 'itself'
      ? sql`e.uid = ${side.than}::bigint`
      : sql`e.uid = any(array(${uidsBeside(tx, asked, { ...side, way: side.way, most })}))`;
  return rowsWhere(
    tx,
    asked.account,
    sql`b.id = ${mailbox} and ${which} order by ${dateOf('e', asked)} desc, e.uid desc`,
    asked.by === 'message' ? undefined : gathered(tx, asked.account),
  );
}

/** The UIDs of these rows, as a subquery: found among the narrow entries alone. */
function uidsBeside(
  tx: SchoolTx,
  asked: Asked,
  { than, way, most }: Side & { readonly way: keyof typeof COMPARED; readonly most: number },
): RawBuilder<unknown> {
  const order = way === 'newer' ? sql`asc` : sql`desc`;
  const mailbox = mailboxOf(tx, asked);
  const beside =
    than === null
      ? sql``
      : sql`
          and (${dateOf('e', asked)}, e.uid) ${COMPARED[way]} (
            select ${dateOf('k', asked)}, ${than}::bigint
            from entry k
            where k.school_id = ${tx.school}
              and k.mailbox_id = ${mailbox}
              and k.uid <= ${than}::bigint
            order by k.uid desc
            limit 1
          )
        `;
  const heads =
    asked.by === 'message'
      ? { join: sql``, only: sql`true` }
      : {
          join: sql`join message m on m.school_id = e.school_id and m.id = e.message_id`,
          only: isNewest(asked),
        };
  return sql`
    select e.uid
    from entry e ${heads.join}
    where e.school_id = ${tx.school}
      and e.mailbox_id = ${mailbox}
      and ${heads.only}
      and ${fits('e', asked)}
      ${beside}
    order by ${dateOf('e', asked)} ${order}, e.uid ${order}
    limit ${most}
  `;
}

/** The newest message of a message's conversation in a mailbox: the row that stands for it. */
async function newestOf(tx: SchoolTx, asked: Asked, uid: Uid): Promise<Uid> {
  const all = await uidsIn(tx, conversationsOf(tx, mailboxOf(tx, asked), [uid]));
  return all[0] ?? uid;
}

/**
 * All messages in a mailbox that belong to the conversations of some of its messages, those
 * themselves among them, the newest first.
 */
export function uidsOfConversations(
  tx: SchoolTx,
  mailbox: MailboxId,
  uids: readonly Uid[],
): Promise<Uid[]> {
  return uidsIn(tx, conversationsOf(tx, sql`${mailbox}`, uids));
}

async function uidsIn(tx: SchoolTx, conversations: RawBuilder<unknown>): Promise<Uid[]> {
  const { rows } = await sql<{ uid: Uid }>`
    select x.uid from ${conversations} order by x.internal_date desc, x.uid desc
  `.execute(tx.kept);
  return rows.map(({ uid }) => uid);
}

/**
 * What is unread of a row: its message, or by conversation all that it stands for. A row of a
 * mailbox that is not this account's has nothing.
 */
export async function unreadOfRow(
  tx: SchoolTx,
  { account, mailbox, by }: Pick<Asked, 'account' | 'by'> & { readonly mailbox: MailboxId },
  uid: Uid,
): Promise<Uid[]> {
  const all =
    by === 'conversation'
      ? conversationsOf(tx, sql`${mailbox}`, [uid])
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
  `.execute(tx.kept);
  return rows.map(({ uid: one }) => one);
}

/** The entries `x` of a mailbox that belong to the conversations of some of them. */
const conversationsOf = (
  tx: SchoolTx,
  mailbox: RawBuilder<unknown>,
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
        ${GATHERED}
      ) o
    where e.school_id = ${tx.school}
      and e.mailbox_id = ${mailbox}
      and e.uid = any(${uids}::bigint[])
  ) o join entry x on x.school_id = ${tx.school}
    and x.message_id = o.id
    and x.mailbox_id = ${mailbox}
`;

/** A row stands for its conversation, of which no more than the newest messages are looked at. */
const gathered = (tx: SchoolTx, account: AccountId): RowCounts => ({
  columns: sql`
    greatest(g.messages, 1)::integer as messages,
    coalesce(g.unread, not e.seen) as unread,
    coalesce(g."withOwn", false) as "withOwn"
  `,
  join: sql`
    cross join lateral (
      select count(distinct o.id) as messages,
        bool_or(not x.seen and x.mailbox_id = e.mailbox_id) as unread,
        bool_or(c.use = 'sent') as "withOwn"
      from (
        ${GATHERED}
      ) o
        cross join (
          select id, use
          from mailbox
          where school_id = ${tx.school}
            and account_id = ${account}
            and (
              id = b.id
              or use is null
              or use not in ('drafts', 'junk', 'trash')
            )
        ) c
        join entry x on x.school_id = e.school_id and x.message_id = o.id and x.mailbox_id = c.id
    ) g
  `,
});

/** The conversations of some messages, by what each has in common; none of what stands alone. */
export async function conversationsIn(
  tx: SchoolTx,
  messages: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, string>> {
  const { rows } = await sql<{ id: MessageId; root: string }>`
    select m.id, ${rootOf(M)} as root
    from message m
    where m.school_id = ${tx.school}
      and m.id = any(${[...messages]}::bigint[])
      and ${rootOf(M)} is not null
  `.execute(tx.kept);
  return new Map(rows.map(({ id, root }) => [id, root]));
}

/**
 * The other messages of a message's conversation where they lie, the oldest first; neither drafts
 * nor what is in the trash or junk. Of a message that isn't the account's there are none.
 */
export function rowsOfConversation(
  tx: SchoolTx,
  account: AccountId,
  { mailbox, uid }: MessageRef,
): Promise<ListedRow[]> {
  const open = mailboxOf(tx, { account, mailbox: { id: mailbox } });
  return rowsWhere(
    tx,
    account,
    sql`
      m.id = any(array(
        select o.id
        from entry e
          join message m on m.school_id = e.school_id and m.id = e.message_id
          join message o on o.school_id = m.school_id and o.id <> m.id and ${rootOf(O)} = ${rootOf(M)}
        where e.school_id = ${tx.school} and e.mailbox_id = ${open} and e.uid = ${uid}
        order by o.id desc
        limit ${sql.lit(MAX_GATHERED)}
      ))
      and not e.draft
      and b.use is distinct from 'trash'
      and b.use is distinct from 'junk'
      order by e.internal_date, m.id, b.id
    `,
  );
}

/**
 * The newest draft of an account in the conversation of one of its messages; null where there is
 * none.
 */
export async function draftInConversation(
  tx: SchoolTx,
  account: AccountId,
  { mailbox, uid }: DraftRef,
): Promise<DraftRef | null> {
  const open = mailboxOf(tx, { account, mailbox: { id: mailbox } });
  const drafts = mailboxOf(tx, { account, mailbox: { use: 'drafts' } });
  const {
    rows: [row],
  } = await sql<DraftRef>`
    select x.mailbox_id as mailbox, x.uid
    from entry e
      join message m on m.school_id = e.school_id and m.id = e.message_id
      join message o on o.school_id = m.school_id and ${rootOf(O)} = ${rootOf(M)}
      join entry x on x.school_id = o.school_id
      and x.message_id = o.id
      and x.mailbox_id = ${drafts}
      and x.draft
    where e.school_id = ${tx.school} and e.mailbox_id = ${open} and e.uid = ${uid}
    order by x.uid desc
    limit 1
  `.execute(tx.kept);
  return row ?? null;
}
