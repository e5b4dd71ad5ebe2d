import { runsOn } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AddressId, ClassId, PaperId, SchoolId } from '../../ground/ids.ts';
import { isClosed, type Roster } from '../../roster/snapshot.ts';
import type { PersonStanding } from '../../roster/standing.ts';
import { childOf, signersFor } from './asked-papers.ts';
import { desksIn, sees } from './rights.ts';

/** A class whose papers somebody reads. */
export interface PaperClass {
  readonly school: SchoolId;
  readonly classId: ClassId;
}

/**
 * The classes whose papers somebody reads, who stands so in these schools: at a desk, or for a
 * child. By what the pages ask, and pure: the nightly proof asks it of all.
 */
export function paperClasses(
  standing: PersonStanding,
  rosters: readonly Roster[],
  now: Date,
): readonly PaperClass[] {
  const { person, state } = standing;
  if (state !== 'active') return [];
  const own = new Map([[person.addressId, { person }]]);
  const desks = desksIn(standing, rosters, now).flatMap(({ roster, isHead, teaches }) =>
    classesIn(roster, now).filter(({ classId }) => isHead || teaches.has(classId)),
  );
  const families = rosters.flatMap((roster) => {
    const day = dayAt(now, roster.school.timeZone);
    const children = (roster.childrenOf.get(person.addressId) ?? []).filter(
      (pupil) => signersFor(roster, pupil, own).length > 0,
    );
    return classesIn(roster, now).filter(({ classId }) =>
      children.some((pupil) => childOf(roster, { pupil, classId, day }) !== null),
    );
  });
  return [...desks, ...families];
}

/** A paper that was asked of a group of its author's own. */
export interface GroupPaper {
  readonly school: SchoolId;
  readonly paper: PaperId;
  readonly author: AddressId;
  /** Those whom its letter named. */
  readonly pupils: readonly AddressId[];
}

/** The papers of groups that somebody reads, in the same way. */
export function groupPapersRead(
  standing: PersonStanding,
  rosters: readonly Roster[],
  { papers, now }: { readonly papers: readonly GroupPaper[]; readonly now: Date },
): readonly GroupPaper[] {
  const { person, state } = standing;
  if (state !== 'active' || person.role === 'pupil' || papers.length === 0) return [];
  const desks = desksIn(standing, rosters, now);
  const own = new Map([[person.addressId, { person }]]);
  return papers.filter(({ school, author, pupils }) => {
    const roster = rosters.find((one) => one.school.id === school);
    if (roster === undefined) return false;
    const day = dayAt(now, roster.school.timeZone);
    const desk = desks.find((one) => one.roster === roster);
    if (desk !== undefined && sees(desk, person, { author, classId: null })) return true;
    const children = roster.childrenOf.get(person.addressId) ?? [];
    return (
      !isClosed(roster.school, day) &&
      children.some(
        (pupil) =>
          pupils.includes(pupil) &&
          signersFor(roster, pupil, own).length > 0 &&
          childOf(roster, { pupil, classId: null, day }) !== null,
      )
    );
  });
}

function classesIn(roster: Roster, now: Date): readonly PaperClass[] {
  const day = dayAt(now, roster.school.timeZone);
  if (isClosed(roster.school, day)) return [];
  return [...roster.classes.values()]
    .filter((one) => runsOn(one, day))
    .map(({ id }) => ({ school: roster.school.id, classId: id }));
}
