import { afterAll, describe, expect, it } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import {
  CALENDAR_HEADER,
  calendarLine,
  schoolCalendar,
} from '../../../roster/testing/school-calendar.ts';
import { openEmptyTown, SAINT_AUBIN } from '../testing/empty-town.ts';
import type { HolidayTrouble, HolidayWish } from './contract.ts';

const town = await openTestTown();
afterAll(() => town.close());
const { holidays } = town.core;
const OFFICIAL = { name: 'fr-en-calendrier-scolaire.csv', bytes: schoolCalendar() };

async function kept(): Promise<string[]> {
  const list = await holidays.list('machine');
  return (list?.periods ?? []).map(({ name, from, until }) => `${name} ${from} ${until}`);
}

const file = (...lines: readonly string[]) => ({
  name: 'calendrier.csv',
  bytes: Buffer.from([CALENDAR_HEADER, ...lines].join('\n')),
});

/** The zone of the town; nothing else of it changes. */
const setZone = (zone: string) => town.admin.query('update town set holiday_zone = $1', [zone]);

async function emptied(): Promise<void> {
  await town.admin.query('delete from school_holiday');
  await setZone('A');
}

describe('a calendar that is given', () => {
  it('is kept of every zone, shown of the town’s own, and stands in every school’s snapshot', async () => {
    await emptied();
    const agent = await town.viewer('hugues.armand');
    expect(await holidays.give(agent, OFFICIAL)).toEqual({
      kind: 'given',
      periods: 6,
      unended: [],
    });
    const list = await holidays.list(agent);
    expect(list?.zone).toBe('A');
    expect(new Set(list?.periods.map(({ year }) => year))).toEqual(new Set(['2026-2027']));
    expect(await kept()).toEqual([
      'Vacances de la Toussaint 2026-10-17 2026-11-01',
      'Vacances de Noël 2026-12-19 2027-01-03',
      'Vacances d’Hiver 2027-02-13 2027-02-28',
      'Vacances de Printemps 2027-04-10 2027-04-25',
      'Pont de l’Ascension 2027-05-07 2027-05-07',
      'Vacances d’Été 2027-07-03 2027-09-01',
    ]);
    const winters = async () =>
      [...(await town.parts.directory.town({ maxAgeMs: 0 })).values()].map(
        ({ school }) => school.holidays[2]?.from,
      );
    expect(new Set(await winters())).toEqual(new Set(['2027-02-13']));
    await setZone('C');
    expect(new Set(await winters())).toEqual(new Set(['2027-02-06']));
  });

  it('takes the place of the one before, year by year; what was typed in stays', async () => {
    await emptied();
    await holidays.give('machine', OFFICIAL);
    const bridge = { name: 'Pont du maire', from: '2027-05-10', until: '2027-05-10' };
    expect(await holidays.add('machine', bridge)).toEqual({ kind: 'done' });
    const later = file(
      calendarLine(['Vacances de Noël', '-', '2027-12-17T23', '2028-01-02T23']),
      calendarLine(['Début des Vacances d’Été', '-', '2028-07-07T22', '2028-07-07T22']),
    );
    expect(await holidays.give('machine', later)).toEqual({
      kind: 'given',
      periods: 1,
      unended: [expect.objectContaining({ from: '2028-07-08' })],
    });
    expect(await kept()).toHaveLength(8);
    const whole = calendarLine(['Vacances d’Été', 'Élèves', '2028-07-07T22', '2028-08-31T22']);
    const both = file(
      calendarLine(['Début des Vacances d’Été', '-', '2028-07-07T22', '2028-07-07T22']),
      whole,
      calendarLine(['Vacances de Noël', '-', '2027-12-17T23', '2028-01-02T23']),
    );
    expect(await holidays.give('machine', both)).toMatchObject({ periods: 2, unended: [] });
    const changed = file(calendarLine(['Vacances de Noël', '-', '2026-12-17T23', '2027-01-03T23']));
    await holidays.give('machine', changed);
    expect(await kept()).toEqual([
      'Vacances de Noël 2026-12-19 2027-01-03',
      'Pont du maire 2027-05-10 2027-05-10',
      'Vacances de Noël 2027-12-18 2028-01-02',
      'Vacances d’Été 2028-07-08 2028-08-31',
    ]);
  });

  it('that is over, of another zone, or no calendar, changes nothing', async () => {
    await emptied();
    await holidays.give('machine', OFFICIAL);
    const before = await kept();
    const past = file(calendarLine(['Vacances X', '-', '2025-10-17T22', '2025-11-02T23']));
    const answer = await holidays.give(await town.viewer('hugues.armand'), past);
    expect(answer).toMatchObject({
      kind: 'refused',
      reason: 'calendar-empty',
      sentence: expect.stringContaining('n’a pas de vacances de votre zone'),
    });
    await setZone('mayotte');
    expect(await holidays.give('machine', OFFICIAL)).toMatchObject({ reason: 'calendar-empty' });
    const other = { name: 'eleves.csv', bytes: Buffer.from('Nom;Prénom\nMoreau;Lina') };
    expect(await holidays.give('machine', other)).toMatchObject({
      sentence: expect.stringMatching(/n’est pas le calendrier.+ \/ .+is not the school calendar/),
    });
    await setZone('A');
    expect(await kept()).toEqual(before);
  });

  it('drops what ended before the running school year', async () => {
    await emptied();
    await town.admin.query(
      `insert into school_holiday (zone, name, from_date, until_date, by_hand)
       values ('A', 'Vacances d’Été', '2026-07-04', '2026-07-31', true),
         ('A', 'Rentrée du maire', '2026-08-01', '2026-08-31', true)`,
    );
    expect(await kept()).toEqual(['Rentrée du maire 2026-08-01 2026-08-31']);
    await holidays.give('machine', OFFICIAL);
    const { rows } = await town.admin.query(
      'select name from school_holiday where until_date < $1',
      ['2026-09-01'],
    );
    expect(rows).toEqual([{ name: 'Rentrée du maire' }]);
  });
});

