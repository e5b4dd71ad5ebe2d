import { openFaces } from '../../directory/faces.ts';
import type { AddressId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import { heldThere } from '../../store/mail/held-elsewhere.ts';
import { pastHolds } from '../../store/mail/holds.ts';
import { decidedHere, decidedLately } from '../../store/mail/read-lately.ts';
import type { SentLetter } from '../../store/mail/sent-letters.ts';
import type { SentParts } from './parts.ts';

/**
 * The adults who have read a child's letter before it went, or gave it back: what is read of a
 * child's mail is told to the child; and when it was brought, if it travelled. Nothing for adults,
 * whose letters are held by what is in them.
 */
export async function beforeItCame(
  parts: SentParts,
  viewer: Viewer,
  { message }: SentLetter,
): Promise<{ readonly readFirst: readonly Face[]; readonly brought: Date | null }> {
  if (viewer.role !== 'pupil') return { readFirst: [], brought: null };
  const past = await parts.store.readTown(async (tx) => {
    const here = await tx.in(viewer.school);
    const found = await pastHolds(here, message);
    for (const { school, message: there } of await heldThere(here, message))
      found.push(...(await pastHolds(await tx.in(school), there)));
    return found;
  });
  const deciders = new Set(past.flatMap(({ decidedBy }) => decidedBy ?? []));
  const [brought = null] = past.flatMap((one) => one.brought ?? []);
  return { readFirst: await facesOf(parts, viewer, [...deciders]), brought };
}

/**
 * Those of a child's letters of the last day, the latest first, in whichever school they waited:
 * for who doesn't read, and looks at none again.
 */
export async function readLately(parts: SentParts, viewer: Viewer): Promise<readonly Face[]> {
  if (viewer.role !== 'pupil') return [];
  const since = new Date(parts.clock().getTime() - LATELY_MS);
  const decided = await parts.store.readTown(async (tx) => {
    const here = await decidedLately(await tx.in(viewer.school), viewer.account, since);
    const all = [...here.decided];
    for (const { school, message } of here.elsewhere)
      all.push(...(await decidedHere(await tx.in(school), message, since)));
    return all;
  });
  const latest = decided.toSorted((one, other) => other.at.getTime() - one.at.getTime());
  return facesOf(parts, viewer, [...new Set(latest.map(({ by }) => by))]);
}

const LATELY_MS = DAY_MS;

async function facesOf(
  parts: SentParts,
  viewer: Viewer,
  deciders: readonly AddressId[],
): Promise<readonly Face[]> {
  if (deciders.length === 0) return [];
  const faces = await openFaces(parts.directory, viewer, {
    addresses: [],
    ids: deciders,
    now: parts.clock(),
  });
  return deciders.map((id) => faces.sender({ addressId: id, role: 'teacher', from: [] }));
}
