import { dayAt } from '../../ground/clock.ts';
import { dayAfter, type Day } from '../../roster/days.ts';
import { holidayYearOf } from '../../roster/holidays.ts';
import { mondayOf, planOf } from '../../roster/week/plan.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { keptWeeks, lessonsOfTeacher } from '../../store/week/weeks.ts';
import type { GivenDay, GivenLesson } from './contract.ts';
import { WEEK, type WeekParts } from './parts.ts';

/**
 * What somebody gives in classes of their school that aren't their own, in the week around a day: a
 * specialist's hours, who has no class. Days without any are left out.
 */
export async function given(
  { store, directory, clock }: WeekParts,
  viewer: Viewer,
  day: Day | null,
): Promise<readonly GivenDay[]> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian') return [];
  const rosters = await directory.rosters([viewer.school], { maxAgeMs: 0 });
  const roster = rosters.get(viewer.school);
  if (roster === undefined) return [];
  const monday = mondayOf(day ?? dayAt(clock(), roster.school.timeZone));
  const year = holidayYearOf(monday).name;
  const own = new Set(viewer.classes.map(({ id }) => id));
  const weeks = await store.read(viewer.school, async (tx) => {
    const others = await lessonsOfTeacher(tx, year, viewer.addressId);
    const classes = others.filter((id) => !own.has(id) && roster.classes.has(id));
    const within = { from: monday, until: dayAfter(monday, WEEK.length - 1) };
    return classes.length === 0
      ? new Map<never, never>()
      : keptWeeks(tx, { year, classes, readers: [] }, within);
  });
  return WEEK.flatMap((ahead): readonly GivenDay[] => {
    const on = dayAfter(monday, ahead);
    const lessons = [...weeks.values()].flatMap((kept): readonly GivenLesson[] =>
      planOf(kept, on, roster.school.holidays).items.flatMap((item) =>
        item.kind === 'lesson' && item.lesson.teacher === viewer.addressId
          ? [{ ...item, className: roster.classes.get(kept.classId)?.name ?? '' }]
          : [],
      ),
    );
    return lessons.length === 0 ? [] : [{ day: on, lessons: lessons.toSorted(inOrder) }];
  });
}

const inOrder = ({ hours: one }: GivenLesson, { hours: other }: GivenLesson): number =>
  one.from < other.from ? -1 : 1;
