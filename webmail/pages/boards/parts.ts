import { TOWN, type ClassId, type SchoolId } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithWritings } from '../../../core/mail/writing/contract.ts';
import type { BoardLine, BoardRef, WithBoards } from '../../../core/school/boards/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';

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

/** What a board is called at the head of its page. */
export function boardTitle(
  { texts: { boards: words }, audience }: Visit,
  { ref: { school, classId }, name }: Pick<BoardLine, 'ref' | 'name'>,
): string {
  if (school === TOWN) return words.ofTown;
  if (audience === 'child') return words.ofMyClass(classId !== null);
  return classId === null ? words.ofSchool(name) : words.of(name);
}
