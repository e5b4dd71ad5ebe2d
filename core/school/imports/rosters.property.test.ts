import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../tests/shared/fresh-database.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { AccountId, AddressId, SchoolId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { dueRows } from '../../store/due.ts';
import { own } from '../../store/own.ts';
import { leaverRow, saveLeaver } from '../../store/people/leavers.ts';
import { beginMemberships, endMemberships } from '../../store/schools/class-acts.ts';
import { readRoster } from '../../store/schools/roster.ts';
import { openStore, type SchoolTx, type Store } from '../../store/store.ts';
import type { LeaverParts } from '../leavers/leaver-due.ts';
import { leaveThrough } from '../leavers/testing/leave-through.ts';
import { NO_ERASURES } from '../leavers/testing/no-erasures.ts';
import { COMMAND_LINE } from './contract.ts';
import { rollOver } from './roll-over.ts';
import { rosterInvariants } from './testing/roster-invariants.ts';
import {
  csv,
  dumpOf,
  emptySchools,
  guardian,
  pupil,
  putMail,
  rostersAt,
  wishOf,
} from './testing/school-files.ts';

/**
 * One by which everything happens in one run, in few schools: what works at night goes through all
 * of them. The soak goes through more.
 */
const SLICE = { seed: 4, numRuns: 1, schools: 30 } as const;
const LONG = { seed: 6, numRuns: 60, schools: 600 } as const;
const SCHOOLS = 3;
const CHILDREN = 8;
const clock = { now: new Date('2026-10-01T10:00:00Z') };
let database: FreshDatabase;
let store: Store;
let town = 0;
/** That the runs did something. */
const did = {
  applied: 0,
  moved: 0,
  undone: 0,
  rolledOver: 0,
  mails: 0,
  otherClass: 0,
  left: 0,
  erased: 0,
  erasedMails: 0,
  guardiansLeft: 0,
};
/** Steps of a hundred days: more would leave the school year. */
const MOST_WAITS = 3;

beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** Where each child is written down: a school and a class, or nowhere. */
type Places = readonly { readonly school: number; readonly className: string }[];
const placing: fc.Arbitrary<Places> = fc.array(
  fc.record({
    school: fc.constantFrom(-1, 0, 0, 1, 2),
    className: fc.constantFrom('CP', 'CE1', 'CE1-CE2'),
  }),
  { minLength: CHILDREN, maxLength: CHILDREN },
);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('import' as const),
      school: fc.integer({ min: 0, max: SCHOOLS - 1 }),
      places: placing,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('undo' as const),
      school: fc.integer({ min: 0, max: SCHOOLS - 1 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('mail' as const),
      child: fc.integer({ min: 0, max: CHILDREN - 1 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('other-class' as const),
      child: fc.integer({ min: 0, max: CHILDREN - 1 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('leave' as const),
      child: fc.integer({ min: 0, max: CHILDREN - 1 }),
      inDays: fc.integer({ min: 0, max: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('wait' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('rehearse' as const),
      school: fc.integer({ min: 0, max: SCHOOLS - 1 }),
      places: placing,
    }),
  },
);

it(
  'whatever is imported, moved, undone, rolled over, whoever changes class, leaves and is erased: no address is reused, no mail lost before its day, memberships are dated, the rules agree',
  { timeout: 120_000 },
  () => towns(SLICE),
);
it('and so through many more steps', SOAKED, async () => {
  await towns(LONG);
  for (const times of Object.values(did)) expect(times).toBeGreaterThan(1);
});

async function towns({ seed, numRuns, schools }: typeof SLICE | typeof LONG): Promise<void> {
  await emptySchools(
    store,
    Array.from({ length: schools }, (_, index) => `ecole-${index + 1}`),
  );
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), livesThrough), {
    numRuns,
    seed,
  });
  process.stdout.write(`rosters: seed ${seed}, ${JSON.stringify(did)}\n`);
  for (const [what, times] of Object.entries(did)) expect(times, what).toBeGreaterThan(0);
}

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const AT_FIRST: Places = Array.from({ length: CHILDREN }, (_, index) => ({
  school: 0,
  className: index % 2 === 0 ? 'CP' : 'CE1',
}));
/**
 * A whole class before the steps, and somebody's three months after them: chance alone comes to
 * both too rarely.
 */
const BEFORE: readonly Step[] = [
  { act: 'import', school: 0, places: AT_FIRST },
  { act: 'mail', child: 0 },
  { act: 'mail', child: 1 },
];
const LAST: readonly Step[] = [
  { act: 'leave', child: 0, inDays: 0 },
  { act: 'leave', child: 1, inDays: 2 },
  { act: 'wait' },
];

/** A town of three schools goes through the steps, a day each; after each what must hold holds. */
async function livesThrough(steps: readonly Step[]): Promise<void> {
  const first = (town += 1) * SCHOOLS - SCHOOLS + 1;
  const { rosters, parts: rosterParts } = rostersAt(store, clock);
  const parts = { ...rosterParts, announce: () => {}, erasures: NO_ERASURES };
  clock.now = new Date('2026-10-01T10:00:00Z');
  const children = childrenOf(town);
  const seen = new Map<number, string>();
  let mails = 0;
  let waits = 0;
  const childOf = (index: number): Promise<Child | null> =>
    findChild(
      first,
      `${children[index]?.givenName.toLowerCase()}.${children[index]?.familyName.toLowerCase()}`,
    );
  for (const one of [...BEFORE, ...steps, ...LAST]) {
    clock.now = new Date(clock.now.getTime() + DAY_MS);
    if (one.act === 'wait' && (waits += 1) <= MOST_WAITS)
      clock.now = new Date(clock.now.getTime() + 100 * DAY_MS);
    mails -= await worked(first, parts);
    if (one.act === 'mail') mails += await mailTo(await childOf(one.child));
    if (one.act === 'other-class') await otherClass(await childOf(one.child));
    if (one.act === 'leave') await leaves(await childOf(one.child), one.inDays);
    mails -= await worked(first, parts);
    if (one.act === 'undo') await undone(first + one.school, rosters);
    if (one.act === 'import' || one.act === 'rehearse') {
      const files = filesOf(children, one);
      const does = one.act === 'import' ? importedTwice : rehearsedAndRolledOver;
      if (files !== null) await does(first + one.school, files, { rosters, parts });
    }
    did.guardiansLeft += await rosterInvariants(store, {
      schools: Array.from({ length: SCHOOLS }, (_, index) => (first + index) as SchoolId),
      now: clock.now,
      seen,
      mails,
    });
  }
}

type Pupil = ReturnType<typeof pupil>;
type Files = Parameters<typeof wishOf>[1];

const childrenOf = (at: number): Pupil[] =>
  Array.from({ length: CHILDREN }, (_, index) =>
    pupil(`Ada${'abcdefgh'[index]} Town${at}`, 'CP', { birthDate: `2018-0${index + 1}-11` }),
  );

/** What a school's files say of the children who are written down there; null where none is. */
function filesOf(
  children: readonly Pupil[],
  { school, places }: { readonly school: number; readonly places: Places },
): Files | null {
  const here = children.flatMap((child, index) =>
    places[index]?.school === school ? [{ ...child, className: places[index].className }] : [],
  );
  if (here.length === 0) return null;
  const guardians = here.map((child) =>
    guardian(`Parent ${child.familyName}`, [child], `${child.givenName}@exemple.fr`),
  );
  return [csv.pupils(here), csv.guardians(guardians)];
}

interface Hands {
  readonly rosters: TestRosters;
  readonly parts: LeaverParts & Parameters<typeof rollOver>[0];
}

/** Next year's file, applied on the day that the year turns. */
async function rehearsedAndRolledOver(
  school: number,
  files: Files,
  { rosters, parts }: Hands,
): Promise<void> {
  const year = '2027-2028';
  const retyped = await leaving(school, files, rosters, year);
  const rehearsed = await rosters.apply(wishOf(school, files, { year, retyped }));
  if (rehearsed.kind !== 'rehearsed') return;
  const before = clock.now;
  clock.now = new Date('2027-09-01T06:00:00Z');
  const rolled = await rollOver(parts, school as SchoolId, rehearsed.id);
  expect(['done', 'stopped']).toContain(rolled);
  did.rolledOver += rolled === 'done' ? 1 : 0;
  clock.now = before;
}

type TestRosters = ReturnType<typeof rostersAt>['rosters'];

async function leaving(
  school: number,
  files: Files,
  rosters: TestRosters,
  year: string,
): Promise<number | null> {
  const previewed = await rosters.preview(wishOf(school, files, { year }));
  const many =
    previewed.kind === 'preview'
      ? previewed.preview.stops.find((stop) => stop.kind === 'many-leave')
      : undefined;
  return many?.leaving ?? null;
}

/** Applied, then once more: the second time changes nothing. */
async function importedTwice(school: number, files: Files, { rosters }: Hands): Promise<void> {
  const applied = await rosters.apply(
    wishOf(school, files, { retyped: await leaving(school, files, rosters, '2026-2027') }),
  );
  if (applied.kind !== 'applied') return;
  did.applied += 1;
  did.moved += applied.preview.changesSchool.length;
  const before = await dumpOf(store, school);
  expect((await rosters.apply(wishOf(school, files))).kind).toBe('nothing');
  expect(await dumpOf(store, school)).toEqual(before);
}

async function undone(school: number, rosters: TestRosters): Promise<void> {
  const before = await dumpOf(store, school);
  const answer = await rosters.undo(school as SchoolId, COMMAND_LINE);
  did.undone += answer.kind === 'undone' ? 1 : 0;
  if (answer.kind !== 'undone') expect(await dumpOf(store, school)).toEqual(before);
}

interface Child {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly id: AddressId;
  readonly local: string;
}

/** Null: never made, undone, or erased. */
async function findChild(first: number, local: string): Promise<Child | null> {
  const found = await store.town((tx) =>
    tx.db
      .selectFrom('address')
      .selectAll()
      .where('local', '=', local)
      .where('target_id', 'is not', null)
      .executeTakeFirst(),
  );
  if (found === undefined || found.school_id < first) return null;
  return {
    school: found.school_id,
    account: found.target_id as AccountId,
    id: found.id,
    local,
  };
}

async function mailTo(child: Child | null): Promise<number> {
  if (child === null) return 0;
  await putMail(store, child.school, [child.local]);
  did.mails += 1;
  return 1;
}

/** As a head moves a pupil by hand: out of today's classes, into another of the school. */
async function otherClass(child: Child | null): Promise<void> {
  if (child === null) return;
  const day = clock.now.toISOString().slice(0, 10);
  await store.write(child.school, async (tx) => {
    const roster = await readRoster(tx);
    const person = roster?.people.get(child.id);
    const now = (roster?.membershipsOf.get(child.id) ?? [])
      .filter((one) => one.from <= day && (one.until === null || one.until >= day))
      .map(({ classId }) => classId);
    const other = [...(roster?.classes.values() ?? [])].find(
      ({ id, endsOn }) => !now.includes(id) && endsOn === null,
    );
    if (other === undefined || person?.state !== 'active') return;
    for (const classId of now)
      await endMemberships(tx, { classId, people: [child.id], role: 'pupil' }, day);
    await beginMemberships(
      tx,
      { classId: other.id, people: [child.id], role: 'pupil' },
      { from: day, until: null },
    );
    did.otherClass += 1;
  });
}

async function leaves(child: Child | null, inDays: number): Promise<void> {
  if (child === null) return;
  const day = new Date(clock.now.getTime() + inDays * DAY_MS).toISOString().slice(0, 10);
  await store.write(child.school, async (tx) => {
    if ((await leaverRow(tx, child.account, { lock: true })) !== null) return;
    await saveLeaver(tx, child.account, day);
    did.left += 1;
  });
}

/**
 * Runs what is due, as the worker does; gives how many entries had to go by the calendar, and sees
 * that those went and no others.
 */
async function worked(first: number, parts: LeaverParts): Promise<number> {
  let gone = 0;
  for (const { school, row } of await store.town((tx) =>
    dueRows(tx, { now: clock.now, kinds: ['leaver'], limit: 500 }),
  )) {
    if (school < first) continue;
    const { due, before } = await store.read(school, async (tx) => ({
      due: await entriesOverdue(tx, row as AccountId),
      before: await countEntries(tx),
    }));
    const saw = await leaveThrough(parts, school, row);
    expect(saw === 'erased').toBe(due !== null);
    expect(await store.read(school, countEntries)).toBe(before - (due ?? 0));
    gone += due ?? 0;
    if (saw === 'erased') did.erased += 1;
  }
  did.erasedMails += gone;
  return gone;
}

/** How many entries an account has whose three months are over; null while they aren't. */
async function entriesOverdue(tx: SchoolTx, account: AccountId): Promise<number | null> {
  const leaver = await own(tx)
    .selectFrom('leaver', { account_id: account })
    .select('left_on')
    .executeTakeFirst();
  const day = new Date(clock.now.getTime()).toISOString().slice(0, 10);
  if (leaver === undefined || !isThreeMonthsBefore(leaver.left_on, day)) return null;
  const rows = await tx.db
    .selectFrom('entry as e')
    .innerJoin('mailbox as b', (join) =>
      join.onRef('b.school_id', '=', 'e.school_id').onRef('b.id', '=', 'e.mailbox_id'),
    )
    .select('e.uid')
    .where('e.school_id', '=', tx.school)
    .where('b.account_id', '=', account)
    .execute();
  return rows.length;
}

/**
 * By months and days, not by the code that is looked at; no day here is after the 28th of a shorter
 * month.
 */
function isThreeMonthsBefore(left: string, day: string): boolean {
  const [[y1 = 0, m1 = 0, d1 = 0], [y2 = 0, m2 = 0, d2 = 0]] = [
    left.split('-').map(Number),
    day.split('-').map(Number),
  ];
  return y2 * 12 + m2 - (y1 * 12 + m1) - (d2 < d1 ? 1 : 0) >= 3;
}

async function countEntries(tx: SchoolTx): Promise<number> {
  return (await own(tx).selectFrom('entry').select('uid').execute()).length;
}
