import type { OwnBoard } from '../../directory/own-boards.ts';
import type { ComposedFile } from '../../letters/message/compose.ts';
import { asWritten } from '../../mail/parsing/alone.ts';
import { hangUp } from '../../mail/writing/hanging-up.ts';
import { filesOf as filesOfDraft, keptDraft } from '../../mail/writing/kept-draft.ts';
import { secondLook } from '../../mail/writing/second-look.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { boardLists } from '../../store/boards/boards.ts';
import { noteAnswered, waitingIdeas } from '../../store/boards/ideas.ts';
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
import { readersCalled } from './called.ts';
import type {
  BoardRef,
  IdeaWish,
  NoticeDayFault,
  NoticeFault,
  NoticeRef,
  NoticeWish,
  Posted,
  Proposed,
} from './contract.ts';
import { filesOf, fileAt } from './files.ts';
import { faultsOf, hoursOf, ideaHours, usualDay } from './hanging.ts';
import { boardAt, ownNotice, waitingIdea } from './own-boards.ts';
import { MOST_IDEAS, tellReaders, type BoardParts, type PostingParts } from './parts.ts';

/** A notice that is about to hang. */
interface Prepared {
  readonly board: OwnBoard;
  readonly wish: NoticeWish;
  /** Other words hang there; null: it is new. */
  readonly before: NoticeRow | null;
  /** A pupil's, which waits for a teacher's word. */
  readonly isIdea: boolean;
}

const NEW = { before: null, isIdea: false } as const;

/**
 * Hangs a notice on a board: it is a letter to those lists whose board it is, and goes the path of
 * every letter (decision 93). What is said is written first and hangs nowhere; the letter's own
 * transaction hangs it up, so that there is never one without the other.
 */
export async function post(
  { parts, viewer }: RoomVisit<PostingParts>,
  ref: BoardRef,
  wish: NoticeWish,
): Promise<Posted> {
  const board = await boardAt(parts, viewer, ref);
  if (board === null || board.posts.size === 0) return { kind: 'missing' };
  return send(parts, viewer, { ...NEW, board, wish });
}

/** The same for other words of a notice that hangs, or of an idea of a pupil's: that hangs then. */
export async function edit(
  { parts, viewer }: RoomVisit<PostingParts>,
  ref: NoticeRef,
  wish: NoticeWish,
): Promise<Posted> {
  const found = await changeable(parts, viewer, ref);
  if (found === null) return { kind: 'missing' };
  const { board, row: before } = found;
  if (hasOtherWords(before, wish)) return { kind: 'changed' };
  const sent = await send(parts, viewer, { ...NEW, board, wish, before });
  const now = sent.kind === 'posted' ? null : await changeable(parts, viewer, ref);
  return now !== null && (hasOtherWords(now.row, wish) || isSecond(sent))
    ? { kind: 'changed' }
    : sent;
}

/** What hangs or is proposed, for who may change it. */
async function changeable(
  parts: PostingParts,
  viewer: Viewer,
  ref: NoticeRef,
): ReturnType<typeof ownNotice> {
  const found = (await ownNotice(parts, viewer, ref)) ?? (await waitingIdea(parts, viewer, ref));
  return found?.row.takenDownAt === null ? found : null;
}

/** By another than this very letter, which may be pressed twice. */
const hasOtherWords = (row: NoticeRow, { edition, letter }: NoticeWish): boolean =>
  row.edition !== edition && row.letter !== letter;

/** Of two who change it in the same second one comes to lists on which another's words hang. */
const isSecond = (sent: Posted): boolean =>
  sent.kind === 'unsent' && sent.outcome.kind === 'no-recipient';

/** A pupil of a class proposes a notice for it. */
export async function propose(
  { parts, viewer }: RoomVisit<PostingParts>,
  ref: BoardRef,
  idea: IdeaWish,
): Promise<Proposed> {
  const board = await boardAt(parts, viewer, ref);
  if (board === null || !board.proposes || ref.school !== viewer.school) return { kind: 'missing' };
  const { waiting, known, lists } = await parts.store.read(ref.school, async (tx) => ({
    waiting: await waitingIdeas(tx, viewer.addressId),
    known: await noticeOfLetter(tx, idea.letter),
    lists: await boardLists(tx, ref.classId, ['pupils']),
  }));
  if (waiting >= MOST_IDEAS && known === null)
    return { kind: 'faulty', faults: ['too-many-ideas'] };
  if (!idea.isReread) {
    const { title: subject, text } = idea;
    const to = lists.map(({ address }) => address);
    const letter = { to, cc: [], subject, text, answers: 'none', answerTo: null } as const;
    const second = await secondLook(parts.writing, viewer, letter);
    if (second !== null) return { kind: 'doubtful', second };
  }
  const clock = { now: parts.clock(), timeZone: board.roster.school.timeZone };
  const wish: NoticeWish = {
    ...idea,
    readers: ['pupils'],
    untilDay: usualDay(clock),
    day: '',
    keep: [],
    edition: 0,
  };
  const posted = await send(parts, viewer, { board, wish, before: null, isIdea: true });
  if (posted.kind === 'posted') return { kind: 'proposed' };
  if (posted.kind === 'changed') return { kind: 'missing' };
  if (posted.kind !== 'faulty') return posted;
  return { kind: 'faulty', faults: posted.faults.filter(isOfWords) };
}

