import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeekLessonId, WeekSpecialId } from '../../ground/ids.ts';
import { dayAfter, weekdayOf } from '../days.ts';
import {
  LESSON_KINDS,
  LESSON_WEEKS,
  SPECIAL_KINDS,
  halfDaysOf,
  hasClass,
  planOf,
  weekOf,
  type HourSpan,
  type Lesson,
  type Rhythm,
  type Special,
} from './plan.ts';
import { lessonOf, RHYTHM, specialOf } from './testing/weeks.ts';
import { lessonFault, overlaps, rhythmFault } from './troubles.ts';

const timeOf = (steps: number): string =>
  new Date(steps * 300_000).toISOString().slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM'.length);
/** In steps of five minutes, between six and eighteen. */
const hours = fc
  .tuple(fc.integer({ min: 72, max: 216 }), fc.integer({ min: 1, max: 60 }))
  .map(([from, long]): HourSpan => ({ from: timeOf(from), to: timeOf(from + long) }));
const rhythms = fc
  .uniqueArray(fc.integer({ min: 72, max: 216 }), { minLength: 5, maxLength: 5 })
  .map((steps): Rhythm => {
    const [a = '', b = '', c = '', d = '', e = ''] = steps.toSorted((x, y) => x - y).map(timeOf);
    return {
      morning: { from: a, to: b },
      afternoon: { from: c, to: d },
      wednesdayTo: steps[0] !== undefined && steps[0] % 2 === 0 ? e : null,
    };
  });
const days = fc.integer({ min: 0, max: 700 }).map((ahead) => dayAfter('2026-08-01', ahead));
const lessons = fc
  .array(
    fc.record({
      hours,
      weekday: fc.integer({ min: 1, max: 5 }),
      kind: fc.constantFrom(...LESSON_KINDS),
      weeks: fc.constantFrom(...LESSON_WEEKS),
    }),
    { maxLength: 25 },
  )
  .map((some) =>
    some.map(({ hours: { from, to }, ...one }, at) =>
      lessonOf({ ...one, from, to, id: (at + 1) as WeekLessonId, title: 'Cours' }),
    ),
  );
const specials = fc
  .array(
    fc.record({
      from: days,
      long: fc.integer({ min: 0, max: 4 }),
      hours: fc.option(hours),
      kind: fc.constantFrom(...SPECIAL_KINDS),
    }),
    { maxLength: 4 },
  )
  .map((some) =>
    some.map(({ from, long, hours: at, kind }, place) =>
      specialOf({
        from,
        until: dayAfter(from, long),
        hours: at,
        kind,
        id: (place + 1) as WeekSpecialId,
      }),
    ),
  );

/** Those that its teacher could have put there: each was asked of when it was. */
const kept = (rhythm: Rhythm, some: readonly Lesson[]): readonly Lesson[] =>
  some.reduce<readonly Lesson[]>(
    (others, one) => (lessonFault(one, { rhythm, others }) === null ? [...others, one] : others),
    [],
  );

const minutesOf = ({ from, to }: HourSpan): number =>
  (Date.parse(`2026-01-01T${to}:00Z`) - Date.parse(`2026-01-01T${from}:00Z`)) / 60_000;

const given = fc.record({
  rhythm: rhythms,
  some: lessons,
  specials,
  day: days,
  weekA: fc.option(days),
  holiday: days,
});

function planned({
  rhythm,
  some,
  specials: all,
  day,
  weekA,
  holiday,
}: {
  readonly rhythm: Rhythm;
  readonly some: readonly Lesson[];
  readonly specials: readonly Special[];
  readonly day: string;
  readonly weekA: string | null;
  readonly holiday: string;
}) {
  const rules = { rhythm, weekA, lessons: kept(rhythm, some), specials: all };
  const holidays = [{ from: holiday, until: dayAfter(holiday, 15) }];
  return { rules, holidays, plan: planOf(rules, day, holidays) };
}

