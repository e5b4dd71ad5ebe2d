import { chargeOf, type Charge } from '../../directory/charge.ts';
import { runsOn } from '../../directory/people-of.ts';
import { folded } from '../../ground/folding.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { isClosed, isCurrent, type Person, type Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { leaveDays, useOf } from '../../store/people/people.ts';
import { erasedFrom } from '../leavers/leaver-due.ts';
import { agreeForOwnChild } from './agreement.ts';
import { nameForOwnChild, ownChildren } from './called.ts';
import type { People, PeopleFound, PeopleRole, PersonSheet, SchoolPerson } from './contract.ts';
import { familyOf, markGuardian } from './family.ts';
import { correctAddress, makeCode } from './hands.ts';
import { leave, stay } from './leave.ts';
import { ownSchooling } from './own-schooling.ts';
import { isMember, personIn, type PeopleParts, type SchoolMember } from './parts.ts';
import { takeAlong, takeOwnAlong, takingAlong } from './take-along.ts';

const OF_A_PAGE = 60;
const NO_CLASS = 8;

/** The people of a school, as its head sees them and acts on them. */
export function openPeople(parts: PeopleParts): People {
  return {
    find: (viewer, school, asked) => find(parts, viewer, { school, ...asked }),
    person: (viewer, school, account) => person(parts, viewer, { school, account }),
    makeCode: (viewer, school, making) => makeCode(parts, viewer, { school, ...making }),
    correctAddress: (viewer, school, correction) =>
      correctAddress(parts, viewer, { school, ...correction }),
    leave: (viewer, school, leaving) => leave(parts, viewer, { school, ...leaving }),
    stay: (viewer, school, account) => stay(parts, viewer, { school, account }),
    blockGuardian: (viewer, school, { blocked, ...tie }) =>
      markGuardian(parts, viewer, { school, ...tie, mark: 'blocked', is: blocked }),
    silenceGuardian: (viewer, school, { silent, ...tie }) =>
      markGuardian(parts, viewer, { school, ...tie, mark: 'silent', is: silent }),
    takeAlong: (viewer, school, account) => takeAlong(parts, viewer, { school, account }),
    ownLeaveDay: async (viewer) =>
      (await parts.store.read(viewer.school, (tx) => leaveDays(tx, [viewer.account]))).get(
        viewer.account,
      ) ?? null,
    ownChildren: (viewer) => ownChildren(parts, viewer),
    ownSchooling: (viewer) => ownSchooling(parts, viewer),
    agreeForOwnChild: (viewer, wish) => agreeForOwnChild(parts, viewer, wish),
    nameForOwnChild: (viewer, wish) => nameForOwnChild(parts, viewer, wish),
    takeOwnAlong: (viewer) => takeOwnAlong(parts, viewer),
  };
}

const collator = new Intl.Collator('fr');

interface PeopleSearch {
  readonly school: SchoolId;
  readonly text: string;
  readonly role: PeopleRole | null;
  readonly page?: number;
}

async function find(
  parts: PeopleParts,
  viewer: Viewer,
  { school, text, role, page: wished = 1 }: PeopleSearch,
): Promise<PeopleFound | null> {
  const charge = await chargeOf(parts, viewer, school);
  if (!charge) return null;
  const { roster, day } = charge;
  const wanted = text
    .trim()
    .split(/\s+/)
    .map(folded)
    .filter((word) => word !== '');
  const found = [...roster.people.values()]
    .filter(isMember)
    .filter((one) => (role === null || kindOf(one) === role) && matches(one, wanted))
    .sort(
      (one, other) =>
        collator.compare(one.familyName, other.familyName) ||
        collator.compare(one.givenName, other.givenName),
    );
  const pages = Math.max(1, Math.ceil(found.length / OF_A_PAGE));
  const page = Math.min(Math.max(1, wished), pages);
  const shown = found.slice((page - 1) * OF_A_PAGE, page * OF_A_PAGE);
  const days = await parts.store.read(school, (tx) =>
    leaveDays(
      tx,
      shown.map(({ account }) => account),
    ),
  );
  return {
    schoolName: roster.school.name,
    today: day,
    people: shown.map((one) => schoolPerson(charge, one, days.get(one.account) ?? null)),
    count: found.length,
    page,
    pages,
  };
}

/** Each word stands in the name or in the address. */
function matches(
  { displayName, givenName, familyName, address }: Person,
  words: readonly string[],
): boolean {
  const within = [
    displayName,
    `${givenName} ${familyName}`,
    address.slice(0, address.lastIndexOf('@')),
  ].map(folded);
  return words.every((word) => within.some((name) => name.includes(word)));
}

const kindOf = ({ role }: Pick<SchoolPerson, 'role'>): PeopleRole =>
  role === 'pupil' || role === 'guardian' ? role : 'adult';

function stateOf(
  { roster, day }: Charge,
  { state }: Person,
  leavesOn: string | null,
): SchoolPerson['state'] {
  if (isClosed(roster.school, day)) return 'left';
  if (leavesOn !== null) return state === 'active' ? 'leaving' : 'left';
  return state === 'active' ? 'active' : 'suspended';
}

function schoolPerson(charge: Charge, one: SchoolMember, leavesOn: string | null): SchoolPerson {
  const { roster, day } = charge;
  const { account, displayName, address, face, role } = one;
  const classes = classesOf(roster, one, day);
  return {
    account,
    role,
    state: stateOf(charge, one, leavesOn),
    leavesOn,
    erasedOn: leavesOn === null ? null : erasedFrom(leavesOn),
    classes: classes.map(({ name }) => name),
    face: {
      kind: role === 'pupil' ? 'child' : 'adult',
      name: displayName,
      address,
      face,
      cover: classes[0]?.cover ?? NO_CLASS,
    },
  };
}

function classesOf(roster: Roster, { addressId, role }: Person, day: string) {
  const whose = role === 'guardian' ? (roster.childrenOf.get(addressId) ?? []) : [addressId];
  const ids = new Set(
    whose.flatMap((id) =>
      (roster.membershipsOf.get(id) ?? [])
        .filter((one) => isCurrent(one, day))
        .map(({ classId }) => classId),
    ),
  );
  return [...ids].flatMap((id) => roster.classes.get(id) ?? []).filter((one) => runsOn(one, day));
}

async function person(
  parts: PeopleParts,
  viewer: Viewer,
  { school, account }: { readonly school: SchoolId; readonly account: AccountId },
): Promise<PersonSheet | null> {
  const charge = await chargeOf(parts, viewer, school);
  const one = charge && personIn(charge, account);
  if (!charge || !one) return null;
  const { roster, day } = charge;
  const { use, days } = await parts.store.read(school, async (tx) => ({
    use: await useOf(tx, account, parts.clock()),
    days: await leaveDays(tx, [account]),
  }));
  const leavesOn = days.get(account) ?? null;
  return {
    ...schoolPerson(charge, one, leavesOn),
    ...use,
    schoolName: roster.school.name,
    today: day,
    family: await familyOf(parts, charge, one),
    classPage: one.role === 'pupil' ? (classesOf(roster, one, day)[0]?.id ?? null) : null,
    takingAlong: takingAlong(charge, one, leavesOn),
  };
}
