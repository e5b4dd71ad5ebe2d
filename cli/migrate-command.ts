import { Fault } from '../core/fault.ts';
import { openLog } from '../core/log.ts';
import { migrate } from '../core/store/migrate.ts';
import { say, type Given } from './command.ts';
import { useServices } from './launcher/live.ts';

/** `preau migrate`: brings the database up to date. */
export async function migrateCommand({ config, flags, signal }: Given): Promise<number> {
  if (config.databaseUrl !== null && config.databaseAdminUrl === null)
    throw new Fault(
      'configuration',
      'migrate : il faut PREAU_DATABASE_ADMIN_URL, le propriétaire de la base. / PREAU_DATABASE_ADMIN_URL is needed, the owner of the database.',
      { transient: false },
    );
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
    say(
      flags,
      { steps },
      steps.length === 0
        ? 'Déjà à jour. / Up to date already.'
        : `Fait : ${steps.join(', ')}. / Done.`,
    );
    return 0;
  } finally {
    await services.stop();
  }
}
