import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../tests/shared/fresh-database.ts';
import type { SchoolId } from '../ids.ts';
import { becameOf, proofColumn, proofIn } from './lost-commit.ts';
import { tellOfLost } from './lost-connections.ts';
import { openStore, type Store } from './store.ts';

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
  await admin.query(
    "insert into commune (id, slug, name) values (1, 'c', 'C') on conflict do nothing; insert into school (id, commune_id, slug, name) values (1, 1, 'e', 'E')",
  );
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

const SCHOOL = 1 as SchoolId;
/**
 * In a transaction that could write, so that its COMMIT is over and isn't the one that is cut next.
 */
const isThere = (key: string) =>
  store.write(
    SCHOOL,
    async ({ db }) =>
      (await db.selectFrom('message').select('id').where('subject', '=', key).execute()).length ===
      1,
  );

/** Resolves once committed, with the proof that the connection keeps. */
function insert(key: string): Promise<unknown> {
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
    return row.proof;
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
  const proof = proofIn({ proof: await insert('three') });
  if (proof === null) throw new Error('no proof');
  const pool = new pg.Pool({ connectionString: database.databaseUrl, max: 1 });
  const closing = tellOfLost(pool, () => {}); // it may still be when the database is dropped
  expect(await becameOf(pool, proof)).toBe('committed');
  expect(await becameOf(pool, { ...proof, sha256: '00' })).toBe('aborted');
  expect(await becameOf(pool, { ...proof, transaction: '999999999' })).toBe('aborted');
  await closing(() => pool.end());
});
