import type { Directory } from '../../directory/directory.ts';
import type { AddressId } from '../../ground/ids.ts';
import { runningLink } from '../../roster/linked-classes.ts';
import type { DatedRosters } from '../../roster/snapshot.ts';
import { inBoth, standingOf, type PersonStanding } from '../../roster/standing.ts';
import type { Role } from '../../rules/facts.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { MessageView } from './contract.ts';

interface ReasonReader {
  readonly addressId: AddressId | null;
  readonly role: Role;
  readonly now: Date;
}

/** Why a message came: what joins its sender and the viewer today. */
export async function becauseOf(
  directory: Directory,
  viewer: Viewer,
  sender: ReasonReader,
): Promise<MessageView['because']> {
  if (sender.role === 'system') return { kind: 'system', name: '' };
  if (sender.addressId === null) return { kind: 'outside', name: '' };
  const fresh = { maxAgeMs: 1_000 };
  const entries = await directory.byId([sender.addressId, viewer.addressId], fresh);
  const rosters = await directory.rosters(
    [...entries.values()].flatMap(({ school, presentIn }) => [school, ...presentIn]),
    fresh,
  );
  const standing = (id: AddressId): PersonStanding | null => {
    const home = entries.get(id)?.school;
    const person = home === undefined ? undefined : rosters.get(home)?.people.get(id);
    return home !== undefined && person
      ? standingOf({ person, home }, [...rosters.values()], sender.now)
      : null;
  };
  const own = standing(viewer.addressId);
  const other = standing(sender.addressId);
  if (!own || !other) return { kind: 'school', name: '' };
  if (own.children.has(sender.addressId) || own.guardians.has(sender.addressId))
    return { kind: 'family', name: '' };
  const [shared] = inBoth(
    new Map([...own.pupilOf, ...own.teacherOf, ...own.aideOf]),
    new Map([...other.pupilOf, ...other.teacherOf, ...other.aideOf]),
  );
  if (shared) return { kind: 'class', name: shared.name };
  const linked = linkedClass(own, other, { rosters, now: sender.now });
  if (linked !== null) return { kind: 'link', name: linked };
  const school = [...other.schools].find((one) => own.schools.has(one));
  if (school !== undefined) return { kind: 'school', name: rosters.get(school)?.school.name ?? '' };
  return {
    kind: other.person.role === 'pupil' ? 'link' : 'school',
    name: rosters.get(other.home)?.school.name ?? '',
  };
}

/**
 * The sender's class that a class of the viewer's is linked with, as « CE1, École Pasteur »; only
 * where one of the two is a pupil.
 */
function linkedClass(
  own: PersonStanding,
  other: PersonStanding,
  around: DatedRosters,
): string | null {
  if (own.person.role !== 'pupil' && other.person.role !== 'pupil') return null;
  for (const ours of [...own.pupilOf.values(), ...own.teacherOf.values()]) {
    for (const theirs of [...other.pupilOf.values(), ...other.teacherOf.values()]) {
      if (runningLink(ours, theirs, around))
        return [theirs.name, around.rosters.get(theirs.school)?.school.name]
          .filter(Boolean)
          .join(', ');
    }
  }
  return null;
}
