import { createHmac } from 'node:crypto';
import type { AccountId, SchoolId } from '../core.ts';
import type { Notices } from '../delivery/notice.ts';
import type { Directory } from '../roster/directory.ts';
import type { Store } from '../store/store.ts';
import type { Guessing } from './guessing.ts';

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
  readonly ring: (school: SchoolId, accounts: readonly AccountId[]) => void;
  readonly guessing: Guessing;
}

/** What there are counters of. `service`: of the whole; `pressure`: of what agents are told. */
export type Counted =
  | 'password'
  | 'activation'
  | 'second-step'
  | 'child'
  | 'browser'
  | 'help'
  | 'place'
  | 'known'
  | 'network'
  | 'service'
  | 'pressure';

/** Whose tries a counter counts, without saying so to who reads the database. */
export function throttleKey(secret: Buffer, what: Counted, value: string): Buffer {
  return createHmac('sha256', secret).update(`tries\0${what}\0${value}`).digest();
}
