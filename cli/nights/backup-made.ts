import type { Logger } from 'pino';
import type { Config } from '../../core/ground/config.ts';
import type { NightJob } from '../../core/ground/night-job.ts';
import { readRecord } from '../../core/town/readiness/backup/record.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { openBackup } from '../backup/open-backup.ts';

/**
 * The backup by night. What counts as one is written down once it is whole: the repository has a
 * set of the database before keys and settings lie beside it.
 */
export function backupMade(config: Config, log: Logger): NightJob {
  return {
    name: 'backup',
    every: 'night',
    isUrgent: true,
    lastByHand: async () => readRecord(config.dataDir).made?.at ?? null,
    async run({ signal }) {
      const opened = await openBackup(config, { log, signal });
      const { bytes } = await makeBackup(opened, { config, type: 'as-due' });
      return { bytes };
    },
  };
}
