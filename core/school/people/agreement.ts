import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { setAgrees } from '../../store/people/families.ts';
import { ownChildren } from './called.ts';
import type { PeopleParts } from './parts.ts';

interface FamilyAgreement {
  readonly school: SchoolId;
  readonly child: AddressId;
  readonly agrees: boolean;
}

/** A guardian's yes or no to their child's writing, in the journal of the child's school. */
export async function agreeForOwnChild(
  parts: PeopleParts,
  viewer: Viewer,
  wish: FamilyAgreement,
): Promise<boolean> {
  const { school, child, agrees } = wish;
  const isOwn = (await ownChildren(parts, viewer)).some(
    (one) => one.school === school && one.child === child,
  );
  if (!isOwn) return false;
  await parts.store.write(school, async (tx) => {
    const answer = { child, guardian: viewer.addressId, agrees, at: parts.clock() };
    if (await setAgrees(tx, answer))
      await writeAudit(tx, viewer.addressId, agrees ? 'family-yes' : 'family-no', {
        people: [child],
      });
  });
  const roster = (await parts.directory.rosters([school], { maxAgeMs: 0 })).get(school);
  const account = roster?.people.get(child)?.account;
  if (account !== undefined) parts.mailEvents.announce(school, [account]);
  return true;
}
