import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { AccountId, MailboxId, MessageId, SchoolId, Uid } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { compiledOnce } from '../compiled-once.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx, SchoolWriteTx } from '../store.ts';
import type { ProvedBy } from './contract.ts';

/**
 * Who is no stranger to an account: those from elsewhere who have written to it, and those to whom
 * it has written. Kept as digests: whether somebody is new can be asked, who writes to whom can't
 * be read from it. Written by the statement that puts a letter into mailboxes (`messages.ts`).
 */

/** Bytes of a digest: no two of a town's correspondents share one. */
const DIGEST_BYTES = 16;

/** Somebody who isn't of the school, as they are told from others. */
export type Writer = Buffer & { readonly __writer: never };

/**
 * The digest of a correspondent. `provedBy` is null where nothing proves that a letter is of its
 * From address: who writes so is somebody else than who is known under it. As the migration
 * `T0670-writer-of-entry` has it.
 */
export function writerOf(
  address: string,
  { provedBy }: { readonly provedBy: ProvedBy | 'account' | null },
): Writer {
  const text = `${provedBy === null ? 'unproven ' : ''}${address.toLowerCase()}`;
  const digest = hash('sha256', text, 'buffer');
  const writer = digest.subarray(0, DIGEST_BYTES);
  if (!isWriter(writer)) throw new Error('a digest is longer than what is kept of it');
  return writer;
}

const isWriter = (bytes: Buffer): bytes is Writer => bytes.length === DIGEST_BYTES;

/** Those of these correspondents whom an account knows, by their digests in hexadecimal. */
export async function knownAmong(
  tx: SchoolTx,
  account: AccountId,
  writers: readonly Writer[],
): Promise<ReadonlySet<string>> {
  if (writers.length === 0) return new Set();
  const rows = await ownKept(tx)
    .selectFrom('known_writer', { account_id: account, writer: sql<Buffer>`any(${writers})` })
    .select('writer')
    .execute();
  return new Set(rows.map(({ writer }) => writer.toString('hex')));
}

/** What accounts know of a correspondent: that they wrote before, and that they are trusted. */
export async function knownBy(
  tx: SchoolTx,
  accounts: readonly AccountId[],
  writer: Writer,
): Promise<ReadonlyMap<AccountId, { readonly trusted: boolean }>> {
  if (accounts.length === 0) return new Map();
  const rows = await ownKept(tx)
    .selectFrom('known_writer', { account_id: anyOf(accounts), writer })
    .select(['account_id', 'trusted'])
    .execute();
  return new Map(rows.map(({ account_id: account, trusted }) => [account, { trusted }]));
}

/** Whom an account trusts. */
export interface Trust {
  readonly account: AccountId;
  readonly writer: Writer;
}

/**
 * Notes whom accounts trust: by writing to them, or by saying that their letter is no junk. Goes
 * out with the next statement, or the commit.
 */
export function noteTrusted(tx: SchoolWriteTx, trusts: readonly Trust[]): void {
  if (trusts.length === 0) return;
  const values = {
    school: tx.school,
    accounts: trusts.map(({ account }) => account),
    writers: trusts.map(({ writer }) => writer),
  };
  tx.line.ahead(trusting(values));
}

const trusting = compiledOnce<
  {
    readonly school: SchoolId;
    readonly accounts: readonly AccountId[];
    readonly writers: readonly Writer[];
  },
  unknown
>(
  (at) => sql`
    insert into known_writer (school_id, account_id, writer, trusted)
    select distinct ${at.school}::integer, account, writer, true
    from unnest(${at.accounts}::bigint[], ${at.writers}::bytea[]) as trust (account, writer)
    order by account, writer -- nobody waits in a ring with who else writes these rows
    on conflict (school_id, account_id, writer)
      do update set trusted = true where not known_writer.trusted
  `,
);

/** Takes that back: what speaks against their letters counts again. */
export async function noteDistrusted(
  tx: SchoolTx,
  account: AccountId,
  writers: readonly Writer[],
): Promise<void> {
  if (writers.length === 0) return;
  await ownKept(tx)
    .updateTable('known_writer', { account_id: account, writer: sql<Buffer>`any(${writers})` })
    .set({ trusted: false })
    .execute();
}

/** A letter that a stranger wrote, and whom it shows to have written it. */
interface StrangersLetter {
  readonly message: MessageId;
  readonly writer: Writer;
}

/** Those of these messages of a mailbox that came from outside. */
export async function strangersLetters(
  tx: SchoolTx,
  mailbox: MailboxId,
  uids: readonly number[],
): Promise<readonly StrangersLetter[]> {
  if (uids.length === 0) return [];
  const rows = await tx.kept
    .selectFrom('entry as e')
    .innerJoin('message as m', (join) =>
      join.onRef('m.school_id', '=', 'e.school_id').onRef('m.id', '=', 'e.message_id'),
    )
    .select(['m.id', 'm.envelope', 'm.proved_by'])
    .where('e.school_id', '=', tx.school)
    .where('e.mailbox_id', '=', mailbox)
    .where('e.uid', '=', sql<Uid>`any(${uids}::integer[])`)
    .where('m.sender_role', '=', 'outside')
    .where('m.origin', '=', 'mx')
    .execute();
  return rows.flatMap(({ id, envelope, proved_by: provedBy }) => {
    const [from] = envelope.from;
    return from ? [{ message: id, writer: writerOf(from.address, { provedBy }) }] : [];
  });
}

/** Whether an account wants the pictures in the letters of a correspondent shown at once. */
export async function showsPicturesOf(
  tx: SchoolTx,
  account: AccountId,
  writer: Writer,
): Promise<boolean> {
  const row = await ownKept(tx)
    .selectFrom('known_writer', { account_id: account, writer })
    .select('shows_pictures')
    .executeTakeFirst();
  return row?.shows_pictures ?? false;
}

/** Says so, or takes it back. */
export async function showPicturesOf(
  tx: SchoolTx,
  account: AccountId,
  { writer, shown }: { readonly writer: Writer; readonly shown: boolean },
): Promise<void> {
  await ownKept(tx)
    .insertInto('known_writer', { account_id: account, writer, shows_pictures: shown })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'account_id', 'writer'])
        .doUpdateSet({ shows_pictures: shown }),
    )
    .execute();
}
