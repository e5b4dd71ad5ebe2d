import type { Door } from '../../ground/doors.ts';
import { idIn, type AddressId, type SchoolId } from '../../ground/ids.ts';
import { doorOf } from '../../roster/doors.ts';
import {
  EMPTY,
  factsOf,
  NO_RECENT_ACTIVITY,
  type Circumstances,
  type From,
  type To,
} from '../../roster/relate.ts';
import type { AddressEntry, Roster } from '../../roster/snapshot.ts';
import { standingOf, type PersonStanding } from '../../roster/standing.ts';
import { decide, type Verdict } from '../../rules/decide.ts';
import type { Facts } from '../../rules/facts.ts';
import { townPeople, type TownPeople } from './town-people.ts';

/** What the sending rules say, asked as every way in asks them: whether a letter comes through. */
export interface AsDecided extends TownPeople {
  /** Whether what one writes reaches the other, at once or after a wait. */
  reaches(from: Correspondence, to: Correspondence): boolean;
  /** By which door a letter goes between two with an account, of whom one is a pupil. */
  door(from: AddressId, to: AddressId): Door;
}

/** One end of a letter: somebody with an account, by their address; a list; an address outside. */
type Correspondence = AddressId | AddressEntry | string;

/** Asks on these rosters at this moment, of letters with nothing in them and nothing before. */
export function asDecided(
  rosters: ReadonlyMap<SchoolId, Roster>,
  now: Date,
  decideOn: (facts: Facts) => Verdict = decide,
): AsDecided {
  const people = townPeople(rosters);
  const among = (schools: readonly SchoolId[]) =>
    schools.flatMap((school) => rosters.get(school) ?? []);
  const standing = keptBy<AddressId, PersonStanding | null>((address) => {
    const found = people.person(address);
    return found && standingOf(found, among(found.presentIn), now);
  });
  // Schools as a text, `1 2`: to make a set of them for each of millions of tries costs more than
  // the rules do.
  const ofPerson = keptBy<AddressId, string>((address) =>
    (people.person(address)?.presentIn ?? []).join(' '),
  );
  const schoolsOf = (one: Correspondence): string => {
    if (typeof one === 'string') return '';
    return typeof one === 'number' ? ofPerson(one) : String(one.school);
  };
  const circumstances = keptBy<string, Circumstances>((schools) => ({
    rosters: new Map(
      among(schools.split(' ').flatMap((text) => idIn<SchoolId>(text) ?? [])).map((one) => [
        one.school.id,
        one,
      ]),
    ),
    now,
    recentActivity: NO_RECENT_ACTIVITY,
    content: EMPTY,
    lifted: [],
    ourDomains: new Set(),
  }));
  return {
    ...people,
    door(from, to) {
      const ends = { sender: standing(from), reader: standing(to), list: null };
      // Whoever stands nowhere has an account that isn't theirs to use.
      const isNowhere = ends.sender === null || ends.reader === null;
      return (isNowhere ? null : doorOf(ends)?.door) ?? 'closed-account';
    },
    reaches(from, to) {
      const sender = fromOf(from, standing);
      const reader = toOf(to, standing);
      if (sender === null || reader === null) return false;
      const schools = both(schoolsOf(from), schoolsOf(to));
      return decideOn(factsOf(sender, reader, circumstances(schools))).kind !== 'deny';
    },
  };
}

/** The schools of two, each once. */
function both(one: string, other: string): string {
  if (one === other || other === '') return one;
  if (one === '') return other;
  return [...new Set([...one.split(' '), ...other.split(' ')])].join(' ');
}

/** The same answer for the same key, made once. */
function keptBy<Key, Answer>(make: (key: Key) => Answer): (key: Key) => Answer {
  const answers = new Map<Key, Answer>();
  return (key) => {
    const kept = answers.get(key);
    if (kept !== undefined) return kept;
    const made = make(key);
    answers.set(key, made);
    return made;
  };
}

type StandingOf = (address: AddressId) => PersonStanding | null;

/** Outside, the domain stands behind the address: whoever may least is refused all the more. */
function fromOf(one: Correspondence, standing: StandingOf): From | null {
  if (typeof one === 'string') return { kind: 'outside', address: one, authentication: 'pass' };
  if (typeof one !== 'number') return null;
  const found = standing(one);
  return found && { kind: 'person', standing: found };
}

function toOf(one: Correspondence, standing: StandingOf): To | null {
  if (typeof one === 'string') return { kind: 'outside', address: one };
  if (typeof one === 'number') {
    const found = standing(one);
    return found && { kind: 'person', standing: found, through: null };
  }
  return one.kind === 'account' ? null : { kind: 'list', entry: one, listKind: one.kind };
}
