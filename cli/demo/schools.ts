import { ANIMALS } from '../../core/ground/animals.ts';
import { folded } from '../../core/ground/folding.ts';
import type { SchoolId } from '../../core/ground/ids.ts';
import type { ClassPlan } from '../../core/roster/town-plan.ts';
import {
  AIDE,
  BLOCKED_GUARDIAN,
  GUARDIANS,
  REPLACEMENT,
  type HandWrittenClass,
  type HandWrittenSchool,
} from './hand-written.ts';
import { levelsOfSchool } from './levels.ts';
import { COMMUNES, SCHOOLS } from './names.ts';
import {
  addAdult,
  addFamily,
  addPupil,
  animalsFor,
  madeUpAdult,
  madeUpGuardians,
  nameOf,
  type Family,
  type SchoolDraft,
  type TownDraft,
} from './people.ts';

const COVERS = 7; // the eighth, grey, is for those without a class

/** A school without anybody yet; its lists have their addresses. */
export function emptySchool(
  head: Pick<SchoolDraft, 'commune' | 'slug' | 'name' | 'opening'> & { readonly id: number },
): SchoolDraft {
  const { slug } = head;
  return {
    ...head,
    id: head.id as SchoolId, // a made-up town counts its own
    accounts: [],
    classes: [],
    posts: [],
    memberships: [],
    guardianships: [],
    accompaniments: [],
    correspondents: [],
    lists: [
      { local: `equipe.${slug}`, kind: 'team' },
      { local: `eleves.${slug}`, kind: 'pupils' },
      { local: `familles.${slug}`, kind: 'families' },
      { local: `direction.${slug}`, kind: 'headship' },
      { local: `ecole.${slug}`, kind: 'office' },
    ],
  };
}

export function classPlan(
  slug: string,
  one: Pick<ClassPlan, 'name' | 'levels' | 'cover' | 'moderation'>,
): ClassPlan {
  const local = `${folded(one.name)}.${slug}`;
  return {
    local,
    familiesLocal: `familles.${local}`,
    name: one.name,
    levels: one.levels,
    cover: one.cover,
    moderation: one.moderation,
  };
}

/** A school of the small town with its hand-written people; its classes are not full yet. */
export function handWrittenSchool(
  draft: TownDraft,
  id: number,
  text: HandWrittenSchool,
): SchoolDraft {
  const school = emptySchool({
    id,
    commune: text.commune + 1,
    slug: text.slug,
    name: text.name,
    opening: text.opening,
  });
  const locals = new Map<string, string>();
  const adult = (name: string, post: Omit<SchoolDraft['posts'][number], 'person'>): void => {
    const { local } = addAdult(draft, school, { ...nameOf(name), role: post.role });
    locals.set(name, local);
    school.posts.push({ person: local, ...post });
  };
  const teacherPost = { role: 'teacher', reachableByPupils: false } as const;
  adult(text.head, { role: 'head', reachableByPupils: false });
  for (const { teacher } of text.classes) if (teacher !== text.head) adult(teacher, teacherPost);
  for (const teacher of text.otherTeachers) adult(teacher, teacherPost);
  for (const staff of text.reachableStaff) adult(staff, { role: 'staff', reachableByPupils: true });
  for (const staff of text.otherStaff) adult(staff, { role: 'staff', reachableByPupils: false });
  for (const one of text.classes) {
    const plan = classPlan(text.slug, one);
    school.classes.push(plan);
    school.memberships.push({
      classLocal: plan.local,
      person: locals.get(one.teacher) ?? '',
      role: 'teacher',
    });
    for (const aide of one.aides)
      school.memberships.push({
        classLocal: plan.local,
        person: locals.get(aide) ?? '',
        role: 'aide',
      });
    addWrittenPupils(draft, school, { classLocal: plan.local, pupils: one.pupils });
  }
  return school;
}

function addWrittenPupils(
  draft: TownDraft,
  school: SchoolDraft,
  { classLocal, pupils }: Pick<HandWrittenClass, 'pupils'> & { readonly classLocal: string },
): void {
  const written = pupils.map((text) => {
    const animal = ANIMALS.find((one) => text.endsWith(` ${one}`)) ?? null;
    return { ...nameOf(animal === null ? text : text.slice(0, -animal.length - 1)), animal };
  });
  const animals = animalsFor(
    draft,
    written.flatMap(({ animal }) => animal ?? []),
    written.length,
  );
  for (const [index, { givenName, familyName, animal }] of written.entries()) {
    const family = writtenFamily(draft, school, { givenName, familyName });
    const pupil = addPupil(draft, school, {
      givenName,
      family,
      classLocal,
      animal: animal ?? animals[index] ?? ANIMALS[0],
    });
    if (pupil.displayName === AIDE.pupil) addSpecialCases(school, pupil.local);
  }
}

