/**
 * A whole town's roster files as ONDE writes them, made up and the same every time: for the
 * importer's bench and its tests. A folder per school, named by its code, with
 * CSVExtraction-eleves.csv, CSVExtraction-responsables.csv and enseignants.csv.
 */
import { hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { levelsOfSchool, type ClassLevels } from '../../../../cli/demo/levels.ts';
import { ADULTS, CHILDREN, COMMUNES, FAMILIES } from '../../../../cli/demo/names.ts';
import { pick, seeded, shuffled, type SeededRandom } from '../../../../cli/demo/seeded.ts';
import {
  inOnde,
  ondeGuardiansCsv,
  ondePupilsCsv,
  teachersCsv,
  type WrittenGuardian,
  type WrittenPupil,
  type WrittenTeacher,
} from './onde-csv.ts';

export interface OndeTownSize {
  readonly schools: number;
  readonly pupils: number;
  readonly teachers: number;
  readonly guardians: number;
  readonly seed: number;
}

interface SchoolFiles {
  /** A code of the national form (UAI), invented. */
  readonly code: string;
  readonly name: string;
  readonly pupils: Buffer;
  readonly guardians: Buffer;
  readonly teachers: Buffer;
}

export const WHOLE_TOWN: OndeTownSize = {
  schools: 128,
  pupils: 15_000,
  teachers: 650,
  guardians: 20_000,
  seed: 1,
};

const KINDS = ['nursery', 'elementary', 'all'] as const;
const FIRST_YEAR: Readonly<Record<string, number>> = {
  PS: 2024,
  MS: 2023,
  GS: 2022,
  CP: 2021,
  CE1: 2020,
  CE2: 2019,
  CM1: 2018,
  CM2: 2017,
};
const CYCLES: Readonly<Record<string, string>> = {
  PS: 'CYCLE I',
  MS: 'CYCLE I',
  GS: 'CYCLE I',
  CP: 'CYCLE II',
  CE1: 'CYCLE II',
  CE2: 'CYCLE II',
  CM1: 'CYCLE III',
  CM2: 'CYCLE III',
};
/** One family in so many has a child in a second class of the same school. */
const SIBLINGS_EVERY = 4;
/** One INE in so many is not given yet. */
const INE_MISSING_EVERY = 25;

/**
 * The files of each school, one after another, so that a town is never in memory whole. Exactly as
 * many people as asked.
 */
export function* townFiles(size: OndeTownSize): Generator<SchoolFiles> {
  const random = seeded(size.seed);
  let ine = 0;
  for (let index = 0; index < size.schools; index += 1) {
    const share = (total: number): number =>
      Math.floor((total * (index + 1)) / size.schools) - Math.floor((total * index) / size.schools);
    const classes = levelsOfSchool(
      KINDS[index % KINDS.length] ?? 'all',
      Math.max(1, share(size.teachers)),
    );
    const commune = pick(random, COMMUNES);
    const pupils = pupilsOf(
      { random, classes, commune, nextIne: () => ineOf(random, (ine += 1)) },
      share(size.pupils),
    );
    yield {
      code: `${String(690_0001 + index)}${String.fromCharCode(65 + (index % 26))}`,
      name: `École ${index + 1}`,
      pupils: inOnde(ondePupilsCsv(pupils)),
      guardians: inOnde(ondeGuardiansCsv(guardiansOf(random, pupils, share(size.guardians)))),
      teachers: inOnde(
        teachersCsv(
          teachersOf(random, { classes, number: share(size.teachers), commune, school: index }),
        ),
      ),
    };
  }
}

/** Writes the town into a folder; returns the schools' folders in order. */
export function writeTown(folder: string, size: OndeTownSize = WHOLE_TOWN): string[] {
  return [...townFiles(size)].map(({ code, pupils, guardians, teachers }) => {
    const school = join(folder, code);
    mkdirSync(school, { recursive: true });
    writeFileSync(join(school, 'CSVExtraction-eleves.csv'), pupils);
    writeFileSync(join(school, 'CSVExtraction-responsables.csv'), guardians);
    writeFileSync(join(school, 'enseignants.csv'), teachers);
    return school;
  });
}

interface School {
  readonly random: SeededRandom;
  readonly classes: readonly ClassLevels[];
  readonly commune: string;
  readonly nextIne: () => string | null;
}

function pupilsOf(school: School, number: number): WrittenPupil[] {
  const { random, classes, commune } = school;
  const taken = new Set<string>();
  return Array.from({ length: number }, (_, index) => {
    const one = classes[index % classes.length] ?? { name: 'CP', levels: ['CP'] };
    const level = one.levels[Math.floor(random() * one.levels.length)] ?? 'CP';
    const before = taken.size;
    let familyName = '';
    let givenName = '';
    // Namesakes exist, but not two in a hundred: a second draw makes them rare.
    for (let draw = 0; draw < 2 && taken.size === before; draw += 1) {
      familyName = pick(random, FAMILIES);
      givenName = pick(random, CHILDREN);
      taken.add(`${familyName} ${givenName}`);
    }
    const birthDate = new Date(
      Date.UTC(
        (FIRST_YEAR[level] ?? 2020) - 1,
        Math.floor(random() * 12),
        1 + Math.floor(random() * 28),
      ),
    );
    return {
      familyName,
      givenName,
      birthDate: birthDate.toISOString().slice(0, 10),
      ine: school.nextIne(),
      cycle: CYCLES[level] ?? '',
      level,
      className: one.name,
      commune,
    };
  });
}

/** Ten digits and a letter, none twice in a town. */
function ineOf(random: SeededRandom, number: number): string | null {
  const letter = String.fromCharCode(65 + Math.floor(random() * 26));
  return number % INE_MISSING_EVERY === 0
    ? null
    : `${String(1_000_000_000 + number * 37)}${letter}`;
}

/**
 * Every child has a guardian first, then second ones until the number is reached; some have two
 * children in the school.
 */
function guardiansOf(
  random: SeededRandom,
  pupils: readonly WrittenPupil[],
  number: number,
): WrittenGuardian[] {
  const households: WrittenPupil[][] = [];
  for (const pupil of pupils) {
    const last = households.at(-1);
    if (last && last.length === 1 && households.length % SIBLINGS_EVERY === 0) last.push(pupil);
    else households.push([pupil]);
  }
  const guardian = (children: readonly WrittenPupil[], index: number): WrittenGuardian => {
    const familyName =
      index < households.length ? (children[0]?.familyName ?? '') : pick(random, FAMILIES);
    const givenName = pick(random, ADULTS);
    const email =
      `${plain(givenName)}.${plain(familyName)}.${children[0]?.ine ?? index}@exemple.fr`.toLowerCase();
    return {
      title: index % 2 === 0 ? 'Mme' : 'M.',
      familyName,
      givenName,
      email,
      phone: phoneOf(`${email} ${children[0]?.birthDate ?? ''}`),
      children,
    };
  };
  return Array.from({ length: number }, (_, index) =>
    guardian(households[index % households.length] ?? [], index),
  );
}

function teachersOf(
  random: SeededRandom,
  {
    classes,
    number,
    commune,
    school,
  }: {
    readonly classes: readonly ClassLevels[];
    readonly number: number;
    readonly commune: string;
    readonly school: number;
  },
): WrittenTeacher[] {
  const given = shuffled(random, ADULTS);
  return Array.from({ length: number }, (_, index) => {
    const familyName = pick(random, FAMILIES);
    const givenName = given[index % given.length] ?? 'Anne';
    return {
      title: index % 3 === 0 ? 'M.' : 'Mme',
      familyName,
      givenName,
      commune,
      email: `${plain(givenName)}.${plain(familyName)}.${school}@ac-exemple.fr`.toLowerCase(),
      head: index === 0,
      classNames: classes.filter((_class, at) => at % number === index).map(({ name }) => name),
    };
  });
}

/** Eight digits that differ from guardian to guardian, the same each time. */
function phoneOf(whose: string): string {
  const digits = String(hash('sha256', whose, 'buffer').readUIntBE(0, 6) % 100_000_000).padStart(
    8,
    '0',
  );
  return `06 ${digits.match(/../g)?.join(' ') ?? ''}`;
}

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z]+/g, '-');
