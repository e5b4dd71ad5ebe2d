import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FreshDatabase } from '../../../tests/shared/fresh-database.ts';
import { townDatabase } from '../../../tests/shared/town-database.ts';
import { openStore, type Store } from '../store.ts';
import { findAddresses, findAddressesById } from './addresses.ts';

const LINA = 'lina.moreau@ecoles.preau.test';
const CLASS = 'ce1-a.tilleuls@ecoles.preau.test';
const NOBODY = 'personne@ecoles.preau.test';

let database: FreshDatabase;
/** One connection: what it has prepared can be looked at. */
let store: Store;
beforeAll(async () => {
  database = await townDatabase('morning');
  store = openStore(database.databaseUrl, { poolSize: 1, onError: () => {} });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const find = (...addresses: readonly string[]) =>
  store.readTown((tx) => findAddresses(tx, addresses));

it('finds one address as it finds several, and leaves out what leads to nobody', async () => {
  const both = await find(LINA, NOBODY, CLASS);
  expect(both.map(({ entry }) => entry.address).toSorted()).toEqual([CLASS, LINA]);
  for (const each of both) {
    expect(await find(each.entry.address)).toEqual([each]);
    expect(await store.readTown((tx) => findAddressesById(tx, [each.entry.id]))).toEqual([each]);
  }
  const ids = both.map(({ entry }) => entry.id);
  expect(await store.readTown((tx) => findAddressesById(tx, ids))).toHaveLength(2);
  expect(await find(NOBODY)).toEqual([]);
  expect(await find('sans-domaine')).toEqual([]);
  expect(await find()).toEqual([]);
});

it('keeps the plan by which it finds one address, or one id', async () => {
  const [lina] = await find(LINA);
  for (let times = 0; times < 7; times += 1) {
    await find(LINA);
    await store.readTown((tx) => findAddressesById(tx, lina === undefined ? [] : [lina.entry.id]));
  }
  const { rows } = await store.readTown((tx) =>
    sql<{ how: string; generic: number }>`
      select substring(statement from 'where (.*)') as how, generic_plans::integer as generic
      from pg_prepared_statements
      where statement like '%from address a%' and statement not like '%[]%'
    `.execute(tx.db),
  );
  expect(rows.map(({ how }) => how).toSorted()).toEqual([
    'a.domain = $1 and a.local = $2',
    'a.id = $1',
  ]);
  for (const { how, generic } of rows) expect(generic, how).toBeGreaterThan(0);
});
