import { clockAt } from '../../core/ground/clock.ts';
import { Fault } from '../../core/ground/fault.ts';
import type { ClassId } from '../../core/ground/ids.ts';
import { dayAfter, weekdayOf, type Day } from '../../core/roster/days.ts';
import {
  LESSON_KINDS,
  type Lesson,
  type LessonKind,
  type NeedKind,
  type Rhythm,
} from '../../core/roster/week/plan.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { WeekSaved, WithWeeks } from '../../core/school/week/contract.ts';

/** What the weeks of the small town need. */
interface Timetabling {
  readonly core: WithWeeks;
  readonly viewerOf: (local: string) => Promise<Viewer>;
  readonly timeZone: string;
  readonly now: Date;
}

const RHYTHM: Rhythm = {
  morning: { from: '08:30', to: '12:00' },
  afternoon: { from: '13:30', to: '16:30' },
  wednesdayTo: '11:30',
};

/** `09:00 10:00 maths`, and its own name behind it. */
type Line = `${string} ${string} ${LessonKind}${string}`;

const MORNING: readonly Line[] = ['08:30 09:00 rituals', '09:00 10:00 french', '10:00 10:15 break'];

const afterMorning = (...rest: readonly Line[]): readonly Line[] => [...MORNING, ...rest];

/** By weekday, 1 (Monday) to 5. */
const ELEMENTARY: readonly (readonly Line[])[] = [
  afterMorning(
    '10:15 11:00 french Lecture',
    '11:00 12:00 maths',
    '13:30 14:30 world',
    '14:30 15:00 language',
    '15:00 15:15 break',
    '15:15 16:30 sport',
  ),
  afterMorning(
    '10:15 11:00 french Dictée',
    '11:00 12:00 maths',
    '13:30 15:00 arts',
    '15:00 15:15 break',
    '15:15 16:30 french Lecture',
  ),
  afterMorning('10:15 11:00 maths Calcul mental', '11:00 11:30 language'),
  afterMorning(
    '10:15 11:00 french Lecture',
    '11:00 12:00 maths',
    '13:30 15:00 world',
    '15:00 15:15 break',
    '15:15 16:30 sport',
  ),
  afterMorning(
    '10:15 11:00 french Lecture',
    '11:00 12:00 maths',
    '13:30 14:30 music',
    '14:30 15:00 music Chorale',
    '15:00 15:15 break',
    '15:15 16:00 arts',
    '16:00 16:30 rituals Conseil',
  ),
];

const NURSERY_DAY: readonly Line[] = [
  '08:30 09:00 rituals Accueil',
  '09:00 09:45 french Histoire',
  '09:45 10:30 arts Peinture',
  '10:30 11:00 break',
  '11:00 12:00 maths',
  '13:30 14:30 rest Sieste',
  '14:30 15:15 music',
  '15:15 16:30 sport Jeux',
];
const NURSERY = [1, 2, 3, 4, 5].map((day) => (day === 3 ? NURSERY_DAY.slice(0, 4) : NURSERY_DAY));

/** What is needed so many days of school from today on. */
interface DemoNeed {
  readonly ahead: number;
  readonly kind: NeedKind;
  readonly words: string;
}

const CE1: readonly DemoNeed[] = [
  { ahead: 0, kind: 'do', words: 'Lire la page 22' },
  { ahead: 1, kind: 'bring', words: 'Dix bouchons de couleur' },
  { ahead: 1, kind: 'bring', words: 'Une boîte d’œufs vide' },
  { ahead: 1, kind: 'do', words: 'Relire la page 24' },
  { ahead: 3, kind: 'hand-in', words: 'Mon animal préféré' },
  { ahead: 3, kind: 'do', words: 'Réciter la poésie' },
];
const GS: readonly DemoNeed[] = [
  { ahead: 1, kind: 'bring', words: 'Des bottes, on va au jardin' },
  { ahead: 1, kind: 'bring', words: 'Le doudou, lavé' },
];

/** Teachers make the weeks of two classes: one of those who read, one of those who don’t yet. */
export async function makeWeeks(town: Timetabling): Promise<void> {
  const [claire, sylvie] = [
    await town.viewerOf('claire.lefevre'),
    await town.viewerOf('sylvie.caradec'),
  ];
  await makeWeek(town, claire, { days: ELEMENTARY, needs: CE1 });
  await makeWeek(town, sylvie, { days: NURSERY, needs: GS });
  const [id] = claire.classes;
  if (id === undefined) return;
  const outing = thursdayAfter(clockAt(town.now, town.timeZone).date, 1);
  await town.core.weeks.keepSpecial(claire, id.id, {
    special: {
      from: outing,
      until: outing,
      hours: null,
      kind: 'outing',
      title: 'Sortie au musée',
      place: '',
    },
    seen: null,
  });
}

async function makeWeek(
  town: Timetabling,
  teacher: Viewer,
  {
    days,
    needs,
  }: {
    readonly days: readonly (readonly Line[])[];
    readonly needs: readonly DemoNeed[];
  },
): Promise<void> {
  const { weeks } = town.core;
  const id = teacher.classes[0]?.id;
  if (id === undefined) throw wrong('no class');
  taken(await weeks.keepHours(teacher, id, { rhythm: RHYTHM, weekA: null }));
  for (const [at, lines] of days.entries())
    for (const line of lines)
      taken(await weeks.keepLesson(teacher, id, { lesson: lessonIn(at + 1, line), seen: null }));
  await noteNeeds(town, teacher, { id, needs });
}

/** On holidays there is no day of school near: then nothing is needed on it. */
async function noteNeeds(
  town: Timetabling,
  teacher: Viewer,
  { id, needs }: { readonly id: ClassId; readonly needs: readonly DemoNeed[] },
): Promise<void> {
  const days = schoolDays(town);
  for (const { ahead, kind, words } of needs) {
    const day = days[ahead];
    if (day !== undefined) await town.core.weeks.addNeed(teacher, id, { day, kind, words });
  }
}

/** The first Thursday so many days after a day, or later: outings are on one, as letters say. */
export function thursdayAfter(day: Day, days: number): Day {
  const first = dayAfter(day, days);
  return dayAfter(first, (THURSDAY - weekdayOf(first) + 7) % 7);
}

const THURSDAY = 4;

/** Weekdays from today on. */
export function schoolDays({
  now,
  timeZone,
}: Pick<Timetabling, 'now' | 'timeZone'>): readonly Day[] {
  const today = clockAt(now, timeZone).date;
  return [0, 1, 2, 3, 4, 5, 6]
    .map((ahead) => dayAfter(today, ahead))
    .filter((day) => weekdayOf(day) <= 5);
}

function lessonIn(weekday: number, line: Line): Omit<Lesson, 'id' | 'edition'> {
  const [from = '', to = '', what, ...name] = line.split(' ');
  const kind = LESSON_KINDS.find((one) => one === what) ?? 'other';
  const bring = kind === 'arts' && weekday === 2 ? 'Une blouse' : '';
  return {
    weekday,
    from,
    to,
    kind,
    title: name.join(' '),
    weeks: 'every',
    teacher: null,
    place: '',
    bring,
  };
}

function taken(saved: WeekSaved): void {
  if (saved.kind !== 'saved') throw wrong(JSON.stringify(saved));
}

const wrong = (what: string): Fault =>
  new Fault('row-missing', `demo weeks: ${what}`, { transient: false });