describe('a day of a class', () => {
  it('has no two things at one time, and no lesson outside of its half days', () => {
    fc.assert(
      fc.property(given, (one) => {
        const { plan } = planned(one);
        const spans = plan.items.flatMap((item) => (item.hours === null ? [] : [item.hours]));
        for (const [at, span] of spans.entries()) {
          expect(span.from < span.to).toBe(true);
          for (const other of spans.slice(at + 1)) expect(overlaps(span, other)).toBe(false);
        }
        for (const item of plan.items) {
          if (item.kind === 'special') continue;
          expect(plan.halves.some((h) => h.from <= item.hours.from && item.hours.to <= h.to)).toBe(
            true,
          );
        }
      }),
    );
  });

  it('has all of its lessons but for the minutes that something special takes', () => {
    fc.assert(
      fc.property(given, (one) => {
        const { plan, rules, holidays } = planned(one);
        const bare = planOf({ ...rules, specials: [] }, one.day, holidays);
        const taken = plan.items.flatMap((item) =>
          item.kind === 'special' && item.hours ? [item.hours] : [],
        );
        for (const item of bare.items) {
          if (item.kind !== 'lesson') continue;
          const left = plan.items.flatMap((other) =>
            other.kind === 'lesson' && other.lesson === item.lesson ? [other.hours] : [],
          );
          const cut = taken.reduce((sum, { from, to }) => {
            const both = {
              from: from > item.hours.from ? from : item.hours.from,
              to: to < item.hours.to ? to : item.hours.to,
            };
            return sum + Math.max(0, minutesOf(both));
          }, 0);
          const whole = left.reduce((sum, span) => sum + minutesOf(span), 0);
          expect(whole + cut).toBe(minutesOf(item.hours));
        }
      }),
    );
  });

  it('has class neither on holidays, nor on a public one, nor at weekends', () => {
    fc.assert(
      fc.property(given, (one) => {
        const { plan, holidays } = planned(one);
        const [holiday] = holidays;
        const isOff = holiday !== undefined && holiday.from <= one.day && one.day <= holiday.until;
        if (isOff || weekdayOf(one.day) > 5 || one.day.slice(5) === '11-11')
          expect([plan.noClass === null, hasClass(plan), plan.halves]).toEqual([false, false, []]);
        else if (plan.noClass === null)
          expect(plan.halves).toEqual(halfDaysOf(one.rhythm, weekdayOf(one.day)));
      }),
    );
  });

  it('is of week A or B by turns, also over the new year, whichever day of a week A is named', () => {
    fc.assert(
      fc.property(days, days, (weekA, day) => {
        expect(weekOf(weekA, weekA)).toBe('A');
        expect(weekOf(weekA, day)).not.toBe(weekOf(weekA, dayAfter(day, 7)));
        const monday = dayAfter(day, 1 - weekdayOf(day));
        for (let ahead = 0; ahead < 7; ahead += 1)
          expect(weekOf(weekA, dayAfter(monday, ahead))).toBe(weekOf(weekA, monday));
        expect(weekOf(null, day)).toBeNull();
      }),
    );
  });
});

describe('hours of a class', () => {
  it('hold each lesson that was put into them, and refuse to lose one', () => {
    fc.assert(
      fc.property(rhythms, rhythms, lessons, (rhythm, other, some) => {
        const put = kept(rhythm, some);
        expect(rhythmFault(rhythm, put)).toBeNull();
        const lost = put.filter((one) => lessonFault(one, { rhythm: other, others: [] }) !== null);
        const fault = rhythmFault(other, put);
        expect(fault).toEqual(
          lost.length === 0 ? null : { why: 'lessons-outside', count: lost.length },
        );
      }),
    );
  });

  it.each([
    { typed: { from: '', to: '' }, why: 'no-hours' },
    { typed: { from: '9h', to: '10:00' }, why: 'no-hours' },
    { typed: { from: '09:02', to: '10:00' }, why: 'no-hours' },
    { typed: { from: '09:00', to: '09:00' }, why: 'no-length' },
    { typed: { from: '10:00', to: '09:00' }, why: 'no-length' },
    { typed: { from: '11:45', to: '13:45' }, why: 'out-of-hours' },
    { typed: { from: '08:45', to: '09:15' }, why: 'overlap' },
  ])('$typed.from to $typed.to: $why', ({ typed, why }) => {
    const others = [lessonOf({ id: 2 as WeekLessonId })];
    expect(lessonFault(lessonOf(typed), { rhythm: RHYTHM, others })?.why).toBe(why);
  });
});