it.each<{ what: string; wish: Partial<HolidayWish>; why: readonly HolidayTrouble[] }>([
  { what: 'no name', wish: { name: ' ' }, why: ['name'] },
  { what: 'no day', wish: { from: '2026-02-30' }, why: ['not-a-day'] },
  { what: 'no last day', wish: { until: '' }, why: ['not-a-day'] },
  { what: 'an end first', wish: { until: '2027-05-06' }, why: ['ends-before-it-begins'] },
  { what: 'half a year', wish: { until: '2027-12-01' }, why: ['too-long'] },
  { what: 'the year before', wish: { from: '2025-10-01' }, why: ['past-day'] },
  { what: 'ten years on', wish: { until: '2037-01-01' }, why: ['too-far'] },
  { what: 'two things', wish: { name: '', from: 'lundi' }, why: ['name', 'not-a-day'] },
])('a period with $what is not taken', async ({ wish, why }) => {
  const bridge = { name: 'Pont', from: '2027-05-10', until: '2027-05-10' };
  expect(await holidays.add('machine', { ...bridge, ...wish })).toEqual({ kind: 'trouble', why });
});

it('a zone has only so many', async () => {
  await emptied();
  await town.admin.query(
    `insert into school_holiday (zone, name, from_date, until_date, by_hand)
     select 'A', 'Pont ' || n, '2027-05-10', '2027-05-10', true from generate_series(1, 200) n`,
  );
  const bridge = { name: 'Pont', from: '2027-05-10', until: '2027-05-10' };
  expect(await holidays.add('machine', bridge)).toEqual({ kind: 'trouble', why: ['too-many'] });
});

it('each is removed by itself, and all of it stands in the agents’ journal', async () => {
  await emptied();
  await town.admin.query('delete from agent_act');
  const agent = await town.viewer('hugues.armand');
  await holidays.give(agent, OFFICIAL);
  await holidays.add(agent, { name: 'Pont', from: '2027-05-10', until: '2027-05-10' });
  const first = (await holidays.list(agent))?.periods[0];
  expect(await holidays.remove(agent, first?.id ?? 0)).toBe(true);
  expect(await holidays.remove(agent, first?.id ?? 0)).toBe(false);
  expect((await kept())[0]).toMatch(/^Vacances de Noël/);
  const { rows } = await town.admin.query<{ act: string; reason: string }>(
    'select act, reason from agent_act order by id',
  );
  expect(rows.map(({ act, reason }) => `${act}: ${reason}`)).toEqual([
    'give-holidays: fr-en-calendrier-scolaire.csv',
    'add-holidays: Pont',
    'remove-holidays: Vacances de la Toussaint',
  ]);
});

it('is nobody’s but an agent’s', async () => {
  await emptied();
  for (const local of ['mamadou.diallo', 'claire.lefevre', 'lina.moreau']) {
    const who = await town.viewer(local);
    const bridge = { name: 'Pont', from: '2027-05-10', until: '2027-05-10' };
    expect(await holidays.list(who)).toBeNull();
    expect(await holidays.give(who, OFFICIAL)).toEqual({ kind: 'missing' });
    expect(await holidays.add(who, bridge)).toEqual({ kind: 'missing' });
    expect(await holidays.remove(who, 1)).toBe(false);
  }
  expect(await kept()).toEqual([]);
});

it('waits for a town that has a zone', async () => {
  const empty = await openEmptyTown();
  try {
    const own = empty.core.holidays;
    expect(await own.list('machine')).toBeNull();
    expect(await own.give('machine', OFFICIAL)).toEqual({ kind: 'missing' });
    await empty.core.town.saveSettings('machine', SAINT_AUBIN);
    expect(await own.give('machine', OFFICIAL)).toMatchObject({ kind: 'given', periods: 6 });
  } finally {
    await empty.close();
  }
});
