import type { Logger } from 'pino';
import type { Config } from '../../../core/ground/config.ts';
import { readDestination } from '../repository/destination.ts';
import { keptKey } from '../repository/key.ts';
import { keepCopying, LOOK_MS } from '../repository/ledger-copies.ts';
import { openSideFiles } from '../repository/side-files.ts';

/**
 * Copies the ledger beside the backups of a PostgreSQL of one's own as it grows, and not only with
 * the backup of the night; gives what ends it. Without a repository or its key nothing is copied,
 * which `preau backup check` says.
 */
export function keepLedger({ dataDir, backup, machine }: Config, log: Logger): () => Promise<void> {
  const key = keptKey(dataDir);
  if (backup === null || key === null) return async () => {};
  const stop = new AbortController();
  const { signal } = stop;
  const beside = openSideFiles(backup, { key, signal });
  const everyMs = LOOK_MS[readDestination(backup).kind];
  const keeping = keepCopying({ dataDir, beside, key, machine }, { log, signal, everyMs });
  return async () => {
    stop.abort();
    await keeping;
  };
}
