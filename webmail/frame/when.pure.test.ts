import { describe, expect, it } from 'vitest';
import { dayHeading, hour, listTime, nearDaysBack, schoolDay, schoolInstant } from './when.ts';

it.each([
  { day: '2026-11-25', time: '08:00', then: '2026-11-25T07:00:00.000Z' },
  { day: '2026-07-01', time: '08:00', then: '2026-07-01T06:00:00.000Z' },
  { day: '2027-03-28', time: '03:30', then: '2027-03-28T01:30:00.000Z' },
  { day: '2026-12-31', time: '23:59', then: '2026-12-31T22:59:00.000Z' },
])('$day $time on the schools’ clock is $then', ({ day, time, then }) => {
  expect(schoolInstant(day, time)?.toISOString()).toBe(then);
});

it.each(['', '2026-13-01', '2026-02-31x', 'demain'])('« %s » is no day', (day) => {
  expect(schoolInstant(day, '08:00')).toBeNull();
  expect(schoolInstant('2026-11-25', day)).toBeNull();
});

it('tells hour and day as Intl does, on the days of the year when clocks are changed too', () => {
  const intl = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const quarterMs = 15 * 60_000;
  for (const from of ['2026-03-28T12:00:00Z', '2026-10-24T12:00:00Z', '2026-12-31T12:00:00Z'])
    for (let quarter = 0; quarter < 100; quarter += 1) {
      const at = new Date(Date.parse(from) + quarter * quarterMs);
      expect(`${schoolDay(at)}, ${hour('en', at)}`).toBe(intl.format(at));
    }
});

it('says on which day of the list a letter came', () => {
  const now = new Date('2026-11-26T08:00:00Z');
  const said = (at: string) => {
    const date = new Date(at);
    return `${dayHeading('fr', date, now)} / ${listTime('fr', date, now)}`;
  };
  expect(said('2026-11-26T07:59:00Z')).toBe('Aujourd’hui / 08:59');
  expect(said('2026-11-25T22:59:00Z')).toBe('Hier / 23:59');
  expect(said('2026-11-24T23:00:00Z')).toBe('Hier / 00:00');
  expect(said('2026-11-23T12:00:00Z')).toBe('Lundi 23 novembre / 13:00');
  expect(said('2026-11-01T12:00:00Z')).toBe('Novembre / 1er nov.');
  expect(said('2025-11-01T12:00:00Z')).toBe('Novembre 2025 / 1er nov. 2025');
});

describe('the days that a short pause may end on', () => {
  it.each([
    { today: '2026-11-24', weekday: 'Tuesday', days: ['2026-11-25', '2026-11-30', '2026-12-01'] },
    { today: '2026-11-28', weekday: 'Saturday', days: ['2026-11-29', '2026-11-30', '2026-12-05'] },
    { today: '2026-11-29', weekday: 'Sunday', days: ['2026-11-30', '2026-12-06'] },
    { today: '2026-11-30', weekday: 'Monday', days: ['2026-12-01', '2026-12-07'] },
    { today: '2026-12-29', weekday: 'Tuesday', days: ['2026-12-30', '2027-01-04', '2027-01-05'] },
  ])('on $weekday $today: $days', ({ today, days }) => {
    expect(nearDaysBack(today)).toEqual(days);
  });
});
