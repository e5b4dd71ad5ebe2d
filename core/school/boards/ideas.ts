import { openFaces } from '../../directory/faces.ts';
import { againstHanging } from '../../mail/delivery/holding/let-hang.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { boardLists } from '../../store/boards/boards.ts';
import { hangIdea as hang, refuseIdea as refuse } from '../../store/boards/ideas.ts';
import { noticesOf, type NoticeRow } from '../../store/boards/notices.ts';
import { markSeen } from '../../store/boards/seen.ts';
import type { IdeaAnswered, NoticeRef, OwnIdea } from './contract.ts';
import { filesOf } from './files.ts';
import { hoursOf, ideaHours, usualDay } from './hanging.ts';
import { waitingIdea } from './own-boards.ts';
import { MOST_NOTICES, tellReaders, type BoardParts, type PostingParts } from './parts.ts';

/** How long a word may be with which an idea is refused, in characters. */
const LONGEST_ANSWER = 1_000;

/**
 * Hangs what a pupil proposed, by their own letter: a teacher's word is to it what letting go is to
 * a held one. All is asked again but what holds, since a teacher has read it.
 */
export async function hangIdea(
  parts: PostingParts,
  viewer: Viewer,
  ref: NoticeRef,
): Promise<IdeaAnswered> {
  const found = await waitingIdea(parts, viewer, ref);
  if (found === null) return { kind: 'missing' };
  const { board, row } = found;
  const { school } = board.roster;
  const lists = await parts.store.read(school.id, (tx) => boardLists(tx, row.classId, row.readers));
  const against = await againstHanging(parts, school.id, {
    message: row.message,
    lists: lists.map(({ id }) => id),
  });
  if (against !== null) return { kind: 'unsent', outcome: against };
  const now = parts.clock();
  const hours = hoursOf(usualDay({ now, timeZone: school.timeZone }), school);
  const isHung = await parts.store.write(school.id, async (tx) => {
    const isDone = await hang(tx, row, { by: viewer.addressId, now, ...hours });
    const about = { notice: row.id, class: row.classId };
    if (isDone) await writeAudit(tx, viewer.addressId, 'notice-post', about);
    return isDone;
  });
  if (!isHung) return { kind: 'missing' };
  tellReaders(parts, ref);
  return { kind: 'done', board: board.ref };
}

/** Leaves it down; its author reads why for a month. */
export async function refuseIdea(
  { parts, viewer }: RoomVisit<BoardParts>,
  ref: NoticeRef,
  words: string,
): Promise<IdeaAnswered> {
  const found = await waitingIdea(parts, viewer, ref);
  if (found === null) return { kind: 'missing' };
  const answering = {
    by: viewer.addressId,
    answer: words.trim().slice(0, LONGEST_ANSWER),
    ...ideaHours(parts.clock()),
  };
  const isRefused = await parts.store.write(ref.school, async (tx) => {
    const isDone = await refuse(tx, ref.notice, answering);
    if (isDone) await writeAudit(tx, viewer.addressId, 'notice-refuse', { notice: ref.notice });
    return isDone;
  });
  if (!isRefused) return { kind: 'missing' };
  tellReaders(parts, ref);
  return { kind: 'done', board: found.board.ref };
}

/** What a pupil has proposed in their school. */
const ideasOf = ({ store }: BoardParts, viewer: Viewer): Promise<readonly NoticeRow[]> =>
  store.read(viewer.school, (tx) =>
    noticesOf(tx, { of: 'own-ideas', author: viewer.addressId }, MOST_NOTICES),
  );

/** The same with what became of it. */
export async function ownIdeas(parts: BoardParts, viewer: Viewer): Promise<readonly OwnIdea[]> {
  const rows = await ideasOf(parts, viewer);
  const files = await parts.store.read(viewer.school, (tx) =>
    filesOf(
      tx,
      rows.map(({ message }) => message),
    ),
  );
  const ids = rows.flatMap(({ answeredBy }) => answeredBy ?? []);
  const faces = await openFaces(parts.directory, viewer, {
    addresses: [],
    ids,
    now: parts.clock(),
  });
  return rows.flatMap(({ id, title, madeAt, idea, answer, answeredBy, message }): OwnIdea[] => {
    if (idea === null) return [];
    const by =
      answeredBy === null
        ? null
        : faces.sender({ addressId: answeredBy, role: 'teacher', from: [] });
    return [
      {
        ref: { school: viewer.school, notice: id },
        title,
        at: madeAt,
        state: idea,
        files: files.get(message) ?? [],
        answer: by === null ? null : { by, words: answer },
      },
    ];
  });
}

/** They have read what became of it. */
export async function seeAnswers(parts: BoardParts, viewer: Viewer): Promise<void> {
  const rows = (await ideasOf(parts, viewer)).filter(({ idea }) => idea !== 'waits');
  await parts.store.write(viewer.school, (tx) =>
    markSeen(tx, viewer.addressId, { seen: rows, now: parts.clock() }),
  );
}
