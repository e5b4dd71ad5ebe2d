import type { Config } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import type { NightJob } from '../../core/ground/night-job.ts';
import { readRecord } from '../../core/town/readiness/backup/record.ts';
import { runByNight } from './own-process.ts';

/**
 * The proof of the backups by night. What it finds wrong is in its record, and no reason to begin
 * again at once.
 */
export function backupProof({ dataDir, backup }: Config): NightJob {
  const variables = { PREAU_DATA: dataDir, PREAU_BACKUP: backup ?? '' };
  const lastAt = () => readRecord(dataDir).verified?.at ?? null;
  return {
    name: 'backup-proof',
    every: 'night',
    isUrgent: true,
    lastByHand: async () => lastAt(),
    async run({ signal }) {
      const begun = new Date();
      await runByNight(['backup', 'prove', '--due', '--json'], { variables, signal });
      signal.throwIfAborted();
      const at = lastAt();
      if (at !== null && at >= begun) return {};
      throw new Fault('job-failed', 'the proof left no record', { transient: true });
    },
  };
}
