import { personFace } from '../../directory/faces.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { Person, Roster } from '../../roster/snapshot.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import { writtenTo } from '../../store/mail/recent-activity.ts';
import type { SentParts } from './parts.ts';

/** Stamps of an album: no child writes to so many. */
const MOST_STAMPS = 500;

/**
 * A stamp for each person a child has written to, in the order in which they came; null for adults,
 * who have no album. It is reckoned from with whom the child has begun to write, which is known for
 * the rules' sake: nothing is kept for it, no letter pays for it, and a letter thrown away takes no
 * stamp along.
 */
export async function stampsOf(
  { store, directory, clock }: Pick<SentParts, 'store' | 'directory' | 'clock'>,
  viewer: Viewer,
): Promise<readonly Face[] | null> {
  if (viewer.role !== 'pupil') return null;
  const ids = await store.read(viewer.school, (tx) => writtenTo(tx, viewer.addressId, MOST_STAMPS));
  const fresh = { maxAgeMs: 1_000 };
  const entries = await directory.byId(ids, fresh);
  const rosters = await directory.rosters(
    [viewer.school, ...[...entries.values()].map(({ school }) => school)],
    fresh,
  );
  const home = rosters.get(viewer.school);
  const shown = { viewer, roster: home, now: clock() };
  return ids.flatMap((id): Face[] => {
    const roster = rosters.get(entries.get(id)?.school ?? viewer.school);
    const person = roster?.people.get(id);
    if (roster === undefined || person === undefined) return []; // a list, or somebody erased
    const isHidden = isApart(viewer.addressId, id, rosters) || isNoFriend(viewer, person, home);
    return isHidden ? [] : [personFace(person, roster, shown)];
  });
}

/** Whom an adult keeps apart from a child their album doesn't bring back. */
const isApart = (
  own: AddressId,
  other: AddressId,
  rosters: ReadonlyMap<unknown, Roster>,
): boolean => [...rosters.values()].some(({ apartFrom }) => apartFrom.get(own)?.has(other));

/** The town's agents answer for everybody; a guardian who was blocked is a guardian no more. */
function isNoFriend(
  { addressId }: Viewer,
  { role, addressId: other }: Person,
  home: Roster | undefined,
): boolean {
  if (role === 'agent') return true;
  return role === 'guardian' && home?.guardiansOf.get(addressId)?.includes(other) !== true;
}
