import type { BoardRef, NoticeRef } from '../../../core/school/boards/contract.ts';
import { boardPath, hangersPath } from '../../components/board-paths.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { REMIND_FORM } from './notice-card.ts';
import { showNotice, UNTIL_FORM } from './notice.ts';
import { type BoardsPart } from './parts.ts';

/** POST /notices/:school/:notice/seen: a child has read it. */
export async function seeNotice(visit: Visit<BoardsPart>, ref: NoticeRef): Promise<Answer> {
  await visit.core.boards.see(visit.viewer, [ref]);
  const board = await boardOf(visit, ref);
  return board === null ? MISSING : { kind: 'go', to: boardPath(board) };
}

/** POST …/pin: on top of its board, or no more. */
export async function pinNotice(
  visit: Visit<BoardsPart>,
  ref: NoticeRef,
  form: Form,
): Promise<Answer> {
  const isPinned = field(form, 'pinned') === '1';
  const done = await visit.core.boards.pin(visit.viewer, ref, isPinned);
  if (done === 'missing') return offBefore(visit, ref);
  return done === 'too-many'
    ? showNotice(visit, ref, { say: visit.texts.boards.tooManyOnTop })
    : backTo(await boardOf(visit, ref), isPinned ? 'pinned' : 'unpinned');
}

/** POST …/until: it hangs until another day. */
export async function prolongNotice(
  visit: Visit<BoardsPart>,
  ref: NoticeRef,
  form: Form,
): Promise<Answer> {
  const typed = UNTIL_FORM.typedIn(form);
  const done = await visit.core.boards.prolong(visit.viewer, ref, typed.until);
  if (done.kind === 'missing') return offBefore(visit, ref);
  return done.kind === 'faulty'
    ? showNotice(visit, ref, { end: { typed, wrong: visit.texts.boards.faults[done.fault] } })
    : backTo(await boardOf(visit, ref), 'prolonged');
}

/** POST …/off: it comes off its board. */
export async function takeNoticeDown(visit: Visit<BoardsPart>, ref: NoticeRef): Promise<Answer> {
  const board = await boardOf(visit, ref);
  const isOff = board !== null && (await visit.core.boards.takeDown(visit.viewer, ref));
  return isOff ? backTo(board, 'off') : offBefore(visit, ref);
}

/** POST …/remind-me: whoever reads it is told of it once more, on a day; without one no longer. */
export async function remindMe(
  visit: Visit<BoardsPart>,
  ref: NoticeRef,
  form: Form,
): Promise<Answer> {
  const { day } = REMIND_FORM.typedIn(form);
  const done = await visit.core.boards.remindMe(visit.viewer, ref, day === '' ? null : day);
  if (done.kind === 'missing') return offBefore(visit, ref);
  if (done.kind === 'done')
    return {
      kind: 'go',
      to: `${boardPath(done.board)}?said=${day === '' ? 'remindsNot' : 'reminds'}`,
    };
  const board = await boardOf(visit, ref);
  return board === null ? MISSING : { kind: 'go', to: `${boardPath(board)}?wrong=${done.fault}` };
}

/** POST …/remind: a word to those who haven't seen it. */
export async function remindUnseen(visit: Visit<BoardsPart>, ref: NoticeRef): Promise<Answer> {
  const { kind } = await visit.core.boards.remindUnseen(visit.viewer, ref);
  if (kind === 'missing') return offBefore(visit, ref);
  const said = { done: 'reminded', nobody: 'allSaw', already: 'remindedBefore' }[kind];
  return backTo(await boardOf(visit, ref), said);
}

/** What was taken off meanwhile is there for who hangs something up, and for nobody else. */
async function offBefore({ core, viewer }: Visit<BoardsPart>, ref: NoticeRef): Promise<Answer> {
  const state = await core.boards.notice(viewer, ref);
  const isOff = state !== null && state.notice.takenDownAt !== null;
  return isOff ? backTo(state.board, 'offBefore') : MISSING;
}

/** The board on which a notice hangs, for whoever reads it. */
async function boardOf(
  { core, viewer }: Visit<BoardsPart>,
  ref: NoticeRef,
): Promise<BoardRef | null> {
  return (await core.boards.notice(viewer, ref))?.board ?? null;
}

const backTo = (board: BoardRef | null, said: string): Answer =>
  board === null ? MISSING : { kind: 'go', to: `${hangersPath(board)}?said=${said}` };
