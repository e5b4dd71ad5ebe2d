import { Fault } from '../core/fault.ts';
import { openLog } from '../core/log.ts';
import { migrate } from '../core/store/migrate.ts';
import { say, type Given } from './command.ts';
import { useServices } from './launcher/live.ts';
import { MIGRATING } from './texts/database.ts';

/** `preau migrate`: brings the database up to date. */
export async function migrateCommand({ config, flags, signal }: Given): Promise<number> {
  if (config.databaseUrl !== null && config.databaseAdminUrl === null)
    throw new Fault('configuration', MIGRATING.ownerMissing, { transient: false });
  // Only the database is wanted: a scanner that is named isn't started.
  const services = await useServices(
    { ...config, clamd: config.clamd ?? 'unix:/dev/null' },
    { log: openLog({ level: 'warn' }), signal },
  );
  try {
    const { databaseUrl, databaseAdminUrl } = services.config;
    const { steps } = await migrate({
      adminUrl: databaseAdminUrl ?? '',
      appUrl: databaseUrl ?? '',
    });
    say(flags, { steps }, steps.length === 0 ? MIGRATING.upToDate : MIGRATING.done(steps));
    return 0;
  } finally {
    await services.stop();
  }
}
