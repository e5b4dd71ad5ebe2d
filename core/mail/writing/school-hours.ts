import { isOpen, nextOpening } from '../../roster/hours.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { ReachParts } from './parts.ts';

/**
 * When what a pupil writes now leaves: the next opening of their school. Null while it is open, and
 * for grown-ups, whose mail keeps no hours.
 */
export async function nextOpeningFor(
  { directory, clock }: ReachParts,
  viewer: Viewer,
): Promise<Date | null> {
  if (viewer.role !== 'pupil') return null;
  const rosters = await directory.rosters([viewer.school], { maxAgeMs: 0 });
  const school = rosters.get(viewer.school)?.school;
  return school === undefined || isOpen(school, clock()) ? null : nextOpening(school, clock());
}
