import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../../core/ground/config.ts';
import { openHome } from '../launcher/paths.ts';
import { refused } from '../refused.ts';
import { BACKUP_WRONG } from '../texts/backup.ts';
import { keptKey, type BackupKey } from './repository/key.ts';
import { openPgBackRest, type PgBackRest } from './repository/pgbackrest.ts';
import { openSideFiles, type SideFiles } from './repository/side-files.ts';

/** The backups of an embedded PostgreSQL: where they go, and what makes them. */
export interface OpenedBackup {
  readonly pgbackrest: PgBackRest;
  readonly repository: string;
  readonly key: BackupKey;
  /** Our own files beside pgBackRest's. */
  readonly files: SideFiles;
}

/** Opens what PREAU_BACKUP names. Throws a `Fault` 'configuration' with a sentence. */
export async function openBackup(
  config: Config,
  { log, signal }: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<OpenedBackup> {
  const { backup: repository, dataDir } = config;
  if (repository === null) throw refused(BACKUP_WRONG.noRepository);
  const key = keptKey(dataDir);
  if (key === null) throw refused(BACKUP_WRONG.noKey(dataDir));
  const home = openHome(dataDir);
  const cluster = join(home.serviceDir, 'postgres');
  const pgbackrest = await openPgBackRest(home, { repository, key, cluster, log, signal });
  return { pgbackrest, repository, key, files: openSideFiles(repository, { key, signal }) };
}
