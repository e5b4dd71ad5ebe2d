import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../docker/testing/fresh-database.ts';
import { openStore, type Store } from './store.ts';

/** What the line to the database does with the next COMMIT. */
type Cut = 'nothing' | 'before it arrives' | 'before its answer arrives';

let database: FreshDatabase;
let line: Server;
let store: Store;
let cut: Cut = 'nothing';

beforeAll(async () => {
  database = await freshDatabase();
  const { hostname, port } = new URL(database.databaseUrl);
  line = createServer((ours) => {
    const theirs = connect(Number(port), hostname);
    let deaf = false;
    for (const [one, other] of [[ours, theirs], [theirs, ours]] as const) {
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
    theirs.on('data', (chunk) => { if (deaf) ours.destroy(); else ours.write(chunk); });
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const cutLine = new URL(database.databaseUrl);
  cutLine.port = String((line.address() as AddressInfo).port);
  store = openStore(cutLine.href, { onError: () => {} });
});
afterAll(async () => {
  await store.close();
  line.close();
  await database.drop();
});

const isThere = (key: string) => store.town(async ({ db }) => (await sql`select from throttle where key = ${Buffer.from(key)}`.execute(db)).rows.length === 1);

/** Resolves once committed; the number of the transaction is told as `insertMessage` tells it. */
function insert(key: string): Promise<void> {
  return store.town(async ({ db }) => {
    await sql`insert into throttle (key, failures, blocked_until, updated_at) values (${Buffer.from(key)}, 0, now(), now()) returning pg_current_xact_id()::text as transaction_number`.execute(db);
  });
}

it('calls a commit whose answer is lost done, once the database says that it is', async () => {
  cut = 'before its answer arrives';
  await insert('one');
  expect(await isThere('one')).toBe(true);
});

it('calls a commit that never arrived a fault that may pass, and nothing is there', async () => {
  cut = 'before it arrives';
  await expect(insert('two')).rejects.toMatchObject({ code: 'store-down', transient: true });
  expect(await isThere('two')).toBe(false);
});
