import { once } from 'node:events';
import { Fault } from '../../core/ground/fault.ts';
import { openLog } from '../../core/ground/log.ts';
import type { CommandInput } from '../command.ts';
import { NIGHTS_SAYS } from '../texts/nights.ts';
import { startNights } from './nights.ts';

/**
 * `preau nights`: the heavy work that takes the owner of the database, where that isn't ours and
 * each role is a service of its own, none of which knows the owner. Runs until it is stopped.
 */
export async function nightsCommand({ config, signal }: CommandInput): Promise<number> {
  if (config.databaseUrl === null || config.databaseAdminUrl === null)
    throw new Fault('configuration', NIGHTS_SAYS.ownerMissing, { transient: false });
  // A database that isn't ours has its own backups.
  const nights = await startNights({ ...config, backup: null }, { log: openLog() });
  if (!signal.aborted) await once(signal, 'abort');
  await nights.stop();
  return 0;
}
