import { openLog } from '../core/ground/log.ts';
import { say, type CommandInput } from './command.ts';
import { count } from './flags.ts';
import { readRoles } from './start/role-names.ts';
import { start } from './start/start.ts';

/** `preau start`: runs until the person has had enough. */
export async function startCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const roles = readRoles(flags['roles']);
  const started = await start(config, {
    roles,
    processes: count(flags, 'processes'),
    demo: flags['no-demo'] !== true,
    log: openLog(),
    signal,
  });
  try {
    const { addresses, processes, setup, greeting } = started;
    const facts = { ...addresses, processes, ...(setup === null ? {} : { setup }) };
    say(flags, { ready: true, ...facts }, greeting);
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
