import { sql, type RawBuilder } from 'kysely';
import type { AccountId, AddressId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import type { Part } from '../../letters/message/message.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { rowsAt, type ListedRow } from './listing.ts';
import { contains, folded } from './searching.ts';
import { NO_WORDS, type TextQuery } from './text-query.ts';

/** What must hold of a message besides its words; `not`: must not. */
export type MessageCondition = { readonly not: boolean } & (
  | {
      readonly kind: 'from' | 'to';
      /** A part of a name or an address, as its header has it. */
      readonly text: string;
      /** Whom the reader knows by that name. */
      readonly people: readonly { readonly id: AddressId; readonly address: string }[];
    }
  | { readonly kind: 'subject'; readonly text: string }
  /** A part of a file's name or media type; an empty text: any file. */
  | { readonly kind: 'file'; readonly text: string }
  /** From the beginning of a day of the school's calendar on, `YYYY-MM-DD`. */
  | { readonly kind: 'since'; readonly day: string; readonly timeZone: string }
  | { readonly kind: 'starred' }
);

export interface MessageQuery {
  readonly words: TextQuery;
  readonly conditions: readonly MessageCondition[];
  /** Where to look. `everywhere`: all mailboxes but the trash and junk, and no drafts. */
  readonly within: Within;
}

type Within = 'everywhere' | 'trash-and-junk' | readonly MailboxId[];

/**
 * Entries that are looked at before the index of words is asked: somebody's newest. Common words
 * are found among them at once, and most mailboxes hold no more.
 */
const NEWEST = 400;
/** The same of common words: the index would name a good part of the school's mail. */
const NEWEST_OF_COMMON = 4_000;
/** A word that stands in more of a school's messages is common. */
const MOST_OF_RARE = 2_000;

/** What is looked for, and how many are shown of it. */
interface FoundWish {
  readonly wanted: MessageQuery;
  readonly limit: number;
}

/** Messages that fit, newest first, each once. */
export async function foundRows(
  tx: SchoolTx,
  account: AccountId,
  { wanted, limit }: FoundWish,
): Promise<ListedRow[]> {
  return rowsAt(tx, account, await foundKeys(tx, account, { wanted, limit }));
}

/** What fits among the newest, and whether nothing else needs to be looked at. */
interface Newest {
  readonly found: readonly Key[];
  readonly isAll: boolean;
}

async function foundKeys(
  tx: SchoolTx,
  account: AccountId,
  { wanted, limit }: FoundWish,
): Promise<readonly Key[]> {
  const amongNewest = async (most: number): Promise<Newest> => {
    const entries = newestEntries(tx, account, { within: wanted.within, most });
    const { found, looked } = await among(tx, entries, { wanted, limit });
    return { found, isAll: found.length >= limit || looked < most };
  };
  const newest = await amongNewest(NEWEST);
  if (newest.isAll) return newest.found;
  const rare = await rareMessages(tx, wanted.words);
  if (rare === null) {
    const more = await amongNewest(NEWEST_OF_COMMON);
    if (more.isAll) return more.found;
  }
  const left = wanted.words.narrows ? { ...wanted, words: NO_WORDS } : wanted;
  return (await among(tx, allEntries(tx, account, { wanted, rare }), { wanted: left, limit }))
    .found;
}

/**
 * The messages of the school that the index names; null where they are many, or it can name none.
 * It is asked once: what came in since it was last put in order is read for each question.
 */
async function rareMessages(tx: SchoolTx, words: TextQuery): Promise<readonly MessageId[] | null> {
  if (!words.narrows) return null;
  const { rows } = await sql<{ id: MessageId }>`
    select m.id
    from message m
    where m.school_id = ${tx.school} and ${hasWords(words)}
    limit ${MOST_OF_RARE + 1}
  `.execute(tx.kept);
  return rows.length > MOST_OF_RARE ? null : rows.map(({ id }) => id);
}

/** Whether anything lies in the trash or in junk. */
async function hasThrown(tx: SchoolTx, account: AccountId): Promise<boolean> {
  const rows = await ownKept(tx)
    .selectFrom('mailbox', { account_id: account })
    .select('id')
    .where('use', 'in', ['trash', 'junk'])
    .where('total', '>', 0)
    .limit(1)
    .execute();
  return rows.length > 0;
}

/** How many in the trash and junk fit, counted up to a limit among the newest. */
export async function countThrown(
  tx: SchoolTx,
  account: AccountId,
  { wanted, limit }: FoundWish,
): Promise<number> {
  if (!(await hasThrown(tx, account))) return 0;
  const entries = newestEntries(tx, account, { within: 'trash-and-junk', most: NEWEST });
  return (await among(tx, entries, { wanted, limit })).found.length;
}

interface Key {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
  readonly message: MessageId;
}

/** What one sent to oneself lies in two mailboxes, for which twice as many are found. */
function eachOnce(keys: readonly Key[]): Key[] {
  const seen = new Set<MessageId>();
  return keys.filter(({ message }) => !seen.has(message) && seen.add(message));
}

/** Those of some entries that fit; and how many were looked at. */
async function among(
  tx: SchoolTx,
  entries: RawBuilder<unknown>,
  {
    wanted: { words, conditions },
    limit,
  }: { readonly wanted: MessageQuery; readonly limit: number },
): Promise<{ readonly found: readonly Key[]; readonly looked: number }> {
  const tests = [...(words.hasWords ? [hasWords(words)] : []), ...conditions.map(holds)];
  const fitting =
    tests.length === 0
      ? sql``
      : sql`cross join lateral (${messageOf(tx)}) m where ${sql.join(tests, sql` and `)}`;
  const { rows } = await sql<(Key | { mailbox: null }) & { looked: number }>`
    with looked as materialized (${entries}),
      found as (
        select e.mailbox_id as mailbox, e.uid, e.message_id as message
        from looked e ${fitting}
        order by e.internal_date desc, e.message_id desc, e.mailbox_id
        limit ${sql.lit(2 * limit)}
      )
    select f.mailbox, f.uid, f.message, l.looked
    from (select count(*)::integer as looked from looked) l left join found f on true
  `.execute(conditions.length === 0 ? tx.kept : tx.db);
  return {
    found: eachOnce(rows.flatMap((row) => (row.mailbox === null ? [] : [row]))).slice(0, limit),
    looked: rows[0]?.looked ?? 0,
  };
}

/**
 * The message of an entry, looked up by its id: `offset 0` keeps the planner from asking the index
 * of words instead, where a common word of the whole town is a hundred thousand messages.
 */
const messageOf = (tx: SchoolTx) => sql`
  select *
  from message m
  where m.school_id = ${tx.school} and m.id = e.message_id
  offset 0
`;

const NARROW = sql`
  e.mailbox_id, e.uid, e.message_id, e.internal_date, e.flagged
`;

/** The newest of each mailbox by its index of dates, and of those the newest. */
function newestEntries(
  tx: SchoolTx,
  account: AccountId,
  { within, most }: { readonly within: Within; readonly most: number },
): RawBuilder<unknown> {
  return sql`
    select ${NARROW}
    from mailbox b
      cross join lateral (
        select *
        from entry e
        where e.school_id = ${tx.school} and e.mailbox_id = b.id and ${isNoDraft(within)}
        order by e.internal_date desc, e.uid desc
        limit ${sql.lit(most)}
      ) e
    where b.school_id = ${tx.school} and b.account_id = ${account} and ${liesIn(within)}
    order by e.internal_date desc, e.message_id desc
    limit ${sql.lit(most)}
  `;
}

/**
 * All of an account's, or where words are looked for those that the index names. It is asked with
 * the school alone, whatever the account: then the planner knows that few are left.
 */
function allEntries(
  tx: SchoolTx,
  account: AccountId,
  { wanted, rare }: { readonly wanted: MessageQuery; readonly rare: readonly MessageId[] | null },
): RawBuilder<unknown> {
  const { words, within } = wanted;
  const named =
    rare === null
      ? sql`array(select m.id from message m where m.school_id = ${tx.school} and ${hasWords(words)})`
      : sql`${rare}::bigint[]`;
  const indexed = words.narrows ? sql`e.message_id = any(${named})` : sql`true`;
  return sql`
    select ${NARROW}
    from entry e
    where e.school_id = ${tx.school}
      and e.mailbox_id = any(
        array(
          select b.id
          from mailbox b
          where b.school_id = ${tx.school} and b.account_id = ${account} and ${liesIn(within)}
        )
      )
      and ${isNoDraft(within)}
      and ${indexed}
  `;
}

const isNoDraft = (within: Within): RawBuilder<unknown> =>
  within === 'everywhere' ? sql`not e.draft` : sql`true`;

function liesIn(within: Within): RawBuilder<unknown> {
  if (within === 'everywhere')
    return sql`(b.use is distinct from 'trash' and b.use is distinct from 'junk')`;
  return within === 'trash-and-junk'
    ? sql`b.use in ('trash', 'junk')`
    : sql`b.id = any(${[...within]}::bigint[])`;
}

/**
 * Were the words a constant, the planner would look for common ones by reading the words of every
 * message.
 */
function hasWords({ query }: TextQuery): RawBuilder<unknown> {
  return sql`m.search @@ (select ${query}::tsquery)`;
}

function holds(condition: MessageCondition): RawBuilder<unknown> {
  const is = sql`coalesce(${positive(condition)}, false)`;
  return condition.not ? sql`not ${is}` : is;
}

function positive(condition: MessageCondition): RawBuilder<unknown> {
  switch (condition.kind) {
    case 'from':
      return sql`
        (
          ${allIn([folded('from')], condition.text)}
          or m.sender_address_id = any(${condition.people.map(({ id }) => id)}::bigint[])
        )
      `;
    case 'to':
      return sql`
        (
          ${allIn([folded('to'), folded('cc'), folded('bcc')], condition.text)}
          or m.recipients && ${condition.people.map(({ address }) => address)}::text[]
        )
      `;
    case 'subject':
      return contains(folded('subject'), condition.text);
    case 'file':
      return fileNamed(condition.text);
    case 'since':
      return sql`
        e.internal_date >= (${condition.day}::timestamp at time zone ${condition.timeZone})
      `;
    case 'starred':
      return sql`e.flagged`;
  }
}

/** Every word in one of these fields or another. */
function allIn(fields: readonly RawBuilder<unknown>[], text: string): RawBuilder<unknown> {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const inOne = (word: string) =>
    sql`(${sql.join(
      fields.map((field) => contains(field, word)),
      sql` or `,
    )})`;
  return words.length === 0 ? sql`true` : sql`(${sql.join(words.map(inOne), sql` and `)})`;
}

function fileNamed(text: string): RawBuilder<unknown> {
  if (text === '') return sql`jsonb_array_length(m.attachments) > 0`;
  return sql`
    exists (
      select
      from jsonb_array_elements(m.attachments) f
      where ${contains(sql`upper(unaccent(f ->> 'name'))`, text)}
        or ${contains(sql`upper(f ->> 'mediaType')`, text)}
    )
  `;
}

/** The beginnings of these messages' bytes, and their structure. */
export async function beginningsOf(
  tx: SchoolTx,
  messages: readonly MessageId[],
  bytes: number,
): Promise<ReadonlyMap<MessageId, { readonly raw: Buffer; readonly structure: Part }>> {
  if (messages.length === 0) return new Map();
  const { rows } = await sql<{ id: MessageId; raw: Buffer; structure: Part }>`
    select id, substring(raw from 1 for ${bytes}) as raw, structure
    from message
    where school_id = ${tx.school} and id = any(${[...messages]}::bigint[])
  `.execute(tx.kept);
  return new Map(rows.map(({ id, raw, structure }) => [id, { raw, structure }]));
}

/** Somebody who wrote messages that an account has. */
interface Writer {
  readonly senderAddressId: AddressId | null;
  readonly senderRole: ListedRow['senderRole'];
  readonly from: ListedRow['from'];
}

/** Who wrote the newest messages of an account, each once, whoever wrote last first. */
export async function recentWriters(tx: SchoolTx, account: AccountId): Promise<Writer[]> {
  const { rows } = await sql<Writer>`
    select "senderAddressId", "senderRole", "from"
    from (
      select distinct on (m.sender_address_id, lower(m.envelope -> 'from' -> 0 ->> 'address'))
        m.sender_address_id as "senderAddressId",
        m.sender_role as "senderRole",
        m.envelope -> 'from' as "from",
        e.internal_date as at
      from (${newestEntries(tx, account, { within: 'everywhere', most: NEWEST })}) e
        join message m on m.school_id = ${tx.school}
        and m.id = e.message_id
      order by m.sender_address_id,
        lower(m.envelope -> 'from' -> 0 ->> 'address'),
        e.internal_date desc
    ) w
    order by at desc
  `.execute(tx.kept);
  return rows;
}
