import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SchoolId } from '../../ground/ids.ts';
import { openLog } from '../../ground/log.ts';
import { openTally } from '../../ground/tally.ts';
import { HOLIDAY_ZONES } from '../../roster/holiday-zones.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { openStore } from '../../store/store.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import { forgetHours } from '../nights/work.ts';
import type { SchoolWish } from './contract.ts';
import { keepHours } from './day-figures.ts';
import { DOMAIN, openEmptyTown, SAINT_AUBIN, type EmptyTown } from './testing/empty-town.ts';

let town: EmptyTown;
let putBack: () => Promise<void>;
beforeAll(async () => {
  town = await openEmptyTown();
  putBack = await keepAsItIs(town.admin);
});
afterEach(() => putBack());
afterAll(() => town.close());

const school = (name: string, wish: Partial<SchoolWish> = {}): SchoolWish => ({
  name,
  slug: null,
  uai: null,
  commune: null,
  domain: null,
  ...wish,
});

async function added(wish: SchoolWish): Promise<SchoolId> {
  const answer = await town.core.town.addSchool('machine', wish);
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.id;
}

async function lists(domain = DOMAIN): Promise<string[]> {
  const { rows } = await town.admin.query<{ local: string }>(
    'select local from address where domain = $1 order by local',
    [domain],
  );
  return rows.map(({ local }) => local);
}

describe('the town', () => {
  it('has no settings before anybody has saved them, and then those, the lists that a domain must have, and one line of the journal', async () => {
    expect(await town.core.town.settings()).toBeNull();
    expect(await town.core.town.saveSettings('machine', SAINT_AUBIN)).toEqual({ kind: 'saved' });
    expect(await town.core.town.settings()).toEqual({ ...SAINT_AUBIN, openedAt: null });
    expect(await lists()).toEqual(['abuse', 'postmaster', 'support', 'ville']);
    expect(await town.journal()).toEqual(['change-town: Saint-Aubin']);
  });

  it('takes no name that is none, no clock that isn’t there, no zone that is none, and no postmaster at the very domain that may be broken', async () => {
    const wrong = {
      ...SAINT_AUBIN,
      name: ' ',
      timeZone: 'Europe/Saint-Aubin',
      holidayZone: 'D' as 'A',
      postmaster: `moi@${DOMAIN}`,
    };
    expect(await town.core.town.saveSettings('machine', wrong)).toEqual({
      kind: 'trouble',
      why: ['name', 'time-zone', 'holiday-zone', 'postmaster'],
    });
    expect(await town.core.town.settings()).toBeNull();
  });

  it('takes its schools along to another clock', async () => {
    await town.core.town.saveSettings('machine', SAINT_AUBIN);
    await added(school('École des Tilleuls'));
    await town.core.town.saveSettings('machine', {
      ...SAINT_AUBIN,
      timeZone: 'Indian/Reunion',
      holidayZone: 'reunion',
    });
    const { rows } = await town.admin.query('select distinct time_zone from school');
    expect(rows).toEqual([{ time_zone: 'Indian/Reunion' }]);
  });

  it('is shown to nobody, and changed by nobody, who isn’t its agent', async () => {
    const agent = await town.agent('nadia');
    const { account } = agent;
    const stranger: Viewer = { ...agent, role: 'head' };
    const gone: Viewer = { ...agent, addressId: 999_999 as Viewer['addressId'] };
    for (const who of [stranger, gone]) {
      expect(await town.core.town.schools(who)).toBeNull();
      expect(await town.core.agents.list(who)).toBeNull();
      expect(await town.core.setup.progress(who)).toBeNull();
    }
    expect(await town.core.town.saveSettings(gone, SAINT_AUBIN)).toEqual({ kind: 'missing' });
    expect(await town.core.town.addSchool(gone, school('X'))).toEqual({ kind: 'missing' });
    expect(await town.core.agents.remove(gone, account)).toEqual({ kind: 'missing' });
    expect(await town.core.agents.reset(gone, account)).toBeNull();
    expect(await town.core.setup.open(gone)).toBe(false);
  });
});

it('a town may have the school holidays of each zone', async () => {
  const { settings, saveSettings } = town.core.town;
  for (const holidayZone of HOLIDAY_ZONES) {
    expect(await saveSettings('machine', { ...SAINT_AUBIN, holidayZone })).toEqual({
      kind: 'saved',
    });
    expect(await settings()).toMatchObject({ holidayZone });
  }
});

