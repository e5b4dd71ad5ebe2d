/** Erasing, and backups that would bring back who was erased. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../tests/shared/fresh-database.ts';
import { type AccountId, type AddressId, NOBODY, type SchoolId } from '../../ground/ids.ts';
import { openLog } from '../../ground/log.ts';
import { saveLeaver } from '../../store/people/leavers.ts';
import { openStore, type Store } from '../../store/store.ts';
import {
  csv,
  dumpOf,
  emptySchools,
  guardian,
  pupil,
  putMail,
  rostersAt,
  wishOf,
} from '../imports/testing/school-files.ts';
import { eraseAgain } from './erase-again.ts';
import { erasuresSince, openErasures, type Erasures } from './erasures.ts';
import { leaveThrough } from './testing/leave-through.ts';

const ONE = 1 as SchoolId;
const clock = { now: new Date('2026-11-02T16:00:00Z') };
const dataDir = mkdtempSync(join(tmpdir(), 'preau-erasures-'));
const noting = openErasures({ dataDir, backup: '/mnt/backups', bodies: null });
let database: FreshDatabase;
let store: Store;

beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  await emptySchools(store, ['ecole-1']);
  const children = ['Ada', 'Bo', 'Cy'].map((name) =>
    pupil(`${name} Morel`, 'CP', { birthDate: `2019-02-0${name.length}` }),
  );
  const parents = children.map((child) =>
    guardian(`Parent${child.givenName} Morel`, [child], `${child.givenName}@exemple.fr`),
  );
  const { rosters } = rostersAt(store, clock);
  await rosters.apply(wishOf(1, [csv.pupils(children), csv.guardians(parents)]));
  await putMail(store, 1, ['ada.morel', 'bo.morel', 'cy.morel']);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

interface Somebody {
  readonly account: AccountId | null;
  readonly id: AddressId;
}

async function find(local: string): Promise<Somebody> {
  const { target_id: account, id } = await store.town((tx) =>
    tx.db.selectFrom('address').selectAll().where('local', '=', local).executeTakeFirstOrThrow(),
  );
  return { account: account as AccountId | null, id };
}

/** As the worker does, by these notes. */
async function work(local: string, erasures: Erasures): Promise<string> {
  const { account } = await find(local);
  const log = openLog({ level: 'silent' });
  const parts = { store, clock: () => clock.now, log, announce: () => {}, erasures };
  return leaveThrough(parts, ONE, account ?? NOBODY);
}

describe('whoever is erased', { shuffle: false }, () => {
  it('is so once that is noted on disk, and not before', async () => {
    const { account, id } = await find('cy.morel');
    if (account === null) throw new Error('no account');
    await store.write(ONE, (tx) => saveLeaver(tx, account, '2026-08-01'));
    const note = () => {
      throw new Error('the disk is full');
    };
    await expect(work('cy.morel', { ...noting, note })).rejects.toThrow('the disk is full');
    expect((await find('cy.morel')).account).toBe(account);
    expect(await work('cy.morel', noting)).toBe('erased');
    const notes = await erasuresSince(dataDir, clock.now);
    expect(notes).toEqual([{ person: id, account, left: '2026-08-01', at: clock.now }]);
  });

  it('is so again in a database of before, whatever their state was there, and nobody else', async () => {
    const [ada, parent] = [await find('ada.morel'), await find('parentada.morel')];
    const left = '2026-08-01';
    // The child is at school yet, the parent has left, in the moment that comes back.
    await store.write(ONE, (tx) => saveLeaver(tx, parent.account as AccountId, left));
    const unknown = 999_999 as AddressId;
    const at = new Date('2026-11-20T09:00:00Z');
    for (const [person, account] of [
      [ada.id, ada.account],
      [parent.id, null], // as it was noted once
      [unknown, null],
      [ada.id, ada.account],
    ] as const)
      noting.note({ person, account, left, at });
    const before = await dumpOf(store, 1);
    const rows = (dump: Record<string, string[]>, table: string) => dump[table] ?? [];

    const notes = await erasuresSince(dataDir, new Date(at.getTime() - 60_000));
    expect(notes.map(({ person }) => person)).toEqual([ada.id, parent.id, unknown]);
    expect(await eraseAgain(database.adminUrl, notes)).toBe(2);
    expect(await eraseAgain(database.adminUrl, notes)).toBe(0);

    for (const gone of ['ada.morel', 'parentada.morel'])
      expect((await find(gone)).account).toBeNull();
    const after = await dumpOf(store, 1);
    for (const [table, fewer] of [
      ['account', 2],
      ['entry', 1],
      ['guardianship', 1],
    ] as const) {
      expect(rows(after, table)).toHaveLength(rows(before, table).length - fewer);
      expect(rows(before, table)).toEqual(expect.arrayContaining(rows(after, table)));
    }
    const ended = rows(after, 'membership').filter((row) => row.includes('"2026-07-31"'));
    expect(ended).toHaveLength(2); // Ada, and Cy before
    expect(rows(after, 'leaver').filter((row) => row.includes(`:${parent.account},`))).toEqual([]);
  });

  it('is left alone once they are back, by the same address and another account', async () => {
    const notes = await erasuresSince(dataDir, new Date(0));
    clock.now = new Date('2026-12-20T08:00:00Z');
    const { rosters } = rostersAt(store, clock);
    const back = ['Ada', 'Bo', 'Cy'].map((name) =>
      pupil(`${name} Morel`, 'CP', { birthDate: `2019-02-0${name.length}` }),
    );
    await rosters.apply(wishOf(1, [csv.pupils(back)]));
    const cy = await find('cy.morel');
    expect(cy.account).not.toBeNull();
    expect(notes.map(({ person }) => person)).toContain(cy.id);
    expect(await eraseAgain(database.adminUrl, notes)).toBe(0);
    expect((await find('cy.morel')).account).toBe(cy.account);
  });
});
