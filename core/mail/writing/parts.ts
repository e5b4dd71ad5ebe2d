import type { Directory } from '../../directory/directory.ts';
import type { WithLog } from '../../ground/log.ts';
import type { Scanner } from '../../letters/scan/clamd.ts';
import type { RecentActivity } from '../../roster/relate.ts';
import type { AddressEntry } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { Store } from '../../store/store.ts';
import type { openDelivery } from '../delivery/accept.ts';
import type { Mail } from '../reading/contract.ts';
import type { Sites } from '../sites/contract.ts';

/** What it takes to say whom somebody may write to. */
export interface ReachParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly domain: string;
  readonly clock: () => Date;
  /** What the store knows of a pupil lately: who may be answered. */
  readonly recentActivity: (
    viewer: Viewer,
    candidates: readonly AddressEntry[],
  ) => Promise<RecentActivity>;
}

/** What writing is made of. */
export interface WritingParts extends ReachParts, WithLog {
  readonly delivery: ReturnType<typeof openDelivery>;
  readonly mail: Mail;
  readonly scanner: Scanner;
  readonly sites: Pick<Sites, 'lookUp'>;
  readonly mailEvents: MailEvents;
  /** The key of keyed hashes. */
  readonly secret: Buffer;
  /** How long a letter can be called back once it was handed in; 0: it leaves at once. */
  readonly undoMs: number;
}
