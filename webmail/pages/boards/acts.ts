import type { NoticeRef } from '../../../core/school/boards/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { showNotice } from './notice.ts';
import { boardPath, type BoardsPart } from './parts.ts';

/** POST /notices/:school/:notice/seen: a child has read it. */
export async function seeNotice(visit: Visit<BoardsPart>, ref: NoticeRef): Promise<Answer> {
  await visit.core.boards.see(visit.viewer, [ref]);
  return backToBoard(visit, ref, null);
}

/** POST …/pin: on top of its board, or no more. */
export async function pinNotice(
  visit: Visit<BoardsPart>,
  ref: NoticeRef,
  form: Form,
): Promise<Answer> {
  const isPinned = field(form, 'pinned') === '1';
  const done = await visit.core.boards.pin(visit.viewer, ref, isPinned);
  if (done === 'missing') return MISSING;
  return done === 'too-many'
    ? showNotice(visit, ref, visit.texts.boards.tooManyOnTop)
    : backToBoard(visit, ref, isPinned ? 'pinned' : 'unpinned');
}

/** POST …/until: it hangs until another day. */
export async function prolongNotice(
  visit: Visit<BoardsPart>,
  ref: NoticeRef,
  form: Form,
): Promise<Answer> {
  const done = await visit.core.boards.prolong(visit.viewer, ref, field(form, 'until'));
  if (done.kind === 'missing') return MISSING;
  return done.kind === 'faulty'
    ? showNotice(visit, ref, visit.texts.boards.faults[done.fault])
    : backToBoard(visit, ref, 'prolonged');
}

/** POST …/off: it comes off its board. */
export async function takeNoticeDown(visit: Visit<BoardsPart>, ref: NoticeRef): Promise<Answer> {
  const board = await boardOf(visit, ref);
  if (board === null || !(await visit.core.boards.takeDown(visit.viewer, ref))) return MISSING;
  return { kind: 'go', to: `${board}?said=off` };
}

async function backToBoard(
  visit: Visit<BoardsPart>,
  ref: NoticeRef,
  said: string | null,
): Promise<Answer> {
  const board = await boardOf(visit, ref);
  if (board === null) return MISSING;
  return { kind: 'go', to: said === null ? board : `${board}?said=${said}` };
}

/** The board on which a notice hangs, for whoever reads it. */
async function boardOf(
  { core, viewer }: Visit<BoardsPart>,
  ref: NoticeRef,
): Promise<string | null> {
  const state = await core.boards.notice(viewer, ref);
  return state === null ? null : boardPath(state.board);
}
