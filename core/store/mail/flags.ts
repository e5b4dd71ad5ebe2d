import { sql, type RawBuilder } from 'kysely';
import type { AccountId, FlagBatch, MailboxId, UidSet } from '../../core.ts';
import { ahead, last } from '../connections.ts';
import { flagColumns, flagTexts } from './flag-columns.ts';
import type { SchoolTx } from '../store.ts';
import { numbersIn, setRows } from './uid-ranges.ts';

/** What flags become; a flag that isn't named stays as it is. */
export interface NewFlags {
  readonly answered?: boolean | undefined;
  readonly flagged?: boolean | undefined;
  readonly deleted?: boolean | undefined;
  readonly seen?: boolean | undefined;
  readonly draft?: boolean | undefined;
  readonly keywords?: { readonly how: 'set' | 'add' | 'remove'; readonly words: readonly string[] } | undefined;
}

export interface Flagged {
  readonly modseq: number;
  readonly now: FlagBatch;
  readonly changed: readonly number[];
  /** Changed after `unchangedSince`, and so left alone. */
  readonly modified: readonly number[];
}

interface Row { uids: string | null; bits: string | null; words: string | null; modseqs: string | null; changed: string | null; modified: string | null; modseq: number | null; keywords: string[] | null }

/**
 * Changes flags of a set in one statement, keeps the mailbox's counts, and says what the messages have now. Only those that really
 * change get the new MODSEQ (RFC 7162 §3.1.3). The mailbox must be locked by an earlier statement of the transaction: this one then
 * sees what whoever held the lock has changed, and counts from there.
 */
export async function changeFlags(tx: SchoolTx, mailbox: MailboxId, uids: UidSet, flags: NewFlags, unchangedSince: number | null): Promise<Flagged> {
  const { rows: [row] } = await changing(tx, { mailbox, owner: null }, uids, flags, unchangedSince).execute(tx.db);
  return flaggedOf(row);
}

/** The same as the last act of its transaction, and commits. */
export async function changeFlagsAtLast(tx: SchoolTx, mailbox: MailboxId, uids: UidSet, flags: NewFlags, unchangedSince: number | null): Promise<Flagged> {
  const [row] = await last(tx.db, changing(tx, { mailbox, owner: null }, uids, flags, unchangedSince));
  return flaggedOf(row);
}

/** The same, with the lock before it, as all of its transaction: one exchange. Null, and nothing done, where the mailbox isn't this owner's. */
export async function changeOwnFlags(
  tx: SchoolTx, own: { readonly mailbox: MailboxId; readonly owner: AccountId }, uids: UidSet, flags: NewFlags, unchangedSince: number | null,
): Promise<(Flagged & { readonly keywords: readonly string[] }) | null> {
  await ahead(tx.db, sql`select from mailbox where school_id = ${tx.school} and id = ${own.mailbox} and account_id = ${own.owner} for no key update`);
  const [row] = await last(tx.db, changing(tx, own, uids, flags, unchangedSince));
  return row === undefined || row.modseq === null ? null : { ...flaggedOf(row), keywords: row.keywords ?? [] };
}

function changing(
  tx: SchoolTx, { mailbox, owner }: { readonly mailbox: MailboxId; readonly owner: AccountId | null }, uids: UidSet, flags: NewFlags, unchangedSince: number | null,
): RawBuilder<Row> {
  const next = nextFlags(flags);
  const set = setRows(uids);
  const asked = setRows(unchangedSince === null ? [] : uids);
  return sql<Row>`
    with target as (
      select e.uid, e.message_id, e.modseq, e.seen as was_seen, ${next} from ${set.rows}
      join entry e on e.school_id = ${tx.school} and e.mailbox_id = ${mailbox} and ${set.fits}
      where ${unchangedSince}::bigint is null or e.modseq <= ${unchangedSince}
    ), box as (
      select modseq + 1 as modseq, keywords from mailbox where school_id = ${tx.school} and id = ${mailbox} and ${owner === null ? sql`true` : sql`account_id = ${owner}`}
    ), changed as (
      update entry e set answered = t.answered, flagged = t.flagged, deleted = t.deleted, seen = t.seen, draft = t.draft, keywords = t.keywords, modseq = box.modseq
      from target t, box where e.school_id = ${tx.school} and e.mailbox_id = ${mailbox} and e.uid = t.uid and t.changes
      returning e.uid, t.was_seen, t.seen, e.modseq
    ), counted as (
      update mailbox b set modseq = b.modseq + 1, flags_modseq = b.modseq + 1, unseen = b.unseen + s.difference, keywords = ${knownKeywords(flags)}
      from (select count(*) as total, count(*) filter (where was_seen and not seen) - count(*) filter (where seen and not was_seen) as difference from changed) s
      where b.school_id = ${tx.school} and b.id = ${mailbox} and s.total > 0
      returning b.modseq
    ), now as (
      select t.uid, t.answered, t.flagged, t.deleted, t.seen, t.draft, t.keywords, coalesce(c.modseq, t.modseq) as modseq from target t left join changed c using (uid) order by t.uid
    )
    select e.*, (select string_agg(uid::text, ',' order by uid) from changed) as changed, coalesce((select modseq from counted), (select modseq - 1 from box)) as modseq, (select keywords from box) as keywords,
      (select string_agg(e.uid::text, ',' order by e.uid) from ${asked.rows}
       join entry e on e.school_id = ${tx.school} and e.mailbox_id = ${mailbox} and ${asked.fits} where e.modseq > ${unchangedSince}) as modified
    from (select ${flagColumns} from now e) e`;
}

function flaggedOf(row: Row | undefined): Flagged {
  return {
    modseq: row?.modseq ?? 0, changed: numbersIn(row?.changed ?? null), modified: numbersIn(row?.modified ?? null),
    now: { uids: numbersIn(row?.uids ?? null), flags: flagTexts(row?.bits ?? '', row?.words ?? null), modseqs: numbersIn(row?.modseqs ?? null) },
  };
}

/** The columns of flags as they will be, and whether any of them differs. */
function nextFlags(flags: NewFlags) {
  const names = ['answered', 'flagged', 'deleted', 'seen', 'draft'] as const;
  const after = names.map((name) => (flags[name] === undefined ? sql`${sql.ref(`e.${name}`)}` : sql`${flags[name]}::boolean`));
  const words = nextKeywords(flags.keywords);
  const before = sql.join([...names, 'keywords'].map((name) => sql.ref(`e.${name}`)));
  return sql`${sql.join(names.map((name, place) => sql`${after[place]} as ${sql.ref(name)}`))}, ${words} as keywords,
    (${sql.join([...after, words])}) is distinct from (${before}) as changes`;
}

/** Keywords in the order of their letters, null for none: two equal sets are equal columns. */
function nextKeywords(change: NewFlags['keywords']) {
  if (!change) return sql`e.keywords`;
  const words = sql`${[...change.words]}::text[]`;
  if (change.how === 'set') return sql`(select array_agg(distinct w) from unnest(${words}) w)`;
  if (change.how === 'add') return sql`(select array_agg(distinct w) from unnest(coalesce(e.keywords, '{}') || ${words}) w)`;
  return sql`(select array_agg(w) from unnest(e.keywords) w where w <> all(${words}))`;
}

function knownKeywords({ keywords }: NewFlags) {
  if (!keywords || keywords.how === 'remove' || keywords.words.length === 0) return sql`b.keywords`;
  return sql`(select array_agg(distinct w) from unnest(coalesce(b.keywords, '{}') || ${[...keywords.words]}::text[]) w)`;
}
