import pg from 'pg';
import { expect, inject, it, onTestFinished } from 'vitest';
import { freshDatabase } from '../../../tests/shared/fresh-database.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { openQueue, type Task } from './queue.ts';

const TASK: Task = { kind: 'hold', school: 1 as SchoolId, row: 1 };

it('adds again once PostgreSQL is there, where it was away when it was first asked', async () => {
  const database = await freshDatabase();
  const name = new URL(database.adminUrl).pathname.slice(1);
  const admin = new pg.Client({ connectionString: inject('services').adminUrl });
  await admin.connect();
  await admin.query(`alter database ${name} with allow_connections false`);
  const queue = openQueue({ databaseUrl: database.databaseUrl, redisUrl: null }, () => {});
  onTestFinished(async () => {
    await queue.close();
    await admin.end();
    await database.drop();
  });
  await expect(queue.add([TASK])).rejects.toMatchObject({ code: 'queue-down' });
  expect(await queue.answers(1_000)).toBe(false);
  await admin.query(`alter database ${name} with allow_connections true`);
  await queue.add([TASK]);
  expect(await queue.answers(1_000)).toBe(true);
});
