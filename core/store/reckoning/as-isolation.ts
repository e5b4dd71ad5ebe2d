import { sql } from 'kysely';
import { GIVING_WAY } from '../backend-priority.ts';
import type { QueryRunner } from '../kysely-on.ts';
import { openAsOwner } from '../migrate.ts';

/** The role that sees the roster of all schools and no letter; nobody signs in as it. */
const ISOLATION_ROLE = 'preau_isolation';

/** No statement of the proof takes longer. */
const STATEMENT_MS = 120_000;

/**
 * Runs `fn` as the role of the proof of isolation, on one moment of all schools, and writes
 * nothing: the owner of the database becomes it for one transaction, which gives way to all others.
 */
export async function asIsolation<T>(
  adminUrl: string,
  fn: (town: Pick<QueryRunner, 'db'>) => Promise<T>,
): Promise<T> {
  const owner = openAsOwner(adminUrl, GIVING_WAY);
  try {
    return await owner
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        await sql`set local role ${sql.ref(ISOLATION_ROLE)}`.execute(tx);
        await sql`set local statement_timeout = ${sql.lit(STATEMENT_MS)}`.execute(tx);
        // One processor at most: mail has the others.
        await sql`set local max_parallel_workers_per_gather = 0`.execute(tx);
        return fn({ db: tx });
      });
  } finally {
    await owner.destroy();
  }
}
