import { ANIMALS, faceWith, RING_COLOURS } from '../../core/ground/animals.ts';
import { initials } from '../../core/ground/folding.ts';
import type { Civility } from '../../core/roster/civility.ts';
import { QUOTAS_BYTES } from '../../core/roster/quotas.ts';
import type { AccountPlan, ClassPlan, TownPlanSchool } from '../../core/roster/town-plan.ts';
import { takeLocal } from './addresses.ts';
import { NO_PHOTO } from './hand-written.ts';
import { ADULTS, CHILDREN, FAMILIES, MEN } from './names.ts';
import { pick, seeded, shuffled, type SeededRandom } from './seeded.ts';

/** A town in the making. */
export interface TownDraft {
  readonly random: SeededRandom;
  /** Local parts already given. */
  readonly taken: Set<string>;
  readonly families: Family[];
}

/** A school in the making: the lists grow, then it is a `TownPlanSchool`. */
export type SchoolDraft = {
  -readonly [Key in keyof TownPlanSchool]: TownPlanSchool[Key] extends readonly (infer Item)[]
    ? Item[]
    : TownPlanSchool[Key];
};

/** Somebody in the making: a second school may turn up. */
type Person = AccountPlan & { readonly presentIn: number[] };

/** Brothers and sisters share their guardians, whose home is the first child's school. */
export interface Family {
  readonly name: string;
  readonly guardians: readonly Person[];
  readonly home: number;
  readonly children: { readonly givenName: string; readonly classLocal: string }[];
}

interface Name {
  readonly givenName: string;
  readonly familyName: string;
}

/**
 * How often a child has a brother or a sister at school already, and how often in the school
 * before.
 */
const SIBLING_CHANCE = 0.24;
const OTHER_SCHOOL_CHANCE = 0.015;
const MOST_CHILDREN = 4;
/** How many of the last families are asked for a sibling. */
const NEIGHBOURS = 80;
/**
 * How often a child has one guardian only, and how often the second has another name than the
 * child.
 */
const ONE_GUARDIAN_CHANCE = 0.26;
const OTHER_NAME_CHANCE = 0.3;

export function newDraft(seed: number): TownDraft {
  return { random: seeded(seed), taken: new Set(), families: [] };
}

/** « Given Family » taken apart at the first space: the family name may have particles. */
export function nameOf(text: string): Name {
  const space = text.indexOf(' ');
  return { givenName: text.slice(0, space), familyName: text.slice(space + 1) };
}

interface NewPerson extends Name {
  readonly role: AccountPlan['role'];
  readonly face: string;
  readonly level: string | null;
}

/** Adds an account to a school; its address is given for good. */
function addPerson(draft: TownDraft, school: SchoolDraft, person: NewPerson): Person {
  const { givenName, familyName, role, face, level } = person;
  const added: Person = {
    local: takeLocal(draft.taken, givenName, familyName),
    role,
    givenName,
    familyName,
    displayName: `${givenName} ${familyName}`,
    civility: OF_A_SCHOOL.has(role) ? civilityOf(givenName) : null,
    level,
    photoAllowed: role === 'pupil' ? `${givenName} ${familyName}` !== NO_PHOTO : null,
    face,
    quotaBytes: QUOTAS_BYTES[role],
    presentIn: [],
  };
  school.accounts.push(added);
  return added;
}

/** Who has a civility in a school's list of adults. */
const OF_A_SCHOOL: ReadonlySet<AccountPlan['role']> = new Set(['teacher', 'head', 'staff']);
const civilityOf = (givenName: string): Civility => (MEN.has(givenName) ? 'M' : 'Mme');

export function addAdult(
  draft: TownDraft,
  school: SchoolDraft,
  { role, ...name }: Name & { role: AccountPlan['role'] },
): Person {
  return addPerson(draft, school, {
    ...name,
    role,
    level: null,
    face: initials(name.givenName, name.familyName),
  });
}

export function madeUpAdult(draft: TownDraft): Name {
  return { givenName: pick(draft.random, ADULTS), familyName: pick(draft.random, FAMILIES) };
}

/** Faces for a class: each animal once before any comes again, with a ring of another colour. */
export function animalsFor(draft: TownDraft, worn: readonly string[], count: number): string[] {
  const free = shuffled(draft.random, ANIMALS).filter((animal) => !worn.includes(animal));
  const again = shuffled(draft.random, ANIMALS);
  const ringed = Array.from({ length: RING_COLOURS - 1 }, (_, index) =>
    again.map((animal) => faceWith(animal, index + 2)),
  ).flat();
  const left = [...free, ...ringed.filter((face) => !worn.includes(face))];
  return Array.from({ length: count }, (_, index) => left[index] ?? ANIMALS[0]);
}

