import type { Directory } from '../../directory/directory.ts';
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import type { WritingParts } from '../../mail/writing/parts.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { Store } from '../../store/store.ts';

/** What looks at papers. */
export interface PaperParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly notices: Notices;
  readonly mailEvents: MailEvents;
  readonly clock: () => Date;
  /** Where the pages are: what a letter leads to. */
  readonly publicUrl: string;
}

/** What sends their letters besides. */
export interface AskingParts extends PaperParts {
  readonly writing: WritingParts;
}

/** Papers of one list at most: a school's of two years. */
export const MOST_PAPERS = 500;
