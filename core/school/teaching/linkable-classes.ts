import { runsOn } from '../../directory/people-of.ts';
import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import type { LinkSide, SchoolClass, Roster } from '../../roster/snapshot.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { schoolNames } from '../../store/town/school-names.ts';
import { taughtClass, todayAt, type TeachingParts } from './parts.ts';

/** Schools in the order of their names, this class's first. */
export async function schools(
  parts: TeachingParts,
  viewer: Viewer,
  classId: ClassId,
): Promise<{ readonly id: SchoolId; readonly name: string }[] | null> {
  const own = await taughtClass(parts, viewer, classId);
  if (!own) return null;
  const all = [...(await parts.store.readTown(schoolNames))].map(([id, name]) => ({ id, name }));
  return all.sort((one, other) => Number(other.id === own.school) - Number(one.id === own.school));
}

/** Classes that run today and are not linked with this one yet, nor asked. */
export async function linkable(
  { parts, viewer }: RoomVisit<TeachingParts>,
  classId: ClassId,
  school: SchoolId,
): Promise<{ readonly id: AddressId; readonly name: string }[] | null> {
  const own = await taughtClass(parts, viewer, classId);
  if (!own || !(await parts.store.readTown(schoolNames)).has(school)) return null;
  const roster = (await parts.directory.rosters([school], { maxAgeMs: 0 })).get(school);
  if (!roster) return null;
  const today = todayAt(parts, own.roster);
  const known = new Set(openSides(own, today).map((side) => side.otherClassAddress));
  return [...roster.classes.values()]
    .filter((one) => one.id !== classId && runsOn(one, today) && !known.has(one.addressId))
    .map(({ addressId, name }) => ({ id: addressId, name }))
    .sort((one, other) => one.name.localeCompare(other.name, 'fr'));
}

/** This class's sides of links that wait or run. */
export function openSides(
  { roster, schoolClass }: Pick<Side, 'roster' | 'schoolClass'>,
  today: string,
): LinkSide[] {
  return (roster.linksOf.get(schoolClass.id) ?? []).filter(
    ({ until }) => until === null || until >= today,
  );
}

/**
 * Links and proposals of one class at a time: nobody writes to more classes, and nobody is to ask a
 * whole town.
 */
export const MAX_LINKS = 12;

/** A class of any school, with that school's roster. */
export interface Side {
  readonly school: SchoolId;
  readonly roster: Roster;
  readonly schoolClass: SchoolClass;
}
