import { dayAt } from '../ground/clock.ts';
import type { SchoolId } from '../ground/ids.ts';
import type { Facts } from '../rules/facts.ts';
import { isCurrent, type Roster, type SchoolClass } from './snapshot.ts';
import type { PersonStanding } from './standing.ts';

function classesOf(standing: PersonStanding): SchoolClass[] {
  return [...standing.pupilOf.values(), ...standing.teacherOf.values()];
}

/**
 * A link runs while both sides have agreed; it is moderated if either side says so. The strictest
 * of several counts.
 */
export function linkBetween(
  sender: PersonStanding,
  other: PersonStanding,
  rosters: ReadonlyMap<SchoolId, Roster>,
  now: Date,
): Facts['linkedClass'] {
  let found: Facts['linkedClass'] = 'none';
  for (const ours of classesOf(sender)) {
    for (const theirs of classesOf(other)) {
      const link = runningLink(ours, theirs, rosters, now);
      if (link?.moderated) return 'moderated';
      if (link) found = 'open';
    }
  }
  return found;
}

/**
 * The link between two classes, both sides seen, or null; `moderatedBy` names the class whose
 * teacher moderates it, the first one's before the second's.
 */
export function runningLink(
  ours: SchoolClass,
  theirs: SchoolClass,
  rosters: ReadonlyMap<SchoolId, Roster>,
  now: Date,
): { readonly moderated: boolean; readonly moderatedBy: SchoolClass | null } | null {
  const side = linkSide(ours, theirs, rosters, now);
  const otherSide = linkSide(theirs, ours, rosters, now);
  if (!side || !otherSide) return null;
  if (side.moderated) return { moderated: true, moderatedBy: ours };
  return { moderated: otherSide.moderated, moderatedBy: otherSide.moderated ? theirs : null };
}

function linkSide(
  of: SchoolClass,
  to: SchoolClass,
  rosters: ReadonlyMap<SchoolId, Roster>,
  now: Date,
) {
  const roster = rosters.get(of.school);
  const day = roster ? dayAt(now, roster.school.timeZone) : '';
  return roster?.linksOf
    .get(of.id)
    ?.find(
      (side) => side.otherClassAddress === to.addressId && side.agreed && isCurrent(side, day),
    );
}
