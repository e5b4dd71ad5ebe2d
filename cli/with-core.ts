import type { Core } from '../core/core.ts';
import type { Config } from '../core/ground/config.ts';
import { openLog } from '../core/ground/log.ts';
import { onDatabase } from './services/live.ts';
import { openOn } from './start/start.ts';

type Use = (core: Core) => Promise<number>;

/**
 * Runs a command that asks core for what the database knows, and no more: on the services of a
 * `preau start` that runs, or on our own as long as it takes. Gives the exit code.
 */
export function withCore(config: Config, signal: AbortSignal, use: Use): Promise<number> {
  const log = openLog({ level: 'warn' });
  return onDatabase(config, { log, signal }, (live) => onCore(live, signal, use));
}

/** The same for a command that a town begins with: where there is none it is made. */
export function withNewCore(config: Config, signal: AbortSignal, use: Use): Promise<number> {
  const log = openLog({ level: 'warn' });
  const options = { log, signal, town: 'may-be-new' } as const;
  return onDatabase(config, options, (live) => onCore(live, signal, use));
}

async function onCore(live: Config, signal: AbortSignal, use: Use): Promise<number> {
  const core = await openOn(live, { log: openLog({ level: 'error' }), signal });
  try {
    return await use(core);
  } finally {
    await core.close();
  }
}
