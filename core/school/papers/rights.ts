import { chargeOf } from '../../directory/charge.ts';
import { classesOf } from '../../directory/own-classes.ts';
import type { ClassId, SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
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
export async function desksOf(parts: PaperParts, viewer: Viewer): Promise<readonly Desk[]> {
  const own = await classesOf(parts, viewer);
  const desks = new Map<SchoolId, { roster: Roster; teaches: Set<ClassId> }>();
  for (const { school, roster, schoolClass, teaches } of own) {
    const desk = desks.get(school) ?? { roster, teaches: new Set() };
    desks.set(school, desk);
    if (teaches) desk.teaches.add(schoolClass.id);
  }
  return Promise.all(
    [...desks].map(async ([school, desk]) => ({
      ...desk,
      isHead: viewer.role !== 'agent' && (await chargeOf(parts, viewer, school)) !== null,
    })),
  );
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

/**
 * Whether somebody acts on a paper: the teachers of its class, a head who asked it, the author of a
 * group's. Who taught a class once asks nothing of its families any more.
 */
export const actsOn = ({ teaches, isHead }: Desk, viewer: Viewer, row: PaperRow): boolean => {
  const isAuthor = row.author === viewer.addressId;
  return row.classId === null ? isAuthor : teaches.has(row.classId) || (isHead && isAuthor);
};

/** Whether somebody sees it. */
export const sees = (desk: Desk, viewer: Viewer, row: PaperRow): boolean =>
  desk.isHead || actsOn(desk, viewer, row);
