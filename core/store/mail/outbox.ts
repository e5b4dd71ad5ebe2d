import { sql } from 'kysely';
import type { AccountId, Language, MessageId, SchoolId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { withRaw } from '../bodies/elsewhere.ts';
import { compiledOnce } from '../compiled-once.ts';
import { dropDue, makeDue } from '../due.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx, SchoolWriteTx } from '../store.ts';
import type { DsnRequest } from './contract.ts';

/**
 * One recipient outside of one message: what a worker sends. Its state is the truth, whatever the
 * queue remembers.
 */
export interface OutboxRow {
  readonly id: number;
  readonly account: AccountId;
  readonly message: MessageId;
  /** The reverse-path; null: none, and nobody is told what becomes of it. */
  readonly sender: string | null;
  readonly recipient: string;
  /** `failed` with `finished` false: the peer said no, and the sender has not been told yet. */
  readonly state: 'due' | 'sent' | 'failed';
  readonly finished: boolean;
  /** Nobody begins it until somebody lets it go. */
  readonly standsStill: boolean;
  /** Attempts begun so far. */
  readonly attempts: number;
  readonly lastReply: string | null;
  /** Its sender has been told that it is late. */
  readonly delayTold: boolean;
  /** What its sender asked to be told. */
  readonly dsn: DsnRequest;
  /** A copy to its account's own address, or a code for one: it comes back to its reverse-path. */
  readonly isCopy: boolean;
  readonly createdAt: Date;
}

/** A row as it is once it is stored, before any attempt. */
export function freshRow({
  dsn = NO_DSN_REQUEST,
  ...row
}: Pick<OutboxRow, 'id' | 'account' | 'message' | 'sender' | 'recipient' | 'createdAt'> & {
  readonly dsn: DsnRequest | undefined;
}): OutboxRow {
  return {
    ...row,
    dsn,
    state: 'due',
    finished: false,
    standsStill: false,
    attempts: 0,
    lastReply: null,
    delayTold: false,
    isCopy: false,
  };
}

/** Of who asked for nothing. */
const NO_DSN_REQUEST: DsnRequest = { notify: null, orcpt: null, ret: null, envid: null };

/** The longest reply of a peer that is kept, in characters. */
const MAX_REPLY_CHARS = 500;
/** A reply that is for good (RFC 5321 §4.2.1), as PostgreSQL matches it. */
export const ANSWERED_NO = '^5[0-9][0-9]';
/** One that says of the address itself that it isn't there (RFC 3463 §3.2). */
export const NO_SUCH_ADDRESS = '^5[0-9][0-9][ -]5[.]1[.]([0-36]|10)( |$)';
/** For so long an address that isn't there is not asked for again by whoever was told so. */
export const DEAD_DAYS = 7;

/**
 * What the server of this row's address said, where it told this very writer of late that there is
 * no such address; null: it didn't. An address that was wrong for one may be right by then for
 * another.
 */
export async function deadReply(tx: SchoolTx, id: number, since: Date): Promise<string | null> {
  const { rows } = await tx.kept.executeQuery(telling({ school: tx.school, id, since }));
  return rows[0]?.reply ?? null;
}

const telling = compiledOnce<
  { readonly school: SchoolId; readonly id: number; readonly since: Date },
  { reply: string | null }
>(
  (at) => sql`
    select o.last_reply as reply
    from outbox own
      join outbox o on o.school_id = own.school_id
      and o.account_id = own.account_id
      and o.domain = own.domain
      and o.recipient = own.recipient
    where own.school_id = ${at.school}::integer
      and own.id = ${at.id}::bigint
      and o.id <> own.id
      and o.state = 'failed'
      and not o.is_copy
      and o.created_at > ${at.since}::timestamptz
      and o.last_reply ~ ${sql.lit(NO_SUCH_ADDRESS)}
    order by o.id desc
    limit 1
  `,
);

/** The row as it stands, or null where this school has no such row. */
export async function outboxRow(tx: SchoolTx, id: number): Promise<OutboxRow | null> {
  const row = await ownKept(tx).selectFrom('outbox', { id }).selectAll().executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    account: row.account_id,
    message: row.message_id,
    sender: row.sender,
    recipient: row.recipient,
    state: row.state,
    finished: row.finished_at !== null,
    standsStill: row.stands_still,
    attempts: row.attempts,
    lastReply: row.last_reply,
    delayTold: row.delay_told_at !== null,
    dsn: { notify: row.notify, orcpt: row.orcpt, ret: row.ret, envid: row.envid },
    isCopy: row.is_copy,
    createdAt: row.created_at,
  };
}

