import type { Directory } from '../../directory/directory.ts';
import { NOBODY, type SchoolId } from '../../ground/ids.ts';
import type { ReleaseParts } from '../../mail/delivery/parts.ts';
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import type { WritingParts } from '../../mail/writing/parts.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { Store } from '../../store/store.ts';
import type { BareSchools } from './bare-schools.ts';

/** What looks at boards. */
export interface BoardParts {
  readonly bare: BareSchools;
  readonly store: Store;
  readonly directory: Directory;
  readonly mailEvents: MailEvents;
  readonly clock: () => Date;
  readonly notices: Notices;
  /** Where the pages are seen from, without an end slash. */
  readonly publicUrl: string;
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
