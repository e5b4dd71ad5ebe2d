import type { ClassId, WeekLessonId } from '../../../core/ground/ids.ts';
import { dayAfter } from '../../../core/roster/days.ts';
import {
  LESSON_KINDS,
  LESSON_WEEKS,
  NEED_KINDS,
  SPECIAL_KINDS,
} from '../../../core/roster/week/plan.ts';
import { specialHours, type WeekFault } from '../../../core/roster/week/troubles.ts';
import type {
  NeedTick,
  SeenEdition,
  WeekSaved,
  WithWeeks,
} from '../../../core/school/week/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import {
  addressIdOf,
  classIdOf,
  countOf,
  dayOf,
  weekLessonIdOf,
  weekNeedIdOf,
  weekSpecialIdOf,
} from '../../ids.ts';
import { HOURS } from './beginning.ts';
import { NO_QUERY, showChange } from './change.ts';
import type { ClassWeekPart } from './class-week.ts';
import { NEED, NEED_FIELDS, SPECIAL, SPECIAL_FIELDS, showNeed, specialAgain } from './dated.ts';
import { LESSON, LESSON_FIELDS, lessonFilled } from './lesson-form.ts';
import { faultWords, refusedForm } from './parts.ts';

type WeekVisit = Visit<ClassWeekPart>;

/** One of these, as it stands in a form; the first where it is none. */
const oneOf = <Name extends string>(names: readonly [Name, ...Name[]], typed: string): Name =>
  names.find((name) => name === typed) ?? names[0];

/** « 9 h 30 », “9:30” and what a browser's own field sends, as `09:30`; else as it was typed. */
function timeIn(typed: string): string {
  const [, hours = '', minutes = ''] = /^(\d{1,2})\s*[:hH]\s*(\d{2})?$/.exec(typed) ?? [];
  return hours === '' ? typed : `${hours.padStart(2, '0')}:${minutes === '' ? '00' : minutes}`;
}