/** Somebody's attempt at a row. */
interface Claim {
  readonly id: number;
  /** Attempts begun before it. */
  readonly attempt: number;
  readonly now: Date;
  readonly until: Date;
}

/**
 * Begins what is to be done with a row that is due at `now`, after `attempt` begun attempts, keeps
 * everybody else away until `until`, and gives the bytes of its message; the last act of its
 * transaction. Of all who try, one gets them: the count of attempts is the fence, so a job that
 * runs twice, or that a lost queue made anew, acts once; and who counted the attempts just after
 * one had begun finds that the row isn't due. 'elsewhere': it is begun, and the
 * database has the bytes of its message no more.
 */
export async function claimOutboxAtLast(
  tx: SchoolWriteTx,
  claim: Claim,
): Promise<Buffer | 'elsewhere' | null> {
  const [claimed] = await tx.line.last(claiming({ school: tx.school, ...claim }));
  return claimed === undefined ? null : (claimed.raw ?? 'elsewhere');
}

const claiming = compiledOnce<Claim & { readonly school: SchoolId }, { raw: Buffer | null }>(
  (at) => sql`
    with
      claimed as (
        update outbox o
        set attempts = ${at.attempt}::integer + 1
        where o.school_id = ${at.school}::integer
          and o.id = ${at.id}::bigint
          and o.finished_at is null
          and not o.stands_still
          and o.attempts = ${at.attempt}::integer
          and exists (
            select
            from due
            where kind = 'outbox'
              and school_id = ${at.school}::integer
              and row_id = ${at.id}::bigint
              and at <= ${at.now}::timestamptz
          )
        returning o.message_id
      ),
      kept as (
        insert into due (kind, school_id, row_id, at)
        select 'outbox', ${at.school}::integer, ${at.id}::bigint, ${at.until}::timestamptz
        from claimed
        on conflict (kind, school_id, row_id) do update set at = excluded.at
      )
    select m.raw
    from claimed join message m on m.school_id = ${at.school}::integer
      and m.id = claimed.message_id
  `,
);

interface OutboxRenewal {
  readonly id: number;
  readonly attempts: number;
  readonly until: Date;
}

/**
 * Keeps a claimed row for longer, or not so long; false where somebody else has it, it is done, or
 * it stands still since. `attempts` is the claim's own count.
 */
export async function renewOutbox(tx: SchoolTx, claim: OutboxRenewal): Promise<boolean> {
  const own = await ownKept(tx)
    .selectFrom('outbox', { id: claim.id, attempts: claim.attempts, finished_at: null })
    .select('id')
    .where('stands_still', '=', false)
    .forUpdate()
    .executeTakeFirst();
  if (own === undefined) return false;
  await makeDue(tx, 'outbox', [{ id: claim.id, at: claim.until }]);
  return true;
}

/** Takes a row that stands still off the list of what is due, unless it was let go meanwhile. */
export async function dropStill(tx: SchoolTx, id: number): Promise<void> {
  const still = await ownKept(tx)
    .selectFrom('outbox', { id, stands_still: true, finished_at: null })
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (still !== undefined) await dropDue(tx, 'outbox', id);
}

/** The bytes of a message exactly as accepted; null where it is gone. */
export async function rawOfMessage(tx: SchoolTx, message: MessageId): Promise<Buffer | null> {
  const row = await ownKept(tx)
    .selectFrom('message', { id: message })
    .select(['id', 'raw'])
    .executeTakeFirst();
  return row === undefined ? null : ((await withRaw(tx, [row]))[0]?.raw ?? null);
}

/** In which language an account is written to, and by which clock. */
export async function toldIn(
  tx: SchoolTx,
  account: AccountId,
): Promise<{ readonly language: Language; readonly timeZone: string }> {
  const row = await tx.kept
    .selectFrom('school as s')
    .leftJoin('account as a', (join) =>
      join.onRef('a.school_id', '=', 's.id').on('a.id', '=', account),
    )
    .select(['a.language', 's.time_zone as timeZone'])
    .where('s.id', '=', tx.school)
    .executeTakeFirstOrThrow();
  return { language: row.language ?? 'fr', timeZone: row.timeZone };
}

/** What a peer said of a row. */
export interface PeerAnswer {
  readonly id: number;
  readonly reply: string;
}

/**
 * The peer said 250: nobody sends this row again, whoever asks and whatever its state was. False
 * where it was marked before.
 */
export async function markSent(tx: SchoolTx, answered: PeerAnswer): Promise<boolean> {
  const { rows } = await tx.kept.executeQuery(marking(sentValues(tx, [answered])));
  return rows.length > 0;
}

