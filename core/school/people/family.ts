import { chargeOf, type Charge } from '../../directory/charge.ts';
import { byHome, peopleOf } from '../../directory/people-of.ts';
import type { AccountId, AddressId, SchoolId } from '../../ground/ids.ts';
import type { Person } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { markTie, tiesOf, type TieMark } from '../../store/people/families.ts';
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
  return ties.flatMap(({ guardian, blocked, silent }) => {
    const found = people.get(guardian)?.person;
    return found === undefined
      ? []
      : [
          {
            guardian,
            blocked,
            silent,
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

/** What a school notes of a child’s guardian. */
interface GuardianMark {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly guardian: AddressId;
  readonly mark: TieMark;
  readonly is: boolean;
}

/**
 * Marks what joins a guardian and a child: it ends at once, or holds again; or nothing of it is
 * said to the others. The tie stays written, so that no file brings it back.
 */
export async function markGuardian(
  parts: PeopleParts,
  viewer: Viewer,
  { school, account, guardian, mark, is }: GuardianMark,
): Promise<FamilyActed> {
  const charge = await chargeOf(parts, viewer, school);
  const child = charge && personIn(charge, account);
  if (!charge || !child || child.role !== 'pupil') return { kind: 'missing' };
  const acted = await parts.store.town(async (tx): Promise<FamilyActed> => {
    const inSchool = await tx.in(school);
    // Nobody settles a quarrel about their own child with the school's power.
    const ties = await tiesOf(inSchool, child.addressId);
    if (ties.some((tie) => tie.guardian === viewer.addressId))
      return { kind: 'trouble', why: 'self' };
    if (!(await markTie(inSchool, { child: child.addressId, guardian, mark, is })))
      return { kind: 'missing' };
    await writeDown(tx, charge, {
      act: ACTS[mark][is ? 'on' : 'off'],
      subject: { account, people: [guardian] },
    });
    return { kind: 'done' };
  });
  if (acted.kind !== 'done') return acted;
  for (const [home, accounts] of byHome(
    (await peopleOf(parts.directory, [child.addressId, guardian])).values(),
  ))
    parts.mailEvents.announce(home, accounts);
  return acted;
}

/** How the journal calls it. */
const ACTS = {
  blocked: { on: 'block-guardian', off: 'unblock-guardian' },
  silent: { on: 'silence-guardian', off: 'unsilence-guardian' },
} as const satisfies Record<TieMark, unknown>;
