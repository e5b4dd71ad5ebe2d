import { byCivility } from '../../directory/child-names.ts';
import { personFace } from '../../directory/faces.ts';
import { peopleOf } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import { isCurrent } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { Scribe } from './contract.ts';
import type { ReachParts } from './parts.ts';

/** The grown-ups of a pupil's classes today, each once, in the order of their names. */
export async function scribesOf(
  { directory, clock }: Pick<ReachParts, 'directory' | 'clock'>,
  viewer: Viewer,
): Promise<Scribe[]> {
  if (viewer.role !== 'pupil') return [];
  const fresh = { maxAgeMs: 1_000 };
  const now = clock();
  const own = (await directory.byId([viewer.addressId], fresh)).get(viewer.addressId);
  const schools = await directory.rosters([viewer.school, ...(own?.presentIn ?? [])], fresh);
  const ids = [...schools.values()].flatMap((roster) => {
    const day = dayAt(now, roster.school.timeZone);
    return viewer.classes
      .flatMap(({ id }) => roster.membersOf.get(id) ?? [])
      .filter((one) => one.role !== 'pupil' && isCurrent(one, day))
      .map(({ person }) => person);
  });
  const people = [...(await peopleOf(directory, [...new Set(ids)])).values()];
  const homes = await directory.rosters(
    people.map(({ home }) => home),
    fresh,
  );
  const scribes = people.flatMap(({ person, home }): Scribe[] => {
    const roster = homes.get(home);
    if (roster === undefined || person.state !== 'active') return [];
    const face = personFace(person, roster, { viewer, roster: schools.get(viewer.school), now });
    return [{ face, name: byCivility(person) }];
  });
  return scribes.sort((one, other) => one.name.localeCompare(other.name, 'fr'));
}
