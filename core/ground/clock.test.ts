import { describe, expect, it } from 'vitest';
import { clockAt, dayAt, momentOf } from './clock.ts';
import { TIME_ZONES } from './time-zones.ts';

it.each([
  { date: '2026-11-25', time: '08:00', zone: 'Europe/Paris', then: '2026-11-25T07:00:00.000Z' },
  { date: '2026-07-01', time: '08:00', zone: 'Europe/Paris', then: '2026-07-01T06:00:00.000Z' },
  { date: '2027-03-28', time: '01:30', zone: 'Europe/Paris', then: '2027-03-28T00:30:00.000Z' },
  { date: '2027-03-28', time: '03:30', zone: 'Europe/Paris', then: '2027-03-28T01:30:00.000Z' },
  { date: '2026-10-25', time: '00:30', zone: 'Europe/Paris', then: '2026-10-24T22:30:00.000Z' },
  { date: '2026-12-31', time: '23:59', zone: 'Europe/Paris', then: '2026-12-31T22:59:00.000Z' },
  { date: '2026-11-25', time: '08:00', zone: 'Pacific/Noumea', then: '2026-11-24T21:00:00.000Z' },
  { date: '2026-11-25', time: '08:00', zone: 'Pacific/Wallis', then: '2026-11-24T20:00:00.000Z' },
  { date: '2026-11-25', time: '20:30', zone: 'Pacific/Tahiti', then: '2026-11-26T06:30:00.000Z' },
  {
    date: '2026-11-25',
    time: '08:00',
    zone: 'America/Martinique',
    then: '2026-11-25T12:00:00.000Z',
  },
  {
    date: '2027-03-14',
    time: '03:00',
    zone: 'America/Miquelon',
    then: '2027-03-14T05:00:00.000Z',
  },
])('$date $time in $zone is $then', ({ date, time, zone, then }) => {
  expect(momentOf(date, time, zone).toISOString()).toBe(then);
  expect(clockAt(new Date(then), zone)).toMatchObject({ date, time });
});

it.each([
  ['0001-01-01T00:00:00Z', '0001-01-01'],
  ['0999-07-14T12:00:00Z', '0999-07-14'],
  ['9999-12-31T23:59:59Z', '+010000-01-01'],
])('tells the day of a letter of %s, too', (at, day) => {
  expect(dayAt(new Date(at), 'Europe/Paris')).toBe(day);
  for (const zone of TIME_ZONES)
    expect(clockAt(new Date(at), zone).time).toMatch(/^[0-2]\d:[0-5]\d$/);
});

describe.each(TIME_ZONES)('in %s', (timeZone) => {
  const intl = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const weekday = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short' });
  const QUARTER_MS = 15 * 60_000;

  it('shows what Intl does, on the days of the year when clocks are changed too', () => {
    const days = ['2026-03-28', '2026-10-24', '2026-12-31', '2027-03-13', '2027-11-06'];
    for (const day of days)
      for (let quarter = 0; quarter < 150; quarter += 1) {
        const at = new Date(Date.parse(`${day}T12:00:00Z`) + quarter * QUARTER_MS + 59_999);
        const shown = clockAt(at, timeZone);
        const written = `${shown.date.split('-').reverse().join('/')}, ${shown.time}`;
        expect(written).toBe(intl.format(at));
        expect(dayAt(at, timeZone)).toBe(shown.date);
        expect(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][shown.weekday - 1]).toBe(
          weekday.format(at),
        );
      }
  });
});
