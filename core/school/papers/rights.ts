import { runsOn } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import type { ClassId, SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { standingOf, type PersonStanding } from '../../roster/standing.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { PaperRow, PapersAsked } from '../../store/papers/papers.ts';
import type { PaperParts } from './parts.ts';

/** A school in which somebody asks papers, or looks on as its head. */
export interface Desk {
  readonly roster: Roster;
  readonly isHead: boolean;
  /** Those that they teach there today. */
  readonly teaches: ReadonlySet<ClassId>;
}

/** Where somebody asks papers today; nowhere for pupils, families and agents. */
export async function desksOf(
  { directory, clock }: Pick<PaperParts, 'directory' | 'clock'>,
  { school, addressId, role }: Viewer,
): Promise<readonly Desk[]> {
  if (role === 'pupil' || role === 'guardian' || role === 'agent') return [];
  const fresh = { maxAgeMs: 0 };
  const own = (await directory.byId([addressId], fresh)).get(addressId);
  const rosters = await directory.rosters([school, ...(own?.presentIn ?? [])], fresh);
  const person = rosters.get(school)?.people.get(addressId);
  if (person === undefined) return [];
  const now = clock();
  const there = [...rosters.values()];
  return desksIn(standingOf({ person, home: school }, there, now), there, now);
}

/** The desks of somebody who stands so in these schools. */
export function desksIn(
  { state, posts, teacherOf }: PersonStanding,
  rosters: readonly Roster[],
  now: Date,
): readonly Desk[] {
  if (state !== 'active') return [];
  return rosters.flatMap((roster) => {
    const day = dayAt(now, roster.school.timeZone);
    const running = [...roster.classes.values()].filter((one) => runsOn(one, day));
    const teaches = new Set(running.map(({ id }) => id).filter((id) => teacherOf.has(id)));
    const isHead = posts.get(roster.school.id) === 'head' && running.length > 0;
    return isHead || teaches.size > 0 ? [{ roster, isHead, teaches }] : [];
  });
}

/** The desk at which a paper of a school lies; null: none of the viewer's. */
export async function deskAt(
  parts: PaperParts,
  viewer: Viewer,
  school: SchoolId,
): Promise<Desk | null> {
  return (await desksOf(parts, viewer)).find(({ roster }) => roster.school.id === school) ?? null;
}

/** The papers that lie at a desk. */
export const papersAt = ({ isHead, teaches }: Desk, viewer: Viewer): PapersAsked =>
  isHead ? { of: 'school' } : { of: 'teacher', author: viewer.addressId, classes: [...teaches] };

/** Whose paper it is. */
type PaperWhose = Pick<PaperRow, 'author' | 'classId'>;

/**
 * Whether somebody acts on a paper: the teachers of its class, a head who asked it, the author of a
 * group's. Who taught a class once asks nothing of its families any more.
 */
export const actsOn = (
  { teaches, isHead }: Desk,
  viewer: Pick<Viewer, 'addressId'>,
  row: PaperWhose,
): boolean => {
  const isAuthor = row.author === viewer.addressId;
  return row.classId === null ? isAuthor : teaches.has(row.classId) || (isHead && isAuthor);
};

/** Whether somebody sees it. */
export const sees = (desk: Desk, viewer: Pick<Viewer, 'addressId'>, row: PaperWhose): boolean =>
  desk.isHead || actsOn(desk, viewer, row);
