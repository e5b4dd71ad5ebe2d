import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../../../core/ground/config.ts';
import { Fault } from '../../../core/ground/fault.ts';
import type { Home } from '../../launcher/paths.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';
import { readDestination } from './destination.ts';
import { keptKey } from './key.ts';
import { keepCopying, LOOK_MS } from './ledger-copies.ts';
import { openPgBackRest, type PgBackRest } from './pgbackrest.ts';
import { openSideFiles } from './side-files.ts';

/** A segment that isn't full goes to the repository after so long: what a lost machine costs. */
const ARCHIVE_TIMEOUT_S = 60;
/** A repository that says nothing keeps no start waiting for longer. */
const PATIENCE_MS = 5_000;

/** What the embedded PostgreSQL does so that its log is kept in the repository. */
interface Archiving {
  /** PostgreSQL's own settings, `name=value`. */
  readonly settings: readonly string[];
  /** To be called once it answers: makes the repository fit for this database. Never throws. */
  begin(adminUrl: string): Promise<void>;
}

const NO_ARCHIVING: Archiving = { settings: [], begin: async () => {} };

/**
 * How the embedded PostgreSQL archives, by PREAU_BACKUP; without it, not at all. Throws a `Fault`
 * 'configuration' where there is no key yet: a backup that nobody could open is none. Where its
 * folder gives no answer mail starts all the same.
 */
export async function archivingOf(
  home: Home,
  config: Config,
  options: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<Archiving> {
  if (config.backup === null) return NO_ARCHIVING;
  const key = keptKey(home.dataDir);
  if (key === null)
    throw new Fault('configuration', BACKUP_WRONG.noKey(home.dataDir), { transient: false });
  const cluster = join(home.serviceDir, 'postgres');
  const repository = config.backup;
  const pgbackrest = await openPgBackRest(home, {
    ...{ repository, key, cluster, ...options },
    goesOnAfterMs: PATIENCE_MS,
  });
  return {
    settings: [
      'archive_mode=on',
      `archive_command=${pgbackrest.archiveCommand}`,
      `archive_timeout=${ARCHIVE_TIMEOUT_S}s`,
    ],
    async begin(adminUrl) {
      const beside = openSideFiles(repository, { key, signal: options.signal });
      const everyMs = LOOK_MS[readDestination(repository).kind];
      const copying = { dataDir: home.dataDir, beside, key, machine: config.machine };
      void keepCopying(copying, { ...options, everyMs });
      const making = makeReady(pgbackrest, { adminUrl, ...options });
      await Promise.race([making, setTimeout(PATIENCE_MS, undefined, { ref: false })]);
    },
  };
}

interface ArchivingParts {
  readonly adminUrl: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Mail goes on without its backup: PostgreSQL keeps its log until the repository takes it. */
async function makeReady(pgbackrest: PgBackRest, given: ArchivingParts): Promise<void> {
  const { adminUrl, log, signal } = given;
  try {
    const ran = await pgbackrest.run('stanza-create', [], { adminUrl });
    if (ran.kind === 'failed')
      log.error({ code: ran.code, said: ran.said }, 'the backup’s repository isn’t ready');
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'the backup’s repository isn’t ready');
  }
}
