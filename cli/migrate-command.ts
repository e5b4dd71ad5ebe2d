import { Fault } from '../core/ground/fault.ts';
import { openLog } from '../core/ground/log.ts';
import { say, type CommandInput } from './command.ts';
import { onDatabase } from './services/live.ts';
import { MIGRATING } from './texts/database.ts';
import { sentenceOfPoint } from './upgrade/say-point.ts';
import { upgrade } from './upgrade/upgrade.ts';

/**
 * `preau migrate`: brings the database up to date, after a point to come back to was set, unless
 * `--without-point` says that none is wanted.
 */
export async function migrateCommand({ config, flags, signal }: CommandInput): Promise<number> {
  if (config.databaseUrl !== null && config.databaseAdminUrl === null)
    throw new Fault('configuration', MIGRATING.ownerMissing, { transient: false });
  const log = openLog({ level: 'warn' });
  return onDatabase(config, { log, signal, town: 'may-be-new' }, async (live) => {
    const point = flags['without-point'] === true ? 'not-wanted' : 'wanted';
    const done = await upgrade(live, { point, log, signal });
    const { steps } = done;
    const lines = [steps.length === 0 ? MIGRATING.upToDate : MIGRATING.done(steps)];
    if (done.point !== null) lines.unshift(sentenceOfPoint(done.point));
    say(flags, { ...done }, lines.join('\n'));
    return 0;
  });
}
