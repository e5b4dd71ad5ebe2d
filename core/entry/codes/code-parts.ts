import type { Directory } from '../../directory/directory.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import type { Store } from '../../store/store.ts';
import type { GuessLimiter } from '../guessing/guessing.ts';

export interface CodeParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly notices: Notices;
  readonly secret: Buffer;
  readonly clock: () => Date;
  /**
   * Tells every process that something of these accounts has changed: their open sessions look
   * again.
   */
  readonly announce: (school: SchoolId, accounts: readonly AccountId[]) => void;
  readonly guessing: GuessLimiter;
}
