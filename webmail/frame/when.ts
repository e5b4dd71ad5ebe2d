import type { Language } from '../../core/core.ts';
import type { Audience } from './visit.ts';

const ZONE = 'Europe/Paris';
const DAY_MS = 86_400_000;
const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };
const HOUR_MS = 3_600_000;
/** Offsets and words that are kept: those of a few years of mail. Beyond it all begins anew. */
const MOST_KEPT = 20_000;
const offsets = new Map<number, number>();
const formats = new Map<string, (at: Date) => string>();

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/**
 * What the schools' clock shows, as the UTC parts of a date. Intl is asked once for each hour,
 * since clocks are changed at full ones: a list has forty dates, and to ask for each took a tenth
 * of a page.
 */
function onTheClock(at: Date): Date {
  const slot = Math.floor(at.getTime() / HOUR_MS);
  let offset = offsets.get(slot);
  if (offset === undefined) {
    const [day = '', time = ''] = CLOCK.format(slot * HOUR_MS).split(', ');
    offset = Date.parse(`${day.split('/').reverse().join('-')}T${time}Z`) - slot * HOUR_MS;
    if (offsets.size >= MOST_KEPT) offsets.clear();
    offsets.set(slot, offset);
  }
  return new Date(at.getTime() + offset);
}

/** What `Intl` says of an instant's day; an hour has no place in it. */
function dayIn(language: Language, parts: Intl.DateTimeFormatOptions, at: Date): string {
  const key = `${language} ${Object.values(parts).join()} ${Object.keys(parts).join()}`;
  const known = formats.get(key) ?? keptByDay(language, parts);
  formats.set(key, known);
  return known(at);
}

function keptByDay(language: Language, parts: Intl.DateTimeFormatOptions): (at: Date) => string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { timeZone: 'UTC', ...parts });
  const kept = new Map<number, string>();
  return (at) => {
    const clock = onTheClock(at);
    const day = Math.floor(clock.getTime() / DAY_MS);
    const words = kept.get(day) ?? firstOf(language, format.format(clock));
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(day, words);
    return words;
  };
}

/** « 1er septembre », which Intl writes « 1 septembre ». */
function firstOf(language: Language, words: string): string {
  return language === 'fr' ? words.replace(/\b1 (?=\p{L})/u, '1er ') : words;
}