/**
 * Among those written by hand the same family name is the same family, unless the given name is the
 * same too: those are homonyms.
 */
function writtenFamily(
  draft: TownDraft,
  school: SchoolDraft,
  { givenName, familyName }: { readonly givenName: string; readonly familyName: string },
): Family {
  const known = draft.families.find(
    (family) =>
      family.name === familyName && family.children.every((child) => child.givenName !== givenName),
  );
  if (known) return known;
  const guardians =
    GUARDIANS[`${givenName} ${familyName}`]?.map(nameOf) ?? madeUpGuardians(draft, familyName);
  return addFamily(draft, school, { name: familyName, guardians });
}

/** A child with an aide, and with a parent without contact. */
function addSpecialCases(school: SchoolDraft, pupil: string): void {
  const localOf = (name: string) =>
    school.accounts.find((account) => account.displayName === name)?.local ?? '';
  school.accompaniments.push({ pupil, aide: localOf(AIDE.aide) });
  const guardian = localOf(BLOCKED_GUARDIAN);
  school.guardianships = school.guardianships.map((one) =>
    one.child === pupil && one.guardian === guardian ? { ...one, blocked: true } : one,
  );
}

/** She has a post and a class in two schools. */
export function addReplacement(schools: readonly SchoolDraft[]): void {
  const home = schools.find((school) =>
    school.accounts.some((account) => account.displayName === REPLACEMENT.teacher),
  );
  const local = home?.accounts.find(
    (account) => account.displayName === REPLACEMENT.teacher,
  )?.local;
  if (home === undefined || local === undefined) return;
  for (const classLocal of REPLACEMENT.classes) {
    const school = schools.find((one) => one.classes.some((plan) => plan.local === classLocal));
    if (school === undefined) continue;
    school.memberships.push({ classLocal, person: local, role: 'teacher' });
    if (school === home) continue;
    school.posts.push({ person: local, role: 'teacher', reachableByPupils: false });
    home.accounts = home.accounts.map((account) =>
      account.local === local
        ? { ...account, presentIn: [...account.presentIn, school.id] }
        : account,
    );
  }
}

interface SchoolSize {
  readonly id: number;
  readonly communes: number;
  readonly teachers: number;
}

/**
 * A made-up school: a head who teaches, a teacher for each other class, somebody whom all pupils
 * may ask, an aide for one class.
 */
export function madeUpSchool(
  draft: TownDraft,
  { id, communes, teachers }: SchoolSize,
): SchoolDraft {
  const index = id - 4; // after the three of the small town
  const commune = id % communes;
  const ofWhat = SCHOOLS[index % SCHOOLS.length] ?? SCHOOLS[0];
  const again =
    index < SCHOOLS.length
      ? ''
      : ` de ${COMMUNES[commune] ?? ''} ${Math.floor(index / SCHOOLS.length)}`;
  const slug = folded(`${ofWhat.replace(/^(des|du|de la|de l’) ?/, '')}${again}`);
  const school = emptySchool({
    id,
    commune: commune + 1,
    slug,
    name: `École ${ofWhat}${again}`,
    opening: null,
  });
  const kind = kindOfSchool(draft, teachers);
  for (const [index, { name, levels }] of levelsOfSchool(kind, teachers).entries()) {
    const plan = classPlan(slug, {
      name,
      levels,
      cover: 1 + ((id + index) % COVERS),
      moderation: 'open',
    });
    const role = index === 0 ? 'head' : 'teacher';
    const { local } = addAdult(draft, school, { ...madeUpAdult(draft), role });
    school.classes.push(plan);
    school.posts.push({ person: local, role, reachableByPupils: false });
    school.memberships.push({ classLocal: plan.local, person: local, role: 'teacher' });
  }
  addMadeUpStaff(draft, school);
  return school;
}

function kindOfSchool(draft: TownDraft, teachers: number): 'nursery' | 'elementary' | 'all' {
  if (teachers <= 3) return 'nursery';
  return draft.random() < 0.5 ? 'elementary' : 'all';
}

function addMadeUpStaff(draft: TownDraft, school: SchoolDraft): void {
  const [first] = school.classes;
  const reachable = addAdult(draft, school, { ...madeUpAdult(draft), role: 'staff' });
  const aide = addAdult(draft, school, { ...madeUpAdult(draft), role: 'staff' });
  school.posts.push(
    { person: reachable.local, role: 'staff', reachableByPupils: true },
    { person: aide.local, role: 'staff', reachableByPupils: false },
  );
  if (first) school.memberships.push({ classLocal: first.local, person: aide.local, role: 'aide' });
}
