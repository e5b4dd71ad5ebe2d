import { momentOf } from '../../../ground/clock.ts';
import { icalDay, icalLocal, icalMoment, icalText } from '../../../ground/ical.ts';
import type { ClassId, Language } from '../../../ground/ids.ts';
import { dayAfter, weekdayOf, type Day } from '../../../roster/days.ts';
import { publicHolidays, type HolidayYear, type Period } from '../../../roster/holidays.ts';
import type { FeedSays } from '../../../roster/week/feed-says.ts';
import {
  broughtTo,
  planOf,
  type DayPlan,
  type HourSpan,
  type Lesson,
  type Special,
} from '../../../roster/week/plan.ts';
import type { KeptWeek } from '../../../store/week/weeks.ts';
import type { SlipLine } from '../../papers/contract/slips.ts';
import { FEED_WORDS } from './words.ts';

/** The week of a class as it stands in a feed. */
export interface FedWeek {
  readonly classId: ClassId;
  /** Whose it is: « A. », « Amine », « CE1 A ». */
  readonly whose: string;
  readonly kept: KeptWeek;
  readonly holidays: readonly Period[];
  readonly timeZone: string;
  /** Only what they give, in a class that isn't theirs; null: all of it. */
  readonly teacher: Lesson['teacher'];
}

interface FeedWish {
  readonly says: ReadonlySet<FeedSays>;
  readonly language: Language;
  readonly domain: string;
  readonly year: HolidayYear;
}

/** When what is needed for a day stands in an agenda: the evening before. */
const EVE = { from: '17:00', to: '17:15' } as const;

/** The events of a class's week over a school year, each as its lines. */
export function weekEvents(week: FedWeek, wish: FeedWish): readonly string[] {
  const days: DayPlan[] = [];
  for (let day = wish.year.first; day <= wish.year.last; day = dayAfter(day, 1))
    days.push(planOf(week.kept, day, week.holidays));
  const isTheirs = ({ teacher }: Lesson): boolean =>
    week.teacher === null || teacher === week.teacher;
  const lessons = wish.says.has('lessons') || week.teacher !== null ? week.kept.lessons : [];
  const events = lessons
    .filter(isTheirs)
    .flatMap((one) => lessonEvents(week, wish, { lesson: one, days }));
  if (week.teacher !== null) return events;
  const specials = wish.says.has('specials') ? week.kept.specials : [];
  return [
    ...events,
    ...specials.flatMap((one) => specialEvents(week, wish, one)),
    ...(wish.says.has('bring') ? needEvents(week, wish, days) : []),
  ];
}

interface EventParts {
  readonly uid: string;
  readonly when: readonly string[];
  readonly title: string;
  readonly place?: string;
  readonly text?: string;
}

