import { clockAt, dayAt, momentOf, shownAt, type WallClock } from '../../core/ground/clock.ts';
import type { Language } from '../../core/ground/ids.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import { dayAfter, isDay } from '../../core/roster/days.ts';
import type { Audience } from '../../core/rules/reasons.ts';
import { whenEn } from '../texts/when-en.ts';
import { whenFr } from '../texts/when-fr.ts';

const WORDS: Readonly<Record<Language, typeof whenFr>> = { fr: whenFr, en: whenEn };
const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };
/** Words that are kept: those of a few years of mail. Beyond it all begins anew. */
const MOST_KEPT = 20_000;
const formats = new Map<string, (day: number) => string>();

/** What `Intl` says of the day that a clock shows; an hour has no place in it. */
function dayOn(
  { language, timeZone }: Pick<WallClock, 'language' | 'timeZone'>,
  parts: Intl.DateTimeFormatOptions,
  at: Date,
): string {
  return dayIn(language, parts, dayNumber(at, timeZone));
}

/** The same of a day by its number since 1970, which is the same everywhere. */
function dayIn(language: Language, parts: Intl.DateTimeFormatOptions, day: number): string {
  const key = `${language} ${Object.values(parts).join()} ${Object.keys(parts).join()}`;
  const known = formats.get(key) ?? keptByDay(language, parts);
  formats.set(key, known);
  return known(day);
}

function keptByDay(language: Language, parts: Intl.DateTimeFormatOptions): (day: number) => string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { timeZone: 'UTC', ...parts });
  const kept = new Map<number, string>();
  return (day) => {
    const words = kept.get(day) ?? WORDS[language].day(format.format(day * DAY_MS));
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(day, words);
    return words;
  };
}

function dayNumber(at: Date, timeZone: string): number {
  return Math.floor(shownAt(at, timeZone).getTime() / DAY_MS);
}

/** The day it is, `YYYY-MM-DD`. */
export function todayOn({ timeZone, now }: WallClock): string {
  return dayAt(now, timeZone);
}

/** « 10:42 », as it is in both languages. */
function clockTime({ timeZone }: Pick<WallClock, 'timeZone'>, at: Date): string {
  return clockAt(at, timeZone).time;
}

/** Midnights between an instant and now, as the calendar counts them. */
function daysSince({ timeZone, now }: WallClock, at: Date): number {
  return dayNumber(now, timeZone) - dayNumber(at, timeZone);
}

/** « 10 h 42 » in French, “10:42” in English. */
export function hour(clock: WallClock, at: Date): string {
  return timeInWords(clock.language, clockTime(clock, at));
}

/** The same of a time of day, `HH:MM`, whatever the day. */
export function timeInWords(language: Language, time: string): string {
  return WORDS[language].hour(time);
}

/**
 * The short date of a list: the hour or « aujourd’hui », then « hier », then a weekday, then the
 * day.
 */
export function shortDate(clock: WallClock, audience: Audience, at: Date): string {
  const { language } = clock;
  const days = daysSince(clock, at);
  if (days <= 0) return audience === 'child' ? WORDS[language].today : clockTime(clock, at);
  if (days === 1) return WORDS[language].yesterday;
  if (days < 7) return dayOn(clock, { weekday: audience === 'child' ? 'long' : 'short' }, at);
  if (days < 300)
    return dayOn(clock, { day: 'numeric', month: audience === 'child' ? 'long' : 'short' }, at);
  return dayOn(clock, { day: 'numeric', month: 'short', year: 'numeric' }, at);
}

/** The days whose rows have an hour beside them, since a heading names the day. */
const WITH_HOUR = 7;

/** The time of a row in a list that has headings: « 10:42 », then « 3 nov. ». */
export function listTime(clock: WallClock, at: Date): string {
  const days = daysSince(clock, at);
  if (days < WITH_HOUR) return clockTime(clock, at);
  const year = days < 300 ? {} : { year: 'numeric' as const };
  return dayOn(clock, { day: 'numeric', month: 'short', ...year }, at);
}

/** The heading of a day in a list: « Hier », « Lundi 23 novembre », then « Octobre ». */
export function dayHeading(clock: WallClock, at: Date): string {
  const days = daysSince(clock, at);
  const words = WORDS[clock.language];
  if (days <= 0) return capital(words.today);
  if (days === 1) return capital(words.yesterday);
  if (days < WITH_HOUR) return capital(weekdayAt(clock, at));
  const year = days < 300 ? {} : { year: 'numeric' as const };
  return capital(dayOn(clock, { month: 'long', ...year }, at));
}

