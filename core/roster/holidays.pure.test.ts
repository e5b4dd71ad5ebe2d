import { describe, expect, it } from 'vitest';
import { weekdayOf } from './days.ts';
import { easterOf, holidayYearOf, isHoliday, periodTrouble, publicHolidays } from './holidays.ts';

describe('Easter', () => {
  it.each([
    '1818-03-22',
    '1943-04-25',
    '1954-04-18',
    '1981-04-19',
    '2000-04-23',
    '2008-03-23',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2028-04-16',
    '2029-04-01',
    '2038-04-25',
    '2049-04-18',
    '2076-04-19',
    '2285-03-22',
  ])('is on %s', (day) => expect(easterOf(Number(day.slice(0, 4)))).toBe(day));
  it('is a Sunday between 22 March and 25 April, through four centuries', () => {
    for (let year = 1900; year < 2300; year += 1) {
      const easter = easterOf(year);
      expect(weekdayOf(easter), easter).toBe(7);
      expect(easter.slice(5) >= '03-22' && easter.slice(5) <= '04-25', easter).toBe(true);
    }
  });
});

describe('public holidays', () => {
  it.each([
    [2026, '01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25'],
    [2027, '01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25'],
    // The Ascension falls on 8 May: ten days of eleven names.
    [2059, '01-01 03-31 05-01 05-08 05-08 05-19 07-14 08-15 11-01 11-11 12-25'],
  ])('of %s', (year, days) =>
    expect(
      publicHolidays(year)
        .map((day) => day.slice(5))
        .join(' '),
    ).toBe(days),
  );
});

describe('whether a day is a holiday', () => {
  const CHRISTMAS = { from: '2026-12-19', until: '2027-01-03' };
  it.each([
    { when: 'the day before', day: '2026-12-18', then: false },
    { when: 'the first day', day: '2026-12-19', then: true },
    { when: 'a day within', day: '2026-12-28', then: true },
    { when: 'the last day', day: '2027-01-03', then: true },
    { when: 'the day of return', day: '2027-01-04', then: false },
    { when: '11 November, in no holidays', day: '2026-11-11', then: true },
    { when: 'Easter Monday', day: '2027-03-29', then: true },
    { when: 'Good Friday', day: '2027-03-26', then: false },
  ])('$when: $then', ({ day, then }) => expect(isHoliday([CHRISTMAS], day)).toBe(then));
});

it.each([
  ['2026-07-04', '2025-2026 2025-08-01 2026-07-31'],
  ['2026-10-17', '2026-2027 2026-08-01 2027-07-31'],
  ['2027-01-02', '2026-2027 2026-08-01 2027-07-31'],
  ['2026-08-01', '2026-2027 2026-08-01 2027-07-31'],
])('holidays from %s are those of %s', (day, year) =>
  expect(Object.values(holidayYearOf(day)).join(' ')).toBe(year),
);

it.each([
  { from: '2026-07-04', until: '2026-08-31', then: null },
  { from: '2026-07-04', until: '2026-07-04', then: null },
  { from: '2026-07-04', until: '2026-07-03', then: 'ends-before-it-begins' },
  { from: '2026-07-04', until: '2026-10-11', then: null },
  { from: '2026-07-04', until: '2026-10-12', then: 'too-long' },
])('from $from to $until: $then', ({ from, until, then }) =>
  expect(periodTrouble({ from, until })).toBe(then),
);
