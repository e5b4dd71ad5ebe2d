import { membersOf } from '../delivery/expand.ts';
import { openFaces } from '../directory/faces.ts';
import { viewerOf } from '../directory/viewer-of.ts';
import type { Viewer } from '../viewer.ts';
import type { SeenBy } from './contract.ts';
import type { ReachParts } from './parts.ts';
import { allowedOf } from './reach.ts';

/**
 * The first child among these addresses whom the viewer may write to, and how that child sees who
 * writes; null where there is none.
 */
export async function seenBy(
  parts: ReachParts,
  viewer: Viewer,
  addresses: readonly string[],
): Promise<SeenBy | null> {
  const { directory, clock } = parts;
  const now = clock();
  const allowed = await allowedOf(parts, viewer)(addresses);
  const entries = [...(await directory.resolve([...allowed], { maxAgeMs: 0 })).values()];
  const rosters = await directory.rosters(
    entries.map(({ school }) => school),
    { maxAgeMs: 0 },
  );
  for (const [school, roster] of rosters) {
    const id = entries
      .filter((entry) => entry.school === school)
      .flatMap((entry) => membersOf(entry, rosters, now))
      .find((one) => roster.people.get(one)?.role === 'pupil');
    const child = id === undefined ? null : await viewerOf(directory, school, id, now);
    if (child === null) continue;
    const ids = [viewer.addressId];
    const faces = await openFaces(directory, child, { addresses: [], ids, now });
    const writer = faces.sender({ addressId: viewer.addressId, role: viewer.role, from: [] });
    return { name: child.givenName, reads: child.reads, writer };
  }
  return null;
}
