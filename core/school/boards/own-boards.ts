import { boardsOf, type OwnBoard } from '../../directory/own-boards.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { noticesOf, type NoticeRow } from '../../store/boards/notices.ts';
import type { BoardRef, NoticeRef } from './contract.ts';
import type { BoardParts } from './parts.ts';

/** One of them; null: not there and not theirs are one answer. */
export async function boardAt(
  parts: BoardParts,
  viewer: Viewer,
  { school, classId }: BoardRef,
): Promise<OwnBoard | null> {
  const found = (await boardsOf(parts, viewer)).find(
    ({ ref }) => ref.school === school && ref.classId === classId,
  );
  return found ?? null;
}

/** A notice with its board. */
interface OwnNotice {
  readonly board: OwnBoard;
  readonly row: NoticeRow;
}

const hasHung = ({ postedAt }: NoticeRow): boolean => postedAt !== null;

/** A notice that the viewer may act on, with its board. */
export async function ownNotice(
  parts: BoardParts,
  viewer: Viewer,
  ref: NoticeRef,
): Promise<OwnNotice | null> {
  const found = await noticeBefore(parts, viewer, ref);
  return found !== null && found.board.posts.size > 0 && hasHung(found.row) ? found : null;
}

/** What a pupil proposes and nobody has answered, for who may hang it up. */
export async function waitingIdea(
  parts: BoardParts,
  viewer: Viewer,
  ref: NoticeRef,
): Promise<OwnNotice | null> {
  const found = await noticeBefore(parts, viewer, ref);
  return found !== null && found.board.posts.size > 0 && found.row.idea === 'waits' ? found : null;
}

/** What the viewer has proposed, wherever it stands. */
export async function ownIdea(
  parts: BoardParts,
  viewer: Viewer,
  { school, notice }: NoticeRef,
): Promise<NoticeRow | null> {
  if (school !== viewer.school) return null;
  const [row] = await parts.store.read(school, (tx) => noticesOf(tx, { of: 'notice', notice }, 1));
  const isOwn = row?.author === viewer.addressId && row.idea !== null;
  return isOwn ? row : null;
}

/** A notice that the viewer reads, with its board. */
export async function noticeBefore(
  parts: BoardParts,
  viewer: Viewer,
  { school, notice }: NoticeRef,
): Promise<OwnNotice | null> {
  const boards = (await boardsOf(parts, viewer)).filter(({ ref }) => ref.school === school);
  if (boards.length === 0) return null;
  const [row] = await parts.store.read(school, (tx) => noticesOf(tx, { of: 'notice', notice }, 1));
  const board = boards.find(({ ref }) => ref.classId === row?.classId);
  if (row === undefined || board === undefined) return null;
  const isTheirs = row.readers.some((one) => board.reads.has(one));
  const hangs = hasHung(row) && row.takenDownAt === null;
  const isTheirsToJudge = board.posts.size > 0 && row.idea !== 'refused';
  return isTheirs && (hangs || isTheirsToJudge) ? { board, row } : null;
}
