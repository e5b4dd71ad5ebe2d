import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../docker/testing/fresh-database.ts';
import type { AddressId, SchoolId } from '../../core.ts';
import { FINE } from '../../rules/facts.ts';
import { decide } from '../../rules/decide.ts';
import { readRoster } from '../../store/roster.ts';
import { openStore, type Store } from '../../store/store.ts';
import { factsOf, NOTHING_LATELY } from '../relate.ts';
import type { Roster } from '../snapshot.ts';
import { standingOf } from '../standing.ts';
import { rollOver } from './roll-over.ts';
import { COMMAND_LINE } from './material.ts';
import { dumpOf, emptySchools, guardian, guardiansFile, pupil, pupilsFile, putMail, rostersAt, wishOf } from './testing/school-files.ts';

const DAY = 86_400_000;
const SCHOOLS = 3;
const CHILDREN = 8;
const clock = { now: new Date('2026-10-01T10:00:00Z') };
let database: FreshDatabase;
let store: Store;
let town = 0;
/** That the runs did something: what was applied, moved between schools, undone, rolled over. */
const did = { applied: 0, moved: 0, undone: 0, rolledOver: 0, mails: 0 };

beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  await emptySchools(store, Array.from({ length: 600 }, (_, index) => `ecole-${index + 1}`));
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** Where each child is written down: a school and a class, or nowhere. */
const placing = fc.array(fc.record({ school: fc.integer({ min: -1, max: SCHOOLS - 1 }), className: fc.constantFrom('CP', 'CE1', 'CE1-CE2') }), { minLength: CHILDREN, maxLength: CHILDREN });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('import' as const), school: fc.integer({ min: 0, max: SCHOOLS - 1 }), places: placing }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('undo' as const), school: fc.integer({ min: 0, max: SCHOOLS - 1 }) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('mail' as const), child: fc.integer({ min: 0, max: CHILDREN - 1 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('rehearse' as const), school: fc.integer({ min: 0, max: SCHOOLS - 1 }), places: placing }) },
);

it('whatever is imported, moved, undone and rolled over: no address is reused, no mail lost, memberships are dated, the rules agree', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
    const first = (town += 1) * SCHOOLS - SCHOOLS + 1;
    const { rosters, parts } = rostersAt(store, clock);
    clock.now = new Date('2026-10-01T10:00:00Z');
    const children = Array.from({ length: CHILDREN }, (_, index) => pupil(`Ada${'abcdefgh'[index]} Town${town}`, 'CP', { birthDate: `2018-0${index + 1}-11` }));
    const filesFor = (school: number, places: readonly { school: number; className: string }[]) => {
      const here = children.flatMap((child, index) => (places[index]?.school === school ? [{ ...child, className: places[index].className }] : []));
      return here.length === 0 ? null : [pupilsFile(here), guardiansFile(here.map((child) => guardian(`Parent ${child.familyName}`, [child], `${child.givenName}@exemple.fr`)))];
    };
    const seen = new Map<number, string>();
    let mails = 0;
    for (const one of steps) {
      clock.now = new Date(clock.now.getTime() + DAY);
      if (one.act === 'mail') mails += await mailTo(first, children[one.child]?.givenName.toLowerCase() ?? '', children[one.child]?.familyName.toLowerCase() ?? '');
      if (one.act === 'undo') await undone(first + one.school, rosters);
      if (one.act === 'import') {
        const files = filesFor(one.school, one.places);
        if (files !== null) await importedTwice(first + one.school, files, rosters);
      }
      if (one.act === 'rehearse') {
        const files = filesFor(one.school, one.places);
        const rehearsed = files === null ? null : await rosters.apply(wishOf(first + one.school, files, { year: '2027-2028', retyped: await leaving(first + one.school, files, rosters, '2027-2028') }));
        if (rehearsed?.kind === 'rehearsed') {
          const before = clock.now;
          clock.now = new Date('2027-09-01T06:00:00Z');
          const rolled = await rollOver(parts, (first + one.school) as SchoolId, rehearsed.id);
          expect(['done', 'stopped']).toContain(rolled);
          did.rolledOver += rolled === 'done' ? 1 : 0;
          clock.now = before;
        }
      }
      await invariants(first, { seen, mails });
    }
    did.mails += mails;
  }), { numRuns: 12, seed: 20_261_124 });
  for (const times of Object.values(did)) expect(times).toBeGreaterThan(2);
  process.stdout.write(`rosters: ${JSON.stringify(did)}\n`);
});

type Asked = ReturnType<typeof rostersAt>['rosters'];

