import type { Config } from '../../../core/ground/config.ts';
import { Fault } from '../../../core/ground/fault.ts';
import { DAY_MS } from '../../../core/ground/spans.ts';
import { openStore, type Store } from '../../../core/store/store.ts';
import { readSchoolHours } from '../../../core/store/town/school-hours.ts';
import { keepHeads, lastNight } from '../../../core/town/chain/heads.ts';
import { readProofs } from '../../../core/town/isolation/isolation.ts';
import { keepClock } from '../../../core/town/readiness/backup/kept-clock.ts';
import { makeBackup } from '../make-backup.ts';
import { openBackup, type OpenedBackup } from '../open-backup.ts';
import { setsOf } from '../repository/held.ts';
import { NO_TOWN, type Calendar } from './due.ts';
import { keepNights, type BackupSchedule, type NightTask } from './keeper.ts';
import { runByNight } from './own-process.ts';
import { proofTask } from './prove.ts';

/** A night that is longer ago is as good as none. */
const FORGOTTEN_DAYS = 30;

/**
 * Does by itself what is to be done by night, until `stop`: the backups of a database that is ours,
 * and the proofs. `config` has the addresses of the services that have been started. Throws a
 * `Fault` 'configuration' where backups are wanted and there is no key.
 */
export async function startNights(
  config: Config,
  { log, ...more }: Pick<BackupSchedule, 'log' | 'pausesMs'>,
): Promise<{ stop(): Promise<void> }> {
  const enough = new AbortController();
  const { signal } = enough;
  const opened = config.backup === null ? null : await openBackup(config, { log, signal });
  const tasks = [
    ...(opened === null ? [] : backupTasks(config, opened, signal)),
    isolationTask(config, signal),
    chainTask(config),
  ];
  const keeper = keepNights(tasks, { calendar: () => calendarOf(config), log, ...more });
  return {
    async stop() {
      const stopped = keeper.stop();
      enough.abort();
      await stopped;
    },
  };
}

function backupTasks(
  config: Config,
  opened: OpenedBackup,
  signal: AbortSignal,
): readonly NightTask[] {
  return [
    {
      name: 'backup',
      every: 'night',
      lastAt: async () => (await setsOf(opened.pgbackrest)).at(-1)?.madeAt ?? null,
      run: async () => void (await makeBackup(opened, { config, type: 'as-due' })),
    },
    proofTask(config, signal),
  ];
}

/** The proof that nobody reaches a child who may not (decision 89); what it finds it keeps. */
function isolationTask(config: Config, signal: AbortSignal): NightTask {
  const lastAt = () =>
    onStore(config, async (store) => (await readProofs(store, 1))[0]?.begunAt ?? null);
  return {
    name: 'isolation proof',
    every: 'night',
    lastAt,
    async run() {
      const before = await lastAt();
      const variables = { PREAU_DATA: config.dataDir };
      await runByNight(['prove-isolation', '--json'], { variables, signal });
      const after = await lastAt();
      if (after !== null && after.getTime() !== before?.getTime()) return;
      throw new Fault('configuration', 'the proof left no record', { transient: true });
    },
  };
}

/** To where the journals have come, written outside the database (decision 90). */
function chainTask(config: Config): NightTask {
  const { dataDir } = config;
  return {
    name: 'journal chains',
    every: 'night',
    lastAt: async () =>
      (await lastNight(dataDir, new Date(Date.now() - FORGOTTEN_DAYS * DAY_MS)))?.at ?? null,
    run: () => onStore(config, async (store) => void (await keepHeads(store, dataDir, new Date()))),
  };
}

async function onStore<T>({ databaseUrl }: Config, use: (store: Store) => Promise<T>): Promise<T> {
  const store = openStore(databaseUrl ?? '', { poolSize: 1, onError: () => {} });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

function calendarOf(config: Config): Promise<Calendar> {
  return onStore(config, async (store) => {
    const calendar = (await store.town(readSchoolHours)) ?? NO_TOWN;
    keepClock(config.dataDir, calendar.timeZone);
    return calendar;
  });
}