/** The day it is at the schools, `YYYY-MM-DD`. */
export function schoolDay(now: Date): string {
  return onTheClock(now).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** « 10:42 », as it is in both languages. */
function clockTime(at: Date): string {
  return onTheClock(at).toISOString().slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM'.length);
}

/** Midnights between two instants, as the school's calendar counts them. */
function daysBetween(at: Date, now: Date): number {
  const day = (one: Date) => Math.floor(onTheClock(one).getTime() / DAY_MS);
  return day(now) - day(at);
}

/** « 10 h 42 » in French, “10:42” in English. */
export function hour(language: Language, at: Date): string {
  const clock = clockTime(at);
  if (language === 'en') return clock;
  const [hours = '', minutes = ''] = clock.split(':');
  return `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`;
}

const NEAR = {
  fr: { today: 'aujourd’hui', yesterday: 'hier', tomorrow: 'demain', at: ' à ' },
  en: { today: 'today', yesterday: 'yesterday', tomorrow: 'tomorrow', at: ' at ' },
} as const;

/**
 * The short date of a list: the hour or « aujourd’hui », then « hier », then a weekday, then the
 * day.
 */
export function shortDate(language: Language, audience: Audience, at: Date, now: Date): string {
  const days = daysBetween(at, now);
  if (days <= 0) return audience === 'child' ? NEAR[language].today : clockTime(at);
  if (days === 1) return NEAR[language].yesterday;
  if (days < 7) return dayIn(language, { weekday: audience === 'child' ? 'long' : 'short' }, at);
  if (days < 300)
    return dayIn(language, { day: 'numeric', month: audience === 'child' ? 'long' : 'short' }, at);
  return dayIn(language, { day: 'numeric', month: 'short', year: 'numeric' }, at);
}

/** The days whose rows have an hour beside them, since a heading names the day. */
const WITH_HOUR = 7;

/** The time of a row in a list that has headings: « 10:42 », then « 3 nov. ». */
export function listTime(language: Language, at: Date, now: Date): string {
  const days = daysBetween(at, now);
  if (days < WITH_HOUR) return clockTime(at);
  const year = days < 300 ? {} : { year: 'numeric' as const };
  return dayIn(language, { day: 'numeric', month: 'short', ...year }, at);
}

/** The heading of a day in a list: « Hier », « Lundi 23 novembre », then « Octobre ». */
export function dayHeading(language: Language, at: Date, now: Date): string {
  const days = daysBetween(at, now);
  const words = NEAR[language];
  if (days <= 0) return capital(words.today);
  if (days === 1) return capital(words.yesterday);
  if (days < WITH_HOUR) return capital(weekdayAt(language, at));
  const year = days < 300 ? {} : { year: 'numeric' as const };
  return capital(dayIn(language, { month: 'long', ...year }, at));
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/**
 * The date in words, of a message or of when it leaves: « hier à 10 h 20 », « demain à 8 h »,
 * « lundi 23 novembre à 16 h 05 ».
 */
export function longDate(language: Language, at: Date, now: Date): string {
  const days = daysBetween(at, now);
  const words = NEAR[language];
  if (days === 0) return `${words.today}${words.at}${hour(language, at)}`;
  if (days === 1) return `${words.yesterday}${words.at}${hour(language, at)}`;
  if (days === -1) return `${words.tomorrow}${words.at}${hour(language, at)}`;
  const year = days < 300 ? {} : { year: 'numeric' as const };
  return `${dayIn(language, { weekday: 'long', day: 'numeric', month: 'long', ...year }, at)}${words.at}${hour(language, at)}`;
}

/** « 24 novembre 2026 », “24 November 2026”: a day on paper. */
export function wholeDay(language: Language, at: Date): string {
  return dayIn(language, { day: 'numeric', month: 'long', year: 'numeric' }, at);
}

/** « 184 ko », “184 kB”: a size for people, from bytes. */
export function fileSize(language: Language, bytes: number): string {
  const units = language === 'fr' ? { k: 'ko', m: 'Mo' } : { k: 'kB', m: 'MB' };
  if (bytes < 999_500) return `${Math.max(1, Math.round(bytes / 1000))}\u00a0${units.k}`;
  return `${new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 1 }).format(bytes / 1_000_000)}\u00a0${units.m}`;
}

/** « vendredi 27 novembre », “Friday 27 November”: a day of the calendar, `YYYY-MM-DD`. */
export function calendarDay(language: Language, day: string): string {
  return weekdayAt(language, new Date(`${day}T12:00:00Z`));
}

/** The same of an instant. */
export function weekdayAt(language: Language, at: Date): string {
  return dayIn(language, { weekday: 'long', day: 'numeric', month: 'long' }, at).replace(',', '');
}

/** « mardi », “Tuesday”. */
export const weekdayName = (language: Language, at: Date): string =>
  dayIn(language, { weekday: 'long' }, at);

/** Hours since midnight on the schools' clock, with the minutes as a part of one. */
export function hourOfDay(at: Date): number {
  const clock = onTheClock(at);
  return clock.getUTCHours() + clock.getUTCMinutes() / 60;
}

/** The day so many days after another, both `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
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

/**
 * The instant of a day (`YYYY-MM-DD`) and an hour (`HH:MM`) on the schools' clock; null where they
 * are none. An hour that is twice, when summer time ends, is the first of the two.
 */
export function schoolInstant(day: string, time: string): Date | null {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:\d\d$/.test(time) || Number.isNaN(wanted))
    return null;
  const clockAt = (at: number): number => onTheClock(new Date(at)).getTime();
  const first = wanted - (clockAt(wanted) - wanted);
  return new Date(first - (clockAt(first) - wanted));
}
