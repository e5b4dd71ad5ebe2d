import type { ReadingChild } from '../../directory/child-names.ts';
import { peopleOf, presentOrComing, pupilClasses } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { familyWord } from '../../roster/before-writing.ts';
import { nameKey } from '../../roster/names.ts';
import type { Person } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { setCalled } from '../../store/people/families.ts';
import { chosenNameFault } from './chosen-name.ts';
import type { NamingOutcome, OwnChild } from './contract.ts';
import type { PeopleParts } from './parts.ts';

/** Children of a viewer, in whatever school, and what each calls them. */
export async function ownChildren(
  { directory }: PeopleParts,
  viewer: Viewer,
): Promise<readonly OwnChild[]> {
  const own = (await directory.byId([viewer.addressId], { maxAgeMs: 0 })).get(viewer.addressId);
  const rosters = await directory.rosters([viewer.school, ...(own?.presentIn ?? [])], {
    maxAgeMs: 0,
  });
  const children = [...rosters.values()].flatMap((roster) =>
    (roster.childrenOf.get(viewer.addressId) ?? []).flatMap((child): OwnChild[] => {
      const person = roster.people.get(child);
      if (person === undefined) return [];
      return [
        {
          school: roster.school.id,
          child,
          givenName: person.givenName,
          face: person.face,
          called: roster.calledBy.get(child)?.get(viewer.addressId) ?? null,
          isAsked: roster.school.asksFamilies,
          agrees:
            roster.answersOf.get(child)?.find(({ guardian }) => guardian === viewer.addressId)
              ?.agrees ?? null,
          family: familyWord(person, roster),
        },
      ];
    }),
  );
  return children.sort((one, other) => one.givenName.localeCompare(other.givenName, 'fr'));
}

interface NameForAdult {
  readonly school: SchoolId;
  readonly child: AddressId;
  readonly called: string;
}

/** Chooses what a child calls the viewer; an empty name goes back to the first name. */
export async function nameForOwnChild(
  parts: PeopleParts,
  viewer: Viewer,
  { school, child, called }: NameForAdult,
): Promise<NamingOutcome> {
  const isOwn = (await ownChildren(parts, viewer)).some(
    (one) => one.school === school && one.child === child,
  );
  const roster = (await parts.directory.rosters([school], { maxAgeMs: 0 })).get(school);
  if (!isOwn || roster === undefined) return 'missing';
  const name = called.normalize('NFC').trim().replace(/\s+/gu, ' ');
  const isOwnName = nameKey(name) === nameKey(viewer.givenName);
  if (name !== '' && !isOwnName) {
    const reader = { addressId: child, roster, now: parts.clock() };
    const others = await metAtSchool(parts, viewer, reader);
    const fault = chosenNameFault(name, others, reader);
    if (fault !== null) return fault;
  }
  await parts.store.write(school, (tx) =>
    setCalled(tx, { child, guardian: viewer.addressId, called: name === '' ? null : name }),
  );
  return 'done';
}

/** Whom a child meets at school but the viewer: who works there, and who is in their classes. */
async function metAtSchool(
  { directory }: PeopleParts,
  viewer: Viewer,
  { addressId, roster, now }: ReadingChild,
): Promise<readonly Person[]> {
  const day = dayAt(now, roster.school.timeZone);
  const members = pupilClasses(roster, addressId, day).flatMap((id) =>
    presentOrComing(roster, id, day),
  );
  const ids = new Set([...roster.postsOf.keys(), ...members.map(({ person }) => person)]);
  ids.delete(viewer.addressId);
  return [...(await peopleOf(directory, ids)).values()].map(({ person }) => person);
}
