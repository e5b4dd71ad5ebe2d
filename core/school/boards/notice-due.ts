import { NOBODY, type NoticeId, type SchoolId } from '../../ground/ids.ts';
import { eraseNotice, noticesOf, putNextDue, takeDown } from '../../store/boards/notices.ts';
import type { BoardParts } from './parts.ts';
import { tellReminded } from './reminding.ts';

/**
 * The clock's word about a notice: those who asked for it are reminded, it comes off its board when
 * its last day is over, and is erased a year later; at once what never hung. Idempotent, and gone
 * on with after a crash.
 */
export async function noticeDue(
  parts: Omit<BoardParts, 'bare'>,
  school: SchoolId,
  id: NoticeId,
): Promise<'erased' | 'taken-down' | 'waits'> {
  const { store, clock, mailEvents } = parts;
  await tellReminded(parts, school, id);
  const now = clock();
  const done = await store.write(school, async (tx): Promise<'erased' | 'taken-down' | 'waits'> => {
    const [row] = await noticesOf(tx, { of: 'notice', notice: id }, 1);
    if (row === undefined || row.goneAt <= now) {
      await eraseNotice(tx, id);
      return 'erased';
    }
    if (row.postedAt !== null && row.takenDownAt === null && row.untilAt <= now) {
      await takeDown(tx, id, now);
      return 'taken-down';
    }
    await putNextDue(tx, id);
    return 'waits';
  });
  if (done === 'taken-down') mailEvents.announce(school, [NOBODY]);
  return done;
}
