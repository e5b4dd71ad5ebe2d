import { dayAt } from '../ground/clock.ts';
import { BOARD_DOOR } from '../ground/doors.ts';
import { TOWN, type AddressId, type ClassId, type SchoolId } from '../ground/ids.ts';
import { isClosed, type Person, type Roster } from '../roster/snapshot.ts';
import { standingOf, type PersonStanding } from '../roster/standing.ts';
import type { Viewer } from '../rules/viewer.ts';
import type { BoardReaders } from '../store/boards/contract.ts';
import type { Directory } from './directory.ts';
import { pupilClasses, runsOn } from './people-of.ts';

/** A board as it stands before somebody today. */
export interface OwnBoard {
  /** Of the school where the class is null; of school 0 it is the town's. */
  readonly ref: { readonly school: SchoolId; readonly classId: ClassId | null };
  readonly roster: Roster;
  /** As which of its readers they read it. */
  readonly reads: ReadonlySet<BoardReaders>;
  /** For whom they may hang something up. */
  readonly posts: ReadonlySet<BoardReaders>;
  /** They are a pupil of the class, and propose what its teachers hang up. */
  readonly proposes: boolean;
  /** Those of a guardian's children whose board it is. */
  readonly children: readonly Person[];
}

/** One role's claim on one board. */
interface Claim {
  readonly school: SchoolId;
  readonly classId: ClassId | null;
  readonly reads: readonly BoardReaders[];
  readonly posts: readonly BoardReaders[];
  readonly proposes: boolean;
  readonly child: AddressId | null;
}

const OF_A_CLASS = ['pupils', 'families'] as const;
const OF_A_SCHOOL = ['pupils', 'families', 'team'] as const;

/**
 * Every board that somebody reads today, by the roster of now: the one place where it is told who
 * reads a board (decision 93). Those of classes come first, in the order of the roster.
 */
export async function boardsOf(
  { directory, clock }: { readonly directory: Directory; readonly clock: () => Date },
  viewer: Pick<Viewer, 'school' | 'addressId'>,
  fresh = { maxAgeMs: 0 },
): Promise<readonly OwnBoard[]> {
  const own = (await directory.byId([viewer.addressId], fresh)).get(viewer.addressId);
  const rosters = await directory.rosters([viewer.school, ...(own?.presentIn ?? []), TOWN], fresh);
  const person = rosters.get(viewer.school)?.people.get(viewer.addressId);
  if (person === undefined) return [];
  const now = clock();
  const there = [...rosters.values()];
  const claims = boardsReadBy(standingOf({ person, home: viewer.school }, there, now), there, now)
    .map((one) => (isShut(rosters.get(one.school)) ? { ...one, reads: one.posts } : one))
    .filter(({ reads }) => reads.length > 0);
  return [...Map.groupBy(claims, ({ school, classId }) => `${school} ${classId}`).values()].flatMap(
    (some) => joined(some, rosters),
  );
}

/** What somebody reads, who stands so in these schools. Pure: the nightly proof asks it of all. */
export function boardsReadBy(
  standing: PersonStanding,
  rosters: readonly Roster[],
  now: Date,
): readonly Claim[] {
  if (standing.state !== 'active') return [];
  const schools = rosters.filter(({ school }) => school.id !== TOWN);
  const theirs = schools.flatMap((roster) => claimsIn(roster, standing, now));
  return [...theirs, ...claimsOnTown(standing, theirs)];
}

/** A proof found somebody reading who may not: then whoever hangs something up reads it alone. */
const isShut = (roster: Roster | undefined): boolean =>
  roster?.school.closedDoors.includes(BOARD_DOOR) ?? false;

function claimsIn(roster: Roster, standing: PersonStanding, now: Date): readonly Claim[] {
  const { school } = roster;
  const day = dayAt(now, school.timeZone);
  if (isClosed(school, day)) return [];
  const running = [...roster.classes.values()].filter((one) => runsOn(one, day));
  const post = standing.posts.get(school.id) ?? null;
  const claims: Claim[] = [];
  const claim = (classId: ClassId | null, one: Partial<Claim>): void => {
    const none = { reads: [], posts: [], proposes: false, child: null };
    claims.push({ school: school.id, classId, ...none, ...one });
  };
  for (const { id } of running) {
    if (standing.teacherOf.has(id) || post === 'head')
      claim(id, { reads: OF_A_CLASS, posts: OF_A_CLASS });
    else if (standing.pupilOf.has(id)) claim(id, { reads: ['pupils'], proposes: true });
    else if (standing.aideOf.has(id)) claim(id, { reads: ['pupils'] });
  }
  const ids = new Set(running.map(({ id }) => id));
  const isPupil = running.some(({ id }) => standing.pupilOf.has(id));
  if (post === 'head') claim(null, { reads: OF_A_SCHOOL, posts: OF_A_SCHOOL });
  else if (post !== null) claim(null, { reads: OF_A_SCHOOL });
  else if (isPupil) claim(null, { reads: ['pupils'] });
  for (const child of standing.children) {
    const classes = pupilClasses(roster, child, day).filter((id) => ids.has(id));
    for (const id of classes) claim(id, { reads: ['families'], child });
    if (classes.length > 0) claim(null, { reads: ['families'], child });
  }
  return claims;
}

/**
 * The town's board is read by whoever reads a school's, as the same readers; those hang something
 * up there who are agents of the whole town.
 */
function claimsOnTown({ person }: PersonStanding, theirs: readonly Claim[]): readonly Claim[] {
  const isTowns = person.role === 'agent' && person.communes === null;
  const reads = theirs.flatMap((one) => (one.classId === null ? one.reads : []));
  const town = { school: TOWN, classId: null, proposes: false, child: null };
  if (isTowns) return [{ ...town, reads: OF_A_SCHOOL, posts: OF_A_SCHOOL }];
  return reads.length === 0 ? [] : [{ ...town, reads, posts: [] }];
}

function joined(
  claims: readonly Claim[],
  rosters: ReadonlyMap<SchoolId, Roster>,
): readonly OwnBoard[] {
  const [first] = claims;
  const roster = first && rosters.get(first.school);
  if (first === undefined || roster === undefined) return [];
  const people = [...rosters.values()].map((one) => one.people);
  const children = new Set(claims.flatMap(({ child }) => child ?? []));
  return [
    {
      ref: { school: first.school, classId: first.classId },
      roster,
      reads: new Set(claims.flatMap(({ reads }) => reads)),
      posts: new Set(claims.flatMap(({ posts }) => posts)),
      proposes: claims.some(({ proposes }) => proposes),
      children: [...children].flatMap(
        (id) => people.map((some) => some.get(id)).find((one) => one !== undefined) ?? [],
      ),
    },
  ];
}
