/**
 * The largest school that there may be, held against files made to hurt: the event loop plans them,
 * and everybody else waits meanwhile.
 */
import { expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { linesOf } from '../matching/identity.ts';
import { PEOPLE_OF_SCHOOL } from '../reading/limits.ts';
import type { AdultRow, GuardianRow, PupilRow, RosterRow } from '../reading/rows.ts';
import { EMPTY_SCHOOL, schoolAfter } from '../testing/school-after.ts';
import { planImport, type PlanWish } from './plan.ts';

const ALL = PEOPLE_OF_SCHOOL;
const HALF = ALL / 2;
const SCOPE = { secret: Buffer.alloc(32), scope: EMPTY_SCHOOL.school };
/** At rest each takes less than half of it. */
const MOST_MS = 250;
const TRIES = 3;

const letters = (number: number): string =>
  [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
const at = (file: string, number: number) => ({ file, line: number + 2, column: null });

function pupil(number: number, rest: Partial<PupilRow> = {}): PupilRow {
  return {
    kind: 'pupil',
    at: at('eleves.csv', number),
    familyName: `Nom${letters(number)}`,
    givenName: `Ana${letters(number * 7)}`,
    usedName: null,
    birthDate: '2018-05-04',
    ine: null,
    level: 'CP',
    photo: true,
    className: `CP ${number % 100}`,
    sourcedId: null,
    home: null,
    ...rest,
  };
}

type Child = GuardianRow['children'][number];
const childOf = ({ familyName, givenName, className }: PupilRow): Child => ({
  familyName,
  givenName,
  className,
  usedName: null,
  sourcedId: null,
});

function guardian(
  number: number,
  children: readonly Child[],
  rest: Partial<GuardianRow> = {},
): GuardianRow {
  return {
    kind: 'guardian',
    at: at('responsables.csv', number),
    familyName: `Par${letters(number)}`,
    givenName: `Eva${letters(number * 3)}`,
    email: `p${number}@x.test`,
    phones: [],
    home: null,
    children,
    sourcedId: null,
    ...rest,
  };
}

function adult(number: number, rest: Partial<AdultRow> = {}): AdultRow {
  return {
    kind: 'adult',
    at: at('enseignants.csv', number),
    role: 'teacher',
    familyName: `Mai${letters(number)}`,
    givenName: `Isa${letters(number * 3)}`,
    email: null,
    civility: null,
    classNames: [`CP ${number % 100}`],
    sourcedId: null,
    ...rest,
  };
}

const many = <T>(count: number, one: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, number) => one(number));

function families(first = 0): readonly RosterRow[] {
  const pupils = many(ALL / 3, (number) => pupil(first + number));
  const guardians = many((2 * ALL) / 3, (number) => {
    const child = pupils[number % pupils.length] ?? pupil(first);
    return guardian(first + number, [childOf(child)]);
  });
  return [...pupils, ...guardians];
}

const SOMEBODY = pupil(0);
const NAMESAKE = { familyName: 'Roux', givenName: 'Léa' };
const namesakes = (classOf: (number: number) => string, birthDate: string | null = null) =>
  many(HALF, (number) => pupil(number, { ...NAMESAKE, birthDate, className: classOf(number) }));

interface Case {
  readonly what: string;
  /** What the school was made of. */
  readonly school?: () => readonly RosterRow[];
  readonly file: () => readonly RosterRow[];
  /** Lines that have a mistake. */
  readonly unsettled?: () => readonly RosterRow[];
  readonly then: Readonly<Record<string, number>>;
}

const CASES: readonly Case[] = [
  { what: 'families, the first time', file: () => families(), then: { arrives: ALL } },
  { what: 'the same families again', school: () => families(), file: () => families(), then: {} },
  {
    what: 'a whole school that leaves, and another that arrives',
    school: () => families(),
    file: () => families(100_000),
    then: { arrives: ALL, leaves: ALL },
  },
  {
    what: 'everybody in another class, of another level, with another authorisation',
    school: () => many(ALL, (number) => pupil(number)),
    file: () =>
      many(ALL, (number) =>
        pupil(number, { className: `CE ${number}`, level: 'CE1', photo: false }),
      ),
    then: { movesClass: ALL, levels: ALL, photos: ALL, classesMade: ALL, classesEnded: 100 },
  },
  {
    what: 'a class for each child, all of them others than before',
    school: () => many(ALL, (number) => pupil(number, { className: `CP ${number}` })),
    file: () => many(ALL, (number) => pupil(number, { className: `CE ${number}` })),
    then: { movesClass: ALL, classesMade: ALL, classesEnded: ALL },
  },
  {
    what: 'namesakes by their class alone, and a parent for each',
    file: () => [
      ...namesakes((number) => `CP ${number}`),
      ...many(HALF, (number) =>
        guardian(number, [{ ...childOf(pupil(number, NAMESAKE)), className: `CP ${number}` }]),
      ),
    ],
    then: { arrives: ALL, classesMade: HALF },
  },
  {
    what: 'the same, again: nobody leaves who may be meant',
    school: () => namesakes((number) => `CP ${number}`),
    file: () => namesakes((number) => `CP ${number}`),
    then: { kept: HALF, refused: HALF },
  },
  {
    what: 'parents each of whose twenty children may be any of the namesakes',
    file: () => [
      ...namesakes((number) => `CP ${number}`),
      ...many(HALF, (number) =>
        guardian(
          number,
          many(20, () => ({ ...childOf(pupil(0, NAMESAKE)), className: 'CM2' })),
        ),
      ),
    ],
    then: { arrives: HALF, classesMade: HALF, refused: 20 * HALF },
  },
  {
    what: 'parents of one name, each with another address, and all of one child',
    file: () => [
      SOMEBODY,
      ...many(ALL - 1, (number) => guardian(number, [childOf(SOMEBODY)], { ...NAMESAKE })),
    ],
    then: { arrives: 2, questions: 50, refused: ALL - 52 },
  },
  {
    what: 'thousands of parents of one child, again',
    school: () => [SOMEBODY, ...many(ALL - 1, (number) => guardian(number, [childOf(SOMEBODY)]))],
    file: () => [SOMEBODY, ...many(ALL - 1, (number) => guardian(number, [childOf(SOMEBODY)]))],
    then: {},
  },
  {
    what: 'nothing but lines that can’t be used',
    school: () => many(ALL, (number) => pupil(number)),
    file: () => [pupil(ALL)],
    unsettled: () => many(ALL, (number) => pupil(200_000 + number)),
    then: { arrives: 1, leaves: ALL, classesEnded: 99 },
  },
  {
    what: 'lines of half a name that everybody has',
    school: () => many(ALL, (number) => pupil(number, { familyName: 'Roux' })),
    file: () => [pupil(ALL)],
    unsettled: () =>
      many(ALL, (number) => pupil(200_000 + number, { familyName: 'Roux', givenName: '' })),
    then: { arrives: 1, kept: ALL },
  },
  {
    what: 'one child of the school, and thousands of their name',
    school: () => [pupil(0, { ...NAMESAKE, birthDate: null })],
    file: () => namesakes((number) => `CM ${number}`),
    then: { questions: HALF, classesMade: HALF },
  },
  {
    what: 'one child in thousands of classes',
    file: () => many(ALL, (number) => pupil(number, { ...NAMESAKE, className: `CP ${number}` })),
    then: { arrives: 1, classesMade: ALL },
  },
  {
    what: 'children of one name and one birthday, known by nothing else',
    school: () => many(ALL, (number) => pupil(number, { ...NAMESAKE, ine: `${number}` })),
    file: () => many(ALL, (number) => pupil(number, { ...NAMESAKE, ine: `9${number}x` })),
    then: { kept: ALL, refused: ALL },
  },
  {
    what: 'a team that has its posts already',
    school: () => many(ALL, (number) => adult(number)),
    file: () => many(ALL, (number) => adult(number)),
    then: {},
  },
  {
    what: 'a team of one name',
    school: () => many(ALL, (number) => adult(number, { ...NAMESAKE, email: `a${number}@x.test` })),
    file: () => many(ALL, (number) => adult(number, NAMESAKE)),
    then: { kept: ALL, refused: ALL },
  },
  {
    what: 'heads alone',
    file: () => many(ALL, (number) => adult(number, { role: 'head' })),
    then: { arrives: ALL, classesMade: 100, notRaised: ALL - 1 },
  },
];

function wishOf({ file, unsettled }: Pick<Case, 'file' | 'unsettled'>): PlanWish {
  return {
    lines: linesOf(file(), SCOPE),
    unsettled: linesOf(unsettled?.() ?? [], SCOPE),
    refused: [],
    leftAside: [],
    classes: [],
    day: '2026-11-30',
    decisions: {},
    retyped: null,
    arrivals: null,
    byAgent: true,
  };
}

const { some, rest } = sliced(5, CASES);
it.each(some)('$what', isPlannedAtOnce);
it.each(rest)('$what', SOAKED, isPlannedAtOnce);

function isPlannedAtOnce({ what, school, file, unsettled, then }: (typeof CASES)[number]): void {
  const wish = wishOf({ file, ...(unsettled && { unsettled }) });
  const state =
    school === undefined
      ? EMPTY_SCHOOL
      : schoolAfter(planImport(EMPTY_SCHOOL, wishOf({ file: school })));
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && least >= MOST_MS; tries += 1) {
    const begun = process.threadCpuUsage();
    const { preview } = planImport(state, wish);
    const { user, system } = process.threadCpuUsage(begun);
    least = Math.min(least, (user + system) / 1_000);
    const counts = Object.entries(preview).flatMap(([key, list]) =>
      Array.isArray(list) && list.length > 0 && key !== 'stops' ? [[key, list.length]] : [],
    );
    expect(Object.fromEntries(counts)).toMatchObject(then);
  }
  console.log(`${what}: ${least.toFixed(0)} ms`);
  expect(least).toBeLessThan(MOST_MS);
}
