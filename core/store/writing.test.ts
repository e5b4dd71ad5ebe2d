import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../tests/shared/fresh-database.ts';
import { becameOf, type CommitProof } from './lost-commit.ts';
import { tellOfLost } from './lost-connections.ts';
import { openStore, type Store } from './store.ts';
import { insertMessage, isThere, makeSchool, SCHOOL } from './testing/bare-message.ts';

/** What the line to the database does with the next COMMIT. */
type Cut = 'nothing' | 'before it arrives' | 'before its answer arrives';

let database: FreshDatabase;
let line: Server;
let store: Store;
let cut: Cut = 'nothing';

beforeAll(async () => {
  database = await freshDatabase();
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await makeSchool(admin);
  await admin.end();
  const { hostname, port, searchParams } = new URL(database.databaseUrl);
  const folder = searchParams.get('host'); // of its socket, where it is reached by one
  line = createServer((ours) => {
    const theirs =
      folder === null ? connect(Number(port), hostname) : connect(`${folder}/.s.PGSQL.${port}`);
    let deaf = false;
    for (const [one, other] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
    ours.on('data', (chunk) => {
      const now = chunk.includes('commit') ? cut : 'nothing';
      if (now !== 'nothing') cut = 'nothing';
      if (now === 'before it arrives') return ours.destroy();
      deaf = now === 'before its answer arrives';
      theirs.write(chunk);
    });
    theirs.on('data', (chunk) => {
      if (deaf) ours.destroy();
      else ours.write(chunk);
    });
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const cutLine = new URL(database.databaseUrl);
  cutLine.hostname = '127.0.0.1';
  cutLine.searchParams.delete('host');
  cutLine.port = String((line.address() as AddressInfo).port);
  store = openStore(cutLine.href, { onError: () => {} });
});
afterAll(async () => {
  await store.close();
  line.close();
  await database.drop();
});

const insert = (key: string): Promise<CommitProof> => insertMessage(store, key);

it('calls a commit whose answer is lost done, once the database says that it is', async () => {
  cut = 'before its answer arrives';
  await insert('one');
  expect(await isThere(store, 'one')).toBe(true);
});

it('calls a commit that never arrived a fault that may pass, and nothing is there', async () => {
  cut = 'before it arrives';
  await expect(insert('two')).rejects.toMatchObject({ code: 'store-down', transient: true });
  expect(await isThere(store, 'two')).toBe(false);
});

it('calls a line that breaks while one asks a fault that may pass, as a server that shuts down', async () => {
  for (const broken of [
    Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }),
    Object.assign(new pg.DatabaseError('shutting down', 0, 'error'), { code: '57P01' }),
  ])
    await expect(store.read(SCHOOL, () => Promise.reject(broken))).rejects.toMatchObject({
      code: 'store-down',
      transient: true,
    });
});

it('does not take the number of a transaction for it: a crash gives numbers out again', async () => {
  const proof = await insert('three');
  const pool = new pg.Pool({ connectionString: database.databaseUrl, max: 1 });
  const closing = tellOfLost(pool, () => {}); // it may still be when the database is dropped
  expect(await becameOf(pool, proof)).toBe('committed');
  expect(await becameOf(pool, { ...proof, sha256: '00' })).toBe('aborted');
  expect(await becameOf(pool, { ...proof, transaction: '999999999' })).toBe('aborted');
  await closing(() => pool.end());
});
