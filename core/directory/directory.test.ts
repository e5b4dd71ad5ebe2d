import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { breakingStore, type BreakingStore } from '../../tests/shared/breaking-store.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { type SchoolId, TOWN } from '../ground/ids.ts';
import { HOUR_MS } from '../ground/spans.ts';
import { openDirectory, type Directory } from './directory.ts';

const [TILLEULS, PASTEUR] = [1 as SchoolId, 2 as SchoolId];
const FRESH = { maxAgeMs: 0 };
const HOUR = { maxAgeMs: HOUR_MS };
let town: TestTown;
let counting: BreakingStore;
let directory: Directory;

beforeAll(async () => {
  town = await openTestTown();
  counting = breakingStore(town.store, town.admin, 0);
  directory = openDirectory(counting.store);
});
afterAll(() => town.close());

async function inSchool(school: number, statement: string): Promise<void> {
  await town.admin.query(`begin; set local preau.school = '${school}'; ${statement}; commit`);
}

async function trips(work: () => Promise<unknown>): Promise<number> {
  const before = counting.roundTrips();
  await work();
  return counting.roundTrips() - before;
}

it('asks nothing while what it knows is young enough, and the versions alone when it isn’t', async () => {
  const look = (options: { maxAgeMs: number }) => async () => {
    await directory.resolve([town.address('lina.moreau')], options);
    await directory.rosters([TILLEULS], options);
  };
  await look(HOUR)();
  expect(await trips(look(HOUR))).toBe(0);
  expect(await trips(look(FRESH))).toBe(2);
});

it('reads anew what has changed, and only that school', async () => {
  const [tilleuls, pasteur] = [
    (await directory.rosters([TILLEULS], FRESH)).get(TILLEULS),
    (await directory.rosters([PASTEUR], FRESH)).get(PASTEUR),
  ];
  await inSchool(1, `update class set name = 'CE1 Rouge' where school_id = 1 and name = 'CE1 A'`);
  const now = await directory.rosters([TILLEULS, PASTEUR], FRESH);
  expect(now.get(TILLEULS)).not.toBe(tilleuls);
  expect([...(now.get(TILLEULS)?.classes.values() ?? [])].map(({ name }) => name)).toContain(
    'CE1 Rouge',
  );
  expect(now.get(PASTEUR)).toBe(pasteur);
});

it.each([
  {
    what: 'a membership',
    change: `update membership set until_date = '2026-11-23' where school_id = 1 and role = 'aide'`,
  },
  {
    what: 'a post',
    change: `update post set reachable_by_pupils = true where school_id = 1 and role = 'staff'`,
  },
  {
    what: 'a guardian who is blocked',
    change: `
      update guardianship
      set blocked = true
      where school_id = 1
        and guardian_address_id = (
          select min(guardian_address_id) from guardianship where school_id = 1
        )
    `,
  },
  {
    what: 'an account that is paused',
    change: `update account set paused_until = now() where school_id = 1 and role = 'pupil'`,
  },
  {
    what: 'an account that is closed',
    change: `update account set state = 'archived' where school_id = 1 and role = 'staff'`,
  },
  { what: 'a link', change: 'update class_link set agreed = false where school_id = 1' },
  { what: 'a correspondent', change: 'delete from correspondent where school_id = 1' },
  { what: 'an aide of one child', change: 'delete from accompaniment where school_id = 1' },
  {
    what: 'the hours',
    change: `update school set opening = '{"days":[1],"from":"08:00","to":"09:00"}' where id = 1`,
  },
])('sees a change of $what', async ({ change }) => {
  const before = (await directory.rosters([TILLEULS], FRESH)).get(TILLEULS);
  await inSchool(1, change);
  const after = (await directory.rosters([TILLEULS], FRESH)).get(TILLEULS);
  expect(after?.school.version).toBeGreaterThan(before?.school.version ?? Infinity);
});

it('sees the switch of the town in every school', async () => {
  await directory.rosters([TILLEULS, PASTEUR], FRESH);
  await town.admin.query('update school set pupil_mail_stopped = true where id = 0');
  expect(
    [...(await directory.rosters([TILLEULS, PASTEUR], FRESH)).values()].map(
      ({ school }) => school.mailStops.length > 0,
    ),
  ).toEqual([true, true]);
  await town.admin.query('update school set pupil_mail_stopped = false where id = 0');
  expect(
    [...(await directory.rosters([TILLEULS, PASTEUR], FRESH)).values()].map(
      ({ school }) => school.mailStops.length > 0,
    ),
  ).toEqual([false, false]);
});

it('reads again where a newer version was learned while it read', async () => {
  let reads = 0;
  const own: Directory = openDirectory({
    ...town.store,
    async read(school, work) {
      const read = await town.store.read(school, work);
      reads += 1;
      const [roster] = (await directory.rosters([TILLEULS], FRESH)).values();
      own.looked(new Map([[TILLEULS, (roster?.school.version ?? 0) + 1]]), performance.now());
      return read;
    },
  });
  await own.rosters([TILLEULS], HOUR);
  await own.rosters([TILLEULS], HOUR);
  expect(reads).toBe(2);
});

it('follows an address into another school, by address and by id', async () => {
  const address = town.address('adele.vidal');
  const before = (await directory.resolve([address], FRESH)).get(address);
  if (!before) throw new Error('no address');
  expect(before.school).toBe(TILLEULS);
  await town.admin.query(`update address set school_id = 2 where id = ${before.id}`);
  expect((await directory.resolve([address], FRESH)).get(address)?.school).toBe(PASTEUR);
  expect((await directory.byId([before.id], FRESH)).get(before.id)?.school).toBe(PASTEUR);
  await town.admin.query(`update address set school_id = 1 where id = ${before.id}`);
  expect((await directory.byId([before.id], FRESH)).get(before.id)?.school).toBe(TILLEULS);
});

it('leaves out what isn’t there, and knows it a second after it is', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const address = town.address('nouveau.venu');
  expect((await directory.resolve([address, address], HOUR)).size).toBe(0);
  await town.admin.query(
    `
      insert into address (domain, local, kind, school_id)
      values ('ecoles.preau.test', 'nouveau.venu', 'account', 1)
    `,
  );
  expect((await directory.resolve([address], HOUR)).size).toBe(0);
  vi.advanceTimersByTime(1_001);
  expect((await directory.resolve([address], HOUR)).size).toBe(1);
});

it('reads a school once for all who ask at the same time', async () => {
  const fresh = openDirectory(counting.store);
  const one = await trips(() => openDirectory(counting.store).rosters([PASTEUR], HOUR));
  const many = await trips(() =>
    Promise.all(Array.from({ length: 20 }, () => fresh.rosters([PASTEUR], HOUR))),
  );
  // Each looks at the versions; the roster itself is read once.
  expect(many).toBeLessThanOrEqual(one + 19 * 3);
});

it('gives the whole town, itself among the schools, and a fault for a school that isn’t there', async () => {
  expect([...(await directory.town(FRESH)).keys()].sort()).toEqual([TOWN, 1, 2, 3]);
  await expect(directory.rosters([4_711 as SchoolId], FRESH)).rejects.toMatchObject({
    code: 'row-missing',
  });
  expect((await directory.rosters([TILLEULS], FRESH)).size).toBe(1);
});
