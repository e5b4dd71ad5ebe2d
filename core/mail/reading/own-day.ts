import { dayAt, momentOf } from '../../ground/clock.ts';
import { isAfterSchool } from '../../roster/hours.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { remindedPapers, toAnswer, unreadByFamilies } from '../../store/mail/own-day.ts';
import type { OwnDay } from './contract.ts';
import { facesOf, rowOf, type ReadingParts } from './rows.ts';

/** What a day shows of a kind; the rest comes once these are done. */
const MOST = 12;

/** What is left of somebody's letters today. */
export async function ownDay(parts: ReadingParts, viewer: Viewer): Promise<OwnDay> {
  const now = parts.clock();
  const morning = momentOf(dayAt(now, viewer.timeZone), '00:00', viewer.timeZone);
  const { answers, unread, reminded } = await parts.store.read(viewer.school, async (tx) => ({
    answers: await toAnswer(tx, viewer.account, MOST),
    unread: await unreadByFamilies(tx, viewer.account, MOST),
    reminded: await remindedPapers(tx, viewer.addressId, morning),
  }));
  const faces = await facesOf(parts, viewer, answers);
  return { toAnswer: answers.map((row) => rowOf(row, faces, viewer)), unread, reminded };
}

/**
 * Whether school is over for today, by the hours of the viewer's own; false on a day without it.
 * Who comes with a session has had their roster looked at a moment ago: nothing is asked anew.
 */
export async function isDayOver(
  { directory, clock }: ReadingParts,
  { school }: Viewer,
): Promise<boolean> {
  const rosters = await directory.rosters([school], { maxAgeMs: 60_000 });
  const own = rosters.get(school);
  return own !== undefined && isAfterSchool(own.school, clock());
}
