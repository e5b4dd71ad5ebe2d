import { openFaces } from '../../directory/faces.ts';
import { viewerOf } from '../../directory/viewer-of.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { membersOf } from '../delivery/judging/expand.ts';
import type { SeenBy, Writing } from './contract.ts';
import type { ReachParts } from './parts.ts';
import { allowedOf } from './reach.ts';

/**
 * The first child whom a letter is addressed to and the viewer may write to, how that child sees
 * who writes, and what they may answer with; null where there is none.
 */
export async function seenBy(
  parts: ReachParts,
  viewer: Viewer,
  { to, cc, answers }: Pick<Writing, 'to' | 'cc' | 'answers'>,
): Promise<SeenBy | null> {
  const { directory, clock } = parts;
  const now = clock();
  const allowed = await allowedOf(parts, viewer)([...to, ...cc]);
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
    const child =
      id === undefined ? null : await viewerOf(directory, { home: school, addressId: id }, now);
    if (child === null) continue;
    const ids = [viewer.addressId];
    const faces = await openFaces(directory, child, { addresses: [], ids, now });
    const writer = faces.sender({ addressId: viewer.addressId, role: viewer.role, from: [] });
    // Only of a list it is said who answers.
    const isClosed = answers === 'none' && entries.some(({ kind }) => kind !== 'account');
    const mayAnswer = !isClosed && (await answersTo(parts, child, viewer));
    return {
      name: child.givenName,
      reads: child.reads,
      writer,
      answers: mayAnswer
        ? { classes: child.classes.map((one) => one.id), photos: child.photos }
        : null,
    };
  }
  return null;
}

/** Whether a child may write to an adult once that adult's letter has come. */
async function answersTo(parts: ReachParts, child: Viewer, writer: Viewer): Promise<boolean> {
  const recentActivity: ReachParts['recentActivity'] = async (...asked) => {
    const recent = await parts.recentActivity(...asked);
    return { ...recent, wroteToSender: new Set([...recent.wroteToSender, writer.addressId]) };
  };
  const allowed = await allowedOf({ ...parts, recentActivity }, child)([writer.address]);
  return allowed.size > 0;
}
