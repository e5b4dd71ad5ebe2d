import { openLog } from '../core/log.ts';
import { say, type Given } from './command.ts';
import { readRoles } from './launcher/roles.ts';
import { start } from './launcher/start.ts';

/** `preau start`: runs until the person has had enough. */
export async function startCommand({ config, flags, signal }: Given): Promise<number> {
  const roles = readRoles(flags['roles']);
  const started = await start(config, {
    roles,
    demo: flags['no-demo'] !== true,
    log: openLog(),
    signal,
  });
  try {
    const facts = started.setup === null ? {} : { setup: started.setup };
    say(flags, { ready: true, ...started.addresses, ...facts }, started.greeting);
    await aborted(signal);
    return 0;
  } finally {
    await started.stop();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
