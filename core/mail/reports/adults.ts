import { isAgent } from '../../directory/charge.ts';
import type { Directory } from '../../directory/directory.ts';
import { currentIds, teacherIds } from '../../directory/own-classes.ts';
import { peopleOf } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import { TOWN, type AddressId, type ClassId, type SchoolId } from '../../ground/ids.ts';
import { isCurrent, type Roster } from '../../roster/snapshot.ts';
import { standingOf } from '../../roster/standing.ts';
import { actsForTown, type Viewer } from '../../rules/viewer.ts';
import type { StoredReport } from '../../store/mail/reports.ts';
import { reportContact } from '../../store/town/report-marks.ts';
import type { ReportParts } from './parts.ts';

type Asked = Pick<ReportParts, 'store' | 'directory' | 'clock'>;

/** Reports that somebody looks after: of a school's whole, or of these classes. */
export interface Concern {
  readonly school: SchoolId;
  readonly classes: readonly ClassId[] | 'all';
}

/**
 * What a teacher or a head looks after today. A child may be in a class away from home: what they
 * report lies at home, and their teacher there sees it all the same. What is only counted may be
 * asked of a roster so many milliseconds old.
 */
export async function concernsOf(
  parts: Asked,
  viewer: Viewer,
  maxAgeMs = 0,
): Promise<readonly Concern[]> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian' || viewer.role === 'agent') return [];
  const { directory, clock } = parts;
  const own = (await directory.byId([viewer.addressId], { maxAgeMs })).get(viewer.addressId);
  const rosters = await directory.rosters([viewer.school, ...(own?.presentIn ?? [])], {
    maxAgeMs,
  });
  const person = rosters.get(viewer.school)?.people.get(viewer.addressId);
  if (!person) return [];
  const standing = standingOf({ person, home: viewer.school }, [...rosters.values()], clock());
  if (standing.state !== 'active') return [];
  const taught = [...standing.teacherOf.keys()];
  const headed = [...standing.posts]
    .filter(([, post]) => post === 'head')
    .map(([school]) => school);
  const homes = await homesAway(parts, [...rosters.values()], taught);
  const schools = new Set([...headed, ...rosters.keys(), ...homes]);
  return [...schools].flatMap((school): Concern[] => {
    if (headed.includes(school)) return [{ school, classes: 'all' }];
    return taught.length > 0 ? [{ school, classes: taught }] : [];
  });
}

/** Where pupils of these classes are at home, who aren't in the school of the class. */
async function homesAway(
  { directory, clock }: Asked,
  rosters: readonly Roster[],
  classes: readonly ClassId[],
): Promise<SchoolId[]> {
  const known = (id: AddressId): boolean => rosters.some(({ people }) => people.has(id));
  const away = rosters
    .flatMap((roster) =>
      classes.flatMap((id) => currentIds(roster, id, { role: 'pupil', now: clock() })),
    )
    .filter((id) => !known(id));
  if (away.length === 0) return [];
  return [...(await directory.byId(away, { maxAgeMs: 0 })).values()].map(({ school }) => school);
}

/** Whether somebody looks after this report: never whoever wrote the letter. */
export async function looksAfter(
  parts: Asked,
  viewer: Viewer,
  about: { readonly school: SchoolId; readonly report: StoredReport },
): Promise<boolean> {
  const { school, report } = about;
  if (report.writer === viewer.addressId || report.toldFrom > parts.clock()) return false;
  const concerns = await concernsOf(parts, viewer);
  if (concerns.some((one) => one.school === school && covers(one, report))) return true;
  return report.forTown && (await isContact(parts, viewer, report.writer));
}

function covers({ classes }: Concern, report: StoredReport): boolean {
  return classes === 'all' || classes.some((id) => report.classes.includes(id));
}

/** Everybody of the school who looks after what a child of these classes reports. */
interface SchoolAdults {
  readonly teachers: readonly AddressId[];
  readonly heads: readonly AddressId[];
}

interface ReportedChild {
  readonly school: SchoolId;
  readonly child: AddressId;
  readonly classes: readonly ClassId[];
  readonly writer: AddressId | null;
}

/** The teachers of these classes and the heads of the child's school, without who wrote it. */
export async function adultsOf(
  { directory, clock }: Asked,
  about: ReportedChild,
): Promise<SchoolAdults> {
  const entry = (await directory.byId([about.child], { maxAgeMs: 0 })).get(about.child);
  const rosters = await directory.rosters([about.school, ...(entry?.presentIn ?? [])], {
    maxAgeMs: 0,
  });
  const teachers = [...rosters.values()].flatMap((roster) =>
    about.classes.flatMap((id) => teacherIds(roster, id, clock())),
  );
  const heads = headsOf(rosters.get(about.school), clock());
  const there = await active(directory, [...teachers, ...heads]);
  const asked = (ids: readonly AddressId[]): AddressId[] =>
    [...new Set(ids)].filter((id) => id !== about.writer && there.has(id));
  return { teachers: asked(teachers), heads: asked(heads) };
}

function headsOf(roster: Roster | undefined, now: Date): AddressId[] {
  if (!roster) return [];
  const day = dayAt(now, roster.school.timeZone);
  return [...roster.postsOf]
    .filter(([, posts]) => posts.some((post) => post.role === 'head' && isCurrent(post, day)))
    .map(([id]) => id);
}

async function active(
  directory: Directory,
  ids: readonly AddressId[],
): Promise<ReadonlySet<AddressId>> {
  const found = await peopleOf(directory, ids);
  return new Set([...found].filter(([, one]) => one.person.state === 'active').map(([id]) => id));
}

/**
 * The town's contact: whom it has named, else its agents; the agents too where the one named has
 * written the letter, or is no longer there.
 */
export async function contactsOf(
  { store, directory }: Asked,
  writer: AddressId | null,
): Promise<readonly AddressId[]> {
  const named = await store.readTown(reportContact);
  if (named !== null && named !== writer && (await active(directory, [named])).has(named))
    return [named];
  const town = (await directory.rosters([TOWN], { maxAgeMs: 0 })).get(TOWN);
  return [...(town?.people.values() ?? [])]
    .filter((one) => actsForTown(one) && one.state === 'active' && one.addressId !== writer)
    .map(({ addressId }) => addressId);
}

async function isContact(parts: Asked, viewer: Viewer, writer: AddressId | null): Promise<boolean> {
  return (await contactsOf(parts, writer)).includes(viewer.addressId);
}

/** Whether the town's reports are this person's to look at, whoever wrote the letters. */
export async function mayBeContact(parts: Asked, viewer: Viewer): Promise<boolean> {
  if (await isAgent(parts, viewer)) return true;
  return (await parts.store.readTown(reportContact)) === viewer.addressId;
}
