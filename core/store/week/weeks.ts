import { sql } from 'kysely';
import type {
  AddressId,
  ClassId,
  WeekLessonId,
  WeekNeedId,
  WeekSpecialId,
} from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import type { Lesson, Need, Rhythm, Special, WeekRules } from '../../roster/week/plan.ts';
import { anyOf } from '../any-of.ts';
import type { BoardReaders } from '../boards/contract.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { DayNotice } from './contract.ts';

/** The week of a class in one school year. */
export interface WeekName {
  readonly classId: ClassId;
  /** `2026-2027`. */
  readonly year: string;
}

/** A week as it is kept, without what is in it. */
export interface WeekHead extends WeekName {
  readonly rhythm: Rhythm;
  readonly weekA: Day | null;
  /** One more at each change of anything in it. */
  readonly edition: number;
  readonly changedAt: Date;
}

/** With what is in it, of some days. */
export interface KeptWeek extends WeekHead, WeekRules {
  readonly needs: readonly Need[];
  /** Those that hang for whoever asks. */
  readonly notices: readonly DayNotice[];
}

/** Which weeks of one school year are looked for, and as whose readers. */
interface WeeksAsked {
  readonly year: string;
  readonly classes: readonly ClassId[];
  /** Notices for none of these stay away. */
  readonly readers: readonly BoardReaders[];
}

/**
 * Of one school year: the weeks of these classes, and what of it is in these days. One statement,
 * since a family's page asks for it once a child.
 */
export async function keptWeeks(
  tx: SchoolTx,
  { year, classes, readers }: WeeksAsked,
  { from, until }: { readonly from: Day; readonly until: Day },
): Promise<ReadonlyMap<ClassId, KeptWeek>> {
  const { rows } = await sql<
    HeadRow & Pick<KeptWeek, 'lessons' | 'specials' | 'needs' | 'notices'>
  >`
    select w.class_id as "classId", w.school_year as year, w.morning_from as "morningFrom",
      w.morning_to as "morningTo", w.afternoon_from as "afternoonFrom",
      w.afternoon_to as "afternoonTo", w.wednesday_to as "wednesdayTo", w.week_a as "weekA",
      w.edition, w.changed_at as "changedAt",
      (
        select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'weekday', l.weekday,
          'from', l.from_time, 'to', l.to_time, 'kind', l.kind, 'title', l.title,
          'weeks', l.weeks, 'teacher', l.teacher_address_id, 'place', l.place,
          'bring', l.bring, 'edition', l.edition) order by l.id), '[]')
        from week_lesson l
        where l.school_id = w.school_id
          and l.class_id = w.class_id
          and l.school_year = w.school_year
      ) as lessons,
      (
        select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'from', s.from_date,
          'until', s.until_date, 'kind', s.kind, 'title', s.title, 'place', s.place,
          'edition', s.edition, 'hours', case when s.from_time is not null then
            jsonb_build_object('from', s.from_time, 'to', s.to_time) end) order by s.id), '[]')
        from week_special s
        where s.school_id = w.school_id
          and s.class_id = w.class_id
          and s.school_year = w.school_year
          and s.until_date >= ${from}::date
          and s.from_date <= ${until}::date
      ) as specials,
      (
        select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'day', n.day, 'kind', n.kind,
          'words', n.words) order by n.day, n.id), '[]')
        from week_need n
        where n.school_id = w.school_id
          and n.class_id = w.class_id
          and n.school_year = w.school_year
          and n.day between ${from}::date and ${until}::date
      ) as needs,
      ${noticesFor(readers, { from, until })} as notices
    from class_week w
    where w.school_id = ${tx.school}
      and w.school_year = ${year}
      and w.class_id = any(${classes}::bigint[])
  `.execute(tx.kept);
  return new Map(
    rows.map(({ lessons, specials, needs, notices, ...row }): [ClassId, KeptWeek] => [
      row.classId,
      { ...headOf(row), lessons, specials, needs, notices },
    ]),
  );
}

