import { sql } from 'kysely';
import type { AccountId, MessageId, Uid } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { dropDueRow, makeDue } from '../due.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { eraseOrphans } from './erasing.ts';

/** For so long it is known which letter of ours came back; servers give up after some days. */
const KEPT_MS = 30 * DAY_MS;

/** A letter of ours to somebody's own address outside. */
interface LetterCopy {
  readonly account: AccountId;
  /** The letter that is to be copied; null once it is, and of a code. */
  readonly message: MessageId | null;
  readonly token: string;
  readonly leftAt: Date | null;
}

interface QueuedCopies {
  readonly message: MessageId;
  readonly accounts: readonly AccountId[];
  readonly now: Date;
  readonly at: Date;
}

/**
 * Makes copies of a letter due at `at` for those of its readers who have asked for them, in the
 * transaction that brings it to them. Idempotent by reader and letter.
 */
export async function queueCopies(
  tx: SchoolTx,
  { message, accounts, now, at }: QueuedCopies,
): Promise<void> {
  if (accounts.length === 0) return;
  await sql`
    with
      queued as (
        insert into letter_copy (school_id, account_id, kind, message_id, queued_at)
        select school_id, account_id, 'letter', ${message}::bigint, ${now}::timestamptz
        from copy_address
        where school_id = ${tx.school}
          and account_id = any(${[...accounts]}::bigint[])
          and confirmed_at is not null
          and stopped_at is null
        on conflict (school_id, account_id, message_id) do nothing
        returning id
      )
    insert into due (kind, school_id, row_id, at)
    select 'copy', ${tx.school}, id, ${at}::timestamptz
    from queued
  `.execute(tx.kept);
}

/** Null where it is gone. */
export async function letterCopy(tx: SchoolTx, id: number): Promise<LetterCopy | null> {
  const row = await ownKept(tx)
    .selectFrom('letter_copy', { id })
    .select(['account_id as account', 'message_id as message', 'token', 'left_at as leftAt'])
    .executeTakeFirst();
  return row ?? null;
}

/** Where a letter lies for its reader. */
interface Lying {
  /** Null: in another folder than INBOX. */
  readonly inInbox: Uid | null;
}

/**
 * Where a letter lies for an account; null where it is there no more, as after a recall, or lies in
 * the trash.
 */
export async function whereLies(
  tx: SchoolTx,
  account: AccountId,
  message: MessageId,
): Promise<Lying | null> {
  const rows = await tx.kept
    .selectFrom('entry as e')
    .innerJoin('mailbox as b', (join) =>
      join.onRef('b.school_id', '=', 'e.school_id').onRef('b.id', '=', 'e.mailbox_id'),
    )
    .select(['e.uid', 'b.use'])
    .where('e.school_id', '=', tx.school)
    .where('e.message_id', '=', message)
    .where('b.account_id', '=', account)
    .execute();
  const lying = rows.filter(({ use }) => use !== 'trash' && use !== 'junk');
  if (lying.length === 0) return null;
  return { inInbox: lying.find(({ use }) => use === 'inbox')?.uid ?? null };
}

/**
 * Takes the sending upon oneself, in the transaction that writes the copy into the outbox; false
 * where it has left already. The row stays for a while, so that one that comes back is known.
 */
export async function claimCopy(tx: SchoolTx, id: number, now: Date): Promise<boolean> {
  const claimed = await ownKept(tx)
    .updateTable('letter_copy', { id, left_at: null })
    .set({ left_at: now, message_id: null })
    .returning('id')
    .executeTakeFirst();
  if (claimed === undefined) return false;
  await keepUntilKnown(tx, id, now);
  return true;
}

async function keepUntilKnown(tx: SchoolTx, id: number, now: Date): Promise<void> {
  const at = new Date(now.getTime() + KEPT_MS);
  await makeDue(tx, 'copy', [{ id, at }]);
}

/**
 * Forgets a copy that won't leave, or whose time to come back is over at `now`, with what left; one
 * that has left meanwhile stays.
 */
export async function forgetCopy(tx: SchoolTx, id: number, now: Date): Promise<void> {
  const over = new Date(now.getTime() - KEPT_MS);
  const gone = await ownKept(tx)
    .deleteFrom('letter_copy', { id })
    .where((eb) => eb.or([eb('left_at', 'is', null), eb('left_at', '<=', over)]))
    .returning(['account_id', 'left_at'])
    .executeTakeFirst();
  if (gone?.left_at) await eraseLeft(tx, gone.account_id, over);
  const stays = await letterCopy(tx, id);
  if (stays === null) await dropDueRow(tx, { kind: 'copy', row: id, upTo: now });
}

/** Copies of an account that left before then, and are nobody's mail. */
async function eraseLeft(tx: SchoolTx, account: AccountId, before: Date): Promise<void> {
  const rows = await ownKept(tx)
    .deleteFrom('outbox', { account_id: account, is_copy: true })
    .where('finished_at', '<', before)
    .returning('message_id')
    .execute();
  await eraseOrphans(
    tx,
    rows.map(({ message_id }) => message_id),
  );
}

interface CodeLetterRow {
  readonly account: AccountId;
  readonly token: string;
  readonly now: Date;
}

/** A letter with a code, which leaves in the same transaction. */
export async function insertCodeLetter(
  tx: SchoolTx,
  { account, token, now }: CodeLetterRow,
): Promise<void> {
  const { id } = await ownKept(tx)
    .insertInto('letter_copy', {
      account_id: account,
      kind: 'code',
      message_id: null,
      token,
      queued_at: now,
      left_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await keepUntilKnown(tx, id, now);
}

/** How many codes were mailed for an account since. */
export async function codesMailed(tx: SchoolTx, account: AccountId, since: Date): Promise<number> {
  const { count } = await ownKept(tx)
    .selectFrom('letter_copy', { account_id: account, kind: 'code' })
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('queued_at', '>', since)
    .executeTakeFirstOrThrow();
  return count;
}

/** Whether a letter of ours that hasn't come back has left with this token. */
export async function mayReturn(tx: SchoolTx, token: string): Promise<boolean> {
  const row = await ownKept(tx)
    .selectFrom('letter_copy', { token, returned_at: null })
    .select('id')
    .where('left_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that a letter of ours came back, once; null where there is no such letter, or it has. */
export async function noteReturned(
  tx: SchoolTx,
  token: string,
  now: Date,
): Promise<{ readonly account: AccountId } | null> {
  const row = await ownKept(tx)
    .updateTable('letter_copy', { token, returned_at: null })
    .set({ returned_at: now })
    .where('left_at', 'is not', null)
    .returning('account_id')
    .executeTakeFirst();
  return row === undefined ? null : { account: row.account_id };
}

/** How many of an account's letters that were queued since then came back. */
export async function returnedSince(
  tx: SchoolTx,
  account: AccountId,
  { kind, since }: { readonly kind: 'letter' | 'code'; readonly since: Date },
): Promise<number> {
  const { count } = await ownKept(tx)
    .selectFrom('letter_copy', { account_id: account, kind })
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('returned_at', 'is not', null)
    .where('queued_at', '>=', since)
    .executeTakeFirstOrThrow();
  return count;
}
