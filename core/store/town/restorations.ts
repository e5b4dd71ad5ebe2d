import type { TownTx } from '../store.ts';

/** A time that the database was restored from a backup. */
export interface Restoration {
  readonly at: Date;
  /** When the last of what it has from before was committed; null: as of the backup itself. */
  readonly dataUntil: Date | null;
}

/** Restores there were at most, of late. */
const MOST = 100;

/** The oldest first. */
export async function restorations({ db }: Pick<TownTx, 'db'>): Promise<Restoration[]> {
  const rows = await db
    .selectFrom('restoration')
    .selectAll()
    .orderBy('at', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({ at: row.at, dataUntil: row.data_until })).reverse();
}
