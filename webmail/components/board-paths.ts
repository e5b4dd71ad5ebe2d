import { TOWN, type Uid } from '../../core/ground/ids.ts';
import type { NoticePlan } from '../../core/mail/writing/contract.ts';
import type {
  BoardLine,
  BoardRef,
  NoticeRef,
  WithBoards,
} from '../../core/school/boards/contract.ts';
import type { Visit } from '../frame/visit.ts';
import { tabPath } from './class-paths.ts';

/** Where a board lies among the pages. */
export const boardPath = ({ school, classId }: BoardRef): string =>
  classId === null ? `/boards/${school}` : `/boards/${school}/${classId}`;

/** The same for who hangs something up: a class's among its tabs. */
export const hangersPath = (ref: BoardRef): string =>
  ref.classId === null ? boardPath(ref) : tabPath(ref.classId, 'board');

/** Where a notice lies. */
export const noticePath = ({ school, notice }: NoticeRef): string => `/notices/${school}/${notice}`;

/** Where a notice is written: a pupil proposes it. */
export function noticeFormPath(
  { audience }: Pick<Visit, 'audience'>,
  { school, classId, of }: Pick<NoticePlan, 'school' | 'classId' | 'of'>,
): string {
  if (of !== null) return `${noticePath({ school, notice: of })}/edit`;
  return `${boardPath({ school, classId })}/${audience === 'child' ? 'propose' : 'new'}`;
}

/** Whose a board of a school is. */
export const kindOfBoard = ({ classId }: Pick<BoardLine['ref'], 'classId'>): 'school' | 'class' =>
  classId === null ? 'school' : 'class';

/** What a board is called at the head of its page, and on a draft for it. */
export function boardTitle(
  { texts: { boards: words }, audience }: Visit,
  { ref, name }: Pick<BoardLine, 'ref' | 'name'>,
): string {
  if (ref.school === TOWN) return words.ofTown;
  if (audience === 'child') return words.ofMine(kindOfBoard(ref));
  return ref.classId === null ? words.ofSchool(name) : words.of(name);
}

/** What stands in the place of people on a row of one's drafts, of those that are for a board. */
export async function boardsOfDrafts(
  visit: Visit<WithBoards<'drafts'>>,
): Promise<ReadonlyMap<Uid, string>> {
  const begun = await visit.core.boards.drafts(visit.viewer);
  return new Map(begun.map(({ uid, board }) => [uid, boardTitle(visit, board)]));
}
