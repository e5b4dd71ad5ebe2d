import { sql } from 'kysely';
import type { AccountId, Language, MessageId } from '../../ids.ts';
import type { SchoolTx } from '../store.ts';
import type { StatusWish } from './contract.ts';
import { setDue, dropDue } from './due.ts';

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
  /** Attempts begun so far. */
  readonly attempts: number;
  readonly lastReply: string | null;
  /** Its sender has been told that it is late. */
  readonly delayTold: boolean;
  /** What its sender asked to be told. */
  readonly wish: StatusWish;
  /** A copy to its account's own address, or a code for one: it comes back to its reverse-path. */
  readonly isCopy: boolean;
  readonly createdAt: Date;
}

/** The longest reply of a peer that is kept, in characters. */
const MAX_REPLY_CHARS = 500;
/** A reply that is for good (RFC 5321 §4.2.1), as PostgreSQL matches it. */
export const ANSWERED_NO = '^5[0-9][0-9]';
/** One that says of the address itself that it isn't there (RFC 3463 §3.2). */
const NO_SUCH_ADDRESS = '^5[0-9][0-9][ -]5[.]1[.]([0-36]|10)( |$)';

/**
 * Writes what a message owes to recipients outside, due at once, in the transaction that stores the
 * message. Idempotent by (message, recipient): a recipient who already has a row gets no second
 * one. What comes of a message from before a restore may have left already, in the time that was
 * lost: it stands still, and so does what a stopped account writes. Returns the ids of the new
 * rows that may leave.
 */
export async function insertOutbox(
  tx: SchoolTx,
  mail: {
    readonly message: MessageId;
    readonly account: AccountId;
    /** Null: nobody wrote it, and it must not bounce (RFC 3834 §3.3). */
    readonly sender: string | null;
    readonly recipients: readonly string[];
    /** By recipient; of who isn't there nothing was asked. */
    readonly wishes?: ReadonlyMap<string, StatusWish>;
    /** Nobody of the town wrote it: it counts as nothing that the account sends. */
    readonly isCopy?: boolean;
  },
): Promise<readonly number[]> {
  if (mail.recipients.length === 0) return [];
  const values = mail.recipients.map((recipient) => ({
    school_id: tx.school,
    message_id: mail.message,
    account_id: mail.account,
    sender: mail.sender,
    recipient,
    stands_still: standsStill(tx, mail),
    is_copy: mail.isCopy ?? false,
    ...columnsOf(mail.wishes?.get(recipient)),
  }));
  const added = await tx.db
    .insertInto('outbox')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'message_id', 'recipient']).doNothing(),
    )
    .returning(['id', 'stands_still'])
    .execute();
  const rows = added.filter((row) => !row.stands_still);
  if (rows.length === 0) return [];
  await tx.db
    .insertInto('due')
    .values(
      rows.map(({ id }) => ({
        kind: 'outbox' as const,
        school_id: tx.school,
        row_id: id,
        at: sql<Date>`now()`,
      })),
    )
    .execute();
  return rows.map(({ id }) => id);
}

function columnsOf(wish: StatusWish | undefined) {
  const { ret = null, envid = null, orcpt = null, notify = null } = wish ?? {};
  return { ret, envid, orcpt, notify: notify === null ? null : [...notify] };
}

/**
 * Whether a message was stored before the database was last restored, or its writer's mail to
 * outside is stopped.
 */
function standsStill(
  tx: SchoolTx,
  { message, account }: { readonly message: MessageId; readonly account: AccountId },
) {
  return sql<boolean>`
    exists (
      select
      from message m join restoration r on r.at > m.received_at
      where m.school_id = ${tx.school} and m.id = ${message}
    ) or exists (
      select
      from account
      where school_id = ${tx.school} and id = ${account} and outside_stopped_at is not null
    )
  `;
}

/**
 * What the server of an address said, where it told this very writer of late that there is no such
 * address; null: it didn't. An address that was wrong for one may be right by then for another.
 */
export async function deadReply(
  tx: SchoolTx,
  { id, account, recipient }: Pick<OutboxRow, 'id' | 'account' | 'recipient'>,
  since: Date,
): Promise<string | null> {
  const row = await tx.db
    .selectFrom('outbox')
    .select('last_reply')
    .where('school_id', '=', tx.school)
    .where('account_id', '=', account)
    .where('recipient', '=', recipient)
    .where('id', '<>', id)
    .where('state', '=', 'failed')
    .where('is_copy', '=', false)
    .where('created_at', '>', since)
    .where('last_reply', '~', NO_SUCH_ADDRESS)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row?.last_reply ?? null;
}

/** The row as it stands, or null where this school has no such row. */
export async function outboxRow(tx: SchoolTx, id: number): Promise<OutboxRow | null> {
  const row = await tx.db
    .selectFrom('outbox')
    .selectAll()
    .where('school_id', '=', tx.school)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    account: row.account_id,
    message: row.message_id,
    sender: row.sender,
    recipient: row.recipient,
    state: row.state,
    finished: row.finished_at !== null,
    attempts: row.attempts,
    lastReply: row.last_reply,
    delayTold: row.delay_told_at !== null,
    wish: { notify: row.notify, orcpt: row.orcpt, ret: row.ret, envid: row.envid },
    isCopy: row.is_copy,
    createdAt: row.created_at,
  };
}

/**
 * Begins what is to be done with a row that is due at `now`, after `attempt` begun attempts, and
 * keeps everybody else away until `until`. Of all who try, one gets true: the count of attempts is
 * the fence, so a job that runs twice, or that a lost queue made anew, acts once; and who counted
 * the attempts just after one had begun finds that the row isn't due.
 */
