import type { Config } from '../../../core/ground/config.ts';
import { Fault } from '../../../core/ground/fault.ts';
import { readRecord } from '../../../core/town/readiness/backup/record.ts';
import type { NightTask } from './keeper.ts';
import { runByNight } from './own-process.ts';

/**
 * The proof as a task of the night. What it finds wrong is in its record, and no reason to begin
 * again at once.
 */
export function proofTask({ dataDir, backup }: Config, signal: AbortSignal): NightTask {
  const variables = { PREAU_DATA: dataDir, PREAU_BACKUP: backup ?? '' };
  return {
    name: 'backup proof',
    every: 'night',
    lastAt: async () => readRecord(dataDir).verified?.at ?? null,
    async run() {
      const begun = new Date();
      await runByNight(['backup', 'prove', '--due', '--json'], { variables, signal });
      const at = readRecord(dataDir).verified?.at ?? null;
      if (at !== null && at >= begun) return;
      throw new Fault('configuration', 'the proof left no record', { transient: true });
    },
  };
}