describe('a school', () => {
  it('gets a short name, its lists and the town’s clock', async () => {
    await town.core.town.saveSettings('machine', { ...SAINT_AUBIN, timeZone: 'Indian/Mayotte' });
    const commune = await town.core.town.addCommune('machine', {
      name: 'Saint-Aubin',
      code: '69123',
    });
    if (commune.kind !== 'done') throw new Error(commune.kind);
    await added(school('École élémentaire Jean Jaurès', { uai: '0750655e', commune: commune.id }));
    expect(await town.core.town.schools('machine')).toEqual([
      {
        id: 1,
        slug: 'jean-jaures',
        name: 'École élémentaire Jean Jaurès',
        shownName: 'École élémentaire Jean Jaurès',
        listName: 'École élémentaire Jean Jaurès',
        uai: '0750655E',
        commune: 1,
        domain: null,
        closesOn: null,
        state: 'open',
        keptUntil: null,
        people: 0,
        hasAddresses: false,
      },
    ]);
    expect((await lists()).filter((local) => local.endsWith('.jean-jaures'))).toEqual([
      'direction.jean-jaures',
      'ecole.jean-jaures',
      'eleves.jean-jaures',
      'equipe.jean-jaures',
      'familles.jean-jaures',
    ]);
    const { rows } = await town.admin.query('select time_zone from school where id = 1');
    expect(rows).toEqual([{ time_zone: 'Indian/Mayotte' }]);
  });

  it('is told all that is wrong with it at once', async () => {
    await added(school('Les Tilleuls', { slug: 'tilleuls', uai: '0750655E', domain: 'a.example' }));
    const wrong = school('', { slug: 'Les Tilleuls', uai: '0750655F', commune: 7, domain: DOMAIN });
    expect(await town.core.town.addSchool('machine', wrong)).toEqual({
      kind: 'trouble',
      why: ['name', 'slug', 'uai', 'domain', 'commune'],
    });
    const again = school('Autre', { slug: 'tilleuls', uai: '0750655E', domain: 'a.example' });
    expect(await town.core.town.addSchool('machine', again)).toEqual({
      kind: 'trouble',
      why: ['uai-taken', 'domain-taken', 'slug-taken'],
    });
    expect(await town.core.town.schools('machine')).toHaveLength(1);
  });

  it('keeps its short name and its addresses when it is called otherwise', async () => {
    const id = await added(school('Les Tilleuls'));
    expect(
      await town.core.town.changeSchool('machine', id, { name: 'Simone Veil', uai: '0750655E' }),
    ).toEqual({ kind: 'done' });
    expect(await town.core.town.schools('machine')).toMatchObject([
      { slug: 'tilleuls', name: 'Simone Veil', uai: '0750655E' },
    ]);
    expect(await town.core.town.changeSchool('machine', id, {})).toEqual({ kind: 'done' });
    expect(await town.core.town.changeSchool('machine', 77 as SchoolId, { name: 'X' })).toEqual({
      kind: 'missing',
    });
    expect(await town.journal()).toEqual([
      'add-school: Les Tilleuls',
      'change-school: Les Tilleuls → Simone Veil',
    ]);
  });

  it('gets another short name while nobody has an address in it, and its lists with it', async () => {
    const id = await added(school('Les Tilleuls'));
    await added(school('Les Pins'));
    const rename = (slug: string) => town.core.town.changeSchool('machine', id, { slug });
    expect(await rename('pins')).toEqual({ kind: 'trouble', why: ['slug-taken'] });
    expect(await rename('Les Ifs')).toEqual({ kind: 'trouble', why: ['slug'] });
    expect(await rename('ifs')).toEqual({ kind: 'done' });
    expect((await lists()).filter((local) => local.endsWith('.ifs'))).toHaveLength(5);
    expect((await lists()).filter((local) => local.endsWith('.tilleuls'))).toEqual([]);
    await town.admin.query(
      `insert into address (domain, local, kind, school_id) values ($1, 'cp.ifs', 'class', $2)`,
      [DOMAIN, id],
    );
    expect(await rename('tilleuls')).toEqual({ kind: 'trouble', why: ['slug-kept'] });
  });

  it('with a domain of its own has its lists there too, and keeps those that people know', async () => {
    const id = await added(school('Les Tilleuls'));
    expect(await town.core.town.giveSchoolDomain('machine', id, 'tilleuls.example')).toEqual({
      kind: 'done',
    });
    expect(await lists('tilleuls.example')).toContain('equipe.tilleuls');
    expect(await lists()).toContain('equipe.tilleuls');
    expect(await town.core.town.giveSchoolDomain('machine', id, DOMAIN)).toEqual({
      kind: 'trouble',
      why: ['domain'],
    });
  });

  it('of one in capitals keeps the name as it was given, and shows it as people write it', async () => {
    await added(school('ECOLE ELEMENTAIRE JULES FERRY'));
    expect(await town.core.town.schools('machine')).toMatchObject([
      { name: 'ECOLE ELEMENTAIRE JULES FERRY', shownName: 'École élémentaire Jules Ferry' },
    ]);
    const agent = await town.agent('dora');
    expect((await town.core.classes.schools(agent)).map(({ name }) => name)).toEqual([
      'École élémentaire Jules Ferry',
    ]);
  });

  it('of two added at one moment under one name, the second is numbered', async () => {
    const numbers = ['0750655E', '0693331W'];
    await Promise.all(numbers.map((uai) => added(school('École des Tilleuls', { uai }))));
    const schools = await town.core.town.schools('machine');
    expect(schools?.map(({ slug }) => slug).sort()).toEqual(['tilleuls', 'tilleuls-2']);
  });

  it('is not made twice: who means another of that name and commune gives it a short name', async () => {
    const { addSchool } = town.core.town;
    const wish = school('École des Tilleuls');
    const both = await Promise.all([addSchool('machine', wish), addSchool('machine', wish)]);
    const taken = { kind: 'trouble', why: ['name-taken'] };
    expect(both.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(both).toContainEqual(taken);
    const numbered = school('Ecole des tilleuls', { uai: '0750655E' });
    expect(await addSchool('machine', numbered)).toEqual(taken);
    await added({ ...numbered, slug: 'autres-tilleuls' });
    await added({ ...wish, commune: { named: 'Port-Léon' } });
    expect(await town.core.town.schools('machine')).toHaveLength(3);
  });

  it('that is refused leaves no commune behind, and one that isn’t brings its commune along', async () => {
    const { addSchool, changeSchool, communes } = town.core.town;
    const names = async () => (await communes('machine'))?.map(({ name }) => name);
    const named = { commune: { named: 'Port-Léon' } };
    const wrong = school('Les Pins', { uai: '0750655F', ...named });
    expect(await addSchool('machine', wrong)).toEqual({ kind: 'trouble', why: ['uai'] });
    expect(await names()).toEqual([]);
    const id = await added(school('Les Pins', named));
    expect(await names()).toEqual(['Port-Léon']);
    const change = (commune: string, rest: { readonly uai?: string } = {}) =>
      changeSchool('machine', id, { commune: { named: commune }, ...rest });
    expect(await change('PORT LEON')).toEqual({ kind: 'trouble', why: ['commune-name-taken'] });
    expect(await change('', { uai: 'x' })).toEqual({
      kind: 'trouble',
      why: ['uai', 'commune-name'],
    });
    expect(await change('Saint-Aubin', { uai: 'x' })).toEqual({ kind: 'trouble', why: ['uai'] });
    expect(await names()).toEqual(['Port-Léon']);
    expect(await change('Saint-Aubin')).toEqual({ kind: 'done' });
    expect(await names()).toEqual(['Port-Léon', 'Saint-Aubin']);
  });
});

it('a commune is there once, by its name and by its code', async () => {
  const { addCommune } = town.core.town;
  expect(await addCommune('machine', { name: 'Saint-Aubin', code: '69123' })).toEqual({
    kind: 'done',
    id: 1,
  });
  expect(await addCommune('machine', { name: 'SAINT AUBIN', code: '69 123' })).toEqual({
    kind: 'trouble',
    why: ['name-taken', 'code-taken'],
  });
  expect(await addCommune('machine', { name: 'Port-Léon', code: '2A00' })).toEqual({
    kind: 'trouble',
    why: ['code'],
  });
  expect(await addCommune('machine', { name: 'Port-Léon', code: '2a004' })).toEqual({
    kind: 'done',
    id: 2,
  });
});

it('counts the day in memory, adds it to its hour by whichever process, and shows it beside the same weekday', async () => {
  const store = openStore(town.databaseUrl, { poolSize: 1, onError: () => {} });
  const log = openLog({ level: 'silent' });
  const counted = async (at: string, letters: number): Promise<void> => {
    const tally = openTally();
    const kept = keepHours({ store, log, tally, clock: () => new Date(at) });
    tally.add({ letters, handed: 2 * letters });
    tally.add({ signIns: 3 });
    await kept.close();
  };
  await counted('2026-10-01T08:10:00Z', 9);
  await counted('2026-11-17T23:30:00Z', 7); // Wednesday already, in Paris
  await counted('2026-11-17T08:10:00Z', 4);
  await counted('2026-11-24T08:10:00Z', 5);
  await counted('2026-11-24T08:50:00Z', 6);
  await forgetHours({ store, clock: () => new Date('2026-11-24T08:50:00Z') });
  await store.close();
  const figures = await town.core.town.dayFigures('machine');
  const nine = (hours?: readonly unknown[]): unknown => hours?.[9];
  expect(nine(figures?.today)).toEqual({ letters: 11, handed: 22, signIns: 6 });
  expect(nine(figures?.weekAgo)).toEqual({ letters: 4, handed: 8, signIns: 3 });
  const all = figures?.weekAgo.reduce((sum, { letters }) => sum + letters, 0);
  expect([all, figures?.weekAgo.length]).toEqual([4, 24]);
  const { rows } = await town.admin.query('select from town_hour');
  expect(rows).toHaveLength(3); // what is older than a month went
  expect(await town.core.town.dayFigures(await pupilOf())).toBeNull();
});

/** Somebody who is no agent. */
async function pupilOf(): Promise<Viewer> {
  const agent = await town.agent('dora');
  return { ...agent, role: 'pupil', addressId: 999 as Viewer['addressId'] };
}
