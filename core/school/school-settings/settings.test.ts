import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { listSites } from '../../mail/sites/testing/list.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { SchoolWishes } from '../../store/schools/contract.ts';

const WISHES: Partial<SchoolWishes> = {
  opening: null,
  adultsReachOutside: true,
  pupilsReachAllTeachers: false,
  pupilPrograms: false,
  hasCharter: true,
  asksFamilies: false,
};
const EVENING = new Date('2026-11-24T20:00:00Z');

let town: TestTown;
let head: Viewer;
beforeAll(async () => {
  town = await openTestTown();
  const { rows } = await town.admin.query<{ local: string }>(
    "select a.local from post p join address a on a.id = p.address_id where p.role = 'head' and p.school_id = 1 limit 1",
  );
  head = await town.viewer(rows[0]?.local ?? '');
});
afterAll(() => town.close());

const save = (wishes: Partial<SchoolWishes>, who = head, school = head.school) =>
  town.core.schoolSettings.save(who, school, { ...WISHES, ...wishes });

describe('how a school wants its mail', () => {
  it('is its head’s to say, and nobody else’s: for others there is no such school', async () => {
    for (const who of [await town.viewer('claire.lefevre'), await town.viewer('lina.moreau')]) {
      expect(await town.core.schoolSettings.of(who, who.school)).toBeNull();
      expect(await save({ pupilsReachAllTeachers: true }, who, who.school)).toBe('missing');
    }
    expect(await save({}, head, 3 as SchoolId)).toBe('missing');
    expect(await town.core.schoolSettings.of(head, 3 as SchoolId)).toBeNull();
  });
  it('hours hold what pupils send, from the next message on, until there are none again', async () => {
    town.clock.now = EVENING;
    expect(await save({ opening: { days: [2, 1, 9], from: '08:00', to: '18:00' } })).toBe('saved');
    expect((await town.core.schoolSettings.of(head, head.school))?.opening).toEqual({
      days: [1, 2],
      from: '08:00',
      to: '18:00',
    });
    expect((await town.send('lina.moreau', ['claire.lefevre'])).kind).toBe('held');
    expect(await save({})).toBe('saved');
    expect((await town.send('lina.moreau', ['claire.lefevre'])).kind).toBe('accepted');
  });
  it('refuses hours that can’t be, and changes nothing', async () => {
    for (const opening of [
      { days: [], from: '08:00', to: '18:00' },
      { days: [1], from: '18:00', to: '08:00' },
      { days: [1], from: '8', to: '18:00' },
      { days: [1], from: '08:00', to: '25:00' },
    ])
      expect(await save({ opening })).toBe('bad-hours');
    expect((await town.core.schoolSettings.of(head, head.school))?.opening).toBeNull();
  });
  it('who writes to whom follows at once, and the journal says who decided', async () => {
    expect((await town.send('claire.lefevre', ['musee@example.org'])).kind).toBe('accepted');
    expect(await save({ adultsReachOutside: false, pupilsReachAllTeachers: true })).toBe('saved');
    expect((await town.send('claire.lefevre', ['musee@example.org'])).kind).toBe('denied');
    expect(await town.core.schoolSettings.of(head, head.school)).toMatchObject({
      adultsReachOutside: false,
      pupilsReachAllTeachers: true,
      stopsAbove: [],
    });
    const trail = await town.core.trails.ofSchool(head, head.school, {
      person: '',
      day: null,
      before: null,
    });
    expect(trail?.entries.some(({ act }) => act === 'change-settings')).toBe(true);
    await save({});
  });
});

describe('which sites letters may not lead to', () => {
  const sites = (who: Viewer, school: number) =>
    town.core.schoolSettings.sites(who, school as SchoolId);

  it('is the head’s to say for their school, and the agents’ for the town', async () => {
    await listSites(town.core, { games: ['jeux.example'] });
    const agent = await town.viewer('hugues.armand');
    const teacher = await town.viewer('claire.lefevre');
    for (const [who, school] of [
      [teacher, 1],
      [head, 0],
      [head, 2],
      [agent, 1],
    ] as const) {
      expect(await sites(who, school)).toBeNull();
      expect(
        await town.core.schoolSettings.saveSites(who, school as SchoolId, {
          own: null,
          allowed: [],
          release: 'head',
        }),
      ).toEqual({ kind: 'missing' });
    }
    expect(await town.core.schoolSettings.readSitesAnew(head)).toBe(false);
    expect(await town.core.schoolSettings.readSitesAnew(agent)).toBe(true);
    const says = (own: readonly string[] | null, who: Viewer, school: number, allowed = '') =>
      town.core.schoolSettings.saveSites(who, school as SchoolId, {
        own: own && { pupils: own, adults: own },
        allowed: [allowed],
        release: 'head',
      });
    const sent = async () =>
      (await town.send('claire.lefevre', ['lina.moreau'], { text: 'http://jeux.example/' })).kind;
    expect(await sent()).toBe('accepted');
    expect(await says(['games'], agent, 0)).toEqual({ kind: 'saved' });
    expect(await sites(head, 1)).toMatchObject({
      choice: { pupils: null },
      usual: { pupils: ['games'] },
      state: { list: { entries: 1 } },
    });
    expect(await sent()).toBe('denied');
    expect(await says(null, head, 1, 'WWW.Jeux.example')).toEqual({ kind: 'saved' });
    expect(await sent()).toBe('denied');
    expect(await says(null, head, 1, 'ceci n’est pas un site')).toMatchObject({ kind: 'no-sites' });
    expect(await says(null, head, 1, 'jeux.example')).toEqual({ kind: 'saved' });
    expect(await sent()).toBe('accepted');
    expect(await says([], head, 1)).toEqual({ kind: 'saved' });
    expect(await sent()).toBe('accepted');
  });
});
