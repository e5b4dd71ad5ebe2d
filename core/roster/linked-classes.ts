import { dayAt } from '../ground/clock.ts';
import type { SchoolId } from '../ground/ids.ts';
import type { Facts } from '../rules/facts.ts';
import { nextPost } from './hours.ts';
import { isCurrent, type DatedRosters, type Roster, type SchoolClass } from './snapshot.ts';
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
  dated: DatedRosters,
): Facts['linkedClass'] {
  let found: Facts['linkedClass'] = 'none';
  const { rosters } = dated;
  if (!isAnyLinked(rosters)) return found;
  for (const ours of classesOf(sender)) {
    // Most classes have none.
    if (!rosters.get(ours.school)?.linksOf.has(ours.id)) continue;
    for (const theirs of classesOf(other)) {
      const link = runningLink(ours, theirs, dated);
      if (link?.moderated) return 'moderated';
      if (link) found = 'open';
    }
  }
  return found;
}

function isAnyLinked(rosters: ReadonlyMap<SchoolId, Roster>): boolean {
  for (const { linksOf } of rosters.values()) if (linksOf.size > 0) return true;
  return false;
}

/** A letter on the road between two classes: when it is brought. */
interface Road {
  readonly arrives: Date;
}

/**
 * How a letter of one pupil to another goes where only a link joins them whose letters travel; null
 * where it is there at once. What would be brought after the last day of the link is too: a letter
 * that was written in time arrives.
 */
export function roadBetween(
  sender: PersonStanding,
  other: PersonStanding,
  { rosters, now }: DatedRosters,
): Road | null {
  for (const ours of sender.pupilOf.values()) {
    for (const theirs of other.pupilOf.values()) {
      const school = rosters.get(theirs.school)?.school;
      if (school === undefined || !runningLink(ours, theirs, { rosters, now })?.travels) continue;
      const arrives = nextPost(school, now);
      if (runningLink(ours, theirs, { rosters, now: arrives })) return { arrives };
    }
  }
  return null;
}

interface RunningLink {
  readonly moderated: boolean;
  /** The class whose teacher moderates it, the first one's before the second's. */
  readonly moderatedBy: SchoolClass | null;
  /** Whether what the second class's pupils receive of the first's travels. */
  readonly travels: boolean;
}

/** The link between two classes, both sides seen, or null. */
export function runningLink(
  ours: SchoolClass,
  theirs: SchoolClass,
  dated: DatedRosters,
): RunningLink | null {
  const side = linkSide(ours, theirs, dated);
  const otherSide = linkSide(theirs, ours, dated);
  if (!side || !otherSide) return null;
  const { travels } = otherSide;
  if (side.moderated) return { moderated: true, moderatedBy: ours, travels };
  const { moderated } = otherSide;
  return { moderated, moderatedBy: moderated ? theirs : null, travels };
}

function linkSide(of: SchoolClass, to: SchoolClass, { rosters, now }: DatedRosters) {
  const roster = rosters.get(of.school);
  const day = roster ? dayAt(now, roster.school.timeZone) : '';
  return roster?.linksOf
    .get(of.id)
    ?.find(
      (side) => side.otherClassAddress === to.addressId && side.agreed && isCurrent(side, day),
    );
}
