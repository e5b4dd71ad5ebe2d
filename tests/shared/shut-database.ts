import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Store } from '../../core/store/store.ts';
import type { TestTown } from './town.ts';

/**
 * Runs while the town's database has room for nobody: whoever was connected is cut, whoever comes
 * is sent away. Once it is over, the store answers again.
 */
export async function whileShut<T>(
  { admin, databaseUrl, store }: Pick<TestTown, 'admin' | 'databaseUrl' | 'store'>,
  run: () => Promise<T>,
): Promise<T> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const leaveRoom = (connections: number) =>
    admin.query(`alter database ${name} connection limit ${connections}`);
  await leaveRoom(0);
  try {
    await admin.query(
      `
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where datname = current_database() and usename <> current_user
      `,
    );
    return await run();
  } finally {
    await leaveRoom(UNLIMITED);
    await answersAgain(store);
  }
}
const UNLIMITED = -1;

/** As many at once as there are connections: a pool hears of each that was cut in its own time. */
async function answersAgain(store: Store): Promise<void> {
  const ask = (): Promise<unknown> => store.readTown(({ db }) => sql`select 1`.execute(db));
  for (let tries = 0; tries < 100; tries += 1) {
    const asked = await Promise.allSettled(Array.from({ length: 16 }, ask));
    if (asked.every(({ status }) => status === 'fulfilled')) return;
    await pause(20);
  }
  throw new Error('the database doesn’t answer again');
}
