import type { SecureContext } from 'node:tls';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { WithAccounts } from '../core/entry/accounts/contract.ts';
import type { WithConfig } from '../core/ground/config.ts';
import type { AccountId, SchoolId } from '../core/ground/ids.ts';
import type { WithLog } from '../core/ground/log.ts';
import type { WithMetrics } from '../core/ground/metrics.ts';
import { Passage } from '../core/ground/passage.ts';
import type { WithMailboxes } from '../core/mail/mailboxes/contract.ts';
import type { WithEvents } from '../core/mail/mailboxes/contract/events.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import type { AccountSlots } from './account-slots.ts';
import { Deadlines } from './deadlines.ts';
import { openFlights, type AppendFlight } from './flight.ts';
import type { ImapLimits } from './limits.ts';

const SWEEP_MS = 500;
/** From a tenth of a millisecond (NOOP) to ten seconds: a search of everything. */
const BUCKETS_SECONDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
];

/** What mail programs ask of core. */
export type ImapPart = WithAccounts &
  WithConfig &
  WithEvents &
  WithLog &
  WithMailboxes &
  WithMetrics;
/** A client as the server sees it that closes. */
interface Served {
  /** At once where nothing is under way, else after the command. */
  stop(): void;
  cut(): void;
}

/** What all sessions of a process share. */
export interface ServerContext {
  readonly core: ImapPart;
  readonly limits: ImapLimits;
  /** For the next handshake: another one once the certificate was renewed. */
  secureContext: SecureContext;
  readonly deadlines: Deadlines;
  readonly flights: (viewer: Viewer) => AppendFlight;
  /** For what wakes many sessions at one moment. */
  readonly waking: Passage;
  readonly sessions: Set<Served>;
  /** How many sessions an account has; one more is refused past the limit. */
  enter(school: SchoolId, account: AccountId): Promise<boolean>;
  leave(school: SchoolId, account: AccountId): void;
  /**
   * Counts and times a command, by its name and how it ended. Names are the parser's own, so there
   * are few.
   */
  count(command: string, status: string, seconds: number): void;
  close(): void;
}

interface ServerSettings {
  readonly limits: ImapLimits;
  readonly secureContext: SecureContext;
  readonly slots: AccountSlots;
}

export function openServerContext(
  core: ImapPart,
  { limits, secureContext, slots }: ServerSettings,
): ServerContext {
  const sessions = new Set<Served>();
  const deadlines = new Deadlines(SWEEP_MS);
  return {
    core,
    limits,
    secureContext,
    deadlines,
    sessions,
    flights: openFlights(limits),
    waking: new Passage(limits.wakingAtOnce),
    enter: (school, account) => slots.take(`${school}:${account}`, limits.connectionsPerAccount),
    leave: (school, account) => slots.giveBack(`${school}:${account}`),
    count: openCounts(core, sessions),
    close: () => deadlines.close(),
  };
}

function openCounts(core: WithMetrics, sessions: ReadonlySet<Served>): ServerContext['count'] {
  const { registry } = core.metrics;
  const commands = new Counter({
    name: 'preau_imap_commands_total',
    help: 'IMAP commands, by how they ended.',
    labelNames: ['command', 'status'] as const,
    registers: [registry],
  });
  const latency = new Histogram({
    name: 'preau_imap_command_seconds',
    help: 'How long a command took, its answer taken by the client or not.',
    labelNames: ['command'] as const,
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  // prom-client keeps it in its registry.
  void new Gauge({
    name: 'preau_imap_connections',
    help: 'Open IMAP connections.',
    registers: [registry],
    collect() {
      this.set(sessions.size);
    },
  });
  return (command, status, seconds) => {
    commands.inc({ command, status });
    latency.observe({ command }, seconds);
  };
}
