import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { Gauge } from 'prom-client';
import type { Metrics } from '../../ground/metrics.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import { noteDeaf, noteHearing } from '../../store/service-state.ts';
import type { Store } from '../../store/store.ts';

/** How often it is looked at, and written down while it lasts. */
const LOOK_MS = 15_000;

interface Parts {
  readonly mailEvents: Pick<MailEvents, 'hears'>;
  readonly store: Pick<Store, 'town'>;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock: () => Date;
}

/**
 * Sees to it that a process which hears nothing of new mail doesn't go unnoticed: its letters are
 * stored and sent, and nobody who has a page or a mail program open is told. It counts itself, says
 * so in the log, and in the database, where `preau doctor` and agents find it.
 */
export function watchHearing(
  { mailEvents, store, metrics, log, clock }: Parts,
  lookMs = LOOK_MS,
): { close(): Promise<void> } {
  const own = randomUUID();
  let wasDeaf = false;
  /** That it is deaf stands in the database, or may: whoever wrote it has heard no answer. */
  let isNoted = false;
  let looking = Promise.resolve();
  new Gauge({
    name: 'preau_mail_events_deaf',
    help: 'Processes that hear nothing of new mail.',
    registers: [metrics.registry],
    collect() {
      this.set(mailEvents.hears() ? 0 : 1);
    },
  });

  async function look(): Promise<void> {
    const isDeaf = !mailEvents.hears();
    if (isDeaf && !wasDeaf) log.error('this process hears nothing of new mail');
    if (!isDeaf && wasDeaf) log.info('this process hears of new mail again');
    wasDeaf = isDeaf;
    if (!isDeaf && !isNoted) return;
    isNoted = true;
    await store.town((tx) => (isDeaf ? noteDeaf(tx, own, clock()) : noteHearing(tx, own)));
    isNoted = isDeaf;
  }

  const timer = setInterval(() => {
    // Where the database itself is away, its own line says so.
    looking = looking.then(look).catch(() => undefined);
  }, lookMs).unref();
  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
