import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DemoJson } from '../../../cli/demo/demo-json.ts';
import { planTown } from '../../../cli/demo/plan.ts';
import { isEmptyTown, seedBench, seedSmallTown } from '../../../cli/demo/seed.ts';
import { freshDatabase, type FreshDatabase } from '../../../tests/shared/fresh-database.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import { openStore, type Store } from '../store.ts';
import { readRoster } from './roster.ts';
import { writeTown } from './town.ts';

const now = new Date('2026-11-24T16:00:00Z');
const domain = 'ecoles.preau.test';
const TILLEULS = 1 as SchoolId;
const PASTEUR = 2 as SchoolId;
let database: FreshDatabase;
let store: Store;
let json: DemoJson;

beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  expect(await isEmptyTown(store)).toBe(true);
  json = await seedSmallTown(store, { now });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

it('writes the school as the rules read it', async () => {
  const roster = await store.read(TILLEULS, readRoster);
  const people = [...(roster?.people.values() ?? [])];
  expect(people.find(({ address }) => address === `lina.moreau@${domain}`)).toMatchObject({
    role: 'pupil',
    displayName: 'Lina Moreau',
    face: 'lapin',
    state: 'active',
  });
  expect(
    [...(roster?.classes.values() ?? [])].map(({ address, name }) => `${name} ${address}`),
  ).toContain(`CE1 A ce1-a.tilleuls@${domain}`);
  expect(roster?.linksOf.size).toBe(1);
  expect(roster?.correspondentsOf.size).toBe(1);
  expect(roster?.aidesOf.size).toBe(1);
});

it('leads each address to its account or class, and knows where else its person is', async () => {
  const addresses = await store.town((tx) => tx.db.selectFrom('address').selectAll().execute());
  expect(
    addresses.filter(
      ({ kind, target_id }) =>
        ['account', 'class', 'class-families'].includes(kind) && target_id === null,
    ),
  ).toEqual([]);
  expect(addresses.find(({ local }) => local === 'nadege.colas')?.present_in).toEqual([PASTEUR]);
  expect(addresses.find(({ local }) => local === 'elodie.garnier')?.present_in).toEqual([PASTEUR]);
});

it('gives each account six mailboxes and the one hash', async () => {
  const accounts = await store.read(TILLEULS, (tx) =>
    tx.db.selectFrom('account').select(['id', 'password_hash']).execute(),
  );
  const mailboxes = await store.read(TILLEULS, (tx) =>
    tx.db.selectFrom('mailbox').select(['account_id', 'name']).execute(),
  );
  expect(mailboxes).toHaveLength(accounts.length * 6);
  expect(new Set(accounts.map((account) => account.password_hash)).size).toBe(1);
  expect(accounts[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=/);
});

it('has moved a child to another class, the old membership ended and kept', async () => {
  const rows = await store.read(TILLEULS, (tx) =>
    tx.db
      .selectFrom('membership as m')
      .innerJoin('address as a', 'a.id', 'm.address_id')
      .innerJoin('class as c', 'c.id', 'm.class_id')
      .select(['c.name', 'm.from_date', 'm.until_date'])
      .where('a.local', '=', 'jade.morel')
      .orderBy('m.from_date')
      .execute(),
  );
  expect(rows).toEqual([
    { name: 'CE1 A', from_date: '2026-09-01', until_date: '2026-11-22' },
    { name: 'CE1-CE2', from_date: '2026-11-23', until_date: null },
  ]);
  expect(json.accounts.find(({ address }) => address === `jade.morel@${domain}`)?.classes).toEqual([
    `ce1-ce2.tilleuls@${domain}`,
  ]);
});

it('writes no second town', async () => {
  await expect(seedSmallTown(store, { now })).rejects.toThrow(/base vide/);
});

it('adds a school for load tools, and sets its password anew the second time', async () => {
  const bench = { accounts: 5, password: 'un mot de passe', domain, now };
  const first = await seedBench(store, bench);
  expect(first.accounts.map(({ address }) => address)).toEqual(
    [1, 2, 3, 4, 5].map((number) => `u${number}@${domain}`),
  );
  const again = await seedBench(store, { ...bench, password: 'un autre' });
  expect(again.schools).toEqual(first.schools);
  await expect(seedBench(store, { ...bench, accounts: 6 })).rejects.toThrow(/5 comptes/);
});

it('makes the town along with the first school of load tools: programs list its board, too', async () => {
  const other = await freshDatabase();
  const fresh = openStore(other.databaseUrl, { poolSize: 2, onError: () => {} });
  await seedBench(fresh, { accounts: 1, password: 'un mot de passe', domain, now });
  expect((await fresh.read(TOWN, readRoster))?.school.name).toBe('La ville');
  await fresh.close();
  await other.drop();
});

it('writes a twentieth of the whole town, and says how fast', SOAKED, async () => {
  const other = await freshDatabase();
  const fresh = openStore(other.databaseUrl, { poolSize: 2, onError: () => {} });
  const plan = planTown({ schools: 8, pupils: 900, teachers: 40, seed: 1 });
  const started = performance.now();
  await fresh.town((tx) =>
    writeTown(tx, plan, {
      domain,
      timeZone: 'Pacific/Noumea',
      passwordHash: 'x',
      yearStart: '2026-09-01',
      linkFrom: '2026-11-02',
      linkUntil: '2026-12-18',
      progress: () => {},
    }),
  );
  const ms = Math.round(performance.now() - started);
  const accounts = plan.schools.flatMap((school) => school.accounts).length;
  process.stdout.write(`town: ${accounts} accounts written in ${ms} ms\n`);
  expect(ms).toBeLessThan(10_000);
  await fresh.close();
  await other.drop();
});
