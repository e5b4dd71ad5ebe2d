import { sql } from 'kysely';
import type { AccountId } from '../../ground/ids.ts';
import type { SchoolTx } from '../store.ts';
import { accountTables } from './school-move.ts';

/** Tables of what opens an account without asking for its password again. */
const OPEN_DOORS = new Set(['session', 'app_password']);

/** Ends every session and every app password of these accounts, at once. */
export async function closeDoors(tx: SchoolTx, accounts: readonly AccountId[]): Promise<void> {
  if (accounts.length === 0) return;
  for (const { table, column } of await accountTables(tx))
    if (OPEN_DOORS.has(table))
      await sql`
        delete from ${sql.table(table)}
        where school_id = ${tx.school} and ${sql.ref(column)} = any(${[...accounts]}::bigint[])
      `.execute(tx.db);
}
