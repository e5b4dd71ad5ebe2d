import { openFaces } from '../../directory/faces.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import { dayAfter, weekdayOf, type Day } from '../../roster/days.ts';
import { holidayYearOf, type Period } from '../../roster/holidays.ts';
import type { Person } from '../../roster/snapshot.ts';
import { broughtTo, hasClass, mondayOf, planOf, type Lesson } from '../../roster/week/plan.ts';
import type { RoomVisit, Face, Viewer } from '../../rules/viewer.ts';
import type { BoardReaders } from '../../store/boards/contract.ts';
import { ticksOf, type Tick } from '../../store/week/ticks.ts';
import { filledWeeks, keptWeeks, type KeptWeek } from '../../store/week/weeks.ts';
import { wallsOf, type OwnWall } from '../wall/own-walls.ts';
import type { Stand } from '../wall/rights.ts';
import type { DayNeed, WeekDay, WeekDesk, WeekSource, WeekView } from './contract.ts';
import { DAYS_AHEAD, WEEK, type WeekParts } from './parts.ts';

/** Whose week is shown, around which day. */
interface Shown {
  /** Null: today. */
  readonly day: Day | null;
  /** Whose ticks are shown; null: nobody's. */
  readonly pupil: AddressId | null;
}

/**
 * The week of each class before which somebody stands; of a guardian's one a child. Whoever stands
 * before the wall of a class has its week.
 */
export async function own(
  parts: WeekParts,
  viewer: Viewer,
  day: Day | null,
): Promise<readonly WeekView[]> {
  const views: Promise<WeekView>[] = [];
  for (const at of await wallsOf(parts, viewer)) {
    if (at.stand === 'family')
      for (const { addressId } of at.children)
        views.push(viewOf({ parts, viewer }, at, { day, pupil: addressId }));
    else views.push(viewOf({ parts, viewer }, at, { day, pupil: ownTicks(viewer, at) }));
  }
  return Promise.all(views);
}

const ownTicks = ({ addressId }: Viewer, { stand }: OwnWall): AddressId | null =>
  stand === 'child' ? addressId : null;

/** Where somebody stands at the week of a class; null: it isn't theirs. */
export async function standsAt(
  parts: WeekParts,
  viewer: Viewer,
  classId: ClassId,
): Promise<OwnWall | null> {
  return (await wallsOf(parts, viewer)).find(({ ref }) => ref.classId === classId) ?? null;
}

export async function week(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  day: Day | null,
): Promise<WeekView | null> {
  const at = await standsAt(parts, viewer, classId);
  if (at === null) return null;
  const pupil = at.stand === 'family' ? (at.children[0]?.addressId ?? null) : ownTicks(viewer, at);
  return viewOf({ parts, viewer }, at, { day, pupil });
}

export const mayChange = ({ stand }: Pick<OwnWall, 'stand'>): boolean =>
  stand === 'teacher' || stand === 'head';

/** Who may give a lesson: the adults who work at the school today. */
export const givesLessons = ({ role, state }: Pick<Person, 'role' | 'state'>): boolean =>
  role !== 'pupil' && role !== 'guardian' && state === 'active';

/** A week with what its teacher needs to change it. */
export async function desk(
  { parts, viewer }: RoomVisit<WeekParts>,
  classId: ClassId,
  day: Day | null,
): Promise<WeekDesk | null> {
  const at = await standsAt(parts, viewer, classId);
  if (at === null || !mayChange(at)) return null;
  const view = await viewOf({ parts, viewer }, at, { day, pupil: null });
  const colleagues = [...at.roster.people.values()]
    .filter(givesLessons)
    .map(({ addressId, displayName }) => ({ addressId, name: displayName }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'fr'));
  const sources = view.lessons.length > 0 ? [] : await sourcesFor(parts, at, view.year);
  return { view, colleagues, sources };
}

/** The year before a school year, as `2025-2026`. */
export function yearBefore(year: string): string {
  const begins = Number(year.slice(0, 4)) - 1;
  return `${begins}-${begins + 1}`;
}

/** Weeks of the same school, of this year and the last. */
async function sourcesFor(
  { store }: WeekParts,
  { ref, roster }: OwnWall,
  year: string,
): Promise<readonly WeekSource[]> {
  const filled = await store.read(ref.school, (tx) => filledWeeks(tx, [year, yearBefore(year)]));
  return filled.flatMap(({ classId, year: of, lessons }) => {
    const name = roster.classes.get(classId)?.name;
    return name === undefined ? [] : [{ classId, name, year: of, lessons }];
  });
}

