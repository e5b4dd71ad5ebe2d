import { expect, it } from 'vitest';
import { schoolInstant } from './when.ts';

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