/** A sentence that begins with these words. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/**
 * The date in words, of a message or of when it leaves: « hier à 10 h 20 », « demain à 8 h »,
 * « lundi 23 novembre à 16 h 05 ».
 */
export function longDate(clock: WallClock, at: Date): string {
  const days = daysSince(clock, at);
  const words = WORDS[clock.language];
  if (days === 0) return `${words.today}${words.at}${hour(clock, at)}`;
  if (days === 1) return `${words.yesterday}${words.at}${hour(clock, at)}`;
  if (days === -1) return `${words.tomorrow}${words.at}${hour(clock, at)}`;
  const year = days < 300 ? {} : { year: 'numeric' as const };
  return `${dayOn(clock, { weekday: 'long', day: 'numeric', month: 'long', ...year }, at)}${words.at}${hour(clock, at)}`;
}

const WHOLE = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** « 24 novembre 2026 », “24 November 2026”: a day on paper. */
export function wholeDay(clock: WallClock, at: Date): string {
  return dayOn(clock, WHOLE, at);
}

/** The same of a day of the calendar, `YYYY-MM-DD`, which no clock shifts. */
export function wholeCalendarDay(language: Language, day: string): string {
  return dayIn(language, WHOLE, Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

/** Up to here megabytes are counted: « 1 000 Mo », as somebody gave them. */
const TEN_GIGABYTES = 9_999_500_000;

/** « 184 ko », “184 kB”: a size for people, from bytes. */
export function fileSize(language: Language, bytes: number): string {
  const { units } = WORDS[language];
  if (bytes < 999_500) return `${Math.max(1, Math.round(bytes / 1000))}\u00a0${units.k}`;
  const short = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 1 });
  if (bytes < TEN_GIGABYTES) return `${short.format(bytes / 1_000_000)}\u00a0${units.m}`;
  return `${short.format(bytes / 1_000_000_000)}\u00a0${units.g}`;
}

/** How much fits somewhere: whole gigabytes are said as such, « 2 Go » beside « 10 Go ». */
export function roomSize(language: Language, bytes: number): string {
  const gigabytes = bytes / 1_000_000_000;
  if (gigabytes < 1 || !Number.isInteger(gigabytes)) return fileSize(language, bytes);
  return `${gigabytes}\u00a0${WORDS[language].units.g}`;
}

/** « vendredi 27 novembre », “Friday 27 November”: a day of the calendar, `YYYY-MM-DD`. */
export function calendarDay(language: Language, day: string): string {
  return dayIn(language, WEEKDAY, Date.parse(`${day}T00:00:00Z`) / DAY_MS).replace(',', '');
}

const WEEKDAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;

/** The weekday and the date on which an instant falls, in words. */
export function weekdayAt(clock: WallClock, at: Date): string {
  return dayOn(clock, WEEKDAY, at).replace(',', '');
}

/** « mardi », “Tuesday”. */
export const weekdayName = (clock: WallClock, at: Date): string =>
  dayOn(clock, { weekday: 'long' }, at);

/** Hours since midnight, with the minutes as a part of one. */
export function hourOfDay({ timeZone }: WallClock, at: Date): number {
  const shown = shownAt(at, timeZone);
  return shown.getUTCHours() + shown.getUTCMinutes() / 60;
}

/** The Monday after a day. */
export function mondayAfter(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return dayAfter(day, (8 - weekday) % 7 || 7);
}

/**
 * The days that a short pause may end on at one press, the nearest first: tomorrow, next Monday, in
 * a week. On Sundays and Mondays two of the three are one day.
 */
export function nearDaysBack(today: string): readonly string[] {
  return [...new Set([dayAfter(today, 1), mondayAfter(today), dayAfter(today, 7)])].sort();
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/**
 * The instant of a day (`YYYY-MM-DD`) and an hour (`HH:MM`) on somebody's clock; null where they
 * are none. An hour that is twice, when summer time ends, is the first of the two.
 */
export function typedInstant(
  { timeZone }: WallClock,
  { day, time }: { readonly day: string; readonly time: string },
): Date | null {
  return isDay(day) && TIME.test(time) ? momentOf(day, time, timeZone) : null;
}
