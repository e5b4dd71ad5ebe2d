import type { SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { refusedLetters } from '../../store/mail/refused-letters.ts';
import { moderatedBy } from '../delivery/holding/moderated.ts';
import type { ReleaseParts } from '../delivery/parts.ts';
import type { RefusedMail } from './contract.ts';

/** A page shows no more. */
const MAX_SHOWN = 100;

/**
 * What was refused of the viewer's own mail; as head, of all mail to their school; as agent, of the
 * schools that they have opened with a reason.
 */
export async function refused(
  parts: ReleaseParts,
  viewer: Viewer,
): Promise<readonly RefusedMail[]> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian') return [];
  const whole = await wholeSchools(parts, viewer);
  const found: RefusedMail[] = [];
  for (const school of new Set([viewer.school, ...whole])) {
    const roster = (await parts.directory.rosters([school], { maxAgeMs: 1_000 })).get(school);
    const accounts = whole.has(school) ? null : [viewer.account];
    const rows = await parts.store.read(school, (tx) => refusedLetters(tx, accounts, MAX_SHOWN));
    const names = new Map(
      [...(roster?.people.values() ?? [])].map(({ account, displayName }) => [
        account,
        displayName,
      ]),
    );
    const otherSchool = school === viewer.school ? null : (roster?.school.name ?? '');
    found.push(
      ...rows.map(({ account, ...row }) => ({ ...row, otherSchool, to: names.get(account) ?? '' })),
    );
  }
  return found.toSorted((one, other) => other.at.getTime() - one.at.getTime()).slice(0, MAX_SHOWN);
}

async function wholeSchools(parts: ReleaseParts, viewer: Viewer): Promise<ReadonlySet<SchoolId>> {
  const moderated = await moderatedBy(parts, viewer);
  return new Set([...moderated].flatMap(([school, { isHead }]) => (isHead ? [school] : [])));
}
