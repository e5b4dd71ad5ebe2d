import { byHome, peopleOf, presentOrComing } from '../../../directory/people-of.ts';
import { dayAt } from '../../../ground/clock.ts';
import type { AccountId, AddressId, ClassId, SchoolId } from '../../../ground/ids.ts';
import { headsOf, type Roster } from '../../../roster/snapshot.ts';
import type { Decider } from '../../../store/mail/holds.ts';
import type { ReleaseParts } from '../parts.ts';

/** Where a letter waits, or waits no more. */
export interface WaitingAt {
  readonly school: SchoolId;
  /** Null: `decider` does, or its recipient. */
  readonly classId: ClassId | null;
  readonly decider: Decider;
  readonly recipient: AddressId;
}

type DecidersParts = Pick<ReleaseParts, 'directory' | 'mailEvents' | 'clock'>;

/**
 * Open pages of whoever decides about held letters count them again: the teachers of the classes,
 * the heads of the schools, a recipient who is asked themself. The letter is kept, or let go, by
 * now: that nobody can be told is no reason to say otherwise, and the next page shows it.
 */
export async function tellDeciders(
  parts: DecidersParts,
  holds: readonly WaitingAt[],
): Promise<void> {
  if (holds.length === 0) return;
  const homes = await decidersOf(parts, holds).catch(() => new Map<SchoolId, AccountId[]>());
  for (const [home, accounts] of homes) parts.mailEvents.announce(home, accounts);
}

async function decidersOf(
  { directory, clock }: DecidersParts,
  holds: readonly WaitingAt[],
): Promise<Map<SchoolId, AccountId[]>> {
  const schools = holds.map(({ school }) => school);
  const rosters = await directory.rosters(schools, { maxAgeMs: 0 });
  const now = clock();
  const deciders = holds.flatMap(({ school, classId, decider, recipient }) => {
    const roster = rosters.get(school);
    if (roster !== undefined && decider === 'head') return headsOf(roster, now);
    // Who wrote it is told by the page that they look at.
    if (decider === 'writer') return [];
    return roster === undefined || classId === null
      ? [recipient]
      : decidersIn(roster, classId, now);
  });
  return byHome((await peopleOf(directory, deciders)).values());
}

function decidersIn(roster: Roster, classId: ClassId, now: Date): AddressId[] {
  const day = dayAt(now, roster.school.timeZone);
  const teachers = presentOrComing(roster, classId, day).filter(({ role }) => role === 'teacher');
  return [...teachers.map(({ person }) => person), ...headsOf(roster, now)];
}