async function leaving(school: number, files: Parameters<typeof wishOf>[1], rosters: Asked, year: string): Promise<number | null> {
  const previewed = await rosters.preview(wishOf(school, files, { year }));
  const many = previewed.kind === 'preview' ? previewed.preview.stops.find((stop) => stop.kind === 'many-leave') : undefined;
  return many?.leaving ?? null;
}

/** Applied, then once more: the second time changes nothing. */
async function importedTwice(school: number, files: Parameters<typeof wishOf>[1], rosters: Asked): Promise<void> {
  const applied = await rosters.apply(wishOf(school, files, { retyped: await leaving(school, files, rosters, '2026-2027') }));
  if (applied.kind !== 'applied') return;
  did.applied += 1;
  did.moved += applied.preview.changesSchool.length;
  const before = await dumpOf(store, school);
  expect((await rosters.apply(wishOf(school, files))).kind).toBe('nothing');
  expect(await dumpOf(store, school)).toEqual(before);
}

async function undone(school: number, rosters: Asked): Promise<void> {
  const before = await dumpOf(store, school);
  const answer = await rosters.undo(school as SchoolId, COMMAND_LINE);
  did.undone += answer.kind === 'undone' ? 1 : 0;
  if (answer.kind !== 'undone') expect(await dumpOf(store, school)).toEqual(before);
}

async function mailTo(first: number, given: string, family: string): Promise<number> {
  const found = await store.town((tx) => tx.db.selectFrom('address').selectAll().where('local', '=', `${given}.${family}`).where('target_id', 'is not', null).executeTakeFirst());
  if (found === undefined || found.school_id < first) return 0;
  await putMail(store, found.school_id, [found.local]);
  return 1;
}

async function invariants(first: number, { seen, mails }: { seen: Map<number, string>; mails: number }): Promise<void> {
  const schools = Array.from({ length: SCHOOLS }, (_, index) => (first + index) as SchoolId);
  const addresses = await store.town((tx) => tx.db.selectFrom('address').selectAll().where('kind', '=', 'account').where('school_id', 'in', schools).execute());
  const who = await store.town(async (tx) => {
    const names = new Map<number, string>();
    for (const school of schools) for (const row of await (await tx.in(school)).db.selectFrom('account').select(['address_id', 'display_name']).where('school_id', '=', school).execute()) {
      expect(names.has(row.address_id)).toBe(false); // one home
      names.set(row.address_id, row.display_name);
    }
    return names;
  });
  for (const [address, name] of who) expect(seen.get(address) ?? name).toBe(name);
  for (const [address, name] of who) seen.set(address, name);
  for (const { id, target_id } of addresses) expect(target_id !== null).toBe(who.has(id));
  let entries = 0;
  const rosters = new Map<SchoolId, Roster>();
  for (const school of schools) {
    const dump = await dumpOf(store, school);
    entries += dump['entry']?.length ?? 0;
    for (const row of dump['membership'] ?? []) expect((JSON.parse(row) as { from_date: string }).from_date).toMatch(/^\d{4}-\d\d-\d\d$/);
    const roster = await store.read(school, readRoster);
    if (roster !== null) rosters.set(school, roster);
  }
  expect(entries).toBe(mails);
  rulesAgree(rosters);
}

/** Two pupils may write to one another exactly when both are active and share a class that runs today. */
function rulesAgree(rosters: ReadonlyMap<SchoolId, Roster>): void {
  const all = [...rosters.values()];
  const pupils = all.flatMap((roster) => [...roster.people.values()].filter(({ role }) => role === 'pupil').map((person) => standingOf(person, roster.school.id, all, clock.now)));
  const day = clock.now.toISOString().slice(0, 10);
  const classesOf = (person: AddressId) => new Set(all.flatMap((roster) => (roster.membershipsOf.get(person) ?? []).filter((one) => one.from <= day && (one.until === null || one.until >= day)
    && (roster.classes.get(one.classId)?.endsOn ?? '9999') >= day).map(({ classId }) => classId)));
  for (const one of pupils) for (const other of pupils) {
    if (one === other) continue;
    const shared = [...classesOf(one.person.addressId)].some((id) => classesOf(other.person.addressId).has(id));
    const facts = factsOf({ kind: 'person', standing: one }, { kind: 'person', standing: other, through: null }, { rosters, now: clock.now, lately: NOTHING_LATELY, content: FINE, lifted: [], ourDomains: new Set() });
    const allowed = decide(facts).kind === 'allow';
    expect(allowed).toBe(shared && one.person.state === 'active' && other.person.state === 'active');
  }
}
