/**
 * Roster snapshots of a made-up town of the rules' tests: the same people and classes, in the shape
 * in which the store gives them.
 */
import type { AccountId, AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { CLOCK_OF } from '../../ground/time-zones.ts';
import type { OracleTown } from '../../rules/testing/town.ts';
import type { MailStop } from '../mail-stops.ts';
import { schoolSwitches } from '../school-switches.ts';
import { NO_CHOICE, sitesOf } from '../sites.ts';
import type { LinkSide, Membership, Person, StaffPost, Roster, SchoolClass } from '../snapshot.ts';
import { FIRST_SWITCHES } from './switches.ts';

const USUAL_SITES = sitesOf(NO_CHOICE, NO_CHOICE);
export const NOW = new Date('2026-11-24T09:00:00Z');
const YEAR = { from: '2026-09-01', until: null } as const;
const LAST_YEAR = { from: '2025-09-01', until: '2026-07-03' } as const;
const NEXT_TERM = { from: '2027-01-04', until: null } as const;

export const addressId = (person: number): AddressId => (person + 1) as AddressId;
export const schoolId = (school: number | null): SchoolId =>
  (school === null ? 0 : school + 1) as SchoolId;
export const classId = (one: number): ClassId => (one + 1) as ClassId;
export const listId = (one: number): AddressId => (10_000 + one) as AddressId;
export const strangerAddress = (id: number): string => `c${id}@dehors.example`;

/** One snapshot a school, the town's own (agents) among them. */
export function rostersOf(town: OracleTown): ReadonlyMap<SchoolId, Roster> {
  return new Map(
    [null, ...town.schools.map(({ id }) => id)].map((school) => [
      schoolId(school),
      rosterOf(town, school),
    ]),
  );
}

function rosterOf(town: OracleTown, school: number | null): Roster {
  const classes = town.classes.filter((one) => one.school === school).map(classOf);
  const memberships = town.classes
    .filter((one) => one.school === school)
    .flatMap((one) => membershipsOf(town, one.id));
  const families = town.guardianships.filter(
    ({ child, blocked }) => !blocked && town.people[child]?.home === school,
  );
  const own = town.schools.find(({ id }) => id === school);
  return {
    school: {
      id: schoolId(school),
      name: `École ${school}`,
      slug: `e${school}`,
      commune: own?.commune ?? null,
      version: 1,
      townVersion: 1,
      timeZone: CLOCK_OF.mainland,
      mailStops: stopsOf(town, own),
      ...schoolSwitches(() => false),
      adultsReachOutside: own?.outsideForbidden !== true,
      pupilsReachAllTeachers: own?.pupilsReachAllTeachers ?? false,
      hasCharter: own?.hasCharter ?? false,
      asksFamilies: own?.asksFamilies ?? false,
      sites: USUAL_SITES,
      closesOn: null,
      holidays: [],
      closedDoors: own?.closedWay ? ['pupil-to-pupil-here'] : [],
      opening: own?.closed ? { days: [7], from: '08:00', to: '09:00' } : null,
    },
    people: new Map(
      town.people
        .filter(({ home }) => home === school)
        .map((person) => [addressId(person.id), personOf(person)]),
    ),
    classes: new Map(classes.map((one) => [one.id, one])),
    classByAddress: new Map(classes.map((one) => [one.addressId, one])),
    membershipsOf: Map.groupBy(memberships, ({ person }) => person),
    membersOf: Map.groupBy(memberships, (one) => one.classId),
    postsOf: postsIn(town, school),
    childrenOf: valuesBy(
      families,
      ({ guardian }) => addressId(guardian),
      ({ child }) => addressId(child),
    ),
    guardiansOf: valuesBy(
      families,
      ({ child }) => addressId(child),
      ({ guardian }) => addressId(guardian),
    ),
    calledBy: new Map(),
    answersOf: valuesBy(
      families.filter(({ says }) => says !== 'nothing'),
      ({ child }) => addressId(child),
      ({ guardian, says }) => ({ guardian: addressId(guardian), agrees: says === 'yes', at: NOW }),
    ),
    aidesOf: valuesBy(
      town.accompanied.filter(({ pupil }) => town.people[pupil]?.home === school),
      ({ pupil }) => addressId(pupil),
      ({ aide }) => ({ aide: addressId(aide), ...YEAR }),
    ),
    linksOf: linksIn(town, school),
    correspondentsOf: valuesBy(
      town.approvals.filter((one) => town.classes[one.classId]?.school === school),
      (one) => classId(one.classId),
      ({ correspondent, running }) => ({
        address: strangerAddress(correspondent),
        until: running ? '2026-12-18' : '2026-11-23',
      }),
    ),
    apartFrom: apartIn(town, school),
  };
}

/** Written down at the home of the first of the two, as of the child who reported. */
function apartIn(town: OracleTown, school: number | null): Roster['apartFrom'] {
  const pairs = town.apart.filter(([one]) => town.people[one]?.home === school);
  const both = pairs.flatMap(([one, other]) => [
    [addressId(one), addressId(other)] as const,
    [addressId(other), addressId(one)] as const,
  ]);
  return new Map(
    [...Map.groupBy(both, ([one]) => one)].map(([one, some]) => [
      one,
      new Set(some.map(([, other]) => other)),
    ]),
  );
}

function personOf(person: OracleTown['people'][number]): Person {
  const { id, role, state, paused } = person;
  return {
    addressId: addressId(id),
    address: `p${id}@ville.example`,
    account: (id + 1) as AccountId,
    role,
    givenName: `P${id}`,
    familyName: 'X',
    displayName: `P${id} X`,
    civility: null,
    face: 'chat',
    portrait: null,
    language: 'fr',
    reads: null,
    level: null,
    communes: person.communes,
    charterAt: person.acceptedCharter ? NOW : null,
    paperAt: person.agreedOnPaper ? NOW : null,
    photoAllowed: person.photos === 'nothing' ? null : person.photos === 'yes',
    state,
    pausedUntil: paused ? new Date('2026-11-25T00:00:00Z') : new Date('2026-11-23T00:00:00Z'),
    hours: null,
    absence: null,
  };
}

/**
 * Last year's classes are over in one of two ways: the class has ended, or everybody has left it.
 */
export const endsItself = (id: number): boolean => id % 2 === 0;

function classOf({
  id,
  school,
  current,
  moderation,
  secondLook,
  photosOpen,
}: OracleTown['classes'][number]): SchoolClass {
  return {
    id: classId(id),
    school: schoolId(school),
    name: `C${id}`,
    levels: [],
    cover: 1,
    moderation,
    addressId: listId(id),
    address: `c${id}@ville.example`,
    endsOn: !current && endsItself(id) ? '2026-07-03' : null,
    ...FIRST_SWITCHES,
    secondLook,
    photosOpen,
  };
}

function membershipsOf(town: OracleTown, id: number): Membership[] {
  const one = town.classes[id];
  if (!one) return [];
  const dates = one.current || endsItself(id) ? YEAR : LAST_YEAR;
  const current = (['pupil', 'teacher', 'aide'] as const).flatMap((role) =>
    [...one[`${role}s`]].map((person) => ({
      classId: classId(id),
      person: addressId(person),
      role,
      ...dates,
    })),
  );
  // Those who were in it last year, and those who will come: as good as never there today.
  const others = town.people
    .filter((person) => person.id % 7 === id % 7)
    .flatMap((person) => {
      const role = person.role;
      return role !== 'pupil' && role !== 'teacher'
        ? []
        : [LAST_YEAR, NEXT_TERM].map(
            (when) =>
              ({ classId: classId(id), person: addressId(person.id), role, ...when }) as const,
          );
    });
  return [...current, ...others];
}

/** An adult who teaches a class has a post in its school. */
function postsIn(town: OracleTown, school: number | null): Map<AddressId, StaffPost[]> {
  const workers = town.people.filter(
    ({ role }) => role === 'teacher' || role === 'head' || role === 'staff',
  );
  return new Map(
    workers.flatMap((person) => {
      const role = person.role as StaffPost['role'];
      const works =
        person.home === school ||
        posted(person, school) ||
        town.classes.some(
          (one) =>
            one.current &&
            one.school === school &&
            (one.teachers.has(person.id) || one.aides.has(person.id)),
        );
      const old = { role: 'head', reachableByPupils: true, ...LAST_YEAR } as const;
      return school === null
        ? []
        : [
            [
              addressId(person.id),
              works ? [{ role, reachableByPupils: person.reachableByPupils, ...YEAR }, old] : [old],
            ] as const,
          ];
    }),
  );
}

const posted = ({ posts }: OracleTown['people'][number], school: number | null): boolean =>
  school !== null && posts.includes(school);

/**
 * The table holds one row a pair of classes, so of several links the one that runs counts, and of
 * those that run the strictest.
 */
function linksIn(town: OracleTown, school: number | null): Map<ClassId, LinkSide[]> {
  const sides = new Map<string, { of: number; runs: boolean; side: LinkSide }>();
  for (const {
    classes: [left, right],
    state,
    moderated,
    travelsTo,
  } of [...town.links].sort(
    (a, b) => Number(a.state === 'running') - Number(b.state === 'running'),
  )) {
    for (const [of, to, first] of [
      [left, right, true],
      [right, left, false],
    ] as const) {
      const before = sides.get(`${of} ${to}`);
      const runs = state === 'running';
      sides.set(`${of} ${to}`, {
        of,
        runs,
        side: {
          otherClassAddress: listId(to),
          agreed: state !== 'proposed' || (first && left !== right),
          // One of the two moderates: the left one of links from even classes.
          moderated:
            (moderated && first === (left % 2 === 0 || left === right)) ||
            (runs && before?.runs === true && before.side.moderated),
          travels:
            travelsTo === 'both' ||
            travelsTo === (first ? 'left' : 'right') ||
            (runs && before?.runs === true && before.side.travels),
          from: '2026-11-02',
          until: state === 'over' ? '2026-11-20' : '2026-12-18',
        },
      });
    }
  }
  return valuesBy(
    [...sides.values()].filter(({ of }) => town.classes[of]?.school === school),
    ({ of }) => classId(of),
    ({ side }) => side,
  );
}

function valuesBy<Row, Key, Value>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  valueOf: (row: Row) => Value,
): Map<Key, Value[]> {
  return new Map([...Map.groupBy(rows, keyOf)].map(([key, some]) => [key, some.map(valueOf)]));
}

/** Some end a moment after all that is asked, one ended a moment before. */
function stopsOf(
  town: OracleTown,
  own: OracleTown['schools'][number] | undefined,
): readonly MailStop[] {
  const later = new Date(NOW.getTime() + 1);
  const stops: readonly (MailStop & { readonly isSaid: boolean | undefined })[] = [
    { level: 'town', until: null, isSaid: town.pupilMailStopped },
    { level: 'commune', until: later, isSaid: own?.communeStopped },
    { level: 'school', until: later, isSaid: own?.pupilMailStopped },
    { level: 'school', until: NOW, isSaid: own?.stopIsOver },
  ];
  return stops.filter(({ isSaid }) => isSaid === true);
}
