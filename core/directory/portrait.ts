import type { AddressId } from '../ground/ids.ts';
import type { Portrait } from '../ground/portraits.ts';
import { isCurrent, type Person, type Roster } from '../roster/snapshot.ts';

/** Of the school, and of nobody's family: with the words covered, they are not to be mistaken. */
const OF_SCHOOL = {
  Mme: ['maitresse', 'atsem', 'tresses'],
  M: ['maitre', 'tonton', 'chauve'],
} as const;
const OF_FAMILY = { Mme: ['maman', 'mamie'], M: ['papa', 'papi'] } as const;
/** What a child calls somebody of the family; forms of address are French in any language. */
const CALLED: readonly (readonly [called: RegExp, portrait: Portrait])[] = [
  [/^Mam(an|ou)(?!\p{L})/u, 'maman'],
  [/^Papa(?!\p{L})/u, 'papa'],
  [/^(Mamie|Mémé|Mamy|Grand-mère)(?!\p{L})/iu, 'mamie'],
  [/^(Papi|Pépé|Papy|Grand-père)(?!\p{L})/iu, 'papi'],
];

/** How a person is shown to a child, and where they stand today. */
interface Seen {
  /** What the child calls them. */
  readonly called: string;
  /** Of the person's own school. */
  readonly roster: Roster;
  readonly day: string;
}

/**
 * How a child who doesn't read yet sees an adult: by the portrait that they have chosen, else by
 * one that fits: of the family by what the child calls them, of the school one that nobody else of
 * their classes has.
 */
export function portraitOf(person: Person, { called, roster, day }: Seen): Portrait {
  if (person.portrait !== null) return person.portrait;
  const ofFamily = CALLED.find(([name]) => name.test(called))?.[1];
  if (ofFamily !== undefined) return ofFamily;
  if (person.role === 'guardian') return byChance(person, OF_FAMILY);
  return schoolPortraits(roster, day).get(person.addressId) ?? byChance(person, OF_SCHOOL);
}

type Portraits = Readonly<Record<'Mme' | 'M', readonly Portrait[]>>;

/** Those that fit, the one that chance gives their account first. */
function fitting({ civility, account }: Person, portraits: Portraits): readonly Portrait[] {
  const some = civility === null ? [...portraits.Mme, ...portraits.M] : portraits[civility];
  const first = account % some.length;
  return [...some.slice(first), ...some.slice(0, first)];
}

const byChance = (person: Person, portraits: Portraits): Portrait =>
  fitting(person, portraits)[0] ?? 'maitresse';

/** A roster is never changed: what follows from it is known for a day. */
const known = new WeakMap<Roster, { readonly day: string; readonly of: SchoolPortraits }>();
type SchoolPortraits = ReadonlyMap<AddressId, Portrait>;

function schoolPortraits(roster: Roster, day: string): SchoolPortraits {
  const found = known.get(roster);
  if (found?.day === day) return found.of;
  const of = shareOut(roster, day);
  known.set(roster, { day, of });
  return of;
}

/**
 * The adults of a school, whoever came first choosing first: whoever comes later takes one that
 * nobody beside them has, and changes nobody's. With more of them in one class than there are
 * portraits, chance says.
 */
function shareOut(roster: Roster, day: string): SchoolPortraits {
  const adults = [...roster.people.values()].filter(
    ({ role }) => role !== 'pupil' && role !== 'guardian',
  );
  const portraits = new Map<AddressId, Portrait>();
  for (const { addressId, portrait } of adults)
    if (portrait !== null) portraits.set(addressId, portrait);
  for (const person of adults.toSorted((one, other) => one.account - other.account)) {
    if (person.portrait !== null) continue;
    const taken = new Set(besides(person, roster, day).map((one) => portraits.get(one)));
    const free = fitting(person, OF_SCHOOL).find((one) => !taken.has(one));
    portraits.set(person.addressId, free ?? byChance(person, OF_SCHOOL));
  }
  return portraits;
}

/** Everybody else in the classes that somebody teaches or helps today. */
function besides({ addressId }: Person, roster: Roster, day: string): readonly AddressId[] {
  const own = roster.membershipsOf.get(addressId)?.filter((one) => isCurrent(one, day)) ?? [];
  return own
    .flatMap(({ classId }) => roster.membersOf.get(classId) ?? [])
    .filter((one) => one.person !== addressId && isCurrent(one, day))
    .map(({ person }) => person);
}