type WordsFault = Exclude<NoticeFault, NoticeDayFault>;
const isOfWords = (fault: NoticeFault): fault is WordsFault =>
  fault === 'no-title' || fault === 'no-words' || fault === 'title-too-long';

async function send(parts: PostingParts, viewer: Viewer, prepared: Prepared): Promise<Posted> {
  const { board, wish, before, isIdea } = prepared;
  const { school } = board.roster;
  const draft = wish.draft && (await keptDraft(parts.writing, viewer, wish.draft));
  if (wish.draft !== null && draft === null) return postedBefore(parts, viewer, prepared);
  const own = draft === null ? [] : filesOfDraft(draft, []);
  const faults = faultsOf(wish, {
    files: own.length + wish.add.length + wish.keep.length,
    now: parts.clock(),
    timeZone: school.timeZone,
    may: isIdea ? board.reads : board.posts,
  });
  if (faults.length > 0) return { kind: 'faulty', faults };
  const words = await stage(parts, viewer, prepared);
  if (words === null) return postedBefore(parts, viewer, prepared);
  const lists = await parts.store.read(school.id, (tx) =>
    boardLists(tx, board.ref.classId, wish.readers),
  );
  const outcome = await hangUp(parts.writing, viewer, {
    letter: wish.letter,
    to: lists.map(({ address }) => address),
    readers: readersCalled(board, wish.readers, viewer.language),
    title: wish.title.trim(),
    text: wish.text,
    files: [...(await keptFiles(parts, prepared)), ...own, ...wish.add.map(asWritten)],
    expires: isIdea ? null : hoursOf(wish.untilDay, school).untilAt,
    draft: wish.draft,
    notice: words,
    supersedes: before === null ? null : before.letter,
  });
  if (outcome.kind !== 'accepted') {
    await parts.store.write(school.id, (tx) => dropUnposted(tx, words));
    return { kind: 'unsent', outcome };
  }
  const posted = { kind: 'posted', ref: { school: school.id, notice: words.notice } } as const;
  if (isIdea) return posted;
  tellReaders(parts, posted.ref);
  await parts.store.write(school.id, async (tx) => {
    if (before?.idea === 'waits') await noteAnswered(tx, words.notice, viewer.addressId);
    if (before !== null) await setUntil(tx, words.notice, hoursOf(wish.untilDay, school));
    await writeAudit(tx, viewer.addressId, before === null ? 'notice-post' : 'notice-change', {
      notice: words.notice,
      class: board.ref.classId,
    });
  });
  return posted;
}

/** Writes down what the letter will say; null where this very letter hangs already. */
function stage(
  parts: BoardParts,
  viewer: Viewer,
  { board, wish, before, isIdea }: Prepared,
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
        ...(isIdea ? ideaHours(madeAt) : hoursOf(wish.untilDay, school)),
      }));
    const { letter, text, readers } = wish;
    const title = wish.title.trim();
    const day = wish.day === '' ? null : wish.day;
    const words = { notice, edition, letter, title, text, readers, day, madeAt };
    if (!(await insertWords(tx, words))) throw new Rollback('hangs by this letter already');
    return { school: school.id, notice, edition, letter, isIdea };
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

/**
 * Of two presses of one button the second finds that the letter hangs, and leaves no draft. A
 * change that finds none came beside another's, or its draft is gone: what hangs stays.
 */
async function postedBefore(
  { store, writing }: PostingParts,
  viewer: Viewer,
  { board: { ref }, wish: { letter, draft }, before }: Prepared,
): Promise<Posted> {
  const { school } = ref;
  const notice = await store.read(school, (tx) => noticeOfLetter(tx, letter));
  if (notice === null) return { kind: before === null ? 'missing' : 'changed' };
  if (draft !== null) await writing.mail.erase(viewer, draft.mailbox, [draft.uid]);
  return { kind: 'posted', ref: { school, notice } };
}
