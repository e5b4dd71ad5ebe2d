import type { Language } from '../ground/ids.ts';
import { DAY_MS } from '../ground/spans.ts';

const SPELLED = /^\d{4}-\d{2}-\d{2}$/;
/** Nobody of a school is born before, and nothing is planned for after. */
const FIRST = '1900-01-01';
const LAST = '2100-12-31';

/**
 * What is wrong with a day that somebody typed, seen from `today`; null where it is a day from
 * `today` on, at most `ahead` days away.
 */
export function dayTrouble(
  day: string,
  { today, ahead }: { readonly today: Day; readonly ahead: number },
): DayTrouble | null {
  if (!isDay(day)) return 'not-a-day';
  if (day < today) return 'past-day';
  return day > dayAfter(today, ahead) ? 'too-far' : null;
}

/**
 * Whether it is a day of the calendar as we spell it, of a year that a school has to do with. All
 * that brings a day from outside asks here: what is reckoned with such a day is a day as well.
 */
export function isDay(text: string): boolean {
  if (!SPELLED.test(text) || text < FIRST || text > LAST) return false;
  // A Date takes the 31st of November for a day of December, and is none on the 32nd.
  return new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false;
}

/** The day so many days after another. */
export function dayAfter(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The weekday of a day: 1 (Monday) to 7. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** « lundi 30 novembre 2026 ». */
export function dayInWords(day: Day, language: Language): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
    .format(new Date(`${day}T00:00:00Z`))
    .replace(',', '')
    .replace(/\b1 /, language === 'fr' ? '1er ' : '1 ');
}

/** A day of the school's calendar, `YYYY-MM-DD`. */
export type Day = string;

/** Why a day that somebody typed isn't taken, by name. */
export type DayTrouble = 'not-a-day' | 'past-day' | 'too-far';

/** Why something was not done, by name; the pages have the sentence. */
export type Why =
  | DayTrouble
  | 'ends-before-it-begins'
  | 'no-such-class'
  | 'own-class'
  | 'already-linked'
  | 'not-an-address'
  | 'our-own-address'
  | 'too-many';
