/**
 * Small made-up towns for tests: who is in which class, who is whose guardian, which classes are
 * linked. Only what a roster would hold, no fact of the rules among it; imports nothing of core, so
 * that the oracle can stand on it.
 */
import { randomFrom, type RandomChoices } from './random.ts';

export type PersonRole = 'pupil' | 'teacher' | 'head' | 'staff' | 'guardian' | 'agent';

interface School {
  readonly id: number;
  readonly commune: number;
  readonly pupilsReachAllTeachers: boolean;
  readonly outsideForbidden: boolean;
  /** Outside its opening hours at the moment of the test. */
  readonly closed: boolean;
  readonly pupilMailStopped: boolean;
  /** Its commune's pupils. */
  readonly communeStopped: boolean;
  /** It was stopped until a moment that is past. */
  readonly stopIsOver: boolean;
  /** Its pupils accept the charter before they write. */
  readonly hasCharter: boolean;
  /** It asks the families before their children write. */
  readonly asksFamilies: boolean;
  /** The proof of the night found a way between pupils of the school open. */
  readonly closedWay: boolean;
}

export interface OracleClass {
  readonly id: number;
  readonly school: number;
  /** Two for a double level. */
  readonly levels: readonly string[];
  /** False: last year's. */
  readonly current: boolean;
  readonly moderation: 'open' | 'first-contact' | 'all';
  readonly secondLook: 'off' | 'suggests' | 'holds';
  readonly photosOpen: boolean;
  readonly pupils: ReadonlySet<number>;
  readonly teachers: ReadonlySet<number>;
  readonly aides: ReadonlySet<number>;
}

export interface OraclePerson {
  readonly id: number;
  readonly role: PersonRole;
  /** Where the mail lives; null for agents. */
  readonly home: number | null;
  /** Of an agent of these alone; null: of the whole town, and of whoever is no agent. */
  readonly communes: readonly number[] | null;
  /** Schools where an adult works besides. */
  readonly posts: readonly number[];
  readonly state: 'active' | 'suspended' | 'archived';
  readonly paused: boolean;
  /** Of a pupil. */
  readonly acceptedCharter: boolean;
  /** Of a pupil: what the family said on paper. */
  readonly agreedOnPaper: boolean;
  /** Of a pupil: what the school's list says of photos of them. */
  readonly photos: 'yes' | 'no' | 'nothing';
  readonly overRate: boolean;
  readonly overNewPeople: boolean;
  readonly reachableByPupils: boolean;
}

interface Correspondent {
  readonly id: number;
  readonly authentication: 'pass' | 'none' | 'fail';
}

export interface OracleTown {
  readonly schools: readonly School[];
  readonly classes: readonly OracleClass[];
  readonly people: readonly OraclePerson[];
  readonly correspondents: readonly Correspondent[];
  readonly guardianships: readonly {
    readonly guardian: number;
    readonly child: number;
    readonly blocked: boolean;
    /** What the guardian said of the child's writing. */
    readonly says: 'yes' | 'no' | 'nothing';
  }[];
  /** An aide who accompanies one pupil. */
  readonly accompanied: readonly { readonly aide: number; readonly pupil: number }[];
  readonly links: readonly {
    readonly classes: readonly [number, number];
    readonly state: 'proposed' | 'running' | 'over';
    readonly moderated: boolean;
    /** To which of the two classes letters travel a day. */
    readonly travelsTo: 'neither' | 'left' | 'right' | 'both';
  }[];
  readonly approvals: readonly {
    readonly correspondent: number;
    readonly classId: number;
    readonly running: boolean;
  }[];
  readonly letters: readonly {
    readonly from: number;
    readonly to: number;
    readonly daysAgo: number;
  }[];
  readonly pupilMailStopped: boolean;
  /** Pupils whom an adult keeps apart. */
  readonly apart: readonly (readonly [number, number])[];
}

export type List =
  | { readonly kind: 'class' | 'class-families'; readonly classId: number }
  | {
      readonly kind: 'team' | 'pupils' | 'families' | 'headship' | 'office';
      readonly school: number;
    }
  | { readonly kind: 'town' | 'support' | 'postmaster' };

const LEVELS = ['PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2'] as const;
const MOST = [
  'active',
  'active',
  'active',
  'active',
  'active',
  'active',
  'suspended',
  'archived',
] as const;
const MODERATIONS = ['open', 'open', 'first-contact', 'all'] as const;

/**
 * A town for this seed: two to three schools, some hundred people, every oddity of a roster now and
 * then.
 */
