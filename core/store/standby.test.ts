/** Where commits wait for a standby, a letter is stored once that has it: failovers lose others. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  STANDBY,
  startReplicated,
  type ReplicatedPostgres,
} from '../../tests/shared/replicated-postgres.ts';
import type { SchoolId } from '../ids.ts';
import { last } from './connections.ts';
import { becameOf, proofColumn, proofIn, type Proof } from './lost-commit.ts';
import { tellOfLost } from './lost-connections.ts';
import { openStore, type Store } from './store.ts';

const SCHOOL = 1 as SchoolId;
/** How long is long enough to see that something waits. */
const WAIT_MS = 1_000;

let server: ReplicatedPostgres;
let store: Store;
let pool: pg.Pool;
let closing: ReturnType<typeof tellOfLost>;

beforeAll(async () => {
  server = await startReplicated();
  await server.admin.query(
    "insert into commune (id, slug, name) values (1, 'c', 'C') on conflict do nothing; insert into school (id, commune_id, slug, name) values (1, 1, 'e', 'E')",
  );
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

function insert(key: string): Promise<Proof> {
  return store.write(SCHOOL, async ({ db }) => {
    const row = await db
      .insertInto('message')
      .values({
        school_id: SCHOOL,
        sender_role: 'system',
        origin: 'system',
        subject: key,
        preview: '',
        envelope: '{}',
        structure: '{}',
        attachments: '[]',
        search: sql<string>`''::tsvector`,
        automatic: false,
        size_bytes: 0,
        sha256: Buffer.from(key),
        raw: Buffer.alloc(0),
        sender_address_id: null,
        header_id: null,
        in_reply_to: null,
        refs: [],
      })
      .returning(proofColumn())
      .executeTakeFirstOrThrow();
    const proof = proofIn(row);
    if (proof === null) throw new Error('no proof');
    return proof;
  });
}

/** The backend that waits for a standby, once there is one. */
async function waiting(): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await server.admin.query<{ pid: number }>(
      "select pid from pg_stat_activity where wait_event = 'SyncRep'",
    );
    if (rows[0] !== undefined) return rows[0].pid;
    await sleep(25);
  }
  throw new Error('nobody waits');
}

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
      expect(proofIn({ proof: await stored })).not.toBe(null);
    },
  );

  it('is a fault where nobody can ask again what became of it', async () => {
    await server.waitFor('nobody');
    const done = store.write(SCHOOL, ({ db }) =>
      last(db, db.updateTable('school').set({ name: 'F' }).where('id', '=', SCHOOL).compile()),
    );
    done.catch(() => {});
    await server.admin.query('select pg_cancel_backend($1)', [await waiting()]);
    await expect(done).rejects.toMatchObject({ code: 'store-down', transient: true });
  });
});
