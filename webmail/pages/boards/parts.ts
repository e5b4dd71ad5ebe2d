import type { ClassId, SchoolId } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithWritings } from '../../../core/mail/writing/contract.ts';
import type { BoardRef, WithBoards } from '../../../core/school/boards/contract.ts';
import type { FramePart } from '../../frame/frame.ts';

/** What these pages ask of core. */
export type BoardsPart = FramePart & WithBoards;

/** The same where a notice is written: its draft is a letter's. */
export type NoticeWriting = BoardsPart & WithMail & WithWritings;

/** A board by the names in its path; without a class it is the school's. */
export interface BoardNames {
  readonly school: SchoolId;
  readonly class?: ClassId;
}

export const boardRefOf = ({ school, class: classId }: BoardNames): BoardRef => ({
  school,
  classId: classId ?? null,
});

/** Under what the pages of who hangs something up lie: a class's board is one of its tabs. */
export const hangersSection = ({ classId }: BoardRef): 'board' | 'classes' =>
  classId === null ? 'board' : 'classes';
