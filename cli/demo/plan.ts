import { folded } from '../../core/ground/folding.ts';
import { TOWN } from '../../core/ground/ids.ts';
import { QUOTAS_BYTES } from '../../core/roster/quotas.ts';
import type { CommunePlan, LinkPlan, TownPlan } from '../../core/roster/town-plan.ts';
import { refused } from '../refused.ts';
import { AGENTS, CORRESPONDENT, HAND_WRITTEN, LINKED, MOVER } from './hand-written.ts';
import { COMMUNES } from './names.ts';
import {
  addAdult,
  fillClass,
  madeUpAdult,
  nameOf,
  newDraft,
  type SchoolDraft,
  type TownDraft,
} from './people.ts';
import {
  addReplacement,
  classPlan,
  emptySchool,
  handWrittenSchool,
  madeUpSchool,
} from './schools.ts';

export interface TownSize {
  readonly schools: number;
  readonly pupils: number;
  /** Heads among them. */
  readonly teachers: number;
  readonly seed: number;
}

/** Three schools in two communes, twelve classes. */
export const SMALL_TOWN: TownSize = { schools: 3, pupils: 266, teachers: 14, seed: 2026 };
/** The slug of school 0, the town. */
const TOWN_SLUG = 'ville';

const SMALL_SCHOOLS = 3;
const MOST_SCHOOLS = 500;
const MOST_TEACHERS_A_SCHOOL = 26;
/** Pupils a class; the lower bound leaves room for those written by hand. */
const SMALLEST_CLASS = 14;
const LARGEST_CLASS = 40;
/** The class that every example shows has one child for each animal. */
const EXAMPLE_CLASS = 'ce1-a.tilleuls';
const EXAMPLE_CLASS_SIZE = 24;

/**
 * A whole town made of nothing but numbers: the same for the same size and seed. The first three
 * schools are those of the small town, in every town. Throws a `Fault` 'configuration' with a
 * sentence where the numbers make no town.
 */
export function planTown(size: TownSize): TownPlan {
  checkSchools(size);
  const draft = newDraft(size.seed);
  const town = townSchool(draft);
  const schools = HAND_WRITTEN.map((text, index) => handWrittenSchool(draft, index + 1, text));
  addReplacement(schools);
  addOtherTeachers(draft, schools, size);
  const communes = communesFor(size.schools);
  const others = spread(
    Math.max(0, size.teachers - teachersIn(schools)),
    size.schools - SMALL_SCHOOLS,
  );
  for (const [index, teachers] of others.entries())
    schools.push(
      madeUpSchool(draft, { id: SMALL_SCHOOLS + 1 + index, communes: communes.length, teachers }),
    );
  fillSchools(draft, schools, size);
  const [first] = schools;
  if (first) addOldDays(first);
  return { communes, schools: [town, ...schools], links: [linkOf(schools)] };
}

/**
 * One more school for load tools: `accounts` members of staff, `u1` to `uN`, all of them in one
 * class list. `id` is a school id not yet taken.
 */
export function planBench(id: number, accounts: number): TownPlan {
  const school = emptySchool({
    id,
    commune: null,
    slug: 'bench',
    name: 'École du banc d’essai',
    opening: null,
  });
  const plan = classPlan('bench', {
    name: 'Classe',
    levels: ['CE1'],
    cover: 1,
    moderation: 'open',
  });
  school.classes.push(plan);
  for (let number = 1; number <= accounts; number += 1) {
    const local = `u${number}`;
    school.accounts.push({
      local,
      role: 'staff',
      givenName: 'U',
      familyName: String(number),
      displayName: `U ${number}`,
      civility: null,
      level: null,
      photoAllowed: null,
      face: 'U',
      quotaBytes: QUOTAS_BYTES.agent,
      presentIn: [],
    });
    school.posts.push({ person: local, role: 'staff', reachableByPupils: false });
    school.memberships.push({ classLocal: plan.local, person: local, role: 'teacher' });
  }
  return { communes: [], schools: [school], links: [] };
}

/**
 * School 0: the agents, and the lists that answer for the whole town (RFC 5321 §4.5.1, RFC 2142).
 */
function townSchool(draft: TownDraft): SchoolDraft {
  const town = emptySchool({
    id: 0,
    commune: null,
    slug: TOWN_SLUG,
    name: 'La ville',
    opening: null,
  });
  town.lists = [
    { local: 'ville', kind: 'town' },
    { local: 'support', kind: 'support' },
    { local: 'postmaster', kind: 'postmaster' },
    { local: 'abuse', kind: 'postmaster' },
  ];
  for (const agent of AGENTS) addAdult(draft, town, { ...nameOf(agent), role: 'agent' });
  return town;
}

