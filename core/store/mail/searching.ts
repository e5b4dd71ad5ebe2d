import { sql, type RawBuilder } from 'kysely';
import type { MailboxId } from '../../ground/ids.ts';
import { fold } from '../../letters/message/keys.ts';
import type { SchoolTx } from '../store.ts';
import type { Criterion, SearchDay, SortBy, ThreadSource, UidSet } from './contract.ts';
import { emailIdOf, threadIdOf } from './fetching.ts';
import { FLAG_COLUMN, SYSTEM_FLAGS, type SystemFlag } from './flag-columns.ts';
import { foldedAt, type FoldedField } from './messages.ts';
import { numbersIn } from './uid-ranges.ts';

export interface SearchIn {
  readonly mailbox: MailboxId;
  /** What only the messages' bytes could answer: the UIDs that fit. */
  readonly answers: ReadonlyMap<Criterion, UidSet>;
  readonly now: Date;
}

/**
 * UIDs of messages that fit, in the order asked for, ascending without one (sorting numbers costs
 * least here), and the highest MODSEQ among them.
 */
export async function findUids(
  tx: SchoolTx,
  { what, order }: { readonly what: Criterion; readonly order: readonly SortBy[] },
  within: SearchIn,
): Promise<{ uids: Uint32Array; highestModseq: number }> {
  // a program may put keys together as it likes: each way is another statement
  const isOne = what.kind !== 'and' && what.kind !== 'or' && what.kind !== 'not';
  const needsMessage =
    readsMessage(what, within.answers) || order.some(({ by }) => by !== 'arrival' && by !== 'size');
  const {
    rows: [row],
  } = await sql<{ uids: string | null; modseq: number | null }>`
    select string_agg(uid::text, ',') as uids, max(modseq) as modseq
    from (
      select e.uid, e.modseq
      from entry e ${needsMessage ? JOIN : sql``}
      where e.school_id = ${tx.school}
        and e.mailbox_id = ${within.mailbox}
        and ${conditionOf(tx, what, within)} ${order.length > 0 ? sql`order by ${sql.join([...order.map(orderOf), sql`e.uid`])}` : sql``}
    ) e
  `.execute(isOne ? tx.kept : tx.db);
  const uids = Uint32Array.from(numbersIn(row?.uids ?? null));
  return { uids: order.length > 0 ? uids : uids.sort(), highestModseq: row?.modseq ?? 0 };
}

const JOIN = sql`join message m on m.school_id = e.school_id and m.id = e.message_id`;

/** What threads are made of, of messages that fit; ascending. */
export async function threadSources(
  tx: SchoolTx,
  what: Criterion,
  within: SearchIn,
): Promise<ThreadSource[]> {
  const { rows } = await sql<{
    uid: number;
    header_id: string | null;
    refs: string[];
    base: string | null;
    is_reply: boolean | null;
    at: Date;
  }>`
    select e.uid, m.header_id, m.refs, ${folded('baseSubject')} as base, m.is_reply,
      coalesce(m.sent_at, e.internal_date) as at
    from entry e ${JOIN}
    where e.school_id = ${tx.school}
      and e.mailbox_id = ${within.mailbox}
      and ${conditionOf(tx, what, within)}
    order by e.uid
  `.execute(tx.db);
  return rows.map((row) => ({
    uid: row.uid,
    messageId: row.header_id,
    references: row.refs,
    baseSubject: row.base ?? '',
    isReply: row.is_reply ?? false,
    sentAt: row.at.getTime(),
  }));
}

/** A header field without case and accents, as `message m` has it. */
export function folded(name: FoldedField): RawBuilder<unknown> {
  return sql`m.folded[${sql.lit(foldedAt(name))}]`;
}

const SORTED: Readonly<Record<SortBy['by'], RawBuilder<unknown>>> = {
  arrival: sql`e.internal_date`,
  date: sql`coalesce(m.sent_at, e.internal_date)`,
  size: sql`e.size_bytes`,
  subject: byBytes('baseSubject'),
  from: byBytes('firstFrom'),
  to: byBytes('firstTo'),
  cc: byBytes('firstCc'),
  'display-from': byBytes('shownFrom'),
  'display-to': byBytes('shownTo'),
};

/** i;unicode-casemap: folded text, by its bytes (RFC 5051). */
function byBytes(name: FoldedField): RawBuilder<unknown> {
  return sql`coalesce(${folded(name)}, '') collate "C"`;
}

function orderOf({ by, reverse }: SortBy): RawBuilder<unknown> {
  return reverse ? sql`${SORTED[by]} desc` : SORTED[by];
}

/** Whether a search looks at more than the narrow rows. */
function readsMessage(what: Criterion, answers: SearchIn['answers']): boolean {
  if (answers.has(what)) return false;
  switch (what.kind) {
    case 'and':
      return what.of.some((one) => readsMessage(one, answers));
    case 'or':
      return readsMessage(what.either, answers) || readsMessage(what.or, answers);
    case 'not':
      return readsMessage(what.not, answers);
    case 'address':
    case 'subject':
    case 'header':
    case 'email-id':
    case 'thread-id':
      return true;
    case 'day':
      return what.of === 'sent';
    default:
      return false;
  }
}