export function townFrom(seed: number): OracleTown {
  const random = randomFrom(seed);
  const schools = many(2 + random.below(2), (id) => schoolOf(id, random));
  const people = many(110, (id) => personOf(id, { schools: schools.length, random }));
  const idsOf = (...roles: readonly PersonRole[]): readonly number[] =>
    people.filter(({ role }) => roles.includes(role)).map(({ id }) => id);
  const classes = many(schools.length * 4, (id) =>
    classOf(id, { people, schools: schools.length, random }),
  );
  const correspondents = many(6, (index) => ({
    id: 1000 + index,
    authentication: random.pick(['pass', 'none', 'fail'] as const),
  }));
  const from = (ids: readonly number[]): number => ids[random.below(ids.length)] ?? 0;
  const anyClass = (): number => random.below(classes.length);
  const [pupils, families, aides] = [
    idsOf('pupil'),
    idsOf('guardian', 'guardian', 'teacher'),
    idsOf('staff'),
  ];
  return {
    schools,
    classes,
    people,
    correspondents,
    guardianships: many(50, () => ({
      guardian: from(families),
      child: from(pupils),
      blocked: random.percent(20),
      says: random.pick(['yes', 'no', 'nothing', 'nothing'] as const),
    })),
    accompanied: many(4, () => ({ aide: from(aides), pupil: from(pupils) })),
    links: many(5, () => ({
      classes: [anyClass(), anyClass()] as const,
      state: random.pick(['running', 'running', 'running', 'proposed', 'over'] as const),
      moderated: random.percent(50),
      travelsTo: random.pick(['neither', 'left', 'right', 'both'] as const),
    })),
    approvals: many(8, () => ({
      correspondent: 1000 + random.below(6),
      classId: anyClass(),
      running: random.percent(80),
    })),
    letters: many(600, () => ({
      from: random.below(people.length),
      to: random.below(people.length),
      daysAgo: random.below(60),
    })),
    pupilMailStopped: random.percent(5),
    apart: many(60, () => pairOf(pupils, random)),
  };
}

/**
 * Every list of a town, those of last year's classes left out: a class list's address goes to this
 * year's class.
 */
export function listsOf(town: OracleTown): readonly List[] {
  return [
    ...town.classes
      .filter(({ current }) => current)
      .flatMap(({ id }) => [
        { kind: 'class', classId: id } as const,
        { kind: 'class-families', classId: id } as const,
      ]),
    ...town.schools.flatMap(({ id }) =>
      (['team', 'pupils', 'families', 'headship', 'office'] as const).map((kind) => ({
        kind,
        school: id,
      })),
    ),
    { kind: 'town' },
    { kind: 'support' },
    { kind: 'postmaster' },
  ];
}

/** Two of them. */
function pairOf(ids: readonly number[], random: RandomChoices): readonly [number, number] {
  const first = random.below(ids.length);
  const second = (first + 1 + random.below(ids.length - 1)) % ids.length;
  return [ids[first] ?? 0, ids[second] ?? 0];
}

function schoolOf(id: number, random: RandomChoices): School {
  return {
    id,
    commune: id % 2,
    pupilsReachAllTeachers: random.percent(40),
    outsideForbidden: random.percent(40),
    closed: random.percent(15),
    pupilMailStopped: random.percent(10),
    communeStopped: random.percent(6),
    stopIsOver: random.percent(10),
    hasCharter: random.percent(50),
    asksFamilies: random.percent(30),
    closedWay: random.percent(10),
  };
}

function personOf(
  id: number,
  { schools, random }: { readonly schools: number; readonly random: RandomChoices },
): OraclePerson {
  const role = roleOf(id);
  const home = role === 'agent' ? null : random.below(schools);
  const works = role === 'teacher' || role === 'head' || role === 'staff';
  return {
    id,
    role,
    home,
    communes: role === 'agent' && random.percent(60) ? [random.below(2)] : null,
    posts: works && random.percent(20) ? [random.below(schools)] : [],
    state: random.pick(MOST),
    paused: random.percent(4),
    acceptedCharter: !random.percent(8),
    agreedOnPaper: random.percent(70),
    photos: random.pick(['yes', 'nothing', 'nothing', 'no'] as const),
    overRate: random.percent(4),
    overNewPeople: random.percent(8),
    reachableByPupils: role === 'staff' && random.percent(50),
  };
}

function roleOf(id: number): PersonRole {
  if (id < 48) return 'pupil';
  if (id < 62) return 'teacher';
  if (id < 66) return 'head';
  if (id < 76) return 'staff';
  return id < 107 ? 'guardian' : 'agent';
}

/**
 * Mostly people of the class's own school; now and then a pupil or a teacher who comes from another
 * one.
 */
function classOf(
  id: number,
  {
    people,
    schools,
    random,
  }: {
    readonly people: readonly OraclePerson[];
    readonly schools: number;
    readonly random: RandomChoices;
  },
): OracleClass {
  const school = id % schools;
  const some = (role: readonly PersonRole[], share: number): ReadonlySet<number> =>
    new Set(
      people
        .filter(
          (person) =>
            role.includes(person.role) && random.percent(person.home === school ? share : 2),
        )
        .map((person) => person.id),
    );
  const level = random.below(LEVELS.length - 1);
  return {
    id,
    school,
    levels: LEVELS.slice(level, level + 1 + random.below(2)),
    current: !random.percent(25),
    moderation: random.pick(MODERATIONS),
    pupils: some(['pupil'], 40),
    teachers: some(['teacher', 'head'], 30),
    aides: some(['staff'], 20),
    secondLook: random.pick(['off', 'suggests', 'holds'] as const),
    photosOpen: random.percent(60),
  };
}

function many<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
