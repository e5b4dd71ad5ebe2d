import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { freshStore } from '../../tests/shared/fresh-store.ts';
import type { SchoolId } from '../ground/ids.ts';
import { anyOf } from './any-of.ts';
import { compiledOnce } from './compiled-once.ts';
import { type SchoolTx } from './store.ts';

const SCHOOL = 1 as SchoolId;
/** Of one connection, so that everybody sees what it keeps. */
const store = await freshStore(1);

/** How many statements with this word in them the connection keeps prepared. */
async function keptWith(word: string): Promise<number> {
  return store.read(SCHOOL, async ({ db }) => {
    const asked = sql<{ count: number }>`
      select count(*) as count from pg_prepared_statements where position(${word} in statement) > 0
    `;
    return (await asked.execute(db)).rows[0]?.count ?? NaN;
  });
}

type Ask = (tx: SchoolTx) => Promise<unknown>;
const once: Ask = ({ db }) => sql`select ${1}::integer as asked_once`.execute(db);
const everyDay: Ask = ({ kept }) => sql`select ${1}::integer as asked_daily`.execute(kept);

it.each(['read', 'write', 'readMoment'] as const)(
  'keeps prepared what is asked every day, and nothing else, in a %s',
  async (how) => {
    for (const ask of [once, everyDay, once, everyDay]) await store[how](SCHOOL, ask);
    expect(await keptWith('asked_once')).toBe(0);
    expect(await keptWith('asked_daily')).toBe(1);
  },
);

it('has one statement for lists of any length', async () => {
  const found: SchoolId[][] = [[], [SCHOOL], [SCHOOL, 2, 3] as SchoolId[]];
  for (const ids of found)
    await store.read(SCHOOL, ({ kept }) =>
      kept
        .selectFrom('school')
        .select('id as of_any_length')
        .where('id', '=', anyOf(ids))
        .execute(),
    );
  expect(await keptWith('of_any_length')).toBe(1);
});

it('sends a value once, however often it stands in a statement that is put together once', async () => {
  const twice = compiledOnce<{ readonly one: number; readonly other: number }, { sum: number }>(
    (at) => sql`select ${at.one}::integer * ${at.one}::integer + ${at.other}::integer as sum`,
  );
  const query = twice({ one: 3, other: 4 });
  expect(query.parameters).toEqual([3, 4]);
  const { rows } = await store.write(SCHOOL, ({ db }) => db.executeQuery(query));
  expect(rows).toEqual([{ sum: 13 }]);
});

it('reads the numbers of an array as numbers, and what is none as null', async () => {
  const numbers = sql<object>`
    select '{1,null,9007199254740991}'::bigint[] as some, '{}'::bigint[] as empty,
      null::bigint[] as none
  `;
  const { rows } = await store.read(SCHOOL, ({ db }) => numbers.execute(db));
  expect(rows).toEqual([{ some: [1, null, Number.MAX_SAFE_INTEGER], empty: [], none: null }]);
});
