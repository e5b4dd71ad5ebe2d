import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import {
  pinnedCount,
  setPinned,
  setUntil,
  takeDown as unhang,
} from '../../store/boards/notices.ts';
import type { NoticeRef, Pinned, Prolonged } from './contract.ts';
import { hoursOf, untilTrouble } from './hanging.ts';
import { ownNotice } from './own-boards.ts';
import { MOST_PINNED, tellReaders, type BoardParts } from './parts.ts';

/** Hangs a notice on top of its board, where three are at most, or no more. */
export async function pin(
  { parts, viewer }: RoomVisit<BoardParts>,
  ref: NoticeRef,
  { isPinned }: { readonly isPinned: boolean },
): Promise<Pinned> {
  const found = await ownNotice(parts, viewer, ref);
  if (found === null || found.row.takenDownAt !== null) return 'missing';
  const done = await parts.store.write(ref.school, async (tx): Promise<Pinned> => {
    const isMore = isPinned && !found.row.pinned;
    if (isMore && (await pinnedCount(tx, found.row.classId)) >= MOST_PINNED) return 'too-many';
    await setPinned(tx, ref.notice, { pinned: isPinned });
    return 'done';
  });
  if (done === 'done') tellReaders(parts, ref);
  return done;
}

/** Lets a notice hang until another day. */
export async function prolong(
  { parts, viewer }: RoomVisit<BoardParts>,
  ref: NoticeRef,
  untilDay: string,
): Promise<Prolonged> {
  const found = await ownNotice(parts, viewer, ref);
  if (found === null || found.row.takenDownAt !== null) return { kind: 'missing' };
  const { timeZone } = found.board.roster.school;
  const fault = untilTrouble(untilDay, { now: parts.clock(), timeZone });
  if (fault !== null) return { kind: 'faulty', fault };
  await parts.store.write(ref.school, (tx) =>
    setUntil(tx, ref.notice, hoursOf(untilDay, { timeZone })),
  );
  return { kind: 'done' };
}

/** Takes a notice off its board; it can be looked at again for a year. */
export async function takeDown(
  parts: BoardParts,
  viewer: Viewer,
  ref: NoticeRef,
): Promise<boolean> {
  const found = await ownNotice(parts, viewer, ref);
  if (found === null) return false;
  const isOff = await parts.store.write(ref.school, async (tx) => {
    const isDone = await unhang(tx, ref.notice, parts.clock());
    if (isDone) await writeAudit(tx, viewer.addressId, 'notice-take-down', { notice: ref.notice });
    return isDone;
  });
  if (isOff) tellReaders(parts, ref);
  return isOff;
}