/**
 * The same for several rows, as the last act of their transaction, and commits. Gives the ids of
 * those that were not marked before.
 */
export async function markSentAtLast(
  tx: SchoolWriteTx,
  answered: readonly PeerAnswer[],
): Promise<readonly number[]> {
  const rows = await tx.line.last(marking(sentValues(tx, answered)));
  return rows.map(({ id }) => id);
}

const sentValues = ({ school }: SchoolTx, answered: readonly PeerAnswer[]) => ({
  school,
  ids: answered.map(({ id }) => id),
  replies: answered.map(({ reply }) => reply.slice(0, MAX_REPLY_CHARS)),
});

const marking = compiledOnce<
  {
    readonly school: SchoolId;
    readonly ids: readonly number[];
    /** One for each. */
    readonly replies: readonly string[];
  },
  { id: number }
>(
  (at) => sql`
    with
      dropped as (
        delete from due
        where kind = 'outbox'
          and school_id = ${at.school}::integer
          and row_id = any(${at.ids}::bigint[])
      )
    update outbox o
    set state = 'sent', finished_at = now(), last_reply = answered.reply
    from unnest(${at.ids}::bigint[], ${at.replies}::text[]) as answered (id, reply)
    where o.school_id = ${at.school}::integer
      and o.id = any(${at.ids}::bigint[])
      and o.id = answered.id
      and o.state <> 'sent'
    returning o.id
  `,
);

interface DeferredRow {
  readonly id: number;
  readonly attempts: number;
  readonly at: Date;
  readonly reply: string;
}

/**
 * An attempt came to nothing; the next may begin at `at`, or once it is let go, where it was told
 * to stand still meanwhile. False where somebody else has begun one, or the row isn't there.
 */
export async function deferOutbox(tx: SchoolTx, next: DeferredRow): Promise<boolean> {
  const kept = await ownKept(tx)
    .updateTable('outbox', { id: next.id, state: 'due', attempts: next.attempts })
    .set({ last_reply: next.reply.slice(0, MAX_REPLY_CHARS) })
    .returning('stands_still')
    .executeTakeFirst();
  if (kept === undefined) return false;
  if (kept.stands_still) await dropDue(tx, 'outbox', next.id);
  else await makeDue(tx, 'outbox', [next]);
  return true;
}

interface OutboxFailure {
  readonly id: number;
  readonly attempts: number;
  readonly reply: string;
  readonly retellAt: Date;
}

/**
 * No further attempt. The row stays due until `finishOutbox`: its sender must still be told, by
 * somebody else from `retellAt` on. False where somebody else has begun an attempt meanwhile: then
 * it is theirs.
 */
export async function markFailed(tx: SchoolTx, failure: OutboxFailure): Promise<boolean> {
  const failed = await ownKept(tx)
    .updateTable('outbox', { id: failure.id, state: 'due', attempts: failure.attempts })
    .set({
      state: 'failed',
      stands_still: false, // its sender is to be told, whoever was stopped meanwhile
      last_reply: failure.reply.slice(0, MAX_REPLY_CHARS),
    })
    .returning('id')
    .executeTakeFirst();
  if (failed === undefined) return false;
  await makeDue(tx, 'outbox', [{ id: failure.id, at: failure.retellAt }]);
  return true;
}

/** Its sender is told that it is late, with this transaction; false where they were before. */
export async function noteDelayTold(tx: SchoolTx, id: number): Promise<boolean> {
  const noted = await ownKept(tx)
    .updateTable('outbox', { id, delay_told_at: null })
    .set({ delay_told_at: sql<Date>`now()` })
    .returning('id')
    .executeTakeFirst();
  return noted !== undefined;
}

/** Its sender has been told, and nothing is left to do for this row; false where it was before. */
export async function finishOutbox(tx: SchoolTx, id: number): Promise<boolean> {
  const finished = await ownKept(tx)
    .updateTable('outbox', { id, state: 'failed', finished_at: null })
    .set({ finished_at: sql<Date>`now()` })
    .returning('id')
    .executeTakeFirst();
  await dropDue(tx, 'outbox', id);
  return finished !== undefined;
}

/**
 * How many attempts each of these outbox rows has begun; a row that is gone or sent is left out.
 */
export async function attemptsOf(
  tx: SchoolTx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (ids.length === 0) return new Map();
  const rows = await ownKept(tx)
    .selectFrom('outbox', { id: anyOf(ids) })
    .select(['id', 'attempts'])
    .execute();
  return new Map(rows.map((row) => [row.id, row.attempts]));
}
