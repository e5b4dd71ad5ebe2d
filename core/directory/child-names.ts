import { dayAt } from '../ground/clock.ts';
import type { AddressId } from '../ground/ids.ts';
import { nameKey } from '../roster/names.ts';
import { readsOf } from '../roster/reads.ts';
import { isCurrent, type Person, type Roster, type SchoolClass } from '../roster/snapshot.ts';

/** The child who reads, in the school where they are. */
export interface ReadingChild {
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
      return titleInClass(person, child) ?? nameOfAdult(person, child);
  }
}

/** Of staff the little ones know the first name: « Odile », who helps them with their coats. */
function nameOfAdult(person: Person, child: ReadingChild): string {
  return person.role === 'staff' && isLittle(child) ? person.givenName : byCivility(person);
}

/** Whether the child doesn't read yet. */
function isLittle({ addressId, roster, now }: ReadingChild): boolean {
  const child = roster.people.get(addressId);
  return (
    child !== undefined && readsOf(child, classesOf({ addressId, roster, now })) === 'pictures'
  );
}

/** The classes of the reader's school that they are a pupil of today. */
function classesOf({ addressId, roster, now }: ReadingChild): readonly SchoolClass[] {
  const day = dayAt(now, roster.school.timeZone);
  return (roster.membershipsOf.get(addressId) ?? [])
    .filter((one) => one.role === 'pupil' && isCurrent(one, day))
    .flatMap(({ classId }) => roster.classes.get(classId) ?? []);
}

/**
 * A guardian of another child is no « Maman »: the name that they gave is for their own. Two of one
 * child who are called the same are « Maman Karine » and « Maman Sonia ».
 */
function guardianName(
  { addressId, givenName }: Person,
  { addressId: child, roster }: ReadingChild,
): string {
  const chosen = roster.calledBy.get(child);
  const called = chosen?.get(addressId);
  if (called === undefined) return givenName;
  const others = (roster.guardiansOf.get(child) ?? []).filter((id) => id !== addressId);
  const isShared = others.some((id) => {
    const other = chosen?.get(id) ?? roster.people.get(id)?.givenName;
    return other !== undefined && nameKey(other) === nameKey(called);
  });
  return isShared ? `${called} ${givenName}` : called;
}

const CIVILITIES = { M: 'Monsieur', Mme: 'Madame' } as const;
const TITLES = { M: 'Maître', Mme: 'Maîtresse' } as const;

/** « Madame Lefèvre », or the whole name where the roster has no civility. */
export function byCivility({ civility, familyName, displayName }: Person): string {
  return civility === null ? displayName : `${CIVILITIES[civility]} ${familyName}`;
}

/**
 * Two « Maîtresse » in a class would be one too many: both are called by their names, and by those
 * who don't read yet « Maîtresse Sylvie ».
 */
function titleInClass(person: Person, child: ReadingChild): string | null {
  const { civility } = person;
  if (civility === null) return null;
  const { roster, now } = child;
  const day = dayAt(now, roster.school.timeZone);
  const little = isLittle(child);
  const teachers = classesOf(child)
    .filter(({ teachersCalled }) => little || teachersCalled === 'title')
    .flatMap(({ id }) => roster.membersOf.get(id) ?? [])
    .filter((one) => one.role === 'teacher' && isCurrent(one, day))
    .map((one) => one.person);
  const sameTitle = new Set(
    teachers.filter(
      (id) => id === person.addressId || roster.people.get(id)?.civility === civility,
    ),
  );
  if (!sameTitle.has(person.addressId)) return null;
  if (sameTitle.size === 1) return TITLES[civility];
  return little ? `${TITLES[civility]} ${person.givenName}` : null;
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
