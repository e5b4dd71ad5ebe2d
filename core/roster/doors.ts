import type { Door } from '../ground/doors.ts';
import type { SchoolId } from '../ground/ids.ts';
import type { AddressEntry, Roster } from './snapshot.ts';
import { meet, type PersonStanding } from './standing.ts';

/** A door, and the school whose it is: that of the pupil, or of the list. */
interface SchoolDoor {
  readonly door: Door;
  readonly school: SchoolId;
}

/** Who is at the two ends of a letter, null for whoever has no account, and the list between. */
export interface LetterEnds {
  readonly sender: PersonStanding | null;
  readonly reader: PersonStanding | null;
  readonly list: AddressEntry | null;
}

/** By which door a letter goes from one to the other; null where no pupil is at either end. */
export function doorOf({ sender, reader, list }: LetterEnds): SchoolDoor | null {
  const pupil = isPupil(reader) ? reader : sender;
  if (!isPupil(pupil)) return null;
  if (isShut(sender) || isShut(reader)) return { door: 'closed-account', school: pupil.home };
  if (list !== null)
    return {
      door: isPupil(sender) ? 'pupil-to-list' : 'list-to-pupils',
      school: list.school,
    };
  return { door: doorBetween(sender, reader), school: pupil.home };
}

const isPupil = (one: PersonStanding | null): one is PersonStanding => one?.person.role === 'pupil';
const isShut = (one: PersonStanding | null): boolean => one !== null && one.state !== 'active';

/** Null is whoever has no account. */
function doorBetween(sender: PersonStanding | null, reader: PersonStanding | null): Door {
  if (sender === null) return 'stranger-to-pupil';
  if (reader === null) return 'pupil-to-stranger';
  if (reader.person.role !== 'pupil')
    return reader.person.role === 'guardian' ? 'pupil-to-guardian' : 'pupil-to-adult';
  const isHere = meet(sender.schools, reader.schools);
  switch (sender.person.role) {
    case 'pupil':
      return isHere ? 'pupil-to-pupil-here' : 'pupil-to-pupil-elsewhere';
    case 'guardian':
      return 'guardian-to-pupil';
    case 'agent':
      return 'agent-to-pupil';
    default:
      return isHere ? 'adult-here-to-pupil' : 'adult-elsewhere-to-pupil';
  }
}

/**
 * Whether a letter between these takes a way that a proof found open. Who is approved and who isn't
 * is what may be wrong of whoever is outside: both their doors are one.
 */
export function isWayClosed(
  ends: LetterEnds,
  rosters: ReadonlyMap<SchoolId, Pick<Roster, 'school'>>,
): boolean {
  // On nearly every day, and for each recipient of each letter, nothing is closed.
  if (!isAnyClosed(rosters)) return false;
  const way = doorOf(ends);
  if (way === null) return false;
  const closed = rosters.get(way.school)?.school.closedDoors ?? [];
  const doors: readonly Door[] =
    way.door === 'stranger-to-pupil' ? [way.door, 'correspondent-to-pupil'] : [way.door];
  return doors.some((door) => closed.includes(door));
}

function isAnyClosed(rosters: ReadonlyMap<SchoolId, Pick<Roster, 'school'>>): boolean {
  for (const { school } of rosters.values()) if (school.closedDoors.length > 0) return true;
  return false;
}