/** An event with what each has (RFC 5545 §3.6.1); its stamp says when its week changed last. */
function event({ kept, whose }: FedWeek, { domain }: FeedWish, one: EventParts): readonly string[] {
  const { place = '', text = '' } = one;
  return [
    'BEGIN:VEVENT',
    `UID:${one.uid}@${domain}`,
    `DTSTAMP:${icalMoment(kept.changedAt)}`,
    `SEQUENCE:${kept.edition}`,
    ...one.when,
    `SUMMARY:${icalText(whose === '' ? one.title : `${whose} : ${one.title}`)}`,
    ...(place === '' ? [] : [`LOCATION:${icalText(place)}`]),
    ...(text === '' ? [] : [`DESCRIPTION:${icalText(text)}`]),
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

const between = ({ timeZone }: FedWeek, day: Day, { from, to }: HourSpan): readonly string[] => [
  `DTSTART;TZID=${timeZone}:${icalLocal(day, from)}`,
  `DTEND;TZID=${timeZone}:${icalLocal(day, to)}`,
];

/**
 * A lesson: one event that comes round, without the days on which it isn't, and one by itself for
 * each day on which something special leaves a part of it.
 */
function lessonEvents(
  week: FedWeek,
  wish: FeedWish,
  { lesson, days }: { readonly lesson: Lesson; readonly days: readonly DayPlan[] },
): readonly string[] {
  const whole: Day[] = [];
  const parts: { day: Day; hours: HourSpan }[] = [];
  for (const { day, items } of days)
    for (const item of items) {
      if (item.kind !== 'lesson' || item.lesson.id !== lesson.id) continue;
      const { hours } = item;
      if (hours.from === lesson.from && hours.to === lesson.to) whole.push(day);
      else parts.push({ day, hours });
    }
  const title = lesson.title === '' ? FEED_WORDS[wish.language].kinds[lesson.kind] : lesson.title;
  const about = { title, place: wish.says.has('places') ? lesson.place : '' };
  const uid = `lesson-${lesson.id}`;
  return [
    ...comingRound(week, wish, { lesson, whole, uid, about }),
    ...parts.flatMap(({ day, hours }) =>
      event(week, wish, {
        ...about,
        uid: `${uid}-${icalLocal(day, hours.from)}`,
        when: between(week, day, hours),
      }),
    ),
  ];
}

interface LessonRound {
  readonly lesson: Lesson;
  readonly whole: readonly Day[];
  readonly uid: string;
  readonly about: { readonly title: string; readonly place: string };
}

function comingRound(
  week: FedWeek,
  wish: FeedWish,
  { lesson, whole, uid, about }: LessonRound,
): readonly string[] {
  const [first, last] = [whole[0], whole.at(-1)];
  if (first === undefined || last === undefined) return [];
  const weeks = lesson.weeks === 'every' || week.kept.weekA === null ? 1 : 2;
  const there = new Set(whole);
  const without: Day[] = [];
  for (let day = first; day < last; day = dayAfter(day, 7 * weeks))
    if (!there.has(day)) without.push(day);
  const { timeZone } = week;
  // §3.3.10: UNTIL is said in UTC where the beginning names a zone.
  const until = icalMoment(momentOf(last, lesson.from, timeZone));
  const times = without.map((day) => icalLocal(day, lesson.from)).join(',');
  return event(week, wish, {
    ...about,
    uid,
    when: [
      ...between(week, first, lesson),
      `RRULE:FREQ=WEEKLY;INTERVAL=${weeks};UNTIL=${until}`,
      ...(without.length === 0 ? [] : [`EXDATE;TZID=${timeZone}:${times}`]),
    ],
  });
}

/** Whole days as one event, whose end is the day after (§3.6.1); hours on each of its days. */
function specialEvents(week: FedWeek, wish: FeedWish, special: Special): readonly string[] {
  const { from, until, hours, kind } = special;
  const title = special.title === '' ? FEED_WORDS[wish.language].specials[kind] : special.title;
  const about = { title, place: wish.says.has('places') ? special.place : '' };
  const uid = `special-${special.id}`;
  if (hours === null) return event(week, wish, { ...about, uid, when: wholeDays(from, until) });
  const events: string[] = [];
  for (let day = from; day <= until; day = dayAfter(day, 1))
    events.push(
      ...event(week, wish, {
        ...about,
        uid: `${uid}-${icalDay(day)}`,
        when: between(week, day, hours),
      }),
    );
  return events;
}

const wholeDays = (from: Day, until: Day): readonly string[] => [
  `DTSTART;VALUE=DATE:${icalDay(from)}`,
  `DTEND;VALUE=DATE:${icalDay(dayAfter(until, 1))}`,
];

/** What is needed on a day, the evening before. */
function needEvents(week: FedWeek, wish: FeedWish, days: readonly DayPlan[]): readonly string[] {
  const words = FEED_WORDS[wish.language];
  const events: string[] = [];
  for (const plan of days) {
    const { day } = plan;
    const noted = week.kept.needs.filter((need) => need.day === day);
    const brought = broughtTo(plan).map(({ bring }) => bring);
    const bring = [
      ...brought,
      ...noted.filter(({ kind }) => kind === 'bring').map((one) => one.words),
    ];
    const other = noted
      .filter(({ kind }) => kind !== 'bring')
      .map((one) => `${words.needs[one.kind]} : ${one.words}`);
    const all = [
      ...(bring.length === 0 ? [] : [`${words.needs.bring} : ${bring.join(', ')}`]),
      ...other,
    ];
    if (all.length === 0) continue;
    events.push(
      ...event(week, wish, {
        uid: `needs-${week.classId}-${icalDay(day)}`,
        when: between(week, dayAfter(day, -1), EVE),
        title: all[0] ?? '',
        text: all.join('\n'),
      }),
    );
  }
  return events;
}

/** The holidays of a school and its days without school, once for all its classes. */
export function holidayEvents(
  school: number,
  holidays: readonly Period[],
  { language, domain, year }: FeedWish,
): readonly string[] {
  const words = FEED_WORDS[language];
  const free = (uid: string, { from, until }: Period, title: string): readonly string[] => [
    'BEGIN:VEVENT',
    `UID:${uid}-${school}-${icalDay(from)}@${domain}`,
    `DTSTAMP:${icalDay(year.first)}T000000Z`,
    'SEQUENCE:0',
    ...wholeDays(from, until),
    `SUMMARY:${icalText(title)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
  const isOfYear = (day: Day): boolean => year.first <= day && day <= year.last;
  const isAlone = (day: Day): boolean =>
    weekdayOf(day) <= FRIDAY && !holidays.some(({ from, until }) => from <= day && day <= until);
  const publicDays = [year.first, year.last].flatMap((day) =>
    publicHolidays(Number(day.slice(0, 4))),
  );
  return [
    ...holidays
      .filter(({ from }) => isOfYear(from))
      .flatMap((one) => free('holidays', one, words.holidays)),
    ...publicDays
      .filter((day) => isOfYear(day) && isAlone(day))
      .flatMap((day) => free('no-school', { from: day, until: day }, words.noSchool)),
  ];
}

const FRIDAY = 5;
/** So long an agenda shows the end of what can be signed. */
const SIGNING_MS = 15 * 60_000;

/**
 * A paper that waits for an answer, as its last quarter of an hour. Without its words: whoever
 * comes upon the link reads that there is one.
 */
export function paperEvent(
  { ref: { school, paper, child }, version, versionAt, until }: SlipLine,
  whose: string,
  { language, domain }: Pick<FeedWish, 'language' | 'domain'>,
): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:paper-${school}-${paper}-${child}@${domain}`,
    `DTSTAMP:${icalMoment(versionAt)}`,
    `SEQUENCE:${version}`,
    `DTSTART:${icalMoment(new Date(until.getTime() - SIGNING_MS))}`,
    `DTEND:${icalMoment(until)}`,
    `SUMMARY:${icalText(`${whose} : ${FEED_WORDS[language].toSign}`)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}
