import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { familyWord } from '../../roster/before-writing.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { setCalled } from '../../store/people/families.ts';
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

/** Characters of a name for a child. */
const MOST = 20;
/** Letters, and what stands between the parts of a name: « Mamie Jo », « Grand-père ». */
const NAME = /^\p{L}[\p{L}\p{M}]*(?:[ '’-]\p{L}[\p{L}\p{M}]*)*$/u;
/** Nobody is a teacher or a head to their own child by choosing to be. */
const OF_THE_SCHOOL =
  /\b(?:ma[iî]tre(?:sse)?|direct(?:eur|rice)|madame|monsieur|prof\w*|école)\b/iu;

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
  if (!isOwn) return 'missing';
  const name = called.normalize('NFC').trim().replace(/\s+/gu, ' ');
  if (name !== '' && (!NAME.test(name) || [...name].length > MOST)) return 'no-name';
  if (OF_THE_SCHOOL.test(name)) return 'of-the-school';
  await parts.store.write(school, (tx) =>
    setCalled(tx, { child, guardian: viewer.addressId, called: name === '' ? null : name }),
  );
  return 'done';
}
