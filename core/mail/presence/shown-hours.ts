import type { OwnHours } from '../../roster/own-hours.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { PresenceParts } from './parts.ts';

/** Who works at a school. */
const AT_SCHOOL: ReadonlySet<string> = new Set(['teacher', 'head', 'staff']);
/** Who is shown hours: colleagues know one another's, or ask. */
const READERS: ReadonlySet<string> = new Set(['pupil', 'guardian']);
/** Hours may be a second old, as names are. */
const AGE_MS = 1_000;

/** The hours that a family or a pupil is shown, by address. */
export async function shownHours(
  { directory }: PresenceParts,
  { role }: Viewer,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, OwnHours>> {
  if (!READERS.has(role) || addresses.length === 0) return new Map();
  const entries = await directory.resolve([...new Set(addresses)], { maxAgeMs: AGE_MS });
  const rosters = await directory.rosters(
    [...entries.values()].map(({ school }) => school),
    { maxAgeMs: AGE_MS },
  );
  return new Map(
    [...entries.values()].flatMap(({ id, school, address }) => {
      const person = rosters.get(school)?.people.get(id);
      return person !== undefined && person.hours !== null && AT_SCHOOL.has(person.role)
        ? [[address, person.hours] as const]
        : [];
    }),
  );
}
