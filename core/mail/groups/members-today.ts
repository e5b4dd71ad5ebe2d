import {
  classesOf,
  currentIds,
  membersNow,
  type Member,
  type OwnClass,
} from '../../directory/own-classes.ts';
import { peopleOf } from '../../directory/people-of.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { Person } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { OwnGroupRow } from '../../store/people/own-groups.ts';
import type { GroupParts } from './parts.ts';

/** A class that the viewer teaches (any of the school, for its head), with its pupils of today. */
interface TaughtClass extends OwnClass {
  readonly pupils: readonly Member[];
}

/** A group as it is today. */
export interface GroupToday extends OwnGroupRow {
  /** Those who are still in a class of the viewer's. */
  readonly members: readonly Member[];
  /** The classes that they are in, of the viewer's. */
  readonly classes: readonly OwnClass[];
  /** Everybody whom a letter to the group goes to. */
  readonly people: readonly Person[];
}

export async function taughtClasses(parts: GroupParts, viewer: Viewer): Promise<TaughtClass[]> {
  const own = await classesOf(parts, viewer);
  return Promise.all(own.map(async (one) => ({ ...one, pupils: await membersNow(parts, one) })));
}

/** Who is in these groups today; who has left the viewer's classes has left the group. */
export async function groupsToday(
  parts: GroupParts,
  viewer: Viewer,
  rows: readonly OwnGroupRow[],
): Promise<readonly GroupToday[]> {
  if (rows.length === 0) return [];
  const classes = await taughtClasses(parts, viewer);
  const found = rows.map((row) => {
    const wanted = new Set(row.pupils);
    const isIn = ({ person }: Member): boolean => wanted.has(person.addressId);
    const members = new Map(
      classes.flatMap(({ pupils }) =>
        pupils.filter(isIn).map((one) => [one.person.addressId, one]),
      ),
    );
    const guardians = classes.flatMap(({ roster, pupils }) =>
      pupils.filter(isIn).flatMap(({ person }) => roster.guardiansOf.get(person.addressId) ?? []),
    );
    return {
      row,
      members: [...members.values()],
      classes: classes.filter(({ pupils }) => pupils.some(isIn)),
      guardians: row.whom === 'pupils' ? [] : guardians,
    };
  });
  const families = await peopleOf(
    parts.directory,
    found.flatMap(({ guardians }) => guardians),
  );
  return found.map(({ row, guardians, ...group }) => ({
    ...row,
    ...group,
    people: unique([
      ...(row.whom === 'families' ? [] : group.members.map(({ person }) => person)),
      ...guardians.flatMap((id) => families.get(id)?.person ?? []),
    ]),
  }));
}

const unique = (people: readonly Person[]): Person[] => [
  ...new Map(people.map((one) => [one.addressId, one])).values(),
];

/** The other teachers of classes, by class. */
export async function colleaguesOf(
  parts: GroupParts,
  viewer: Viewer,
  classes: readonly OwnClass[],
): Promise<ReadonlyMap<ClassId, readonly Person[]>> {
  const idsOf = ({ roster, schoolClass }: OwnClass): AddressId[] =>
    currentIds(roster, schoolClass.id, { role: 'teacher', now: parts.clock() }).filter(
      (id) => id !== viewer.addressId,
    );
  const ids = classes.flatMap(idsOf);
  const people = ids.length === 0 ? new Map() : await peopleOf(parts.directory, ids);
  return new Map(
    classes.map((one) => [
      one.schoolClass.id,
      idsOf(one).flatMap((id): Person[] => {
        const person = people.get(id)?.person;
        return person?.state === 'active' ? [person] : [];
      }),
    ]),
  );
}
