import type { Logger } from 'pino';
import type { Config } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import type { NightJob } from '../../core/ground/night-job.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import { openStore, type Store } from '../../core/store/store.ts';
import { readProofs } from '../../core/town/isolation/isolation.ts';
import { keepHeads, lastNight } from '../../core/town/journals/heads.ts';
import { keepNights } from '../../core/town/nights/keeper.ts';
import { townCalendar } from '../../core/town/nights/nights.ts';
import { keepClock } from '../../core/town/readiness/backup/kept-clock.ts';
import { backupMade } from './backup-made.ts';
import { backupProof } from './backup-proof.ts';
import { runByNight } from './own-process.ts';

/** A night that is longer ago is as good as none. */
const FORGOTTEN_DAYS = 30;

/**
 * Does by itself the heavy work that takes the owner of the database, until `stop`: the backups of
 * a database that is ours, and the proofs. `config` has the addresses of the services that have
 * been started.
 */
export async function startNights(
  config: Config,
  { log, pausesMs }: { readonly log: Logger; readonly pausesMs?: { first: number; next: number } },
): Promise<{ stop(): Promise<void> }> {
  const databaseUrl = config.databaseUrl ?? '';
  const store = openStore(databaseUrl, { poolSize: 1, onError: () => {} });
  const jobs = [
    ...(config.backup !== null ? [backupMade(config, log), backupProof(config)] : []),
    isolationProof(config, store),
    journals(config, store),
  ];
  const keeper = keepNights(
    jobs,
    {
      store,
      databaseUrl,
      log,
      clock: () => new Date(),
      async calendar() {
        const calendar = await townCalendar(store);
        keepClock(config.dataDir, calendar.timeZone);
        return calendar;
      },
    },
    pausesMs,
  );
  return {
    async stop() {
      await keeper.close();
      await store.close();
    },
  };
}

/** To where the journals have come, written outside the database (decision 90). */
function journals({ dataDir }: Config, store: Store): NightJob {
  const since = () => new Date(Date.now() - FORGOTTEN_DAYS * DAY_MS);
  return {
    name: 'journals',
    every: 'night',
    isUrgent: true,
    lastByHand: async () => (await lastNight(dataDir, since()))?.at ?? null,
    async run() {
      await keepHeads(store, dataDir, new Date());
      return {};
    },
  };
}

/** The proof that nobody reaches a child who may not (decision 89); what it finds it keeps. */
function isolationProof(config: Config, store: Store): NightJob {
  const last = async () => (await readProofs(store, 1))[0] ?? null;
  return {
    name: 'isolation-proof',
    every: 'night',
    isUrgent: true,
    lastByHand: async () => (await last())?.begunAt ?? null,
    async run({ signal }) {
      const before = await last();
      const variables = { PREAU_DATA: config.dataDir };
      await runByNight(['prove-isolation', '--json'], { variables, signal });
      signal.throwIfAborted();
      const after = await last();
      if (after !== null && after.begunAt.getTime() !== before?.begunAt.getTime())
        return { pupils: after.pupils };
      throw new Fault('job-failed', 'the proof left no record', { transient: true });
    },
  };
}
