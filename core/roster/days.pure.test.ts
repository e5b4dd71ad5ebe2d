import { expect, it } from 'vitest';
import { dayAfter, dayTrouble, isDay } from './days.ts';
import { holidayYearOf } from './holidays.ts';
import { needFault, specialFault } from './week/troubles.ts';

it.each(['1900-01-01', '2026-11-30', '2028-02-29', '2100-12-31'])('%s is a day', (day) => {
  expect(isDay(day)).toBe(true);
  // What is reckoned with it: the day beside it, and the school year that it is of.
  for (const beside of [-1, 1]) expect(dayAfter(day, beside)).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(holidayYearOf(day).name).toMatch(/^\d{4}-\d{4}$/);
});

it.each([
  ['none of its month', '2027-02-29', '2027-02-30', '2026-11-31', '2026-04-00', '2026-13-01'],
  ['of no year of a school', '0000-01-01', '1899-12-31', '2101-01-01', '9999-12-31'],
  ['spelled otherwise', '', 'demain', '30/11/2026', '2026-11-3', ' 2026-11-30', '2026-11-30T08'],
])('no day is what is %s', (_why, ...days) => {
  for (const day of days) {
    expect(isDay(day), day).toBe(false);
    expect(dayTrouble(day, { today: '2026-11-24', ahead: 400 }), day).toBe('not-a-day');
  }
});

it.each(['9999-12-30', '9999-12-31'])('a week has no place for %s, and says so', (day) => {
  const trip = { hours: null, kind: 'outing', title: 'Sortie' } as const;
  const year = '2026-2027';
  const notADay = { why: 'not-a-day' };
  expect(specialFault({ ...trip, from: day, until: day }, year)).toEqual(notADay);
  expect(specialFault({ ...trip, from: '2026-12-01', until: day }, year)).toEqual(notADay);
  expect(needFault({ day, words: 'des bottes' }, year)).toEqual(notADay);
});