export async function claimOutbox(
  tx: SchoolTx,
  claim: {
    readonly id: number;
    readonly attempt: number;
    readonly now: Date;
    readonly until: Date;
  },
): Promise<boolean> {
  const claimed = await tx.db
    .updateTable('outbox')
    .set({ attempts: claim.attempt + 1 })
    .where('school_id', '=', tx.school)
    .where('id', '=', claim.id)
    .where('finished_at', 'is', null)
    .where('stands_still', '=', false)
    .where('attempts', '=', claim.attempt)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('due')
          .select('row_id')
          .where('kind', '=', 'outbox')
          .where('due.school_id', '=', tx.school)
          .where('row_id', '=', claim.id)
          .where('at', '<=', claim.now),
      ),
    )
    .returning('id')
    .executeTakeFirst();
  if (claimed === undefined) return false;
  await setDue(tx, claim.id, claim.until);
  return true;
}

/**
 * Keeps a claimed row for longer; false where somebody else has it, or it is done. `attempts` is
 * the claim's own count.
 */
export async function renewOutbox(
  tx: SchoolTx,
  claim: { readonly id: number; readonly attempts: number; readonly until: Date },
): Promise<boolean> {
  const own = await tx.db
    .selectFrom('outbox')
    .select('id')
    .where('school_id', '=', tx.school)
    .where('id', '=', claim.id)
    .where('finished_at', 'is', null)
    .where('attempts', '=', claim.attempts)
    .forUpdate()
    .executeTakeFirst();
  if (own === undefined) return false;
  await setDue(tx, claim.id, claim.until);
  return true;
}

/** The bytes of a message exactly as accepted; null where it is gone. */
export async function rawOfMessage(tx: SchoolTx, message: MessageId): Promise<Buffer | null> {
  const row = await tx.db
    .selectFrom('message')
    .select('raw')
    .where('school_id', '=', tx.school)
    .where('id', '=', message)
    .executeTakeFirst();
  return row?.raw ?? null;
}

/** In which language an account is written to. */
export async function languageOf(tx: SchoolTx, account: AccountId): Promise<Language> {
  const row = await tx.db
    .selectFrom('account')
    .select('language')
    .where('school_id', '=', tx.school)
    .where('id', '=', account)
    .executeTakeFirst();
  return row?.language ?? 'fr';
}

/**
 * The peer said 250: nobody sends this row again, whoever asks and whatever its state was. False
 * where it was marked before.
 */
export async function markSent(tx: SchoolTx, id: number, reply: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('outbox')
    .set({
      state: 'sent',
      finished_at: sql<Date>`now()`,
      last_reply: reply.slice(0, MAX_REPLY_CHARS),
    })
    .where('school_id', '=', tx.school)
    .where('id', '=', id)
    .where('state', '<>', 'sent')
    .executeTakeFirstOrThrow();
  await dropDue(tx, id);
  return numUpdatedRows > 0n;
}

/**
 * An attempt came to nothing; the next may begin at `at`, or once it is let go, where it was told
 * to stand still meanwhile. Nothing happens where somebody else has begun one.
 */
export async function deferOutbox(
  tx: SchoolTx,
  next: {
    readonly id: number;
    readonly attempts: number;
    readonly at: Date;
    readonly reply: string;
  },
): Promise<void> {
  const kept = await tx.db
    .updateTable('outbox')
    .set({ last_reply: next.reply.slice(0, MAX_REPLY_CHARS) })
    .where('school_id', '=', tx.school)
    .where('id', '=', next.id)
    .where('state', '=', 'due')
    .where('attempts', '=', next.attempts)
    .returning('stands_still')
    .executeTakeFirst();
  if (kept?.stands_still === true) await dropDue(tx, next.id);
  else if (kept !== undefined) await setDue(tx, next.id, next.at);
}

/**
 * No further attempt. The row stays due until `finishOutbox`: its sender must still be told, by
 * somebody else from `retellAt` on. False where somebody else has begun an attempt meanwhile: then
 * it is theirs.
 */
export async function markFailed(
  tx: SchoolTx,
  failure: {
    readonly id: number;
    readonly attempts: number;
    readonly reply: string;
    readonly retellAt: Date;
  },
): Promise<boolean> {
  const failed = await tx.db
    .updateTable('outbox')
    .set({
      state: 'failed',
      stands_still: false, // its sender is to be told, whoever was stopped meanwhile
      last_reply: failure.reply.slice(0, MAX_REPLY_CHARS),
    })
    .where('school_id', '=', tx.school)
    .where('id', '=', failure.id)
    .where('state', '=', 'due')
    .where('attempts', '=', failure.attempts)
    .returning('id')
    .executeTakeFirst();
  if (failed === undefined) return false;
  await setDue(tx, failure.id, failure.retellAt);
  return true;
}

/** Its sender is told that it is late, with this transaction. */
export async function noteDelayTold(tx: SchoolTx, id: number): Promise<void> {
  await tx.db
    .updateTable('outbox')
    .set({ delay_told_at: sql<Date>`now()` })
    .where('school_id', '=', tx.school)
    .where('id', '=', id)
    .execute();
}

/** Its sender has been told: nothing is left to do for this row. */
export async function finishOutbox(tx: SchoolTx, id: number): Promise<void> {
  await tx.db
    .updateTable('outbox')
    .set({ finished_at: sql<Date>`now()` })
    .where('school_id', '=', tx.school)
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .where('finished_at', 'is', null)
    .execute();
  await dropDue(tx, id);
}

/**
 * How many attempts each of these outbox rows has begun; a row that is gone or sent is left out.
 */
export async function attemptsOf(
  tx: SchoolTx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('outbox')
    .select(['id', 'attempts'])
    .where('school_id', '=', tx.school)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.attempts]));
}
