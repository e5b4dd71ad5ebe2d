import type { Config } from '../../../core/ground/config.ts';
import { refused } from '../../refused.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';
import { keepData } from '../data-folder.ts';
import { keptKey } from '../repository/key.ts';
import { copyLedger } from '../repository/ledger-copies.ts';
import { openSideFiles } from '../repository/side-files.ts';

/**
 * Keeps what a PostgreSQL of one's own doesn't have: keys, certificates, settings and the ledger.
 * Throws a `Fault` 'configuration' with a sentence.
 */
export async function keepBeside(config: Config, signal: AbortSignal): Promise<void> {
  const { backup, dataDir, machine } = config;
  if (backup === null) throw refused(BACKUP_WRONG.noRepository);
  const key = keptKey(dataDir);
  if (key === null) throw refused(BACKUP_WRONG.noKey(dataDir));
  const files = openSideFiles(backup, { key, signal });
  await files.look();
  await keepData(config, { key, files });
  await copyLedger({ dataDir, beside: files, key, machine });
}
