import { dayAfter, type Day } from './days.ts';

/** Days without class, the first and the last included. */
export interface Period {
  readonly from: Day;
  readonly until: Day;
}

/**
 * Easter Sunday of a year of the Gregorian calendar, by J.-M. Oudin's algorithm (1940): the full
 * moon of spring as a number of days after 21 March, then the Sunday that follows it.
 */
export function easterOf(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leapCenturies = Math.floor(century / 4);
  const lunar = century - leapCenturies - Math.floor((8 * century + 13) / 25);
  const age = (lunar + 19 * golden + 15) % 30;
  const late = Math.floor(29 / (age + 1)) * Math.floor((21 - golden) / 11);
  const moon = age - Math.floor(age / 28) * (1 - late);
  const sunday = (year + Math.floor(year / 4) + moon + 2 - century + leapCenturies) % 7;
  return dayAfter(`${year}-03-28`, moon - sunday);
}

/**
 * The eleven public holidays of a year, `YYYY-MM-DD`, in its order (Code du travail, article
 * L3133-1). Without those that a few departments have besides: no setting says the department.
 */
export function publicHolidays(year: number): readonly Day[] {
  const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
  // Easter Monday, the Ascension, Whit Monday.
  const moving = [1, 39, 50].map((days) => dayAfter(easterOf(year), days));
  return [...fixed.map((day) => `${year}-${day}`), ...moving].toSorted();
}

/** Whether a day is in one of these periods, or a public holiday. */
export function isHoliday(periods: readonly Period[], day: Day): boolean {
  return periods.some(({ from, until }) => from <= day && day <= until) || isPublicHoliday(day);
}

/** By year: a page asks for several days of one, a feed for each. */
const knownYears = new Map<string, ReadonlySet<Day>>();
/** Years that are kept. */
const MOST_YEARS = 20;

/** Whether a day is one of the public holidays of its year. */
export function isPublicHoliday(day: Day): boolean {
  const year = day.slice(0, 4);
  const known = knownYears.get(year) ?? new Set(publicHolidays(Number(year)));
  if (knownYears.size >= MOST_YEARS) knownYears.clear();
  knownYears.set(year, known);
  return known.has(day);
}

/** Day and month from which holidays are those of the next school year: summer's begin before. */
const FIRST_DAY = '08-01';

/** A school year as holidays are counted. */
export interface HolidayYear {
  /** `2026-2027`, as the ministry writes it. */
  readonly name: string;
  readonly first: Day;
  readonly last: Day;
}

/** The school year to which holidays belong that begin on a day. */
export function holidayYearOf(day: Day): HolidayYear {
  const begins = Number(day.slice(0, 4)) - (day.slice(5) < FIRST_DAY ? 1 : 0);
  return {
    name: `${begins}-${begins + 1}`,
    first: `${begins}-${FIRST_DAY}`,
    last: dayAfter(`${begins + 1}-${FIRST_DAY}`, -1),
  };
}

/** Longer than any summer, in days: a longer period is a mistake. */
const MOST_DAYS = 100;

/** Whether a period ends before it begins, or is longer than holidays are; null where neither. */
export function periodTrouble({
  from,
  until,
}: Period): 'ends-before-it-begins' | 'too-long' | null {
  if (until < from) return 'ends-before-it-begins';
  return until >= dayAfter(from, MOST_DAYS) ? 'too-long' : null;
}
