import type { Logger } from 'pino';
import type { Directory } from '../../directory/directory.ts';
import type { Config } from '../../ground/config.ts';
import type { Names } from '../../ground/names.ts';
import type { OutboxHandover } from '../../mail/delivery/outbox-handover.ts';
import type { Store } from '../../store/store.ts';
import type { SchoolReadiness } from '../../store/town/contract.ts';
import type { Signing } from '../signing/contract.ts';
import type { Finding } from './contract.ts';
import type { Machine } from './machine.ts';

/** What lies outside this process and is asked by the checks; tests put their own there. */
export interface Beyond {
  readonly names: Names;
  readonly machine: Machine;
  /** Where the mail of the world is handed over (RFC 5321 §4.5.4.2): 25. */
  readonly smtpPort: number;
  /** Domains whose servers stand for « outside ». */
  readonly outsideDomains: readonly string[];
  /** PEM of signers of certificates who are believed besides the known ones. */
  readonly authorities: readonly string[];
  /** A server of SNTP (RFC 4330). */
  readonly timeServer: { readonly host: string; readonly port: number };
}

/** What the checks look at. */
export interface ReadinessParts {
  /** With the addresses of the services, where they run. */
  readonly config: Config;
  /** Null: the database has no address. */
  readonly store: Store | null;
  /** Whether the queue answers within so many milliseconds; null: there is none. */
  readonly queueAnswers: ((timeoutMs: number) => Promise<boolean>) | null;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly beyond: Beyond;
}

/** The same with what sending a letter needs: a town that runs. */
export interface LetterParts extends ReadinessParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly freshRows: Pick<OutboxHandover, 'hurry'>;
  readonly signing: Pick<Signing, 'keys'>;
}

/** One look at everything: what several checks want to know is asked once. */
export interface Look extends ReadinessParts {
  readonly isDemo: boolean;
  readonly schools: () => Promise<readonly SchoolReadiness[]>;
  /** Aborted when the check's time is over. */
  readonly signal: AbortSignal;
}

/** What a check does; whatever it throws is a red line. */
export type Ask = (look: Look) => Finding | Promise<Finding>;