async function viewOf(
  { parts, viewer }: RoomVisit<WeekParts>,
  at: OwnWall,
  { day, pupil }: Shown,
): Promise<WeekView> {
  const { ref, roster, stand, className } = at;
  const { classId, school } = ref;
  const { timeZone } = roster.school;
  const today = dayAt(parts.clock(), timeZone);
  const monday = mondayOf(day ?? today);
  const year = holidayYearOf(monday).name;
  const within = {
    from: monday < today ? monday : today,
    until: later(dayAfter(monday, 6), dayAfter(today, DAYS_AHEAD)),
  };
  const { kept, ticks } = await parts.store.read(school, async (tx) => {
    const asked = { year, classes: [classId], readers: READS[stand] };
    const weeks = await keptWeeks(tx, asked, within);
    const ticked = await ticksOf(tx, pupil === null ? [] : [pupil], within);
    return { kept: weeks.get(classId) ?? null, ticks: ticked };
  });
  const dayOf = (one: Day): WeekDay | null =>
    kept === null ? null : dayWith(kept, planOf(kept, one, roster.school.holidays), ticks);
  const faces = await facesFor({ parts, viewer }, at, kept?.lessons ?? []);
  return {
    school,
    classId,
    className,
    timeZone,
    year,
    stand,
    today,
    cover: roster.classes.get(classId)?.cover ?? 8,
    child: pupil !== null && stand === 'family' ? { ...faces.of(pupil), addressId: pupil } : null,
    teachers: at.teachers.map((id) => faces.of(id)),
    names: faces.names,
    head: kept && { rhythm: kept.rhythm, weekA: kept.weekA },
    lessons: kept?.lessons ?? [],
    specials: kept?.specials ?? [],
    days: WEEK.flatMap((ahead) => dayOf(dayAfter(monday, ahead)) ?? []).filter(isShown),
    now: dayOf(today),
    holidays: nextHolidays(roster.school.holidays, monday),
    next: nextOf(today, dayOf),
  };
}

/** As whose readers they have what hangs on boards, by where they stand. */
const READS: Readonly<Record<Stand, readonly BoardReaders[]>> = {
  child: ['pupils'],
  aide: ['pupils'],
  family: ['families'],
  teacher: ['pupils', 'families'],
  head: ['pupils', 'families'],
};

const FRIDAY = 5;
const later = (one: Day, other: Day): Day => (one > other ? one : other);

const isShown = ({ day, items, needs, notices }: WeekDay): boolean =>
  weekdayOf(day) <= FRIDAY || items.length + needs.length + notices.length > 0;

const nextHolidays = (holidays: readonly Period[], monday: Day): Period | null =>
  holidays
    .filter(({ until }) => until >= monday)
    .toSorted((one, other) => (one.from < other.from ? -1 : 1))[0] ?? null;

function nextOf(today: Day, dayOf: (day: Day) => WeekDay | null): WeekDay | null {
  for (let ahead = 1; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = dayOf(dayAfter(today, ahead));
    if (day !== null && hasClass(day)) return day;
  }
  return null;
}

/** What is needed on a day: what its lessons want each time, then what was noted for it. */
function dayWith(
  { needs, notices }: Pick<KeptWeek, 'needs' | 'notices'>,
  plan: ReturnType<typeof planOf>,
  ticks: readonly Tick[],
): WeekDay {
  const { day } = plan;
  const isTicked = ({ of, id }: DayNeed['thing']): boolean =>
    ticks.some((tick) => tick.day === day && tick.thing.of === of && tick.thing.id === id);
  const ofLessons = broughtTo(plan).map(({ id, bring }): Omit<DayNeed, 'isTicked'> => ({
    thing: { of: 'lesson', id },
    kind: 'bring',
    words: bring,
  }));
  const noted = needs
    .filter((need) => need.day === day)
    .map(({ id, kind, words }): Omit<DayNeed, 'isTicked'> => ({
      thing: { of: 'need', id },
      kind,
      words,
    }));
  const all = [...ofLessons, ...noted];
  return {
    ...plan,
    needs: all.map((one) => ({ ...one, isTicked: isTicked(one.thing) })),
    notices: notices.filter((notice) => notice.day === day),
  };
}

/** How the people of a week are shown to somebody. */
async function facesFor(
  { parts: { directory, clock }, viewer }: RoomVisit<WeekParts>,
  { teachers, children }: OwnWall,
  lessons: readonly Lesson[],
) {
  const givers = [...new Set(lessons.flatMap(({ teacher }) => teacher ?? []))];
  const pupils = children.map(({ addressId }) => addressId);
  const ids = [...new Set([...teachers, ...givers, ...pupils])];
  const faces = await openFaces(directory, viewer, { addresses: [], ids, now: clock() });
  const of = (addressId: AddressId): Face => {
    const child = children.find((one) => one.addressId === addressId);
    const face = faces.sender({ addressId, role: child ? 'pupil' : 'teacher', from: [] });
    return child === undefined ? face : { ...face, name: child.givenName };
  };
  return { of, names: new Map(givers.map((id) => [id, of(id).name])) };
}
