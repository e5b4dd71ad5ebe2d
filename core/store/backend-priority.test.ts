import { existsSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { freshDatabase } from '../../tests/shared/fresh-database.ts';
import { SESSION_PRIORITY } from '../ground/session-priority.ts';
import type { QueryRunner } from './kysely-on.ts';
import { asIsolation } from './reckoning/as-isolation.ts';
import { openStore } from './store.ts';

const database = await freshDatabase();
afterAll(database.drop);

/** What Linux says of the session of the process that answers; null where it has no such thing. */
async function sessionOf({ db }: Pick<QueryRunner, 'db'>): Promise<string | null> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  const file = `/proc/${rows[0]?.pid}/autogroup`;
  return existsSync(file) ? readFileSync(file, 'latin1') : null;
}

async function sessionOfStore(givesWay: boolean): Promise<string | null> {
  const { databaseUrl } = database;
  const store = openStore(databaseUrl, { poolSize: 1, givesWay, onError: () => {} });
  try {
    return await store.readTown(sessionOf);
  } finally {
    await store.close();
  }
}

const BY_NIGHT = `nice ${SESSION_PRIORITY.byNight}\n`;

it('PostgreSQL gives way with what works by night, and with nothing else', async () => {
  const sessions = [
    await sessionOfStore(false),
    await sessionOfStore(true),
    await asIsolation(database.adminUrl, sessionOf),
  ];
  if (sessions.every((one) => one === null))
    return process.stdout.write('the processor is not shared out by sessions here\n');
  return expect(sessions).toEqual([
    expect.stringMatching(/nice 0\n$/),
    expect.stringContaining(BY_NIGHT),
    expect.stringContaining(BY_NIGHT),
  ]);
});
