import { COUNTED_MS } from '../../directory/directory.ts';
import { pupilClasses } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import { isClosed } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { openSlips } from '../../store/papers/answers.ts';
import { childOf, saysOf, signerOf } from './asked-papers.ts';
import { standingOf } from './counting.ts';
import type { PaperParts } from './parts.ts';

/**
 * How many slips wait for the viewer, over all their children: every page of theirs says it, so a
 * school is asked once.
 */
export async function waitingCount(parts: PaperParts, viewer: Viewer): Promise<number> {
  if (viewer.role === 'pupil') return 0;
  const fresh = { maxAgeMs: COUNTED_MS };
  const own = (await parts.directory.byId([viewer.addressId], fresh)).get(viewer.addressId);
  const rosters = await parts.directory.rosters([viewer.school, ...(own?.presentIn ?? [])], fresh);
  const now = parts.clock();
  let waiting = 0;
  for (const roster of rosters.values()) {
    const pupils = roster.childrenOf.get(viewer.addressId) ?? [];
    if (pupils.length === 0) continue;
    const day = dayAt(now, roster.school.timeZone);
    if (isClosed(roster.school, day)) continue;
    const inClasses = pupils.flatMap((pupil) =>
      pupilClasses(roster, pupil, day).map((classId) => ({ pupil, classId })),
    );
    const slips = await parts.store.read(roster.school.id, (tx) =>
      openSlips(tx, { pupils, inClasses }, now),
    );
    for (const { pupil, classId, version, needed, isSilent, answers } of slips) {
      if (childOf(roster, { pupil, classId, day }) === null) continue;
      if (answers.some(({ signer }) => signer === viewer.addressId)) continue;
      const standing = standingOf({
        version,
        needed,
        guardians: roster.guardiansOf.get(pupil) ?? [],
        answers: answers.map((one) => ({ version, signer: signerOf(one), says: saysOf(one) })),
      });
      if (isSilent || standing.kind === 'waiting') waiting += 1;
    }
  }
  return waiting;
}
