import { sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { AccountId, MailboxId, SchoolId, Uid } from '../../ground/ids.ts';
import { compiledOnce, type Placeholders } from '../compiled-once.ts';
import type { SchoolTx, SchoolWriteTx } from '../store.ts';
import type { FlagBatch, UidSet } from './contract.ts';
import { FLAG_COLUMN, flagColumns, flagTexts, type SystemFlag } from './flag-columns.ts';
import { fewUids, numbersIn, rowsOfRanges, rowsOfUids } from './uid-ranges.ts';

type SystemFlagColumn = (typeof FLAG_COLUMN)[SystemFlag];

/** What flags become; a flag that isn't named stays as it is. */
export interface NewFlags {
  readonly answered?: boolean | undefined;
  readonly flagged?: boolean | undefined;
  readonly deleted?: boolean | undefined;
  readonly seen?: boolean | undefined;
  readonly draft?: boolean | undefined;
  readonly keywords?:
    | { readonly how: 'set' | 'add' | 'remove'; readonly words: readonly string[] }
    | undefined;
}

/** Which messages get them, but where one has changed since then (RFC 7162 §3.1.3). */
interface FlagChange {
  readonly uids: UidSet;
  readonly flags: NewFlags;
  readonly unchangedSince: number | null;
}

interface Flagged {
  readonly modseq: number;
  readonly now: FlagBatch;
  readonly changed: readonly Uid[];
  /** Changed after `unchangedSince`, and so left alone. */
  readonly modified: readonly number[];
}

interface Row {
  uids: string | null;
  bits: string | null;
  words: string | null;
  modseqs: string | null;
  changed: string | null;
  modified: string | null;
  modseq: number | null;
  keywords: string[] | null;
}

/**
 * Changes flags of a set in one statement, keeps the mailbox's counts, and says what the messages
 * have now. Only those that really change get the new MODSEQ (RFC 7162 §3.1.3). The mailbox must be
 * locked by an earlier statement of the transaction: this one then sees what whoever held the lock
 * has changed, and counts from there.
 */
export async function changeFlags(
  tx: SchoolTx,
  mailbox: MailboxId,
  { uids, flags, unchangedSince }: FlagChange,
): Promise<Flagged> {
  const {
    rows: [row],
  } = await tx.kept.executeQuery(
    changing(filled(tx.school, { mailbox, owner: null, uids, flags, unchangedSince })),
  );
  return flaggedOf(row);
}

/** The same as the last act of its transaction, and commits. */
export async function changeFlagsAtLast(
  tx: SchoolWriteTx,
  mailbox: MailboxId,
  { uids, flags, unchangedSince }: FlagChange,
): Promise<Flagged> {
  const [row] = await tx.line.last(
    changing(filled(tx.school, { mailbox, owner: null, uids, flags, unchangedSince })),
  );
  return flaggedOf(row);
}

/**
 * The same, with the lock before it, as all of its transaction: one exchange. Where nothing would
 * change nothing is locked, and so nothing waits for the disk. Null, and nothing done, where the
 * mailbox isn't this owner's, or where somebody's change came just between.
 */
export async function changeOwnFlags(
  tx: SchoolWriteTx,
  own: { readonly mailbox: MailboxId; readonly owner: AccountId },
  { uids, flags, unchangedSince }: FlagChange,
): Promise<(Flagged & { readonly keywords: readonly string[] }) | null> {
  const asked = filled(tx.school, { ...own, uids, flags, unchangedSince });
  tx.line.ahead(lockingOwn(asked));
  const [row] = await tx.line.last(changing(asked));
  return row === undefined || row.modseq === null
    ? null
    : { ...flaggedOf(row), keywords: row.keywords ?? [] };
}

interface FlagsWished extends FlagChange {
  readonly mailbox: MailboxId;
  readonly owner: AccountId | null;
}

/** What makes two changes two statements. */
interface Shape {
  readonly isFew: boolean;
  readonly isOwn: boolean;
  readonly isConditional: boolean;
  readonly how: 'set' | 'add' | 'remove' | 'none';
}

type Values = Readonly<Record<SystemFlagColumn, boolean | null>> & {
  readonly school: SchoolId;
  readonly mailbox: MailboxId;
  readonly owner: AccountId | null;
  readonly unchangedSince: number | null;
  readonly words: readonly string[];
  /** A big set is its ranges. */
  readonly uids: readonly number[];
  readonly to: readonly number[];
};

const lockingOwn = compiledPerShape<unknown>(lockingText);
const changing = compiledPerShape<Row>(changingText);

/**
 * What is asked, and what of it makes the statement: found out once for all statements of a change.
 */
interface Filled {
  readonly shape: Shape;
  readonly values: Values;
}

function filled(
  school: SchoolId,
  { mailbox, owner, uids, flags, unchangedSince }: FlagsWished,
): Filled {
  const few = fewUids(uids);
  const { answered = null, flagged = null, deleted = null, seen = null, draft = null } = flags;
  return {
    shape: {
      isFew: few !== null,
      isOwn: owner !== null,
      isConditional: unchangedSince !== null,
      how: flags.keywords?.how ?? 'none',
    },
    values: {
      school,
      mailbox,
      owner,
      unchangedSince,
      answered,
      flagged,
      deleted,
      seen,
      draft,
      words: flags.keywords?.words ?? [],
      uids: few ?? uids.map(({ from }) => from),
      to: few ? [] : uids.map(({ to }) => to),
    },
  };
}

function compiledPerShape<T>(
  build: (at: Placeholders<Values>, shape: Shape) => RawBuilder<T>,
): (filled: Filled) => CompiledQuery<T> {
  const compiled = new Map<string, ReturnType<typeof compiledOnce<Values, T>>>();
  return ({ shape, values }) => {
    const key = Object.values(shape).join();
    const statement = compiled.get(key) ?? compiledOnce<Values, T>((at) => build(at, shape));
    compiled.set(key, statement);
    return statement(values);
  };
}

function lockingText(at: Placeholders<Values>, shape: Shape): RawBuilder<unknown> {
  return sql`
    select
    from mailbox
    where school_id = ${at.school}
      and id = ${at.mailbox}
      and account_id = ${at.owner}
      and exists (
        select
        from (select ${nextFlags(at, shape.how)} from ${inSet(at, shape)} ${unchanged(at, shape)}) t
        where changes
      )
    for no key update
  `;
}

function changingText(at: Placeholders<Values>, shape: Shape): RawBuilder<Row> {
  const { school, mailbox } = at;
  return sql<Row>`
    with
      target as (
        select e.ctid, e.uid, e.modseq, e.seen as was_seen, ${nextFlags(at, shape.how)}
        from ${inSet(at, shape)} ${unchanged(at, shape)}
      ),
      box as (${boxText(at, shape)}),
      changed as (
        update entry e
        set answered = t.answered, flagged = t.flagged, deleted = t.deleted, seen = t.seen,
          draft = t.draft, keywords = t.keywords, modseq = box.next
        from target t, box
        where e.school_id = ${school}
          and e.mailbox_id = ${mailbox}
          and e.ctid = t.ctid
          and t.changes
      ),
      counted as (
        update mailbox b
        set modseq = box.next, flags_modseq = box.next, keywords = ${knownKeywords(at, shape.how)},
          unseen = b.unseen + box.unseen
        from box
        where b.school_id = ${school} and b.id = ${mailbox} and box.changes > 0
      )
    select ${flagColumns}, string_agg(e.uid::text, ',') filter (where e.changes) as changed,
      max(e.known) as keywords, max(e.now) as modseq,
      ${modifiedText(at, shape)} as modified
    from (
      select t.uid,
        t.answered,
        t.flagged,
        t.deleted,
        t.seen,
        t.draft,
        t.keywords,
        t.changes,
        case when t.changes then box.next else t.modseq
        end as modseq,
        box.known,
        case when box.changes > 0 then box.next else box.next - 1
        end as now
      from box left join target t on true
      order by t.uid
    ) e
  `;
}

/** The mailbox, its next MODSEQ, and by how much its counts change. */
function boxText(at: Placeholders<Values>, { isOwn }: Shape): RawBuilder<unknown> {
  // Whoever has locked a row has a transaction id; without it nothing may be changed, for it was
  // taken for granted that nothing would be.
  const own = sql`
    and b.account_id = ${at.owner}
    and (pg_current_xact_id_if_assigned() is not null or s.changes = 0)
  `;
  return sql`
    select b.modseq + 1 as next, b.keywords as known, s.*
    from mailbox b,
      (
        select count(*) filter (where changes) as changes,
          count(*) filter (
            where was_seen and not seen
          ) - count(*) filter (where seen and not was_seen) as unseen
        from target
      ) s
    where b.school_id = ${at.school} and b.id = ${at.mailbox} ${isOwn ? own : sql``}
  `;
}

/** What was changed after `unchangedSince`. */
function modifiedText(at: Placeholders<Values>, shape: Shape): RawBuilder<unknown> {
  if (!shape.isConditional) return sql`null`;
  return sql`
    (
      select string_agg(e.uid::text, ',' order by e.uid)
      from ${inSet(at, shape)}
      where e.modseq > ${at.unchangedSince}
    )
  `;
}

function inSet(at: Placeholders<Values>, { isFew }: Shape): RawBuilder<unknown> {
  const { rows, fits } = isFew ? rowsOfUids(at.uids) : rowsOfRanges(at.uids, at.to);
  return sql`
    ${rows}
    join entry e on e.school_id = ${at.school}
    and e.mailbox_id = ${at.mailbox}
    and ${fits}
  `;
}

function unchanged(
  { unchangedSince }: Placeholders<Values>,
  { isConditional }: Shape,
): RawBuilder<unknown> {
  return isConditional ? sql`where e.modseq <= ${unchangedSince}` : sql``;
}

function flaggedOf(row: Row | undefined): Flagged {
  return {
    modseq: row?.modseq ?? 0,
    changed: numbersIn(row?.changed ?? null),
    modified: numbersIn(row?.modified ?? null),
    now: {
      uids: numbersIn(row?.uids ?? null),
      flags: flagTexts(row?.bits ?? '', row?.words ?? null),
      modseqs: numbersIn(row?.modseqs ?? null),
    },
  };
}

/** The columns of flags as they will be, and whether any of them differs. */
function nextFlags(at: Placeholders<Values>, how: Shape['how']): RawBuilder<unknown> {
  const names = Object.values(FLAG_COLUMN);
  const after = names.map((name) => sql`coalesce(${at[name]}::boolean, ${sql.ref(`e.${name}`)})`);
  const words = nextKeywords(at, how);
  const before = sql.join([...names, 'keywords'].map((name) => sql.ref(`e.${name}`)));
  return sql`
    ${sql.join(names.map((name, index) => sql`${after[index]} as ${sql.ref(name)}`))},
    ${words} as keywords,
    (${sql.join([...after, words])}) is distinct from (${before}) as changes
  `;
}

/** Keywords in the order of their letters, null for none: two equal sets are equal columns. */
function nextKeywords({ words }: Placeholders<Values>, how: Shape['how']): RawBuilder<unknown> {
  if (how === 'none') return sql`e.keywords`;
  if (how === 'set') return sql`(select array_agg(distinct w) from unnest(${words}::text[]) w)`;
  if (how === 'add')
    return sql`
      (
        select array_agg(distinct w)
        from unnest(coalesce(e.keywords, '{}') || ${words}::text[]) w
      )
    `;
  return sql`(select array_agg(w) from unnest(e.keywords) w where w <> all(${words}::text[]))`;
}

function knownKeywords({ words }: Placeholders<Values>, how: Shape['how']): RawBuilder<unknown> {
  return how === 'none' || how === 'remove'
    ? sql`b.keywords`
    : sql`
      (
        select array_agg(distinct w)
        from unnest(coalesce(b.keywords, '{}') || ${words}::text[]) w
      )
    `;
}
