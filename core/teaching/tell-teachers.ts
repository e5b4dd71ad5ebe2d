import type { AddressId, Language } from '../core.ts';
import { teacherIds } from '../accounts/code-rights.ts';
import type { Notices } from '../delivery/notice.ts';
import type { Directory } from '../roster/directory.ts';
import type { Roster, SchoolClass } from '../roster/snapshot.ts';

export interface Telling {
  readonly roster: Roster;
  readonly schoolClass: SchoolClass;
  readonly letter: (language: Language) => { readonly subject: string; readonly text: string };
  /** Who knows it already. */
  readonly except?: AddressId;
}

/** A notice to every teacher of a class, in their inbox, wherever that is. */
export async function tellTeachers({ directory, notices, clock }: { readonly directory: Directory; readonly notices: Notices; readonly clock: () => Date }, { roster, schoolClass, letter, except }: Telling): Promise<void> {
  const ids = teacherIds(roster, schoolClass.id, clock()).filter((id) => id !== except);
  const entries = await directory.byId(ids, { maxAgeMs: 0 });
  const homes = await directory.rosters([...entries.values()].map(({ school }) => school), { maxAgeMs: 0 });
  for (const { id, school } of entries.values()) {
    const teacher = homes.get(school)?.people.get(id);
    if (!teacher || teacher.state !== 'active') continue;
    const raw = await notices.write({ to: { name: teacher.displayName, address: teacher.address }, ...letter(teacher.language) });
    await notices.deliver(school, teacher.account, raw, async () => {});
  }
}
