/** A feed as a program of another maker reads it: ical.js, which Thunderbird has. */
import ICAL from 'ical.js';
import { afterEach, describe, expect, it } from 'vitest';
import { dayAfter, weekdayOf } from '../../../roster/days.ts';
import { RHYTHM, specialOf } from '../../../roster/week/testing/weeks.ts';
import { openWeekTown } from '../testing/week-town.ts';

const { town, weeks, claire, ce1, put } = await openWeekTown();

const PARIS = 'Europe/Paris';
const settle = async (timeZone: string): Promise<void> => {
  await town.admin.query('update school set time_zone = $1', [timeZone]);
  await town.admin.query('update school set roster_version = roster_version + 1');
};
afterEach(async () => {
  await town.admin.query('delete from school_holiday');
  await settle(PARIS);
});

/** The beginnings of all that bears this title, as moments. */
async function momentsOf(title: string): Promise<readonly Date[]> {
  const name = await town.core.weekFeeds.renew(claire, ['lessons', 'specials', 'bring']);
  const answer = await town.core.weekFeeds.read(name ?? '');
  if (answer.kind !== 'feed') throw new Error(answer.kind);
  const calendar = new ICAL.Component(ICAL.parse(String(await answer.body())));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  return events
    .filter(({ summary }) => summary.endsWith(title))
    .flatMap((event) => {
      if (!event.isRecurring()) return [event.startDate.toJSDate()];
      const found: Date[] = [];
      const each = event.iterator();
      for (let next = each.next(); next; next = each.next()) found.push(next.toJSDate());
      return found;
    })
    .toSorted((one, other) => one.getTime() - other.getTime());
}

/** Where ical.js reads a zone, it says moments of UTC. */
const hoursOf = (moments: readonly Date[]): readonly string[] => [
  ...new Set(moments.map((at) => at.toISOString().slice(11, 16))),
];

describe('a program of another maker', () => {
  it('has a lesson at nine in summer and in winter, without holidays, in its weeks alone', async () => {
    await town.admin.query(
      `insert into school_holiday (zone, name, from_date, until_date, by_hand)
        select holiday_zone, 'Noël', '2026-12-19', '2027-01-03', true from town`,
    );
    await settle(PARIS);
    await weeks.keepHours(claire, ce1, { rhythm: RHYTHM, weekA: '2026-11-23' });
    await put({ weekday: 4, from: '09:00', to: '10:00', title: 'Échecs', weeks: 'A' });
    const moments = await momentsOf('Échecs');
    expect(hoursOf(moments).toSorted()).toEqual(['07:00', '08:00']);
    const days = moments.map((at) => at.toISOString().slice(0, 10));
    const wanted: string[] = [];
    for (let day = '2026-08-01'; day <= '2027-07-31'; day = dayAfter(day, 1)) {
      const weeksOn = (Date.parse(day) - Date.parse('2026-11-26')) / (14 * 86_400_000);
      const isFree = day >= '2026-12-19' && day <= '2027-01-03';
      // The Ascension.
      if (weekdayOf(day) === 4 && Number.isInteger(weeksOn) && !isFree && day !== '2027-05-06')
        wanted.push(day);
    }
    expect(days).toEqual(wanted);
  });

  it('has it at the hour of the school’s own clock, eleven hours before Greenwich’s', async () => {
    await settle('Pacific/Noumea');
    await weeks.keepHours(claire, ce1, { rhythm: RHYTHM, weekA: null });
    await put({ weekday: 1, from: '13:30', to: '14:30', title: 'Chorale' });
    expect(hoursOf(await momentsOf('Chorale'))).toEqual(['02:30']);
  });

  it('has what a day wants the evening before, and what takes whole days as whole days', async () => {
    await weeks.keepHours(claire, ce1, { rhythm: RHYTHM, weekA: null });
    const need = { day: '2026-11-26', kind: 'bring', words: 'Une gourde' } as const;
    await weeks.addNeed(claire, ce1, need);
    const { id: _, edition: __, ...stay } = specialOf({ from: '2027-03-29', until: '2027-04-02' });
    await weeks.keepSpecial(claire, ce1, { special: stay, seen: null });
    const [eve] = await momentsOf('Une gourde');
    expect(eve?.toISOString()).toBe('2026-11-25T16:00:00.000Z');
    expect((await momentsOf('Musée')).length).toBe(1);
  });
});
