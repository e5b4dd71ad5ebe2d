import type { NoticingParts } from '../../mail/delivery/telling/notice.ts';
import type { WritingParts } from '../../mail/writing/parts.ts';

/** What looks at papers. */
export type PaperParts = NoticingParts;

/** What sends their letters besides. */
export interface AskingParts extends PaperParts {
  readonly writing: WritingParts;
}

/** Papers of one list at most: a school's of two years. */
export const MOST_PAPERS = 500;
