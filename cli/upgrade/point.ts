import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import { isLogKept, nameMoment } from '../../core/store/log-points.ts';
import { keptClock } from '../../core/town/readiness/backup/kept-clock.ts';
import { keepData } from '../backup/data-folder.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { openBackup, type OpenedBackup } from '../backup/open-backup.ts';
import { setsOf } from '../backup/repository/held.ts';
import { isEmbedded } from '../services/live.ts';
import { UPGRADE_WRONG } from '../texts/upgrade.ts';

/** Where one can come back to once an upgrade has gone wrong. */
export type Point =
  /** In the repository of the backups: `preau restore --to` this second. */
  | { readonly kind: 'set'; readonly at: Date; readonly timeZone: string }
  /** A name in the log of a PostgreSQL of one's own; whether that is kept isn't ours to know. */
  | { readonly kind: 'named'; readonly name: string }
  /** No backup is made here. */
  | { readonly kind: 'none' };

/** How long the repository may take to get the last of the log. */
const KEPT_WITHIN_MS = 60_000;
const SECOND_MS = 1_000;

/**
 * Sets the point to come back to before the schema changes: what was committed until its second is
 * in the repository, with the keys and settings of then, when this resolves. The first time that is
 * a whole backup. Throws a `Fault` 'configuration' where PREAU_BACKUP is set and takes nothing.
 */
export async function setPoint(
  config: Config,
  around: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<Point> {
  const adminUrl = config.databaseAdminUrl ?? '';
  if (!isEmbedded(config)) {
    const name = `preau ${new Date().toISOString()}`;
    return (await nameMoment(adminUrl, name)) ? { kind: 'named', name } : { kind: 'none' };
  }
  if (config.backup === null) return { kind: 'none' };
  try {
    const at = await setInRepository(await openBackup(config, around), config);
    return { kind: 'set', at, timeZone: keptClock(config.dataDir) };
  } catch (cause) {
    const why = cause instanceof Fault ? cause.detail : String(cause);
    throw new Fault('configuration', UPGRADE_WRONG.noPoint(why), { transient: false, cause });
  }
}

async function setInRepository(opened: OpenedBackup, config: Config): Promise<Date> {
  const adminUrl = config.databaseAdminUrl ?? '';
  if ((await setsOf(opened.pgbackrest)).length === 0)
    await makeBackup(opened, { config, type: 'full' });
  else await keepData(config, opened);
  // `--to` knows whole seconds, and what is committed in this one is to be in it.
  const at = new Date(Math.ceil(Date.now() / SECOND_MS) * SECOND_MS);
  await sleep(at.getTime() - Date.now() + 1);
  await nameMoment(adminUrl, `preau ${at.toISOString()}`);
  if (!(await isLogKept(adminUrl, { patienceMs: KEPT_WITHIN_MS })))
    throw new Fault('configuration', UPGRADE_WRONG.logNotKept, { transient: false });
  return at;
}
