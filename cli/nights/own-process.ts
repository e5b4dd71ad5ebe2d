import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setSessionPriority } from '../../core/ground/session-priority.ts';
import { gently } from '../backup/repository/gently.ts';
import { end } from '../launcher/child.ts';

const PREAU = fileURLToPath(new URL('../../preau.ts', import.meta.url));

/**
 * How Node runs by night: on one thread, which collects and compiles too, so that a processor is
 * left to mail; and its young objects stay in a processor's own cache. A pool of no threads
 * (`--v8-pool-size=0`) isn't that: Node chooses how many it has, one at least.
 */
const NIGHT_FLAGS = ['--single-threaded', '--max-semi-space-size=4'] as const;

/**
 * Starts a command of ours in a process of its own, which gives way to all others: by the priority
 * of the process, and by that of its session.
 */
export function startByNight(
  command: readonly string[],
  variables: Readonly<Record<string, string>>,
): ChildProcess {
  const told = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const node = [process.execPath, ...NIGHT_FLAGS, PREAU];
  const [program, ...args] = gently(['env', ...told, ...node, ...command]);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], detached: true });
  setSessionPriority(child.pid, 'byNight');
  return child;
}

/**
 * Runs a command as `startByNight` does, until it has ended by itself or by `signal`. How it ended
 * it says in its own record.
 */
export async function runByNight(
  command: readonly string[],
  {
    variables,
    signal,
  }: { readonly variables: Readonly<Record<string, string>>; readonly signal: AbortSignal },
): Promise<void> {
  const child = startByNight(command, variables);
  const stop = (): void => void end(child, 'SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => resolve());
      child.once('error', reject);
      if (signal.aborted) stop();
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
