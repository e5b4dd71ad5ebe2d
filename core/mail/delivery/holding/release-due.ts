import { randomUUID } from 'node:crypto';
import type { HoldId, SchoolId } from '../../../ground/ids.ts';
import { dropDueHolds } from '../../../store/mail/holds.ts';
import type { ReleaseParts } from '../parts.ts';
import { releaseHold } from './release.ts';

/** The clock's word: the school has opened. What no longer waits leaves the list of what is due. */
export async function releaseDue(
  parts: ReleaseParts,
  school: SchoolId,
  hold: HoldId,
): Promise<void> {
  const done = await releaseHold(parts, { school, id: hold, releaser: { by: null } });
  if (done === null) await parts.store.write(school, (tx) => dropDueHolds(tx, [hold]));
  else {
    const { sent, left, waiting, refused } = done;
    parts.log.info(
      {
        session: randomUUID(),
        via: 'clock',
        school,
        hold,
        sent,
        left,
        waiting: waiting.length,
        refused: refused.length,
      },
      'released',
    );
  }
}
