/** Days as people write them into a search. Pure. */
import { plainWord } from '../../../core/letters/message/hits.ts';
import { dayAfter, isDay, weekdayOf } from '../../../core/roster/days.ts';

const MONTHS = [
  ['janvier', 'january'],
  ['fevrier', 'february'],
  ['mars', 'march'],
  ['avril', 'april'],
  ['mai', 'may'],
  ['juin', 'june'],
  ['juillet', 'july'],
  ['aout', 'august'],
  ['septembre', 'september'],
  ['octobre', 'october'],
  ['novembre', 'november'],
  ['decembre', 'december'],
] as const;
const WEEKDAYS = [
  ['dimanche', 'sunday'],
  ['lundi', 'monday'],
  ['mardi', 'tuesday'],
  ['mercredi', 'wednesday'],
  ['jeudi', 'thursday'],
  ['vendredi', 'friday'],
  ['samedi', 'saturday'],
] as const;
/** Letters from which on a beginning is a month or a weekday. */
const SHORTEST = 3;

/**
 * The first day, `YYYY-MM-DD`, of what somebody wrote: « 5/11 », « novembre », « 2025 », « lundi »,
 * « hier ». Without a year it is the last one that has begun. Null for what is no day.
 */
export function dayMeant(text: string, today: string): string | null {
  const plain = plainWord(text.trim()).replace(/['’]/gu, ' ');
  if (plain === 'aujourd hui' || plain === 'today') return today;
  if (plain === 'hier' || plain === 'yesterday') return dayAfter(today, -1);
  return iso(plain) ?? slashed(plain, today) ?? inWords(plain, today) ?? weekday(plain, today);
}

function iso(text: string): string | null {
  const [, year, month = '1', day = '1'] =
    /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text) ?? [];
  return year === undefined ? null : dayOf(Number(year), Number(month), Number(day));
}

/** « 5/11 », « 5/11/26 », « 05.11.2026 ». */
function slashed(text: string, today: string): string | null {
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?$/.exec(text) ?? [];
  if (day === undefined) return null;
  return year === undefined
    ? lastBegun(today, Number(month), Number(day))
    : dayOf(Number(year) + (year.length === 2 ? 2_000 : 0), Number(month), Number(day));
}

/** « novembre », « nov. 2025 », « 5 novembre », « 1er-novembre-2025 ». */
function inWords(text: string, today: string): string | null {
  const [, day = '1', name = '', year] =
    /^(?:(\d{1,2})(?:er|st|nd|rd|th)?[\s-]+)?([a-z]+)\.?(?:[\s-]+(\d{4}))?$/.exec(text) ?? [];
  const month = named(MONTHS, name);
  if (month < 0) return null;
  return year === undefined
    ? lastBegun(today, month + 1, Number(day))
    : dayOf(Number(year), month + 1, Number(day));
}

/** The last one before today, or today. */
function weekday(text: string, today: string): string | null {
  const wanted = named(WEEKDAYS, text);
  if (wanted < 0) return null;
  return dayAfter(today, -((weekdayOf(today) - wanted + 7) % 7));
}

function named(names: readonly (readonly string[])[], text: string): number {
  if (text.length < SHORTEST) return -1;
  return names.findIndex((both) => both.some((name) => name.startsWith(text)));
}

function lastBegun(today: string, month: number, day: number): string | null {
  const year = Number(today.slice(0, 4));
  const thisYear = dayOf(year, month, day);
  return thisYear !== null && thisYear > today ? dayOf(year - 1, month, day) : thisYear;
}

function dayOf(year: number, month: number, day: number): string | null {
  const [mm, dd] = [month, day].map((number) => String(number).padStart(2, '0'));
  const spelled = `${year}-${mm}-${dd}`;
  return isDay(spelled) ? spelled : null;
}
