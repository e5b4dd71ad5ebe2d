import type { Core } from '../core/core.ts';
import type { Config } from '../core/ground/config.ts';
import { openLog } from '../core/ground/log.ts';
import { useServices } from './services/live.ts';
import { openOn } from './start/start.ts';

/**
 * Runs a command that asks core for what the database knows, and no more: on the services of a
 * `preau start` that runs, or on our own as long as it takes. Gives the exit code.
 */
export async function withCore(
  config: Config,
  signal: AbortSignal,
  use: (core: Core) => Promise<number>,
): Promise<number> {
  // Only the database is wanted: a scanner that is named isn't started.
  const services = await useServices(
    { ...config, clamd: config.clamd ?? 'unix:/dev/null' },
    { log: openLog({ level: 'warn' }), signal },
  );
  try {
    const core = await openOn(services.config, { log: openLog({ level: 'error' }), signal });
    try {
      return await use(core);
    } finally {
      await core.close();
    }
  } finally {
    await services.stop();
  }
}
