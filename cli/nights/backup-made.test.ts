import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../core/ground/config.ts';
import { openLog } from '../../core/ground/log.ts';
import { noteRecord } from '../../core/town/readiness/backup/record.ts';
import { backupMade } from './backup-made.ts';

it('counts as made by hand what was written down as whole, whatever the repository has', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'preau-backup-made-'));
  const config = loadConfig({ PREAU_DATA: dataDir });
  const job = backupMade(config, openLog({ level: 'silent' }));
  expect(await job.lastByHand?.()).toBeNull();
  const at = new Date();
  noteRecord(dataDir, { made: { at } });
  expect(await job.lastByHand?.()).toEqual(at);
});
