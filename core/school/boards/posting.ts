import type { OwnBoard } from '../../directory/own-boards.ts';
import type { ComposedFile } from '../../letters/message/compose.ts';
import type { LetterId } from '../../mail/writing/contract.ts';
import { hangUp } from '../../mail/writing/hanging-up.ts';
import { asWritten } from '../../mail/writing/upload.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { boardLists } from '../../store/boards/boards.ts';
import {
  dropUnposted,
  insertNotice,
  insertWords,
  noticeOfLetter,
  setUntil,
  type NoticeRow,
  type NoticeWords,
} from '../../store/boards/notices.ts';
import { Rollback, type SchoolTx } from '../../store/store.ts';
import type { BoardRef, NoticeRef, NoticeWish, Posted } from './contract.ts';
import { filesOf, fileAt } from './files.ts';
import { faultsOf, hoursOf } from './hanging.ts';
import { boardAt, ownNotice } from './own-boards.ts';
import type { BoardParts, PostingParts } from './parts.ts';

/** A notice that is about to hang. */
interface Prepared {
  readonly board: OwnBoard;
  readonly wish: NoticeWish;
  /** Other words hang there; null: it is new. */
  readonly before: NoticeRow | null;
}

/**
 * Hangs a notice on a board: it is a letter to those lists whose board it is, and goes the road of
 * every letter (decision 93). What is said is written first and hangs nowhere; the letter's own
 * transaction hangs it up, so that there is never one without the other.
 */
export async function post(
  parts: PostingParts,
  viewer: Viewer,
  ref: BoardRef,
  wish: NoticeWish,
): Promise<Posted> {
  const board = await boardAt(parts, viewer, ref);
  if (board === null || board.posts.size === 0) return { kind: 'missing' };
  return send(parts, viewer, { board, wish, before: null });
}

/** The same for other words of a notice that hangs. */
export async function edit(
  parts: PostingParts,
  viewer: Viewer,
  ref: NoticeRef,
  wish: NoticeWish,
): Promise<Posted> {
  const found = await ownNotice(parts, viewer, ref);
  if (found === null || found.row.takenDownAt !== null) return { kind: 'missing' };
  return send(parts, viewer, { board: found.board, wish, before: found.row });
}

async function send(parts: PostingParts, viewer: Viewer, prepared: Prepared): Promise<Posted> {
  const { board, wish, before } = prepared;
  const { school } = board.roster;
  const faults = faultsOf(wish, {
    now: parts.clock(),
    timeZone: school.timeZone,
    may: board.posts,
  });
  if (faults.length > 0) return { kind: 'faulty', faults };
  const words = await stage(parts, viewer, prepared);
  if (words === null) return postedBefore(parts, board.ref, wish);
  const outcome = await hangUp(parts.writing, viewer, {
    letter: wish.letter,
    to: await parts.store.read(school.id, (tx) => boardLists(tx, board.ref.classId, wish.readers)),
    title: wish.title.trim(),
    text: wish.text,
    files: [...(await keptFiles(parts, prepared)), ...wish.add.map(asWritten)],
    notice: words,
    supersedes: before === null ? null : (before.letter as LetterId),
  });
  if (outcome.kind !== 'accepted') {
    await parts.store.write(school.id, (tx) => dropUnposted(tx, words));
    return { kind: 'unsent', outcome };
  }
  await parts.store.write(school.id, async (tx) => {
    if (before !== null) await setUntil(tx, words.notice, hoursOf(wish.untilDay, school));
    await writeAudit(tx, viewer.addressId, before === null ? 'notice-post' : 'notice-change', {
      notice: words.notice,
      class: board.ref.classId,
    });
  });
  return { kind: 'posted', ref: { school: school.id, notice: words.notice } };
}

/** Writes down what the letter will say; null where this very letter hangs already. */
function stage(
  parts: BoardParts,
  viewer: Viewer,
  { board, wish, before }: Prepared,
): Promise<NoticeWords | null> {
  const { school } = board.roster;
  const edition = (before?.edition ?? 0) + 1;
  const write = async (tx: SchoolTx): Promise<NoticeWords> => {
    const madeAt = parts.clock();
    const notice =
      before?.id ??
      (await insertNotice(tx, {
        classId: board.ref.classId,
        author: viewer.addressId,
        authorName: viewer.displayName,
        madeAt,
        ...hoursOf(wish.untilDay, school),
      }));
    const { letter, text, readers } = wish;
    const title = wish.title.trim();
    const words = { notice, edition, letter, title, text, readers, madeAt };
    if (!(await insertWords(tx, words))) throw new Rollback('hangs by this letter already');
    return { school: school.id, notice, edition };
  };
  return parts.store.write(school.id, write).catch((error: unknown) => {
    if (error instanceof Rollback) return null;
    throw error;
  });
}

/** Those files of the words before that go on. */
async function keptFiles(
  { store }: BoardParts,
  { board, wish, before }: Prepared,
): Promise<readonly ComposedFile[]> {
  if (before === null || wish.keep.length === 0) return [];
  const { message } = before;
  return store.read(board.ref.school, async (tx) => {
    const files = (await filesOf(tx, [message])).get(message) ?? [];
    const kept = files.filter(({ path }) => wish.keep.includes(path));
    const found = await Promise.all(kept.map(({ path }) => fileAt(tx, message, path)));
    return found.flatMap((one) => one ?? []);
  });
}

/** Of two presses of one button the second finds that the letter hangs. */
async function postedBefore(
  { store }: BoardParts,
  { school }: BoardRef,
  { letter }: NoticeWish,
): Promise<Posted> {
  const found = await store.read(school, (tx) => noticeOfLetter(tx, letter));
  return found === null
    ? { kind: 'missing' }
    : { kind: 'posted', ref: { school, notice: found.notice } };
}