interface PupilWish {
  givenName: string;
  family: Family;
  classLocal: string;
  animal: string;
}

/**
 * A pupil of a class with their family: a family already there for a brother or a sister, or a new
 * one.
 */
export function addPupil(draft: TownDraft, school: SchoolDraft, pupil: PupilWish): Person {
  const { givenName, family, classLocal, animal } = pupil;
  const added = addPerson(draft, school, {
    givenName,
    familyName: family.name,
    role: 'pupil',
    face: animal,
    level: levelIn(school, classLocal),
  });
  school.memberships.push({ classLocal, person: added.local, role: 'pupil' });
  family.children.push({ givenName, classLocal });
  for (const guardian of family.guardians) {
    school.guardianships.push({
      child: added.local,
      guardian: guardian.local,
      blocked: false,
      called: calledBy(guardian, family),
    });
    if (family.home !== school.id && !guardian.presentIn.includes(school.id))
      guardian.presentIn.push(school.id);
  }
  return added;
}

/** The level of the next pupil of a class: those of a class of two take turns. */
function levelIn({ classes, memberships }: SchoolDraft, classLocal: string): string | null {
  const levels = classes.find(({ local }) => local === classLocal)?.levels ?? [];
  const before = memberships.filter(
    (one) => one.classLocal === classLocal && one.role === 'pupil',
  ).length;
  return levels[before % levels.length] ?? null;
}

/** « Maman » or « Papa »; with two of the same, their children say the first name. */
function calledBy(guardian: Name, { guardians }: Family): string | null {
  const isMan = ({ givenName }: Name): boolean => MEN.has(givenName);
  const alike = guardians.filter((one) => isMan(one) === isMan(guardian));
  if (alike.length > 1) return null;
  return isMan(guardian) ? 'Papa' : 'Maman';
}

/** A family with these guardians, who live (as accounts) in this school. */
export function addFamily(
  draft: TownDraft,
  school: SchoolDraft,
  { name, guardians }: { name: string; guardians: readonly Name[] },
): Family {
  const family: Family = {
    name,
    home: school.id,
    children: [],
    guardians: guardians.map((guardian) =>
      addAdult(draft, school, { ...guardian, role: 'guardian' }),
    ),
  };
  draft.families.push(family);
  return family;
}

/** One or two grown-ups, mostly with the child's name. */
export function madeUpGuardians(draft: TownDraft, familyName: string): Name[] {
  const first = { givenName: pick(draft.random, ADULTS), familyName };
  if (draft.random() < ONE_GUARDIAN_CHANCE) return [first];
  const otherName = draft.random() < OTHER_NAME_CHANCE ? pick(draft.random, FAMILIES) : familyName;
  return [first, { givenName: pick(draft.random, ADULTS), familyName: otherName }];
}

/** Fills a class up to `size` pupils. */
export function fillClass(
  draft: TownDraft,
  school: SchoolDraft,
  { plan: { local }, size }: { readonly plan: ClassPlan; readonly size: number },
): void {
  const present = school.memberships.filter(
    (one) => one.classLocal === local && one.role === 'pupil',
  );
  const faces = new Map(school.accounts.map((account) => [account.local, account.face]));
  const animals = animalsFor(
    draft,
    present.map(({ person }) => faces.get(person) ?? ''),
    Math.max(0, size - present.length),
  );
  for (const animal of animals) {
    const family = siblingFamily(draft, school, local) ?? newFamily(draft, school);
    const givenName = freshGivenName(draft, family);
    addPupil(draft, school, { givenName, family, classLocal: local, animal });
  }
}

function newFamily(draft: TownDraft, school: SchoolDraft): Family {
  const name = pick(draft.random, FAMILIES);
  return addFamily(draft, school, { name, guardians: madeUpGuardians(draft, name) });
}

/** A family of this school, now and then of the one before, with a child in some other class. */
function siblingFamily(draft: TownDraft, school: SchoolDraft, classLocal: string): Family | null {
  const chance = draft.random();
  if (chance >= SIBLING_CHANCE) return null;
  const home = chance < OTHER_SCHOOL_CHANCE ? school.id - 1 : school.id;
  const candidates = draft.families
    .slice(-NEIGHBOURS)
    .filter(
      (family) =>
        family.home === home &&
        family.children.length < MOST_CHILDREN &&
        family.children.every((child) => child.classLocal !== classLocal),
    );
  const [first, ...rest] = candidates;
  return first === undefined ? null : pick(draft.random, [first, ...rest]);
}

/** Brothers and sisters have different given names. */
function freshGivenName(draft: TownDraft, family: Family): string {
  const used = family.children.map(({ givenName }) => givenName);
  const [first, ...rest] = CHILDREN.filter((name) => !used.includes(name));
  return pick(draft.random, [first ?? CHILDREN[0], ...rest]);
}
