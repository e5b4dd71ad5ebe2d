import type { Config } from '../../../core/ground/config.ts';
import { openStore } from '../../../core/store/store.ts';
import { readSchoolHours } from '../../../core/store/town/school-hours.ts';
import { keepClock } from '../../../core/town/readiness/backup/kept-clock.ts';
import { makeBackup } from '../make-backup.ts';
import { openBackup, type OpenedBackup } from '../open-backup.ts';
import { setsOf } from '../repository/held.ts';
import { NO_TOWN, type Calendar } from './due.ts';
import { keepNights, type BackupSchedule, type NightTask } from './keeper.ts';
import { proofTask } from './prove.ts';

/**
 * Does by itself what the backups of the embedded database need by night, until `stop`. `config`
 * has the addresses of the services that have been started. Throws a `Fault` 'configuration' where
 * there is no key.
 */
export async function startNights(
  config: Config,
  { log, ...more }: Pick<BackupSchedule, 'log' | 'pausesMs'>,
): Promise<{ stop(): Promise<void> }> {
  const enough = new AbortController();
  const opened = await openBackup(config, { log, signal: enough.signal });
  const calendar = () => calendarOf(config);
  const keeper = keepNights(tasksOf(config, opened, enough.signal), { calendar, log, ...more });
  return {
    async stop() {
      const stopped = keeper.stop();
      enough.abort();
      await stopped;
    },
  };
}

/** What is done, in this order. A task more is a line more. */
function tasksOf(config: Config, opened: OpenedBackup, signal: AbortSignal): readonly NightTask[] {
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

async function calendarOf({ databaseUrl, dataDir }: Config): Promise<Calendar> {
  const store = openStore(databaseUrl ?? '', { poolSize: 1, onError: () => {} });
  try {
    const calendar = (await store.town(readSchoolHours)) ?? NO_TOWN;
    keepClock(dataDir, calendar.timeZone);
    return calendar;
  } finally {
    await store.close();
  }
}
