import type { TownTx } from '../store.ts';

interface SetupLinkRow {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

interface MadeLink {
  readonly hash: Buffer;
  readonly madeAt: Date;
  readonly expiresAt: Date;
}

/** From here on only this one holds. */
export async function insertLink(tx: TownTx, link: MadeLink): Promise<void> {
  await tx.db.deleteFrom('setup_link').execute();
  await tx.db
    .insertInto('setup_link')
    .values({ code_hash: link.hash, made_at: link.madeAt, expires_at: link.expiresAt })
    .execute();
}

export async function linkOf(tx: Pick<TownTx, 'db'>, hash: Buffer): Promise<SetupLinkRow | null> {
  const row = await tx.db
    .selectFrom('setup_link')
    .select(['expires_at', 'used_at'])
    .where('code_hash', '=', hash)
    .executeTakeFirst();
  return row ? { expiresAt: row.expires_at, usedAt: row.used_at } : null;
}

/** Uses a link up. False: somebody was quicker, or it is over. */
export async function useLink(tx: TownTx, hash: Buffer, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('setup_link')
    .set({ used_at: now })
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
