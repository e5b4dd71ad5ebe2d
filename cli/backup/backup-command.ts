import { join } from 'node:path';
import type { Config } from '../../core/config.ts';
import { Fault } from '../../core/fault.ts';
import { openLog } from '../../core/log.ts';
import { say, type Given } from '../command.ts';
import { useServices } from '../launcher/live.ts';
import { openHome } from '../launcher/paths.ts';
import { BACKUP_SAYS, BACKUP_WRONG } from '../texts/backup.ts';
import { keptKey, type BackupKey } from './key.ts';
import { openPgBackRest, type PgBackRest } from './pgbackrest.ts';
import { logSince, must, setsOf } from './repository.ts';
import { nextType } from './sets.ts';
import { keepSettings } from './settings-folder.ts';

/** `preau backup`: full once a week or where it is asked for, else what has changed since. */
export async function backupCommand({ config, flags, signal }: Given): Promise<number> {
  const opened = await openBackup(config, signal);
  const { pgbackrest, repository, key } = opened;
  // Only the database is wanted: a scanner that is named isn't started.
  const services = await useServices(
    { ...config, clamd: config.clamd ?? 'unix:/dev/null' },
    { log: openLog({ level: 'error' }), signal },
  );
  try {
    const from = performance.now();
    const adminUrl = services.config.databaseAdminUrl ?? '';
    must(await pgbackrest.run('stanza-create', [], { adminUrl }));
    const type = flags['full'] === true ? 'full' : nextType(await setsOf(pgbackrest), new Date());
    must(await pgbackrest.run('backup', [`--type=${type}`], { adminUrl }));
    keepSettings(config, repository, key);
    const made = (await setsOf(pgbackrest)).at(-1);
    const seconds = Math.round((performance.now() - from) / 100) / 10;
    const facts = { type, label: made?.label ?? '', seconds, bytes: made?.bytes ?? 0 };
    say(flags, facts, BACKUP_SAYS.done(facts));
    return 0;
  } finally {
    await services.stop();
  }
}

/** `preau backup info`: what there is to come back to. */
export async function infoCommand({ config, flags, signal }: Given): Promise<number> {
  const { pgbackrest } = await openBackup(config, signal);
  const sets = await setsOf(pgbackrest);
  const [first] = sets;
  const last = sets.at(-1);
  if (first === undefined || last === undefined) {
    say(flags, { backups: 0 }, BACKUP_SAYS.noBackup);
    return 1;
  }
  const { segments, gap } = await logSince(pgbackrest, last);
  const until = (gap === null ? segments.at(-1)?.archivedAt : gap.until) ?? last.madeAt;
  const facts = {
    backups: sets.length,
    lastAt: last.madeAt.toISOString(),
    from: first.madeAt.toISOString(),
    until: until.toISOString(),
    bytes: sets.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  say(flags, facts, BACKUP_SAYS.info(facts));
  return 0;
}

interface OpenedBackup {
  readonly pgbackrest: PgBackRest;
  readonly repository: string;
  readonly key: BackupKey;
}

async function openBackup(config: Config, signal: AbortSignal): Promise<OpenedBackup> {
  const { backup: repository, dataDir, databaseUrl } = config;
  if (repository === null) throw refused(BACKUP_WRONG.noRepository);
  if (databaseUrl !== null) throw refused(BACKUP_WRONG.ownDatabase);
  const key = keptKey(dataDir);
  if (key === null) throw refused(BACKUP_WRONG.noKey(dataDir));
  const home = openHome(dataDir);
  const cluster = join(home.serviceDir, 'postgres');
  const log = openLog({ level: 'warn' });
  const pgbackrest = await openPgBackRest(home, { repository, key, cluster, log, signal });
  return { pgbackrest, repository, key };
}

function refused(sentence: string): Fault {
  return new Fault('configuration', sentence, { transient: false });
}
