/** A school as an import leaves it, for tests of the next one: without a database. */
import type { AccountId, AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { nameKeyOf, type IdentityKey } from '../matching/identity.ts';
import type { KnownPerson, SchoolState } from '../matching/state.ts';
import type { Acts, RosterPlan } from '../preview.ts';
import type { ClassRef, PersonRef } from '../ref.ts';

const SCHOOL = 7 as SchoolId;
const SINCE = '2026-09-01';

/** Nobody yet. */
export const EMPTY_SCHOOL: SchoolState = {
  school: SCHOOL,
  slug: 'les-tilleuls',
  people: new Map(),
  classes: [],
  memberships: [],
  posts: [],
  guardianships: [],
  byKey: new Map(),
  movesAsked: new Map(),
  keysOf: new Map(),
};

/** The empty school, once what was planned for it is done. */
export function schoolAfter({ acts }: Pick<RosterPlan, 'acts'>): SchoolState {
  const personOf = (ref: PersonRef): AddressId =>
    ref.kind === 'known' ? ref.id : ((ref.index + 1) as AddressId);
  const classOf = (ref: ClassRef): ClassId =>
    ref.kind === 'known' ? ref.id : ((ref.index + 1) as ClassId);
  const keys = acts.keys.map(({ person, key }) => ({ id: personOf(person), key }));
  return {
    ...EMPTY_SCHOOL,
    people: new Map(
      acts.accounts.map((_, index) => {
        const person = personMade(acts, index);
        return [person.addressId, person];
      }),
    ),
    classes: acts.classes.map((one, index) => ({
      ...one,
      id: classOf({ kind: 'new', index }),
      endsOn: null,
    })),
    memberships: acts.membershipsBegun.map(({ classRef, person, role }) => ({
      classId: classOf(classRef),
      person: personOf(person),
      role,
      from: SINCE,
      until: null,
    })),
    posts: acts.postsBegun.map(({ person, role }) => ({
      person: personOf(person),
      role,
      from: SINCE,
      until: null,
    })),
    guardianships: acts.guardianshipsAdded.map(({ child, guardian }) => ({
      child: personOf(child),
      guardian: personOf(guardian),
      blocked: false,
    })),
    byKey: new Map(
      [...Map.groupBy(keys, ({ key }) => key)].map(([key, all]) => [key, all.map(({ id }) => id)]),
    ),
    keysOf: new Map(
      [...Map.groupBy(keys, ({ id }) => id)].map(([id, all]) => [
        id,
        new Set<IdentityKey>(all.map(({ key }) => key)),
      ]),
    ),
  };
}

function personMade({ accounts }: Acts, index: number): KnownPerson {
  const made = accounts[index];
  if (made === undefined) throw new Error(`no account ${index}`);
  const { role, givenName, familyName, civility, level, photo, face } = made;
  return {
    addressId: (index + 1) as AddressId,
    address: `person.${index + 1}@ecoles.fr`,
    home: SCHOOL,
    account: (index + 1) as AccountId,
    role,
    givenName,
    familyName,
    nameKey: nameKeyOf(familyName, givenName),
    civility,
    level,
    photo,
    face,
    state: 'active',
    left: false,
    presentIn: [],
    placedIn: [],
  };
}