/**
 * Somebody outside approved for a class; and the child who changes class is still where they were,
 * until the old letters are written.
 */
function addOldDays(school: SchoolDraft): void {
  school.correspondents.push(CORRESPONDENT);
  school.memberships = school.memberships.map((one) =>
    one.person === MOVER.pupil && one.classLocal === MOVER.to
      ? { ...one, classLocal: MOVER.from }
      : one,
  );
}

/** More teachers than classes in the small town: they share a class. */
function addOtherTeachers(draft: TownDraft, schools: readonly SchoolDraft[], size: TownSize): void {
  if (size.schools > SMALL_SCHOOLS) return;
  const classes = schools.flatMap((school) => school.classes.map((plan) => ({ school, plan })));
  for (let extra = size.teachers - teachersIn(schools), at = 0; extra > 0; extra -= 1, at += 1) {
    const shared = classes[at % classes.length];
    if (shared === undefined) return;
    const { local } = addAdult(draft, shared.school, { ...madeUpAdult(draft), role: 'teacher' });
    shared.school.posts.push({ person: local, role: 'teacher', reachableByPupils: false });
    shared.school.memberships.push({
      classLocal: shared.plan.local,
      person: local,
      role: 'teacher',
    });
  }
}

function fillSchools(draft: TownDraft, schools: readonly SchoolDraft[], size: TownSize): void {
  const classes = schools.flatMap((school) => school.classes.map((plan) => ({ school, plan })));
  const sizes = spread(size.pupils - EXAMPLE_CLASS_SIZE, classes.length - 1);
  const [least = 0, most = 0] = [sizes.at(-1), sizes[0]];
  if (least < SMALLEST_CLASS || most > LARGEST_CLASS) {
    const [from, to] = [SMALLEST_CLASS, LARGEST_CLASS].map(
      (each) => each * (classes.length - 1) + EXAMPLE_CLASS_SIZE,
    );
    throw refused(
      `${classes.length} classes ont de ${from} à ${to} élèves, pas ${size.pupils} / ${classes.length} classes have ${from} to ${to} pupils, not ${size.pupils}.`,
    );
  }
  for (const { school, plan } of classes)
    fillClass(draft, school, {
      plan,
      size: plan.local === EXAMPLE_CLASS ? EXAMPLE_CLASS_SIZE : (sizes.shift() ?? 0),
    });
}

function communesFor(schools: number): CommunePlan[] {
  const count =
    schools === SMALL_SCHOOLS ? 2 : Math.min(COMMUNES.length, Math.max(2, Math.round(schools / 6)));
  return COMMUNES.slice(0, count).map((name, index) => ({
    id: index + 1,
    slug: folded(name),
    name,
  }));
}

function linkOf(schools: readonly SchoolDraft[]): LinkPlan {
  const at = (classLocal: string) => ({
    school:
      schools.find((school) => school.classes.some((plan) => plan.local === classLocal))?.id ??
      TOWN,
    classLocal,
  });
  return {
    sides: [
      { ...at(LINKED[0]), moderated: true },
      { ...at(LINKED[1]), moderated: false },
    ],
  };
}

function teachersIn(schools: readonly SchoolDraft[]): number {
  return schools
    .flatMap((school) => school.accounts)
    .filter(({ role }) => role === 'teacher' || role === 'head').length;
}

/** `total` in `shares` whole parts, the larger ones first. */
function spread(total: number, shares: number): number[] {
  const each = Math.floor(total / Math.max(1, shares));
  return Array.from(
    { length: shares },
    (_, index) => each + (index < total - each * shares ? 1 : 0),
  );
}

function checkSchools({ schools, teachers }: TownSize): void {
  if (schools < SMALL_SCHOOLS || schools > MOST_SCHOOLS)
    throw refused(
      `--schools : de ${SMALL_SCHOOLS} à ${MOST_SCHOOLS} / from ${SMALL_SCHOOLS} to ${MOST_SCHOOLS}.`,
    );
  const others = schools - SMALL_SCHOOLS;
  const [from, to] = [
    SMALL_TOWN.teachers + others,
    SMALL_TOWN.teachers + Math.max(1, others) * MOST_TEACHERS_A_SCHOOL,
  ];
  if (teachers < from || teachers > to)
    throw refused(
      `${schools} écoles ont de ${from} à ${to} enseignants, pas ${teachers} / ${schools} schools have ${from} to ${to} teachers, not ${teachers}.`,
    );
}
