import type { AccountId, AddressId } from '../../ground/ids.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** The private feed of an adult. */
export interface FeedRow {
  readonly id: number;
  readonly says: readonly string[];
  readonly madeAt: Date;
  readonly readAt: Date | null;
  /** Its owner has changed or stopped it. */
  readonly endedAt: Date | null;
}

const COLUMNS = [
  'id',
  'says',
  'made_at as madeAt',
  'read_at as readAt',
  'ended_at as endedAt',
] as const;

/** The one of an account that can be read; null: none. */
export async function openFeedOf(tx: SchoolTx, account: AccountId): Promise<FeedRow | null> {
  const row = await ownKept(tx)
    .selectFrom('week_feed', { account_id: account, ended_at: null })
    .select(COLUMNS)
    .executeTakeFirst();
  return row ?? null;
}

/** Whose feed this hash is of, ended or not. */
export async function feedAt(
  tx: SchoolTx,
  hash: Buffer,
): Promise<(FeedRow & { readonly address: AddressId }) | null> {
  const row = await tx.kept
    .selectFrom('week_feed as f')
    .innerJoin('account as a', (join) =>
      join.onRef('a.school_id', '=', 'f.school_id').onRef('a.id', '=', 'f.account_id'),
    )
    .select(['f.id', 'f.says', 'f.made_at as madeAt', 'f.read_at as readAt'])
    .select(['f.ended_at as endedAt', 'a.address_id as address'])
    .where('f.school_id', '=', tx.school)
    .where('f.secret_hash', '=', hash)
    .executeTakeFirst();
  return row ?? null;
}

/** An address by which somebody's agenda follows a week. */
interface NewFeed {
  readonly account: AccountId;
  readonly hash: Buffer;
  readonly says: readonly string[];
  readonly now: Date;
}

export async function insertFeed(
  tx: SchoolTx,
  { account, hash, says, now }: NewFeed,
): Promise<void> {
  await own(tx)
    .insertInto('week_feed', {
      account_id: account,
      secret_hash: hash,
      says: [...says],
      made_at: now,
    })
    .execute();
}

/** What is in it from now on; false where there is none. */
export async function setFeedSays(
  tx: SchoolTx,
  account: AccountId,
  says: readonly string[],
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('week_feed', { account_id: account, ended_at: null })
    .set({ says: [...says] })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** So many that have ended are kept, so that their addresses say so. */
const MOST_ENDED = 10;

/** Shuts the one that is open; false where there is none. */
export async function endFeed(tx: SchoolTx, account: AccountId, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('week_feed', { account_id: account, ended_at: null })
    .set({ ended_at: now })
    .executeTakeFirst();
  const ended = await own(tx)
    .selectFrom('week_feed', { account_id: account })
    .where('ended_at', 'is not', null)
    .select('id')
    .orderBy('id', 'desc')
    .execute();
  for (const { id } of ended.slice(MOST_ENDED))
    await own(tx).deleteFrom('week_feed', { id }).execute();
  return numUpdatedRows > 0n;
}

export async function touchFeed(tx: SchoolTx, id: number, now: Date): Promise<void> {
  await own(tx).updateTable('week_feed', { id }).set({ read_at: now }).execute();
}
