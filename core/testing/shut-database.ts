import type { TestTown } from './town.ts';

/**
 * Runs while the town's database has room for nobody: whoever was connected is cut, whoever comes
 * is sent away.
 */
export async function whileShut<T>(
  { admin, databaseUrl }: Pick<TestTown, 'admin' | 'databaseUrl'>,
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
  }
}
const UNLIMITED = -1;
