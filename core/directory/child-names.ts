import type { AddressId } from '../ids.ts';
import { dayAt, isCurrent, type Membership, type Person, type Roster } from '../roster/snapshot.ts';

/** The child who reads, in the school where they are. */
interface ReadingChild {
  readonly addressId: AddressId;
  readonly roster: Roster;
  readonly now: Date;
}

/**
 * What a child calls somebody: classmates by their first name, a guardian as that guardian chose it
 * (« Maman ») or by their first name, an adult of the school « Madame Lefèvre », or « Maîtresse »
 * where the class says so. Forms of address are French in any language of the pages: so they are
 * spoken. Without a civility on the roster nobody guesses one, and the whole name stays.
 */
export function nameForChild(person: Person, home: Roster, child: ReadingChild): string {
  switch (person.role) {
    case 'pupil':
      return firstName(person, home, dayAt(child.now, home.school.timeZone));
    case 'guardian':
      return guardianName(person, child);
    case 'agent':
      return person.displayName;
    default:
      return titleInClass(person, child) ?? byCivility(person);
  }
}

/** A guardian of another child is no « Maman »: the name that they gave is for their own. */
function guardianName({ addressId, givenName }: Person, child: ReadingChild): string {
  return child.roster.calledBy.get(child.addressId)?.get(addressId) ?? givenName;
}

const CIVILITIES = { M: 'Monsieur', Mme: 'Madame' } as const;
const TITLES = { M: 'Maître', Mme: 'Maîtresse' } as const;

function byCivility({ civility, familyName, displayName }: Person): string {
  return civility === null ? displayName : `${CIVILITIES[civility]} ${familyName}`;
}

/** Two « Maîtresse » in a class would be one too many: both are called by their names. */
function titleInClass(person: Person, { addressId, roster, now }: ReadingChild): string | null {
  const { civility } = person;
  if (civility === null) return null;
  const day = dayAt(now, roster.school.timeZone);
  const isOn = (one: Membership): boolean => isCurrent(one, day);
  const classes = (roster.membershipsOf.get(addressId) ?? [])
    .filter((one) => one.role === 'pupil' && isOn(one))
    .filter(({ classId }) => roster.classes.get(classId)?.teachersCalled === 'title');
  const teachers = classes.flatMap(({ classId }) =>
    (roster.membersOf.get(classId) ?? []).filter((one) => one.role === 'teacher' && isOn(one)),
  );
  const sameTitle = new Set(
    teachers
      .map((one) => one.person)
      .filter((id) => id === person.addressId || roster.people.get(id)?.civility === civility),
  );
  return sameTitle.has(person.addressId) && sameTitle.size === 1 ? TITLES[civility] : null;
}

/** « Emma », or « Emma L. » where a class has two of them. */
function firstName(person: Person, roster: Roster, day: string): string {
  const classes = (roster.membershipsOf.get(person.addressId) ?? [])
    .filter((one) => isCurrent(one, day))
    .map(({ classId }) => classId);
  const mates = classes
    .flatMap((id) => roster.membersOf.get(id) ?? [])
    .filter((one) => one.person !== person.addressId && isCurrent(one, day));
  const isShared = mates.some(
    (mate) => roster.people.get(mate.person)?.givenName === person.givenName,
  );
  return isShared ? `${person.givenName} ${[...person.familyName][0] ?? ''}.` : person.givenName;
}
