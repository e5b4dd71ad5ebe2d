import { TOWN } from '../../ground/ids.ts';
import type { TownTx } from '../store.ts';

export type SigningAlgorithm = 'rsa' | 'ed25519';

/** One key of one domain, as it lies in the database. */
export interface SigningKeyRow {
  readonly id: number;
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: SigningAlgorithm;
  /** As its record says it after `p=`. */
  readonly publicKey: string;
  /** Sealed; null once another key has followed. */
  readonly privateKey: Buffer | null;
  readonly madeAt: Date;
  /** Since when it signs: its record was seen in the DNS. */
  readonly usedFrom: Date | null;
  /** Since when another key signs in its place. */
  readonly followedAt: Date | null;
}

/** Every key there is, the oldest first. */
export function signingKeys({ db }: Pick<TownTx, 'db'>): Promise<readonly SigningKeyRow[]> {
  return db
    .selectFrom('signing_key')
    .select([
      'id',
      'domain',
      'selector',
      'algorithm',
      'public_key as publicKey',
      'private_key as privateKey',
      'made_at as madeAt',
      'used_from as usedFrom',
      'followed_at as followedAt',
    ])
    .orderBy('id')
    .execute();
}

/** The domains that schools have of their own, besides the town's. */
export async function ownDomains({ db }: Pick<TownTx, 'db'>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('school')
    .select('domain')
    .distinct()
    .where('id', '<>', TOWN)
    .where('domain', 'is not', null)
    .execute();
  return rows.flatMap(({ domain }) => domain ?? []);
}

/** Of two processes that make the same key, the first one's stays. */
export async function insertSigningKey(
  { db }: Pick<TownTx, 'db'>,
  key: Pick<SigningKeyRow, 'domain' | 'selector' | 'algorithm' | 'publicKey' | 'madeAt'> & {
    readonly privateKey: Buffer;
  },
): Promise<void> {
  await db
    .insertInto('signing_key')
    .values({
      domain: key.domain,
      selector: key.selector,
      algorithm: key.algorithm,
      public_key: key.publicKey,
      private_key: key.privateKey,
      made_at: key.madeAt,
    })
    .onConflict((conflict) => conflict.columns(['domain', 'selector']).doNothing())
    .execute();
}

/** From now on this key signs; those before it of the same kind sign no more, and can't again. */
export async function beginSigning(
  { db }: Pick<TownTx, 'db'>,
  { id, domain, algorithm }: SigningKeyRow,
  now: Date,
): Promise<void> {
  await db
    .updateTable('signing_key')
    .set({ used_from: now })
    .where('id', '=', id)
    .where('used_from', 'is', null)
    .execute();
  await db
    .updateTable('signing_key')
    .set({ followed_at: now, private_key: null })
    .where('domain', '=', domain)
    .where('algorithm', '=', algorithm)
    .where('id', '<', id)
    .where('followed_at', 'is', null)
    .execute();
}

/** Forgets keys that were followed before a moment: nothing they signed is on its way any more. */
export async function forgetSigningKeys(
  { db }: Pick<TownTx, 'db'>,
  followedBefore: Date,
): Promise<void> {
  await db.deleteFrom('signing_key').where('followed_at', '<', followedBefore).execute();
}