/** The notices of a week's boards that are about one of these days, as a column of `w`. */
const noticesFor = (
  readers: WeeksAsked['readers'],
  { from, until }: { readonly from: Day; readonly until: Day },
) => sql`
  (
    select coalesce(jsonb_agg(jsonb_build_object('notice', n.id, 'classId', n.class_id,
      'day', nw.day, 'title', nw.title) order by nw.day, n.id), '[]')
    from notice n
      join notice_words nw on nw.school_id = n.school_id and nw.notice_id = n.id
        and nw.edition = n.edition
    where n.school_id = w.school_id
      and (n.class_id = w.class_id or n.class_id is null)
      and n.posted_at is not null
      and n.taken_down_at is null
      and nw.readers && ${[...readers]}::text[]
      and nw.day between ${from}::date and ${until}::date
  )
`;

type HeadRow = Omit<WeekHead, 'rhythm'> & {
  readonly morningFrom: string;
  readonly morningTo: string;
  readonly afternoonFrom: string;
  readonly afternoonTo: string;
  readonly wednesdayTo: string | null;
};

function headOf({
  morningFrom,
  morningTo,
  afternoonFrom,
  afternoonTo,
  wednesdayTo,
  ...row
}: HeadRow): WeekHead {
  const rhythm = {
    morning: { from: morningFrom, to: morningTo },
    afternoon: { from: afternoonFrom, to: afternoonTo },
    wednesdayTo,
  };
  return { ...row, rhythm };
}

/** Which of these weeks are there, and how often each has changed. */
export async function weekEditions(
  tx: SchoolTx,
  { year, classes }: { readonly year: string; readonly classes: readonly ClassId[] },
): Promise<readonly Pick<WeekHead, 'classId' | 'edition'>[]> {
  return ownKept(tx)
    .selectFrom('class_week', { class_id: anyOf(classes), school_year: year })
    .select(['class_id as classId', 'edition'])
    .orderBy('class_id')
    .execute();
}

/** Nobody else changes this week until the transaction ends. */
export async function lockWeek(tx: SchoolTx, { classId, year }: WeekName): Promise<void> {
  await own(tx)
    .selectFrom('class_week', { class_id: classId, school_year: year })
    .select('edition')
    .forUpdate()
    .execute();
}

/** Counts a change of a week. */
export async function touchWeek(
  tx: SchoolTx,
  { classId, year }: WeekName,
  now: Date,
): Promise<void> {
  await own(tx)
    .updateTable('class_week', { class_id: classId, school_year: year })
    .set((eb) => ({ edition: eb('edition', '+', 1), changed_at: now }))
    .execute();
}

/** Begins a week, or gives one other hours. */
export async function keepRhythm(
  tx: SchoolTx,
  { classId, year }: WeekName,
  { rhythm, weekA, now }: Pick<WeekHead, 'rhythm' | 'weekA'> & { readonly now: Date },
): Promise<void> {
  const hours = {
    morning_from: rhythm.morning.from,
    morning_to: rhythm.morning.to,
    afternoon_from: rhythm.afternoon.from,
    afternoon_to: rhythm.afternoon.to,
    wednesday_to: rhythm.wednesdayTo,
    week_a: weekA,
  };
  await own(tx)
    .insertInto('class_week', { class_id: classId, school_year: year, ...hours, changed_at: now })
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'class_id', 'school_year']).doUpdateSet(hours),
    )
    .execute();
}

const lessonRow = ({
  weekday,
  from,
  to,
  kind,
  title,
  weeks,
  teacher,
  place,
  bring,
}: NewLesson) => ({
  weekday,
  from_time: from,
  to_time: to,
  kind,
  title,
  weeks,
  place,
  bring,
  teacher_address_id: teacher,
});
type NewLesson = Omit<Lesson, 'id' | 'edition'>;

