import { boardsOf } from '../../directory/own-boards.ts';
import { letterIn, noticeOf, NOTICE_FIELD } from '../../mail/writing/draft-form.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { draftsWith } from '../../store/mail/drafts.ts';
import { boardName } from './called.ts';
import type { NoticeDraft } from './contract.ts';
import type { PostingParts } from './parts.ts';

/** What is told of a board is its name alone, and that changes once a year. */
const NAMES = { maxAgeMs: 60_000 };

/** Notices that somebody has begun for a board that they read; they lie among their drafts. */
export async function drafts(parts: PostingParts, viewer: Viewer): Promise<readonly NoticeDraft[]> {
  const rows = await parts.store.read(viewer.school, (tx) =>
    draftsWith(tx, viewer.account, NOTICE_FIELD),
  );
  if (rows.length === 0) return [];
  const boards = await boardsOf(parts, viewer, NAMES);
  return rows.flatMap(({ uid, messageId, subject, header }) => {
    const letter = letterIn(messageId, parts.writing.domain);
    const plan = noticeOf(header);
    const board = boards.find(
      ({ ref }) => ref.school === plan?.school && ref.classId === plan.classId,
    );
    return letter === null || board === undefined
      ? []
      : [{ uid, letter, title: subject, board: { ref: board.ref, name: boardName(board) } }];
  });
}
