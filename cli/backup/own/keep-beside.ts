import type { Config } from '../../../core/ground/config.ts';
import { Fault } from '../../../core/ground/fault.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';
import { keptKey } from '../key.ts';
import { copyLedger } from '../ledger-copies.ts';
import { keepSettings } from '../settings-folder.ts';
import { openSideFiles } from '../side-files.ts';

/**
 * Keeps what a PostgreSQL of one's own doesn't have: keys, certificates, settings and the ledger.
 * Throws a `Fault` 'configuration' with a sentence.
 */
export async function keepBeside(config: Config, signal: AbortSignal): Promise<void> {
  const { backup, dataDir } = config;
  if (backup === null) throw refused(BACKUP_WRONG.noRepository);
  const key = keptKey(dataDir);
  if (key === null) throw refused(BACKUP_WRONG.noKey(dataDir));
  const files = openSideFiles(backup, { key, signal });
  await files.look();
  await keepSettings(config, { key, files });
  await copyLedger({ dataDir, beside: files, key });
}

function refused(sentence: string): Fault {
  return new Fault('configuration', sentence, { transient: false });
}