export async function insertLessons(
  tx: SchoolTx,
  { classId, year }: WeekName,
  lessons: readonly NewLesson[],
): Promise<void> {
  if (lessons.length === 0) return;
  await own(tx)
    .insertInto(
      'week_lesson',
      lessons.map((one) => ({ class_id: classId, school_year: year, ...lessonRow(one) })),
    )
    .execute();
}

/** A row of a week that is changed, as whoever changes it saw it. */
interface Seen<Id> {
  readonly id: Id;
  readonly edition: number;
}

/** False where it isn't there any more, or somebody else has changed it meanwhile. */
export async function updateLesson(
  tx: SchoolTx,
  { id, edition }: Seen<WeekLessonId>,
  lesson: NewLesson,
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('week_lesson', { id, edition })
    .set({ ...lessonRow(lesson), edition: edition + 1 })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function deleteLesson(
  tx: SchoolTx,
  { id, edition }: Seen<WeekLessonId>,
): Promise<boolean> {
  const { numDeletedRows } = await own(tx)
    .deleteFrom('week_lesson', { id, edition })
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

type NewSpecial = Omit<Special, 'id' | 'edition'>;

const specialRow = ({ from, until, hours, kind, title, place }: NewSpecial) => ({
  from_date: from,
  until_date: until,
  kind,
  title,
  place,
  from_time: hours?.from ?? null,
  to_time: hours?.to ?? null,
});

export async function insertSpecial(
  tx: SchoolTx,
  { classId, year }: WeekName,
  special: NewSpecial,
): Promise<void> {
  await own(tx)
    .insertInto('week_special', { class_id: classId, school_year: year, ...specialRow(special) })
    .execute();
}

export async function updateSpecial(
  tx: SchoolTx,
  { id, edition }: Seen<WeekSpecialId>,
  special: NewSpecial,
): Promise<boolean> {
  const { numUpdatedRows } = await own(tx)
    .updateTable('week_special', { id, edition })
    .set({ ...specialRow(special), edition: edition + 1 })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function deleteSpecial(
  tx: SchoolTx,
  { id, edition }: Seen<WeekSpecialId>,
): Promise<boolean> {
  const { numDeletedRows } = await own(tx)
    .deleteFrom('week_special', { id, edition })
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function insertNeed(
  tx: SchoolTx,
  { classId, year }: WeekName,
  { day, kind, words }: Omit<Need, 'id'>,
): Promise<void> {
  await own(tx)
    .insertInto('week_need', { class_id: classId, school_year: year, day, kind, words })
    .execute();
}

export async function deleteNeed(
  tx: SchoolTx,
  { classId }: Pick<WeekName, 'classId'>,
  id: WeekNeedId,
): Promise<boolean> {
  const { numDeletedRows } = await own(tx)
    .deleteFrom('week_need', { class_id: classId, id })
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Weeks of a school that have lessons, of these school years: those that another is made after. */
export async function filledWeeks(
  tx: SchoolTx,
  years: readonly string[],
): Promise<readonly (WeekName & { readonly lessons: number })[]> {
  return ownKept(tx)
    .selectFrom('week_lesson')
    .where('school_year', '=', anyOf(years))
    .select(({ fn }) => [
      'class_id as classId',
      'school_year as year',
      fn.countAll<number>().as('lessons'),
    ])
    .groupBy(['class_id', 'school_year'])
    .orderBy('school_year', 'desc')
    .orderBy('class_id')
    .execute();
}

/** Lessons that somebody gives in classes of a school, whoever's these are. */
export async function lessonsOfTeacher(
  tx: SchoolTx,
  year: string,
  teacher: AddressId,
): Promise<readonly ClassId[]> {
  const rows = await ownKept(tx)
    .selectFrom('week_lesson', { school_year: year, teacher_address_id: teacher })
    .select('class_id as classId')
    .distinct()
    .execute();
  return rows.map(({ classId }) => classId);
}

/** Erases the weeks of school years before this one, with all that is in them. */
export async function eraseWeeksBefore(tx: SchoolTx, year: string): Promise<void> {
  await own(tx).deleteFrom('class_week').where('school_year', '<', year).execute();
}
