/**
 * Months of heavy work on a clock that is moved: nothing due is missed, nothing is done twice. On a
 * real database, with the holidays of the ministry's calendar, in months in which the clock
 * changes; the machine is off for three nights, and now and then it is turned off in the middle.
 */
import { afterAll, beforeAll, describe, expect, it, type TestOptions } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { clockAt, momentOf } from '../../ground/clock.ts';
import type { Night, NightJob, NightJobName } from '../../ground/night-job.ts';
import { DAY_MS, MINUTE_MS } from '../../ground/spans.ts';
import { dayAfter } from '../../roster/days.ts';
import { schoolCalendar } from '../../roster/testing/school-calendar.ts';
import { isQuiet, type Calendar } from './due.ts';
import { lookAtNights, type KeeperParts } from './keeper.ts';
import { townCalendar } from './nights.ts';

const ZONE = 'Europe/Paris';
/** A look every so long; the running service looks more often. */
const LOOK_MS = 20 * MINUTE_MS;

let town: TestTown;
let calendar: Calendar;
beforeAll(async () => {
  town = await openTestTown();
  const file = { name: 'calendrier.csv', bytes: schoolCalendar() };
  await town.core.holidays.give('machine', file);
  calendar = await townCalendar(town.store);
});
afterAll(() => town.close());

interface Run {
  readonly name: NightJobName;
  readonly begun: Date;
  readonly ended: Date;
}

/** Seeded: the same number makes the same month. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x8000_0000;
  };
}

/** A job of portions of some minutes: each is noted, and a run that came to its end. */
function jobOf(
  name: NightJobName,
  every: NightJob['every'],
  { random, runs, hours }: { random: () => number; runs: Run[]; hours: Date[] },
): NightJob {
  return {
    name,
    every,
    async run(night: Night) {
      const begun = town.clock.now;
      for (let left = Number(night.checkpoint ?? 3 + 9 * random()); left > 0; left -= 1) {
        await night.breathe();
        hours.push(town.clock.now);
        town.clock.now = new Date(town.clock.now.getTime() + (1 + 9 * random()) * MINUTE_MS);
        await night.keep(String(left - 1));
      }
      runs.push({ name, begun, ended: town.clock.now });
      return {};
    },
  };
}

const JOBS = ['backup', 'isolation-proof', 'rescan', 'erasures', 'tidying'] as const;

interface Month {
  readonly runs: readonly Run[];
  /** When a portion was done. */
  readonly hours: readonly Date[];
}

/** From one evening to another; off from the evening of `off`, for three nights. */
async function month(from: string, until: string, off: string, seed: number): Promise<Month> {
  await town.admin.query('delete from night_job');
  const random = chance(seed);
  const noted = { random, runs: [] as Run[], hours: [] as Date[] };
  const jobs = JOBS.map((name) => jobOf(name, name === 'backup' ? 'week' : 'night', noted));
  const offFrom = momentOf(off, '18:00', ZONE);
  const offUntil = onAgain(off);
  const stop = new AbortController();
  const parts: KeeperParts = {
    store: town.store,
    databaseUrl: town.databaseUrl,
    log: town.parts.log,
    clock: () => town.clock.now,
    calendar: async () => calendar,
    rest: () => Promise.resolve(),
  };
  town.clock.now = momentOf(from, '20:00', ZONE);
  while (town.clock.now < momentOf(until, '20:00', ZONE)) {
    if (town.clock.now >= offFrom && town.clock.now < offUntil) town.clock.now = offUntil;
    await lookAtNights(jobs, parts, stop.signal);
    town.clock.now = new Date(town.clock.now.getTime() + LOOK_MS * (0.5 + random()));
  }
  return noted;
}

/** When the machine is turned on again that went off on the evening of a day. */
const onAgain = (off: string): Date => momentOf(dayAfter(off, 3), '10:00', ZONE);

/** The evening with which a moment's night begins, as a day. */
function nightOf(moment: Date): string {
  const { date, time } = clockAt(moment, ZONE);
  return time < '20:30' ? dayAfter(date, -1) : date;
}

/** When autumn's holidays and their days off are. */
const AUTUMN = {
  // Thursday to Sunday, 29 October to 1 November: holidays, and a public one.
  off: '2026-10-29',
  // Sunday's is made up for on a holiday, by day.
  madeUp: '2026-10-31',
};
const MONTHS = [
  {
    month: 'two weeks in which summer time ends, holidays and then school',
    from: '2026-10-23',
    until: '2026-11-07',
    ...AUTUMN,
  },
  {
    month: 'summer time ends in the autumn holidays',
    from: '2026-10-05',
    until: '2026-11-13',
    ...AUTUMN,
  },
  {
    month: 'summer time begins while there is school',
    from: '2027-03-08',
    until: '2027-04-09',
    // Monday to Wednesday; on Thursday they wait until schools are closed.
    off: '2027-03-15',
    madeUp: '2027-03-17',
  },
];
const { some, rest } = sliced(MONTHS.length, MONTHS);
describe.each(some)('$month', (one) => livesThrough(one, {}));
describe.each(rest)('$month', (one) => livesThrough(one, SOAKED));

function livesThrough(
  { from, until, off, madeUp }: Readonly<Record<'from' | 'until' | 'off' | 'madeUp', string>>,
  options: TestOptions,
): void {
  const seed = Number(process.env['PREAU_NIGHT_SEED'] ?? Date.now() % 1_000_000);

  it(`nothing due is missed, nothing is done twice (seed ${seed})`, options, async () => {
    console.log(`PREAU_NIGHT_SEED=${seed}`);
    const { runs, hours } = await month(from, until, off, seed);
    const nights: string[] = [];
    for (let day = from; day < until; day = dayAfter(day, 1)) nights.push(day);
    const isOff = (night: string) => night >= off && night < dayAfter(off, 3);
    for (const name of JOBS) {
      const of = runs.filter((run) => run.name === name).map(({ begun }) => nightOf(begun));
      expect(new Set(of).size, `${name} twice in a night`).toBe(of.length);
      if (name === 'backup') continue;
      const missed = nights.filter((night) => !of.includes(night) && !isOff(night));
      expect(missed, `${name} missed`).toEqual([]);
      // Begun after 20:30 it is that evening's own, and the missed ones are made up for with it.
      expect(of.filter(isOff), `${name} made up for once`).toEqual(of.some(isOff) ? [madeUp] : []);
      const again = runs.find((run) => run.name === name && run.begun >= onAgain(off));
      expect(again?.ended.getTime(), `${name} made up for at once`).toBeLessThan(
        momentOf(dayAfter(off, 4), '07:00', ZONE).getTime(),
      );
    }
    const weekly = runs.filter(({ name }) => name === 'backup').map(({ begun }) => begun.getTime());
    for (const [index, at] of weekly.slice(1).entries())
      expect((at - (weekly[index] ?? 0)) / DAY_MS).toBeLessThan(7.5 + 3);
    expect(hours.filter((at) => !isQuiet(calendar, at))).toEqual([]);
    for (const [index, { begun }] of runs.slice(1).entries())
      expect(begun >= (runs[index]?.ended ?? begun), 'two at once').toBe(true);
  });
}
