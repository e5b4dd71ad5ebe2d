import type { Directory } from '../../../directory/directory.ts';
import { teacherIds } from '../../../directory/own-classes.ts';
import type { AddressId, Language, SchoolId } from '../../../ground/ids.ts';
import { headsOf, type Roster, type SchoolClass } from '../../../roster/snapshot.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { Notices, ServiceWords } from './notice.ts';

interface TellingParts {
  readonly directory: Directory;
  readonly notices: Notices;
  readonly clock: () => Date;
}

type Letter = (language: Language) => ServiceWords;

interface Telling {
  readonly roster: Roster;
  readonly schoolClass: SchoolClass;
  readonly letter: Letter;
  /** Who knows it already. */
  readonly except?: AddressId;
}

/** A notice to every teacher of a class, in their inbox, wherever that is. */
export async function tellTeachers(
  parts: TellingParts,
  { roster, schoolClass, letter, except }: Telling,
): Promise<void> {
  await tell(
    parts,
    teacherIds(roster, schoolClass.id, parts.clock()).filter((id) => id !== except),
    letter,
  );
}

/**
 * A notice to every teacher of a child's classes of today, once each; to the head of the child's
 * school where there is none. False: nobody is there to be told.
 */
export async function tellOwnTeachers(
  parts: TellingParts,
  child: Viewer,
  letter: Letter,
): Promise<boolean> {
  const own = (await parts.directory.byId([child.addressId], { maxAgeMs: 0 })).get(child.addressId);
  const rosters = await parts.directory.rosters([child.school, ...(own?.presentIn ?? [])], {
    maxAgeMs: 0,
  });
  const teachers = child.classes.flatMap(({ id }) =>
    [...rosters.values()].flatMap((roster) => teacherIds(roster, id, parts.clock())),
  );
  const home = rosters.get(child.school);
  const heads = home === undefined ? [] : headsOf(home, parts.clock());
  return (await tell(parts, teachers, letter)) > 0 || (await tell(parts, heads, letter)) > 0;
}

/** Gives how many were there to be told. */
async function tell(
  { directory, notices }: TellingParts,
  ids: readonly AddressId[],
  letter: Letter,
): Promise<number> {
  const entries = await directory.byId([...new Set(ids)], { maxAgeMs: 0 });
  const homes = await directory.rosters(
    [...entries.values()].map(({ school }): SchoolId => school),
    { maxAgeMs: 0 },
  );
  let told = 0;
  for (const { id, school } of entries.values()) {
    const person = homes.get(school)?.people.get(id);
    if (!person || person.state !== 'active') continue;
    await notices.tell({ ...person, school }, letter(person.language));
    told += 1;
  }
  return told;
}
