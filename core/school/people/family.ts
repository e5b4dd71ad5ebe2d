import { chargeOf, type Charge } from '../../directory/charge.ts';
import { byHome, peopleOf } from '../../directory/people-of.ts';
import type { AccountId, AddressId, SchoolId } from '../../ground/ids.ts';
import type { Person } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { setBlocked, tiesOf } from '../../store/people/families.ts';
import type { FamilyActed, PersonSheet } from './contract.ts';
import { writeDown } from './hands.ts';
import { personIn, type PeopleParts } from './parts.ts';

const NO_CLASS = 8;

/** A child's guardians, wherever their mail lives; nobody's for anybody else. */
export async function familyOf(
  parts: PeopleParts,
  { school }: Charge,
  one: Person,
): Promise<PersonSheet['family']> {
  if (one.role !== 'pupil') return [];
  const ties = await parts.store.read(school, (tx) => tiesOf(tx, one.addressId));
  const people = await peopleOf(
    parts.directory,
    ties.map(({ guardian }) => guardian),
  );
  return ties.flatMap(({ guardian, blocked }) => {
    const found = people.get(guardian)?.person;
    return found === undefined
      ? []
      : [
          {
            guardian,
            blocked,
            face: {
              kind: 'adult' as const,
              name: found.displayName,
              address: found.address,
              face: found.face,
              cover: NO_CLASS,
            },
          },
        ];
  });
}

/**
 * Ends at once what joins a guardian and a child, or lets it hold again. The tie stays written, so
 * that no file brings it back.
 */
export async function blockGuardian(
  parts: PeopleParts,
  viewer: Viewer,
  {
    school,
    account,
    guardian,
    blocked,
  }: {
    readonly school: SchoolId;
    readonly account: AccountId;
    readonly guardian: AddressId;
    readonly blocked: boolean;
  },
): Promise<FamilyActed> {
  const charge = await chargeOf(parts, viewer, school);
  const child = charge && personIn(charge, account);
  // Nobody settles a quarrel about their own child with the school's power.
  if (charge && guardian === viewer.addressId) return { kind: 'trouble', why: 'self' };
  if (!charge || !child || child.role !== 'pupil') return { kind: 'missing' };
  const done = await parts.store.town(async (tx) => {
    if (!(await setBlocked(await tx.in(school), { child: child.addressId, guardian, blocked })))
      return false;
    await writeDown(tx, charge, {
      act: blocked ? 'block-guardian' : 'unblock-guardian',
      subject: { account, people: [guardian] },
    });
    return true;
  });
  if (!done) return { kind: 'missing' };
  for (const [home, accounts] of byHome(
    (await peopleOf(parts.directory, [child.addressId, guardian])).values(),
  ))
    parts.mailEvents.announce(home, accounts);
  return { kind: 'done' };
}
