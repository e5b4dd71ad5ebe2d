import { NOBODY, type SchoolId } from '../../ground/ids.ts';
import type { ReleaseParts } from '../../mail/delivery/parts.ts';
import type { NoticingParts } from '../../mail/delivery/telling/notice.ts';
import type { WritingParts } from '../../mail/writing/parts.ts';
import type { BareSchools } from './bare-schools.ts';

/** What looks at boards. */
export interface BoardParts extends NoticingParts {
  readonly bare: BareSchools;
}

/** What hangs something up besides. */
export interface PostingParts extends BoardParts, ReleaseParts {
  readonly writing: WritingParts;
}

/** Something hangs there, or no more: who has a board of the school open looks again. */
export function tellReaders(
  { bare, mailEvents }: Pick<BoardParts, 'bare' | 'mailEvents'>,
  { school }: { readonly school: SchoolId },
): void {
  bare.forget(school);
  mailEvents.announce(school, [NOBODY]);
}

/** Notices of one list at most. */
export const MOST_NOTICES = 200;
/** Of one pupil's that wait for a word at most. */
export const MOST_IDEAS = 3;
/** On top of a board at most. */
export const MOST_PINNED = 3;
