import type { ClassId, SchoolId } from '../../../core/ground/ids.ts';
import type { BoardRef, NoticeRef, WithBoards } from '../../../core/school/boards/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import type { FramePart } from '../../frame/frame.ts';

/** What these pages ask of core. */
export type BoardsPart = FramePart & WithBoards;

/** A board by the names in its path; without a class it is the school's. */
export interface BoardNames {
  readonly school: SchoolId;
  readonly class?: ClassId;
}

export const boardRefOf = ({ school, class: classId }: BoardNames): BoardRef => ({
  school,
  classId: classId ?? null,
});

/** Where a board lies among the pages. */
export const boardPath = ({ school, classId }: BoardRef): string =>
  classId === null ? `/boards/${school}` : `/boards/${school}/${classId}`;

/** The same for who hangs something up: a class's among its tabs. */
export const hangersPath = (ref: BoardRef): string =>
  ref.classId === null ? boardPath(ref) : tabPath(ref.classId, 'board');

/** Where a notice lies. */
export const noticePath = ({ school, notice }: NoticeRef): string => `/notices/${school}/${notice}`;
