import type { Core } from './core.ts';
import { Closers } from './ground/closers.ts';
import type { Config } from './ground/config.ts';
import { Fault } from './ground/fault.ts';
import { openLog } from './ground/log.ts';
import { openMetrics } from './ground/metrics.ts';
import { sharersOf } from './ground/turns.ts';
import { openScanner, type Scanner } from './letters/scan/clamd.ts';
import { SCAN_TIMEOUT_MS } from './letters/scan/limits.ts';
import type { Voice } from './letters/voice/contract.ts';
import { openVoice } from './letters/voice/voice.ts';
import { bodyStoreOf, type BodyStore } from './store/bodies/body-store.ts';
import { openMailEvents, type MailEvents } from './store/mail-events.ts';
import { openStore, poolSizeOf, type Store } from './store/store.ts';
import { openFreshRows, type FreshRows } from './town/jobs/fresh-rows.ts';
import { openQueue, type Queue } from './town/jobs/queue.ts';
import { SCHEDULE } from './town/jobs/schedule.ts';
import { beyondThisMachine } from './town/readiness/beyond.ts';
import type { Beyond } from './town/readiness/surroundings.ts';

/** What a core may be given instead of what it would open. */
export interface CoreOptions {
  readonly log?: Core['log'];
  readonly clock?: () => Date;
  readonly metrics?: Core['metrics'];
  /** Instead of one opened here; closed with the core all the same. */
  readonly store?: Store;
  /** Instead of the world around, as the checks of readiness see it. */
  readonly beyond?: Beyond;
}

/** What reaches out of this process. */
export interface Infrastructure {
  readonly config: Config;
  readonly beyond: Beyond;
  readonly log: Core['log'];
  readonly clock: () => Date;
  readonly metrics: Core['metrics'];
  readonly store: Store;
  /** Where large bodies lie besides; null: nowhere. */
  readonly bodyStore: BodyStore | null;
  readonly mailEvents: MailEvents;
  readonly queue: Queue;
  readonly freshRows: FreshRows;
  readonly scanner: Scanner;
  readonly voice: Voice;
  /** What is open, here and of the core that is made of it. */
  readonly closers: Closers;
}

/** Opens it; nothing waits for clamd or the queue. Throws a `Fault` where there is no database. */
export async function openInfrastructure(
  config: Config,
  {
    log = openLog(),
    clock = () => new Date(),
    metrics = openMetrics(),
    store,
    beyond,
  }: CoreOptions,
): Promise<Infrastructure> {
  const { databaseUrl, clamd, redisUrl } = config;
  if (databaseUrl === null || clamd === null)
    throw new Fault('configuration', 'database or clamd without an address', { transient: false });
  const onError = (error: Error): void =>
    log.warn({ err: error }, 'a connection was lost and is made again');
  const bodyStore = bodyStoreOf(config);
  const closers = new Closers(log);
  const opened = {
    store: closers.with(
      store ??
        openStore(databaseUrl, {
          poolSize: poolSizeOf(sharersOf(config)),
          ...(bodyStore && { bodies: bodyStore }),
          onError,
        }),
    ),
    mailEvents: closers.with(openMailEvents(databaseUrl, { onError })),
    queue: closers.with(openQueue({ databaseUrl, redisUrl }, onError)),
  };
  try {
    // Decoded parts of a message are scanned by themselves and may be as long as the message.
    const scanner = await openScanner({
      address: clamd,
      timeoutMs: SCAN_TIMEOUT_MS,
      maxBytes: config.maxMessageBytes,
      processes: config.processes,
    });
    return {
      config,
      beyond: beyond ?? beyondThisMachine(config),
      log,
      clock,
      metrics,
      ...opened,
      bodyStore,
      freshRows: openFreshRows({ queue: opened.queue, log, clock, leaseMs: SCHEDULE.leaseMs }),
      scanner: closers.with(scanner),
      voice: closers.with(openVoice({ ...config, clock })),
      closers,
    };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}
