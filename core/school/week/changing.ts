import { isDeepStrictEqual } from 'node:util';
import { dayAt } from '../../ground/clock.ts';
import type { ClassId, WeekLessonId, WeekNeedId, WeekSpecialId } from '../../ground/ids.ts';
import { dayAfter, type Day } from '../../roster/days.ts';
import { holidayYearOf } from '../../roster/holidays.ts';
import { hasClass, planOf, type Lesson, type Need } from '../../roster/week/plan.ts';
import {
  lessonFault,
  needFault,
  rhythmFault,
  specialFault,
  type WeekFault,
} from '../../roster/week/troubles.ts';
import type { RoomVisit } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import type { SchoolTx } from '../../store/store.ts';
import { deleteTick, eraseTicksBefore, insertTick } from '../../store/week/ticks.ts';
import {
  deleteLesson,
  deleteNeed,
  deleteSpecial,
  eraseWeeksBefore,
  insertLessons,
  insertNeed,
  insertSpecial,
  keepRhythm,
  keptWeeks,
  lockWeek,
  touchWeek,
  updateLesson,
  updateSpecial,
  type KeptWeek,
  type WeekHead,
  type WeekName,
} from '../../store/week/weeks.ts';
import type { OwnWall } from '../wall/own-walls.ts';
import type { NeedTick, SeenEdition, Weeks, WeekSaved, WeekSource } from './contract.ts';
import { MOST_LESSONS, MOST_NEEDS, MOST_SPECIALS, TICK_DAYS, type WeekParts } from './parts.ts';
import { givesLessons, mayChange, standsAt, week, yearBefore } from './reading.ts';

const SAVED: WeekSaved = { kind: 'saved' };
const MISSING: WeekSaved = { kind: 'missing' };
const CHANGED: WeekFault = { why: 'changed-meanwhile' };

/** A week that is being changed: nobody else changes it until the transaction ends. */
interface Changing {
  readonly tx: SchoolTx;
  readonly at: OwnWall;
  readonly name: WeekName;
  /** Null: nobody has made this class a week. */
  readonly kept: KeptWeek | null;
  readonly now: Date;
}

/** Changes the week of a class, where it is the viewer's; what is refused changes nothing. */
async function change(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  act: (changing: Changing) => Promise<WeekFault | null>,
): Promise<WeekSaved> {
  const at = await standsAt(parts, viewer, classId);
  if (at === null || !mayChange(at)) return MISSING;
  const { name } = at;
  const now = parts.clock();
  return parts.store.write(at.ref.school, async (tx) => {
    await lockWeek(tx, name);
    const { first, last } = holidayYearOf(dayAt(now, at.roster.school.timeZone));
    const weeks = await keptWeeks(
      tx,
      { year: name.year, classes: [classId], readers: [] },
      { from: first, until: last },
    );
    const fault = await act({ tx, at, name, kept: weeks.get(classId) ?? null, now });
    if (fault !== null) return { kind: 'refused', fault };
    await touchWeek(tx, name, now);
    return SAVED;
  });
}

/** Whether a row says all of this already: a form that is sent twice puts it there once. */
function has<Row extends { readonly id: number }>(
  rows: readonly Row[],
  typed: Omit<Row, 'id' | 'edition'>,
): boolean {
  return rows.some((row) => isDeepStrictEqual({ ...row, ...typed }, row));
}

/** The same of a week that is there. */
const changeKept = (
  visit: RoomVisit<WeekParts>,
  classId: ClassId,
  act: (changing: Changing & { readonly kept: KeptWeek }) => Promise<WeekFault | null>,
): Promise<WeekSaved> =>
  change(visit, classId, async (changing) => {
    const { kept } = changing;
    return kept === null ? { why: 'no-week' } : act({ ...changing, kept });
  });

/** Begins the week of a class, or gives it other hours: no lesson is lost by it. */
export function keepHours(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  hours: Pick<WeekHead, 'rhythm' | 'weekA'>,
): Promise<WeekSaved> {
  return change({ parts, viewer }, classId, async ({ tx, name, kept, now }) => {
    const fault = rhythmFault(hours.rhythm, kept?.lessons ?? []);
    if (fault !== null) return fault;
    if (kept === null) await eraseWeeksBefore(tx, yearBefore(name.year));
    await keepRhythm(tx, name, { ...hours, now });
    await writeAudit(tx, viewer.addressId, 'week-hours', { class: classId });
    return null;
  });
}

/** Gives a week without lessons the hours and the lessons of another of its school. */
export function copy(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  from: Pick<WeekSource, 'classId' | 'year'>,
): Promise<WeekSaved> {
  return change({ parts, viewer }, classId, async ({ tx, at, name, kept, now }) => {
    if ((kept?.lessons.length ?? 0) > 0) return CHANGED;
    const { first } = holidayYearOf(dayAt(now, at.roster.school.timeZone));
    const none = { from: first, until: first };
    const asked = { year: from.year, classes: [from.classId], readers: [] };
    const weeks = await keptWeeks(tx, asked, none);
    const source = weeks.get(from.classId);
    if (source === undefined) return CHANGED;
    if (kept === null) await eraseWeeksBefore(tx, yearBefore(name.year));
    await keepRhythm(tx, name, { ...source, now });
    await insertLessons(
      tx,
      name,
      source.lessons.map((one) => byColleague(at, one)),
    );
    await writeAudit(tx, viewer.addressId, 'week-copied', { class: classId });
    return null;
  });
}

