import type { Language } from '../../ground/ids.ts';
import type { ServiceWords } from '../delivery/telling/notice.ts';
import { SERVICE_LETTERS } from '../delivery/telling/service-letters.ts';

/** Why somebody is told of a report. */
export type ReportNews =
  /** It has just come. */
  | 'new'
  /** The child asks for help at once. */
  | 'now'
  /** Nobody has closed it within a school day. */
  | 'still-open'
  /** To the town's contact: about a teacher or a head, or nobody at the school has closed it. */
  | 'town';

interface About {
  /** « Lina (CE1 A) »; the town's contact is told no name. */
  readonly child: string;
  readonly school: string;
  /** Where it is read. */
  readonly page: string;
}

/**
 * A notice names the child and nothing of the letter: it may lie on a telephone. The rest is read
 * where it is kept.
 */
export function noticeOf(telling: ReportNews, about: About, language: Language): ServiceWords {
  return SERVICE_LETTERS[language].report[telling](about);
}
