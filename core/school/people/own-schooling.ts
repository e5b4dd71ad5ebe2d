import { teacherIds } from '../../directory/own-classes.ts';
import { peopleOf, pupilClasses } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { OwnSchooling } from './contract.ts';
import type { PeopleParts } from './parts.ts';

/** In which classes the viewer's own children are today, and who teaches them there. */
export async function ownSchooling(
  { directory, clock }: PeopleParts,
  viewer: Viewer,
): Promise<readonly OwnSchooling[]> {
  const own = (await directory.byId([viewer.addressId], { maxAgeMs: 0 })).get(viewer.addressId);
  const schools = [viewer.school, ...(own?.presentIn ?? [])];
  const rosters = [...(await directory.rosters(schools, { maxAgeMs: 0 })).values()];
  const found = rosters.flatMap((roster) =>
    (roster.childrenOf.get(viewer.addressId) ?? []).flatMap((child) => {
      const person = roster.people.get(child);
      return person === undefined
        ? []
        : [{ person, roster, classes: rosters.flatMap((one) => classesIn(one, child, clock())) }];
    }),
  );
  const people = await peopleOf(
    directory,
    found.flatMap(({ classes }) => classes.flatMap(({ teachers }) => teachers)),
  );
  return found.map(({ person, roster, classes }) => ({
    child: person.addressId,
    account: person.account,
    name: person.displayName,
    schoolName: roster.school.name,
    classes: classes.map(({ name, cover }) => ({ name, cover })),
    teachers: [...new Set(classes.flatMap(({ teachers }) => teachers))].flatMap((id) => {
      const teacher = people.get(id)?.person;
      return teacher === undefined || teacher.state !== 'active'
        ? []
        : [{ name: teacher.displayName, address: teacher.address }];
    }),
  }));
}

function classesIn(roster: Roster, child: AddressId, now: Date) {
  const day = dayAt(now, roster.school.timeZone);
  return pupilClasses(roster, child, day).flatMap((id) => {
    const one = roster.classes.get(id);
    return one === undefined
      ? []
      : [{ name: one.name, cover: one.cover, teachers: teacherIds(roster, id, now) }];
  });
}
