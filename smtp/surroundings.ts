import type { WithAccounts } from '../core/entry/accounts/contract.ts';
import type { WithConfig } from '../core/ground/config.ts';
import type { WithLog } from '../core/ground/log.ts';
import type { WithDelivery } from '../core/mail/delivery/contract.ts';
import type { Flights } from './flight.ts';
import type { SmtpLimits } from './limits.ts';
import type { DNSResolver } from './sender-authentication.ts';
import type { SignedInPart, WakeQueue } from './signed-in.ts';

/** What the steps of all connections share. */
export interface Surroundings {
  readonly limits: SmtpLimits;
  readonly resolver: DNSResolver;
  readonly flights: Flights;
  readonly waking: WakeQueue;
  /** Whether a peer belongs to the town's own network. */
  readonly isLocalPeer: (ip: string) => boolean;
}

/** What mail on the wire asks of core. */
export type SmtpPart = SignedInPart & WithAccounts<'signIn'> & WithConfig & WithDelivery & WithLog;

/** What a step of a connection works with. */
export interface StepParts {
  readonly core: SmtpPart;
  readonly around: Surroundings;
}