/** « 26/11/2026 » and what a browser's own field sends, as `2026-11-26`. */
function dayIn(typed: string): string {
  const [, day = '', month = '', year = ''] =
    /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(typed) ?? [];
  return year === '' ? typed : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** A row as its form saw it; null: a new one. */
function seenIn<Id extends number>(row: Id | null, edition: string): SeenEdition<Id> | null {
  return row === null ? null : { id: row, edition: countOf(edition) ?? 0 };
}

/** Where one goes once something is kept; what isn't is given back. */
async function answered(
  saved: WeekSaved,
  to: string,
  again: (fault: WeekFault) => Promise<Answer>,
): Promise<Answer> {
  if (saved.kind === 'missing') return MISSING;
  return saved.kind === 'saved' ? { kind: 'go', to } : again(saved.fault);
}

/** POST /classes/:class/week/hours: the hours of the class, which begin its week. */
export async function keepHours(visit: WeekVisit, id: ClassId, form: Form): Promise<Answer> {
  const typed = HOURS.typedIn(form);
  const desk = await visit.core.weeks.desk(visit.viewer, id, null);
  if (desk === null) return MISSING;
  const { today } = desk.view;
  const weekA = { alike: null, A: today, B: dayAfter(today, 7) }[
    oneOf(['alike', 'A', 'B'], typed.weeks)
  ];
  const rhythm = {
    morning: { from: timeIn(typed.morningFrom), to: timeIn(typed.morningTo) },
    afternoon: { from: timeIn(typed.afternoonFrom), to: timeIn(typed.afternoonTo) },
    wednesdayTo: typed.rhythm === 'half' ? timeIn(typed.wednesdayTo) : null,
  };
  const saved = await visit.core.weeks.keepHours(visit.viewer, id, { rhythm, weekA });
  return answered(saved, `${tabPath(id, 'week')}/change?said=hours`, (fault) =>
    showChange(visit, id, {
      query: NO_QUERY,
      back: { hours: refusedForm(visit, fault, { typed, fields: hourOf(fault) }) },
    }),
  );
}

/** The field of the hour that wasn't taken; none where it is the lessons that lie outside. */
const hourOf = ({ why, hour }: WeekFault) => (hour === undefined ? {} : { [why]: hour });

/** POST /classes/:class/week/copy: begins a week with that of a colleague, or of last year. */
export async function copyWeek(visit: WeekVisit, id: ClassId, form: Form): Promise<Answer> {
  const [source = '', year = ''] = field(form, 'source').split(' ');
  const classId = classIdOf(source);
  if (classId === null || !/^\d{4}-\d{4}$/.test(year)) return MISSING;
  const saved = await visit.core.weeks.copy(visit.viewer, id, { classId, year });
  return answered(saved, `${tabPath(id, 'week')}/change?said=copied`, (fault) =>
    showChange(visit, id, {
      query: NO_QUERY,
      back: { hours: { filled: { typed: HOURS.typedIn(form) }, above: faultWords(visit, fault) } },
    }),
  );
}

/** POST /classes/:class/week/lesson: a lesson is put there, changed or taken away. */
export async function keepLesson(visit: WeekVisit, id: ClassId, form: Form): Promise<Answer> {
  const { weeks } = visit.core;
  const typed = LESSON.typedIn(form);
  const seen = seenIn(weekLessonIdOf(typed.lesson), typed.edition);
  const isRemoved = field(form, 'act') === 'remove' && seen !== null;
  const saved = isRemoved
    ? await weeks.dropLesson(visit.viewer, id, seen)
    : await weeks.keepLesson(visit.viewer, id, {
        lesson: {
          kind: LESSON_KINDS.find((kind) => kind === typed.kind) ?? 'other',
          title: typed.title,
          weekday: Math.min(5, countOf(typed.weekday) ?? 1),
          from: timeIn(typed.from),
          to: timeIn(typed.to),
          weeks: LESSON_WEEKS.find((one) => one === typed.weeks) ?? 'every',
          teacher: addressIdOf(typed.teacher),
          place: typed.place,
          bring: typed.bring,
        },
        seen,
      });
  const week = typed.weeks === 'every' || typed.weeks === '' ? '' : `&week=${typed.weeks}`;
  const to = `${tabPath(id, 'week')}/change?said=${isRemoved ? 'dropped' : 'lesson'}${week}`;
  return answered(saved, to, async (fault) => {
    const lesson = refusedForm(visit, fault, { typed, fields: LESSON_FIELDS });
    // Of a lesson that somebody else has changed the form takes the newest edition along: whoever
    // saves it again means it.
    const now = fault.why === 'changed-meanwhile' ? await editionOf(visit, id, seen?.id) : null;
    const back = now === null ? typed : { ...typed, ...now };
    return showChange(visit, id, {
      query: NO_QUERY,
      back: { lesson: { ...lesson, filled: { ...lesson.filled, typed: back } } },
    });
  });
}

/** POST /classes/:class/week/move: a lesson goes to another day or hour, and stays what it is. */
export async function moveLesson(visit: WeekVisit, id: ClassId, form: Form): Promise<Answer> {
  const desk = await visit.core.weeks.desk(visit.viewer, id, null);
  const seen = seenIn(weekLessonIdOf(field(form, 'lesson')), field(form, 'edition'));
  const lesson = desk?.view.lessons.find((one) => one.id === seen?.id);
  if (lesson === undefined || seen === null) return MISSING;
  const weekday = Math.min(5, countOf(field(form, 'weekday')) ?? lesson.weekday);
  const [from, to] = [timeIn(field(form, 'from')), timeIn(field(form, 'to'))];
  const moved = { ...lesson, weekday, from, to };
  const saved = await visit.core.weeks.keepLesson(visit.viewer, id, { lesson: moved, seen });
  return answered(saved, `${tabPath(id, 'week')}/change?lesson=${lesson.id}`, async (fault) => {
    const back = { filled: lessonFilled(lesson), above: faultWords(visit, fault) };
    return showChange(visit, id, { query: NO_QUERY, back: { lesson: back } });
  });
}

/** What names a lesson as it is now; nothing where it is gone: saved again, it is a new one. */
async function editionOf(visit: WeekVisit, id: ClassId, lesson: WeekLessonId | undefined) {
  const view = await visit.core.weeks.week(visit.viewer, id, null);
  const one = view?.lessons.find((known) => known.id === lesson);
  return one === undefined
    ? { lesson: '', edition: '' }
    : { lesson: String(one.id), edition: String(one.edition) };
}

/** POST /classes/:class/week/special: something special is noted on its date, or taken off. */
export async function keepSpecial(visit: WeekVisit, id: ClassId, form: Form): Promise<Answer> {
  const { weeks } = visit.core;
  const typed = SPECIAL.typedIn(form);
  const seen = seenIn(weekSpecialIdOf(typed.special), typed.edition);
  const isRemoved = field(form, 'act') === 'remove' && seen !== null;
  const hours = specialHours(timeIn(typed.fromTime), timeIn(typed.toTime));
  const again = (fault: WeekFault) =>
    specialAgain(visit, id, refusedForm(visit, fault, { typed, fields: SPECIAL_FIELDS }));
  const from = dayIn(typed.from);
  if (hours === 'one-hour' && !isRemoved) return again({ why: 'one-hour' });
  const saved = isRemoved
    ? await weeks.dropSpecial(visit.viewer, id, seen)
    : await weeks.keepSpecial(visit.viewer, id, {
        special: {
          kind: SPECIAL_KINDS.find((kind) => kind === typed.kind) ?? 'outing',
          title: typed.title,
          from,
          until: typed.until === '' ? from : dayIn(typed.until),
          hours: hours === 'one-hour' ? null : hours,
          place: typed.place,
        },
        seen,
      });
  const day = dayOf(from);
  const said = isRemoved ? 'special-off' : 'special';
  return answered(
    saved,
    `${tabPath(id, 'week')}?said=${said}${day === null ? '' : `&day=${day}`}`,
    again,
  );
}

/** POST /classes/:class/week/need: something more for a day, or something less. */
export async function keepNeed(visit: WeekVisit, id: ClassId, form: Form): Promise<Answer> {
  const { weeks } = visit.core;
  const typed = NEED.typedIn(form);
  const known = weekNeedIdOf(field(form, 'need'));
  const isRemoved = field(form, 'act') === 'remove' && known !== null;
  const day = dayIn(typed.day);
  const saved = isRemoved
    ? await weeks.dropNeed(visit.viewer, id, known)
    : await weeks.addNeed(visit.viewer, id, {
        kind: NEED_KINDS.find((kind) => kind === typed.kind) ?? 'bring',
        words: typed.words,
        day,
      });
  const said = isRemoved ? 'need-off' : 'need';
  return answered(saved, `${tabPath(id, 'week')}/need?day=${day}&said=${said}`, (fault) =>
    showNeed(visit, id, {
      day: dayOf(day),
      said: null,
      back: refusedForm(visit, fault, { typed, fields: NEED_FIELDS }),
    }),
  );
}

/** POST /week/tick: a pupil ticks something, or takes the tick back. */
export async function tickNeed(visit: Visit<WithWeeks<'tick'>>, form: Form): Promise<Answer> {
  const [classId, day] = [classIdOf(field(form, 'class')), dayOf(field(form, 'day'))];
  const thing = thingIn(field(form, 'thing'));
  if (classId === null || day === null || thing === null) return MISSING;
  const isOn = field(form, 'on') === 'yes';
  const done = await visit.core.weeks.tick(visit.viewer, classId, { day, thing, isOn });
  return done
    ? { kind: 'go', to: visit.cameFrom.startsWith('/week') ? visit.cameFrom : '/week' }
    : MISSING;
}

/** `need-12`, `lesson-7`. */
function thingIn(text: string): NeedTick['thing'] | null {
  const [of, number] = text.split('-');
  const [need, lesson] = [weekNeedIdOf(number), weekLessonIdOf(number)];
  if (of === 'need' && need !== null) return { of, id: need };
  return of === 'lesson' && lesson !== null ? { of, id: lesson } : null;
}
