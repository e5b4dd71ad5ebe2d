import type { Config } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import { openLog } from '../../core/ground/log.ts';
import { say, type CommandInput } from '../command.ts';
import { onDatabase } from '../services/live.ts';
import { BACKUP_SAYS, BACKUP_WRONG } from '../texts/backup.ts';
import { OWN_SAYS } from '../texts/own-backup.ts';
import { makeBackup } from './make-backup.ts';
import { openBackup, type OpenedBackup } from './open-backup.ts';
import { keepBeside } from './own/keep-beside.ts';
import { percentOf, tellPercent } from './progress.ts';
import { newestOf, setsOf } from './repository/held.ts';

/**
 * `preau backup`: full once a week or where it is asked for, else what has changed since. Beside a
 * PostgreSQL of one's own, which has its own tools, keys and settings alone.
 */
export async function backupCommand(given: CommandInput): Promise<number> {
  const { config, flags, signal } = given;
  if (config.databaseUrl !== null) return keepOwn(given);
  const opened = await openOwn(config, signal);
  return onDatabase(config, { log: openLog({ level: 'error' }), signal }, async (live) => {
    const from = performance.now();
    const type = flags['full'] === true ? 'full' : 'as-due';
    const making = makeBackup(opened, { config: live, type });
    if (process.stderr.isTTY && flags['json'] !== true) await showPercent(opened, making);
    const made = await making;
    const seconds = Math.round((performance.now() - from) / 100) / 10;
    const facts = { ...made, seconds };
    say(flags, facts, BACKUP_SAYS.done(facts));
    return 0;
  });
}

/** Of a PostgreSQL of one's own, what isn't in it. */
async function keepOwn({ config, flags, signal }: CommandInput): Promise<number> {
  await keepBeside(config, signal);
  say(flags, { type: 'settings' }, OWN_SAYS.kept);
  return 0;
}

/** One line of a terminal that changes, and is gone once the backup has ended. */
async function showPercent({ pgbackrest }: OpenedBackup, made: Promise<unknown>): Promise<void> {
  const write = (line: string) => process.stderr.write(`\r${line}\u001B[K`);
  await tellPercent(pgbackrest, { made, tell: (percent) => write(BACKUP_SAYS.percent(percent)) });
  write('');
}

/** `preau backup info`: what there is to come back to. */
export async function infoCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const { pgbackrest, files } = await openOwn(config, signal);
  await files.names('settings'); // says why, where it is away
  const [sets, percent] = [await setsOf(pgbackrest), await percentOf(pgbackrest)];
  const [first] = sets;
  const newest = await newestOf(pgbackrest, sets);
  if (first === undefined || newest === null) {
    const sentence = percent === null ? BACKUP_SAYS.noBackup : BACKUP_SAYS.percent(percent);
    say(flags, { backups: 0, percent }, sentence);
    return 1;
  }
  const { set: last, segments, gap } = newest;
  const until = (gap === null ? segments.at(-1)?.archivedAt : gap.until) ?? last.madeAt;
  const facts = {
    backups: sets.length,
    lastAt: last.madeAt.toISOString(),
    from: first.madeAt.toISOString(),
    until: until.toISOString(),
    bytes: sets.reduce((sum, { bytes }) => sum + bytes, 0),
    percent,
  };
  const running = percent === null ? [] : [BACKUP_SAYS.percent(percent)];
  say(flags, facts, [BACKUP_SAYS.info(facts), ...running].join('\n'));
  return 0;
}

function openOwn(config: Config, signal: AbortSignal): Promise<OpenedBackup> {
  if (config.databaseUrl !== null)
    throw new Fault('configuration', BACKUP_WRONG.ownDatabase, { transient: false });
  return openBackup(config, { log: openLog({ level: 'warn' }), signal });
}
