import type { openDelivery } from '../delivery/accept.ts';
import type { Mail } from '../reading/contract.ts';
import type { Scanner } from '../scan/clamd.ts';
import type { MailEvents } from '../store/mail-events.ts';
import type { ReachParts } from './reach.ts';

/** What writing is made of. */
export interface WritingParts extends ReachParts {
  readonly delivery: ReturnType<typeof openDelivery>;
  readonly mail: Mail;
  readonly scanner: Scanner;
  readonly mailEvents: MailEvents;
}
