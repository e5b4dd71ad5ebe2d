import { sql } from 'kysely';
import type { TownTx } from '../store.ts';

/** Whether these bytes, by their SHA-256, could not be read within limits since then. */
export async function wasUnreadable(tx: TownTx, hash: Buffer, since: Date): Promise<boolean> {
  const row = await tx.db
    .selectFrom('unreadable_letter')
    .select('at')
    .where('sha256', '=', hash)
    .where('at', '>=', since)
    .executeTakeFirst();
  return row !== undefined;
}

/** Remembers that they couldn't, and forgets who came before `forget`. */
export async function noteUnreadable(
  tx: TownTx,
  hash: Buffer,
  { at, forget }: { readonly at: Date; readonly forget: Date },
): Promise<void> {
  await tx.db.deleteFrom('unreadable_letter').where('at', '<', forget).execute();
  await tx.db
    .insertInto('unreadable_letter')
    .values({ sha256: hash, at })
    .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ at }))
    .execute();
}

/** How many letters could not be read within limits since then. */
export async function countUnreadable(tx: TownTx, since: Date): Promise<number> {
  const row = await tx.db
    .selectFrom('unreadable_letter')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('at', '>=', since)
    .executeTakeFirstOrThrow();
  return row.count;
}