/** A criterion as a condition that is true or false, never null, so that NOT means the rest. */
function conditionOf(tx: SchoolTx, what: Criterion, within: SearchIn): RawBuilder<unknown> {
  const answer = within.answers.get(what);
  if (answer) return inSet(answer);
  switch (what.kind) {
    case 'all':
      return sql`true`;
    case 'and':
      return what.of.length === 0
        ? sql`true`
        : sql`(${sql.join(
            what.of.map((one) => conditionOf(tx, one, within)),
            sql` and `,
          )})`;
    case 'or':
      return sql`(${conditionOf(tx, what.either, within)} or ${conditionOf(tx, what.or, within)})`;
    case 'not':
      return sql`not ${conditionOf(tx, what.not, within)}`;
    case 'uids':
      return inSet(what.set);
    case 'flag':
      return hasFlag(what);
    case 'address':
      return contains(folded(what.field), what.text);
    case 'subject':
      return contains(folded('subject'), what.text);
    case 'header':
      return headerCondition(what);
    case 'body':
    case 'text':
      return hasWords(tx, what.text);
    case 'day':
      return dayCondition(what);
    case 'saved-dates':
      return sql`true`;
    case 'larger':
      return sql`e.size_bytes > ${what.bytes}::bigint`;
    case 'smaller':
      return sql`e.size_bytes < ${what.bytes}::bigint`;
    case 'younger':
      return sql`e.internal_date >= ${ago(within.now, what.seconds)}`;
    case 'older':
      return sql`e.internal_date <= ${ago(within.now, what.seconds)}`;
    case 'modseq':
      return sql`e.modseq >= ${what.atLeast}`;
    case 'email-id':
      return sql`${emailIdOf} = ${what.id}`;
    case 'thread-id':
      return sql`${threadIdOf} = ${what.id}`;
  }
}

/** Some ranges as comparisons, many as one multirange. */
function inSet(set: UidSet): RawBuilder<unknown> {
  if (set.length === 0) return sql`false`;
  if (set.length === 1) return sql`(e.uid >= ${set[0]?.from} and e.uid <= ${set[0]?.to})`;
  return sql`
    e.uid <@ ${`{${set.map(({ from, to }) => `[${from},${to}]`).join(',')}}`}::int8multirange
  `;
}

function hasFlag({ flag, set }: Criterion & { kind: 'flag' }): RawBuilder<unknown> {
  const system = SYSTEM_FLAGS.find(
    (one): one is SystemFlag => one.toLowerCase() === flag.toLowerCase(),
  );
  const keyword = flag.startsWith('\\')
    ? sql`false`
    : sql`coalesce(${flag} = any(e.keywords), false)`;
  const has = system ? sql.ref(`e.${FLAG_COLUMN[system]}`) : keyword;
  return set ? has : sql`not ${has}`;
}

/** Whether a folded value has a text anywhere in it. */
export function contains(value: RawBuilder<unknown>, text: string): RawBuilder<unknown> {
  return sql`coalesce(strpos(${value}, ${fold(text)}) > 0, false)`;
}

/** Header fields that stand in columns; the others are answered from the bytes. */
const STORED_FIELDS = ['subject', 'from', 'to', 'cc', 'bcc'] as const;

export function isStoredField(field: string): field is (typeof STORED_FIELDS)[number] {
  return STORED_FIELDS.some((one) => one === field);
}

function headerCondition({ field, text }: Criterion & { kind: 'header' }): RawBuilder<unknown> {
  if (!isStoredField(field)) return sql`false`;
  const value = folded(field);
  return text === '' ? sql`(${value} is not null)` : contains(value, text);
}

/**
 * Messages of the school that have these words: the index is asked once, whatever the mailbox. Were
 * the words a constant, the planner would look for common ones by reading the words of every
 * message, which costs twelve times as much (10,000 messages that all have it: 265 and 21 ms).
 */
function hasWords(tx: SchoolTx, text: string): RawBuilder<unknown> {
  return sql`
    e.message_id = any(
      array(
        select id
        from message
        where school_id = ${tx.school}
          and search @@ (select to_tsquery('preau', ${wordQuery(text)}))
      )
    )
  `;
}

/**
 * Every word must be there; the last one may go on, as it may not be typed to its end. Quoted:
 * nothing in it is an operator.
 */
export function wordQuery(text: string): string {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}@._-]*/gu) ?? [];
  return words
    .map((word, index) => `'${word}'${index === words.length - 1 ? ':*' : ''}`)
    .join(' & ');
}

/**
 * Whether the index can answer at all: a text of nothing but signs and words like « de la » is
 * none.
 */
export async function hasIndexedWords(tx: SchoolTx, text: string): Promise<boolean> {
  const query = wordQuery(text);
  if (query === '') return false;
  const {
    rows: [row],
  } = await sql<{ nodes: number }>`select numnode(to_tsquery('preau', ${query})) as nodes`.execute(
    tx.kept,
  );
  return (row?.nodes ?? 0) > 0;
}

/**
 * RFC 9051 §6.4.4: by the day alone. Moments are looked at in UTC, as INTERNALDATE shows them; the
 * Date field as it is written.
 */
function dayCondition({ of, is, day }: Criterion & { kind: 'day' }): RawBuilder<unknown> {
  if (of === 'sent') {
    const sent = sql`coalesce(m.sent_on, (e.internal_date at time zone 'UTC')::date)`;
    return sql`${sent} ${sql.raw({ before: '<', on: '=', since: '>=' }[is])} ${dayText(day)}::date`;
  }
  const column = sql.ref(of === 'internal' ? 'e.internal_date' : 'e.saved_at');
  const start = sql`(${dayText(day)}::date at time zone 'UTC')`;
  const end = sql`((${dayText(day)}::date + 1) at time zone 'UTC')`;
  if (is === 'before') return sql`${column} < ${start}`;
  return is === 'since'
    ? sql`${column} >= ${start}`
    : sql`(${column} >= ${start} and ${column} < ${end})`;
}

/** A day that no month has is the one after its last. */
function dayText({ year, month, day }: SearchDay): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function ago(now: Date, seconds: number): Date {
  return new Date(Math.max(0, now.getTime() - seconds * 1_000));
}
