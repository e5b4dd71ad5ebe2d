import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../tests/shared/fresh-database.ts';
import type { SchoolId } from '../ground/ids.ts';
import { openStore, type Store } from './store.ts';

let database: FreshDatabase;
let store: Store;

beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { poolSize: 4, onError: () => {} });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

interface Seen {
  readonly said: number;
  readonly school: string;
  /** When its transaction began: what goes out together has the same moment. */
  readonly begun: string;
}

/** Says which school a statement of the town's readers sees: none. */
const lookAround = (): Promise<string | undefined> =>
  store.readTown(async ({ db }) => {
    const asked = sql<{ school: string }>`select current_setting('preau.school', true) as school`;
    return (await asked.execute(db)).rows[0]?.school;
  });

/** Says `said` back, and which school the statement sees; 0 is what it can't divide by. */
const look = (school: SchoolId, said: number): Promise<Seen | undefined> =>
  store.read(school, async ({ db }) => {
    const asked = sql<Seen>`
      select ${said}::integer as said, current_setting('preau.school') as school,
        now()::text as begun, 1 / ${said}::integer as divided
    `;
    return (await asked.execute(db)).rows[0];
  });

it('sends what is asked side by side in one write, each school for itself', async () => {
  const asked = Array.from({ length: 60 }, (_, at) => ({
    school: ((at % 3) + 1) as SchoolId,
    said: at + 1,
  }));
  const [seen, around] = await Promise.all([
    Promise.all(asked.map(({ school, said }) => look(school, said))),
    Promise.all(asked.map(lookAround)),
  ]);
  expect(seen.map((one) => [one?.said, one?.school])).toEqual(
    asked.map(({ school, said }) => [said, String(school)]),
  );
  expect(new Set(around)).toEqual(new Set(['']));
  expect(new Set(seen.map((one) => one?.begun)).size).toBeLessThan(asked.length / 10);
});

it('lets one that fails fail alone', async () => {
  const school = 1 as SchoolId;
  const answers = await Promise.allSettled([3, 0, 4, 0, 5].map((said) => look(school, said)));
  expect(answers.map((one) => (one.status === 'fulfilled' ? one.value?.said : 'failed'))).toEqual([
    3,
    'failed',
    4,
    'failed',
    5,
  ]);
  expect((await look(school, 6))?.said).toBe(6);
});

it('lets nobody wait for what is asked aside', async () => {
  const school = 1 as SchoolId;
  let isThere = false;
  const slow = store
    .readAside(school, ({ db }) => sql`select pg_sleep(1)`.execute(db))
    .then(() => (isThere = true));
  expect((await look(school, 7))?.said).toBe(7);
  expect(isThere).toBe(false);
  await slow;
});
