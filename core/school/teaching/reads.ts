import type { AccountId, ClassId, Reads } from '../../ground/ids.ts';
import { readsByLevel, readsOf } from '../../roster/reads.ts';
import type { SchoolClass } from '../../roster/snapshot.ts';
import { standingOf } from '../../roster/standing.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { saveReads } from '../../store/people/accounts.ts';
import { lockSchools } from '../../store/schools/class-links.ts';
import type { Ruling } from './contract.ts';
import {
  announceAll,
  DONE,
  findChild,
  GONE,
  type OwnClassContext,
  type TeachingParts,
} from './parts.ts';

/** How a child's pages speak to them today. */
export async function childReads(parts: TeachingParts, found: OwnClassContext): Promise<Reads> {
  return readsOf(found.child.person, await classesToday(parts, found));
}

interface ReadingWish {
  readonly class: ClassId;
  readonly child: AccountId;
  readonly reads: Reads;
}

/**
 * Gives a child the pages of large pictures, or those of the older ones. What the levels of their
 * classes say anyway isn't kept: a child of GS grows into words by themselves.
 */
export async function setReads(
  parts: TeachingParts,
  viewer: Viewer,
  { reads, ...whose }: ReadingWish,
): Promise<Ruling> {
  const found = await findChild(parts, viewer, whose);
  if (!found) return GONE;
  const { own, child } = found;
  const { account } = child.person;
  const byLevel = readsByLevel(child.person, await classesToday(parts, found));
  const kept = byLevel === reads ? null : reads;
  await parts.store.town(async (tx) => {
    await lockSchools(tx, [child.home, own.school]);
    await saveReads(await tx.in(child.home), account, kept);
    for (const school of new Set([child.home, own.school]))
      await writeAudit(await tx.in(school), viewer.addressId, 'child-reads', {
        class: own.schoolClass.id,
        account,
        reads,
      });
  });
  announceAll(parts, [child]);
  return DONE;
}

/** The classes that a child is a pupil of today, at home and in the school of the one that asks. */
async function classesToday(
  { directory, clock }: TeachingParts,
  { own, child: { home, person } }: OwnClassContext,
): Promise<readonly SchoolClass[]> {
  const rosters = await directory.rosters([home, own.school], { maxAgeMs: 1_000 });
  return [...standingOf({ person, home }, [...rosters.values()], clock()).pupilOf.values()];
}
