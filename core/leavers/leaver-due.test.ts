import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../docker/testing/fresh-database.ts';
import type { AccountId, AddressId, SchoolId } from '../core.ts';
import { dumpOf, emptySchools, guardian, guardiansFile, peopleOf, pupil, pupilsFile, putMail, rostersAt, wishOf } from '../roster/import/testing/school-files.ts';
import { dueRows } from '../store/outbox.ts';
import { saveLeaver } from '../store/leavers.ts';
import { openStore, type Store } from '../store/store.ts';
import { erasedFrom, leaverDue, type LeaverParts } from './leaver-due.ts';

const clock = { now: new Date('2026-11-02T16:00:00Z') };
const ONE = 1 as SchoolId;
let database: FreshDatabase;
let store: Store;
let parts: LeaverParts;
let rosters: ReturnType<typeof rostersAt>['rosters'];
const logged: Record<string, unknown>[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  await emptySchools(store, ['ecole-1', 'ecole-2']);
  ({ rosters } = rostersAt(store, clock));
  parts = { store, clock: () => clock.now, log: pino({ level: 'info' }, { write: (line) => { logged.push(JSON.parse(line) as Record<string, unknown>); } }) };
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const children = Array.from({ length: 12 }, (_, index) => pupil(`Enfant${'abcdefghijkl'[index]} Morel`, 'CP', { birthDate: `2019-02-${String(index + 1).padStart(2, '0')}` }));
const families = () => guardiansFile(children.map((child) => guardian(`Parent${child.givenName} Morel`, [child], `${child.givenName}@exemple.fr`)));

/** Runs what is due, as the worker does, and says what came of it. */
async function runDue(): Promise<string[]> {
  const rows = await store.town((tx) => dueRows(tx, { now: clock.now, kinds: ['leaver'], limit: 50 }));
  const saw: string[] = [];
  for (const { school, row } of rows) saw.push(await leaverDue(parts, school, row));
  return saw;
}

async function accountOf(local: string): Promise<{ account: AccountId; id: AddressId } | null> {
  const row = await store.town((tx) => tx.db.selectFrom('address').selectAll().where('local', '=', local).executeTakeFirstOrThrow());
  return row.target_id === null ? null : { account: row.target_id as AccountId, id: row.id as AddressId };
}

async function openSession(account: AccountId): Promise<void> {
  await store.write(ONE, (tx) => tx.db.insertInto('session').values({
    school_id: 1, id: crypto.randomUUID(), account_id: account, secret_hash: Buffer.alloc(32), csrf: 'x', created_at: clock.now, seen_at: clock.now, expires_at: new Date(clock.now.getTime() + 3_600_000),
  }).execute());
}

it.each([['2026-11-30', '2027-02-28'], ['2026-12-01', '2027-03-01'], ['2027-11-30', '2028-02-29'], ['2026-07-05', '2026-10-05']])('who left on %s is erased from %s', (left, from) => expect(erasedFrom(left)).toBe(from));

it('whom a file no longer names: sign-in ends at once, the mail stays three months and is then erased, the address is nobody else’s', async () => {
  await rosters.apply(wishOf(1, [pupilsFile(children), families()]));
  await putMail(store, 1, ['enfanta.morel', 'enfantb.morel']);
  await putMail(store, 1, ['enfantc.morel']);
  const gone = await accountOf('enfanta.morel');
  if (gone === null) throw new Error('no account');
  await openSession(gone.account);
  clock.now = new Date('2026-11-03T16:00:00Z');
  await rosters.apply(wishOf(1, [pupilsFile(children.slice(1)), guardiansFile(children.slice(1).map((child) => guardian(`Parent${child.givenName} Morel`, [child], `${child.givenName}@exemple.fr`)))]));
  expect((await dumpOf(store, 1))['leaver']).toHaveLength(1);
  expect(await store.read(ONE, (tx) => tx.db.selectFrom('session').selectAll().where('school_id', '=', 1).execute())).toEqual([]);
  expect(await runDue()).toEqual(['ended']);
  expect(await runDue()).toEqual([]);
  clock.now = new Date('2027-02-02T22:00:00Z');
  expect(await runDue()).toEqual([]);
  expect((await dumpOf(store, 1))['entry']).toHaveLength(3);
  clock.now = new Date('2027-02-03T06:00:00Z');
  expect(await runDue()).toEqual(['erased']);
  const dump = await dumpOf(store, 1);
  expect({ entries: dump['entry']?.length, messages: dump['message']?.length, leavers: dump['leaver'] }).toEqual({ entries: 2, messages: 2, leavers: [] });
  expect((await peopleOf(store, 1, clock.now, 'pupil')).map(({ address }) => address)).not.toContain('enfanta.morel');
  expect(await accountOf('enfanta.morel')).toBeNull();
  expect(logged.filter(({ act }) => act === 'erase-leaver')).toMatchObject([{ school: 1, entries: 1, messages: 0, bytes: 0 }]);
  const audit = await store.read(ONE, (tx) => tx.db.selectFrom('audit').select(['act', 'subject']).where('school_id', '=', 1).where('act', 'like', '%leaver%').orderBy('id').execute());
  expect(audit).toEqual([{ act: 'erase-leaver', subject: { role: 'pupil', left: '2026-11-03', entries: 1, messages: 0, bytes: 0 } }]);
  expect(JSON.stringify([logged, audit])).not.toMatch(/morel|enfant/i);
  const twin = pupil('Enfanta Morel', 'CP', { birthDate: '2018-09-09' });
  await rosters.apply(wishOf(1, [pupilsFile([...children.slice(1), twin])]));
  expect((await peopleOf(store, 1, clock.now, 'pupil')).map(({ address }) => address)).toContain('enfanta.morel2');
});

it('the same child again after the erasure has the old address, and an empty mailbox', async () => {
  await rosters.apply(wishOf(1, [pupilsFile([...children, pupil('Enfanta Morel', 'CP', { birthDate: '2018-09-09' })])]));
  expect((await peopleOf(store, 1, clock.now, 'pupil')).filter(({ address }) => address.startsWith('enfanta'))).toMatchObject([{ address: 'enfanta.morel', state: 'active' }, { address: 'enfanta.morel2' }]);
});

it('who leaves on a day to come may come in until then, whatever is imported meanwhile; on that day classes, families and sessions end', async () => {
  const leaving = await accountOf('enfantc.morel');
  if (leaving === null) throw new Error('no account');
  await openSession(leaving.account);
  await store.write(ONE, (tx) => saveLeaver(tx, leaving.account, '2027-02-10'));
  expect(await runDue()).toEqual([]);
  const file = [pupilsFile([...children, pupil('Enfanta Morel', 'CP', { birthDate: '2018-09-09' })])];
  expect((await rosters.apply(wishOf(1, file))).kind).toBe('nothing');
  clock.now = new Date('2027-02-09T20:00:00Z');
  await runDue();
  expect(await peopleOf(store, 1, clock.now, 'pupil').then((people) => people.find(({ address }) => address === 'enfantc.morel'))).toMatchObject({ state: 'active', classes: ['CP'] });
  clock.now = new Date('2027-02-09T23:05:01Z');
  expect(await runDue()).toEqual(['ended']);
  expect(await peopleOf(store, 1, clock.now, 'pupil').then((people) => people.find(({ address }) => address === 'enfantc.morel'))).toMatchObject({ state: 'suspended', classes: [] });
  expect(await store.read(ONE, (tx) => tx.db.selectFrom('session').selectAll().where('school_id', '=', 1).execute())).toEqual([]);
  expect((await dumpOf(store, 1))['guardianship']?.some((row) => row.includes(`"child_address_id":${leaving.id},`))).toBe(false);
});

it('who comes back before the end is kept, with all their mail', async () => {
  const before = await dumpOf(store, 1);
  await rosters.apply(wishOf(1, [pupilsFile([...children, pupil('Enfanta Morel', 'CP', { birthDate: '2018-09-09' })])]));
  expect(await peopleOf(store, 1, clock.now, 'pupil').then((people) => people.find(({ address }) => address === 'enfantc.morel'))).toMatchObject({ state: 'active', classes: ['CP'] });
  clock.now = new Date('2027-06-01T06:00:00Z');
  expect(await runDue()).toEqual(['gone']);
  expect((await dumpOf(store, 1))['entry']).toEqual(before['entry']);
  expect(await store.town((tx) => tx.db.selectFrom('due').selectAll().where('kind', '=', 'leaver').execute())).toEqual([]);
});
