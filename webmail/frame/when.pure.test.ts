import { describe, expect, it } from 'vitest';
import {
  calendarDay,
  dayHeading,
  hour,
  listTime,
  longDate,
  nearDaysBack,
  shortDate,
  todayOn,
  typedInstant,
  wholeCalendarDay,
} from './when.ts';

const PARIS = 'Europe/Paris';
const clockOf = (timeZone: string, now: string) =>
  ({ timeZone, language: 'fr', now: new Date(now) }) as const;

it.each([
  { zone: PARIS, then: '2026-11-25T07:00:00.000Z' },
  { zone: 'Pacific/Noumea', then: '2026-11-24T21:00:00.000Z' },
  { zone: 'America/Martinique', then: '2026-11-25T12:00:00.000Z' },
])('what is typed as eight o’clock is $then on a clock of $zone', ({ zone, then }) => {
  const clock = clockOf(zone, '2026-11-24T12:00:00Z');
  expect(typedInstant(clock, { day: '2026-11-25', time: '08:00' })?.toISOString()).toBe(then);
});

it.each(['', '2026-13-01', '2027-02-30', '2026-02-31x', 'demain'])('« %s » is no day', (day) => {
  const clock = clockOf(PARIS, '2026-11-24T12:00:00Z');
  expect(typedInstant(clock, { day, time: '08:00' })).toBeNull();
  expect(typedInstant(clock, { day: '2026-11-25', time: day })).toBeNull();
});

it('says on which day of the list a letter came', () => {
  const clock = clockOf(PARIS, '2026-11-26T08:00:00Z');
  const said = (at: string) => {
    const date = new Date(at);
    return `${dayHeading(clock, date)} / ${listTime(clock, date)}`;
  };
  expect(said('2026-11-26T07:59:00Z')).toBe('Aujourd’hui / 08:59');
  expect(said('2026-11-25T22:59:00Z')).toBe('Hier / 23:59');
  expect(said('2026-11-24T23:00:00Z')).toBe('Hier / 00:00');
  expect(said('2026-11-23T12:00:00Z')).toBe('Lundi 23 novembre / 13:00');
  expect(said('2026-11-01T12:00:00Z')).toBe('Novembre / 1er nov.');
  expect(said('2025-11-01T12:00:00Z')).toBe('Novembre 2025 / 1er nov. 2025');
});

/** One moment, at which it is the 26th in Nouméa, the 25th in Fort-de-France and in Paris. */
const CHANGE = '2026-11-25T13:05:00Z';
it.each([
  {
    zone: 'Pacific/Noumea',
    today: '2026-11-26',
    said: ['hier', '23:55', 'hier à 23\u00a0h\u00a055', 'Hier', '0\u00a0h\u00a005'],
  },
  {
    zone: 'America/Martinique',
    today: '2026-11-25',
    said: ['08:55', '08:55', 'aujourd’hui à 8\u00a0h\u00a055', 'Aujourd’hui', '9\u00a0h\u00a005'],
  },
  {
    zone: PARIS,
    today: '2026-11-25',
    said: ['13:55', '13:55', 'aujourd’hui à 13\u00a0h\u00a055', 'Aujourd’hui', '14\u00a0h\u00a005'],
  },
])('in $zone ten minutes ago was $said', ({ zone, today, said }) => {
  const clock = clockOf(zone, CHANGE);
  const before = new Date(clock.now.getTime() - 600_000);
  expect(todayOn(clock)).toBe(today);
  expect([
    shortDate(clock, 'adult', before),
    listTime(clock, before),
    longDate(clock, before),
    dayHeading(clock, before),
    hour(clock, clock.now),
  ]).toEqual(said);
});

it('a day of the calendar is the same day by every clock', () => {
  expect(calendarDay('fr', '2026-12-01')).toBe('mardi 1er décembre');
  expect(wholeCalendarDay('fr', '2026-12-01')).toBe('1er décembre 2026');
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
