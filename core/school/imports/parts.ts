import type { Logger } from 'pino';
import type { RosterFiles } from '../../roster/roster-files.ts';
import type { Store } from '../../store/store.ts';
import type { Settle } from './settle.ts';

export interface RosterParts {
  readonly store: Store;
  /** The key of every keyed hash. */
  readonly secret: Buffer;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly domain: string;
  readonly settle: Settle;
  readonly files: RosterFiles;
}
