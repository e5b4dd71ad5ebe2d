import { sql } from 'kysely';
import type { TownTx } from '../store.ts';

/** Two imports at once might give one address twice: they take turns, in the whole town. */
const LOCK = 7_326_002;

/** Imports take turns until the transaction ends. */
export async function lockImports(tx: TownTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx.db);
}
