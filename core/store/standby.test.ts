/** Where commits wait for a standby, a letter is stored once that has it: failovers lose others. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  STANDBY,
  startReplicated,
  type ReplicatedPostgres,
} from '../../tests/shared/replicated-postgres.ts';
import { becameOf, type CommitProof } from './lost-commit.ts';
import { tellOfLost } from './lost-connections.ts';
import { openStore, type Store } from './store.ts';
import { insertMessage, makeSchool, SCHOOL, waitingForStandby } from './testing/bare-message.ts';

/** How long is long enough to see that something waits. */
const WAIT_MS = 1_000;

let server: ReplicatedPostgres;
let store: Store;
let pool: pg.Pool;
let closing: ReturnType<typeof tellOfLost>;

beforeAll(async () => {
  server = await startReplicated();
  await makeSchool(server.admin);
  store = openStore(server.databaseUrl, { onError: () => {} });
  pool = new pg.Pool({ connectionString: server.databaseUrl, max: 4 });
  closing = tellOfLost(pool, () => {});
});
afterEach(async () => {
  server.letGo();
  await server.waitFor(null);
});
afterAll(async () => {
  await closing(() => pool.end());
  await store.close();
  await server.close();
});

const insert = (key: string): Promise<CommitProof> => insertMessage(store, key);
const waiting = (): Promise<number> => waitingForStandby(server.admin);

/** What a promise is by now. */
const state = (one: Promise<unknown>): Promise<string> =>
  Promise.race([
    one.then(
      () => 'stored',
      () => 'refused',
    ),
    sleep(WAIT_MS, 'waits'),
  ]);

describe('what became of a commit', () => {
  it('is said once the standby has it, and not while that is away', async () => {
    const proof = await insert('one');
    await server.waitFor(STANDBY);
    expect(await becameOf(pool, proof)).toBe('committed');
    await server.hold();
    expect(await becameOf(pool, proof, WAIT_MS)).toBe(null);
    server.letGo();
    expect(await becameOf(pool, proof)).toBe('committed');
  });

  it('is not said where there is no such standby, nor is its line kept waiting', async () => {
    const proof = await insert('two');
    await server.waitFor('nobody');
    for (let times = 0; times < 6; times += 1)
      expect(await becameOf(pool, proof, WAIT_MS / 4)).toBe(null);
    await server.waitFor(null);
    expect(await becameOf(pool, proof)).toBe('committed');
  });

  it('is not said by a wait that somebody ended', async () => {
    const proof = await insert('three');
    await server.waitFor('nobody');
    const said = becameOf(pool, proof, 2 * WAIT_MS);
    await server.admin.query('select pg_cancel_backend($1)', [await waiting()]);
    expect(await said).toBe(null);
  });

  it('needs nobody where commits wait for none', async () => {
    const proof = await insert('four');
    await server.hold();
    expect(await becameOf(pool, proof, WAIT_MS)).toBe('committed');
  });
});

describe('a commit whose wait for the standby is ended', () => {
  it.each(['pg_cancel_backend', 'pg_terminate_backend'])(
    'by %s: is not called stored before its standby has it',
    async (end) => {
      await server.waitFor(STANDBY);
      await server.hold();
      const stored = insert(end);
      await server.admin.query(`select ${end}($1)`, [await waiting()]);
      expect(await state(stored)).toBe('waits');
      server.letGo();
      expect(await stored).toMatchObject({ school: SCHOOL });
    },
  );

  it('is a fault where nobody can ask again what became of it', async () => {
    await server.waitFor('nobody');
    const done = store.write(SCHOOL, ({ db, line }) =>
      line.last(db.updateTable('school').set({ name: 'F' }).where('id', '=', SCHOOL).compile()),
    );
    done.catch(() => {});
    await server.admin.query('select pg_cancel_backend($1)', [await waiting()]);
    await expect(done).rejects.toMatchObject({ code: 'store-down', transient: true });
  });
});
