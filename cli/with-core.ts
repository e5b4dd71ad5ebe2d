import type { Core } from '../core/core.ts';
import type { Config } from '../core/ground/config.ts';
import { openLog } from '../core/ground/log.ts';
import { onDatabase } from './services/live.ts';
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
  return onDatabase(config, { log: openLog({ level: 'warn' }), signal }, async (live) => {
    const core = await openOn(live, { log: openLog({ level: 'error' }), signal });
    try {
      return await use(core);
    } finally {
      await core.close();
    }
  });
}
