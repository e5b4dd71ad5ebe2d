import { isAgent } from '../../../directory/charge.ts';
import { TOWN } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { BatchOutcome } from '../../../store/schools/contract.ts';
import { batchSchools, batchById, type BatchRow } from '../../../store/schools/roster-drafts.ts';
import type { BatchHead, ShownBatch } from './contract.ts';
import { ownSchools, type PendingParts } from './rights.ts';
import { straysOf } from './strays.ts';

/** Silence after which whoever worked on a batch has ended. */
export const LOST_MS = 30_000;

export function batchHead({ clock }: PendingParts, row: BatchRow): BatchHead {
  const leftAlone =
    (row.state === 'reading' || row.state === 'applying') &&
    row.beatAt.getTime() < clock().getTime() - LOST_MS;
  return {
    id: row.id,
    at: row.createdAt,
    year: row.schoolYear,
    fileName: row.fileName,
    state: row.state,
    leftAlone,
    unknown: row.unknown,
    reason: row.reason,
  };
}

export async function shownBatch(
  parts: PendingParts,
  viewer: Viewer,
  id: number,
): Promise<ShownBatch | null> {
  if (!(await isAgent(parts, viewer))) return null;
  const found = await parts.store.read(TOWN, async (tx) => {
    const row = await batchById(tx, id);
    return row && { row, members: await batchSchools(tx, id), strays: await straysOf(tx, id) };
  });
  if (found === null) return null;
  const named = new Map((await ownSchools(parts, viewer)).map((school) => [school.id, school]));
  const schools = found.members.flatMap(({ school, draft, outcome }) => {
    const known = named.get(school);
    return known === undefined ? [] : [{ school: known, draft, outcome }];
  });
  const isDone = ({ outcome }: { readonly outcome: BatchOutcome | null }): boolean =>
    outcome !== null && (found.row.state !== 'applying' || outcome.kind !== 'ready');
  return {
    ...batchHead(parts, found.row),
    strays: found.strays.map((stray) => ({
      ...stray,
      mayBe: stray.schools.flatMap((one) => named.get(one) ?? []),
    })),
    schools,
    done: schools.filter(isDone).length,
    of: schools.length,
  };
}