/** A lesson without its teacher where that is none of the school's: who has left gives none. */
function byColleague<Row extends Pick<Lesson, 'teacher'>>({ roster }: OwnWall, lesson: Row): Row {
  const teacher = lesson.teacher === null ? undefined : roster.people.get(lesson.teacher);
  const isOne = teacher !== undefined && givesLessons(teacher);
  return isOne ? lesson : { ...lesson, teacher: null };
}

export function keepLesson(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  { lesson, seen }: Parameters<Weeks['keepLesson']>[2],
): Promise<WeekSaved> {
  return changeKept({ parts, viewer }, classId, async ({ tx, at, name, kept }) => {
    if (seen !== null && !isThere(kept.lessons, seen)) return CHANGED;
    const others = kept.lessons.filter(({ id }) => id !== seen?.id);
    const fault = lessonFault(lesson, { rhythm: kept.rhythm, others });
    if (fault !== null) return fault;
    if (others.length >= MOST_LESSONS) return { why: 'too-many' };
    const row = byColleague(at, lesson);
    if (seen === null) await insertLessons(tx, name, [row]);
    else if (!(await updateLesson(tx, seen, row))) return CHANGED;
    return null;
  });
}

const isThere = <Id>(rows: readonly SeenEdition<Id>[], { id, edition }: SeenEdition<Id>): boolean =>
  rows.some((row) => row.id === id && row.edition === edition);

export function dropLesson(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  seen: SeenEdition<WeekLessonId>,
): Promise<WeekSaved> {
  return changeKept({ parts, viewer }, classId, async ({ tx, kept }) =>
    isThere(kept.lessons, seen) && (await deleteLesson(tx, seen)) ? null : CHANGED,
  );
}

export function keepSpecial(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  { special, seen }: Parameters<Weeks['keepSpecial']>[2],
): Promise<WeekSaved> {
  return changeKept({ parts, viewer }, classId, async ({ tx, name, kept }) => {
    if (seen !== null && !isThere(kept.specials, seen)) return CHANGED;
    const fault = specialFault(special, name.year);
    if (fault !== null) return fault;
    if (seen === null && has(kept.specials, special)) return null;
    if (seen === null && kept.specials.length >= MOST_SPECIALS) return { why: 'too-many' };
    if (seen === null) await insertSpecial(tx, name, special);
    else if (!(await updateSpecial(tx, seen, special))) return CHANGED;
    await writeAudit(tx, viewer.addressId, 'week-special', { class: classId });
    return null;
  });
}

export function dropSpecial(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  seen: SeenEdition<WeekSpecialId>,
): Promise<WeekSaved> {
  return changeKept({ parts, viewer }, classId, async ({ tx, kept }) =>
    isThere(kept.specials, seen) && (await deleteSpecial(tx, seen)) ? null : CHANGED,
  );
}

export function addNeed(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  need: Omit<Need, 'id'>,
): Promise<WeekSaved> {
  return changeKept({ parts, viewer }, classId, async ({ tx, at, name, kept, now }) => {
    const fault = needFault(need, name.year);
    if (fault !== null) return fault;
    if (!hasClass(planOf(kept, need.day, at.roster.school.holidays)))
      return { why: 'no-class-then' };
    if (has(kept.needs, need)) return null;
    if (kept.needs.filter(({ day }) => day === need.day).length >= MOST_NEEDS)
      return { why: 'too-many' };
    await eraseTicksBefore(tx, daysBefore(at, now));
    await insertNeed(tx, name, need);
    return null;
  });
}

const daysBefore = ({ roster }: OwnWall, now: Date): Day =>
  dayAfter(dayAt(now, roster.school.timeZone), -TICK_DAYS);

export function dropNeed(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  id: WeekNeedId,
): Promise<WeekSaved> {
  return changeKept({ parts, viewer }, classId, async ({ tx, name }) =>
    (await deleteNeed(tx, name, id)) ? null : CHANGED,
  );
}

/** A pupil's own tick; false where there is nothing of theirs to tick. */
export async function tick(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  { day, thing, isOn }: NeedTick,
): Promise<boolean> {
  const shown = await week({ parts, viewer }, classId, day);
  if (shown?.stand !== 'child') return false;
  const needs = shown.days.find((one) => one.day === day)?.needs ?? [];
  if (!needs.some((one) => one.thing.of === thing.of && one.thing.id === thing.id)) return false;
  const own = { pupil: viewer.addressId, day, thing };
  await parts.store.write(shown.school, (tx) =>
    isOn ? insertTick(tx, classId, own) : deleteTick(tx, own),
  );
  return true;
}
