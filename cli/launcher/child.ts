import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { preloads } from '../../core/ground/config.ts';

/** Under which user a child runs; null keeps ours. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/**
 * How long a child may take to end when asked, before it is killed: inside the 10 s that `npm
 * start` has.
 */
const STOP_MS = 6_000;
/**
 * Pause before a child that ended by itself is started again: doubled each time, and back to the
 * first after it ran for a while.
 */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const SETTLED_MS = 10_000;
/** What is kept of a command's output, in characters. */
const MAX_OUTPUT = 20_000;

export interface Child {
  /** Null while it is between two lives. */
  pid(): number | null;
  /** Ends it and sees to it that it has ended. */
  stop(): Promise<void>;
}

/**
 * Spawn options for a child of its own process group, so that Ctrl-C in a terminal reaches us first
 * and we stop things in order.
 */
export function asChild(runAs: RunAs | null, cwd: string): SpawnOptions {
  const env = {
    ...preloads(),
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
  };
  return { cwd, env, detached: true, ...(runAs ?? {}) };
}

/**
 * Runs a command to its end. Resolves with the end of what it wrote, 20,000 characters without
 * `mostOutput`, whatever its exit code; rejects when it can't be run or `signal` stops it.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { readonly input?: string; readonly mostOutput?: number },
): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-(options.mostOutput ?? MAX_OUTPUT));
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input ?? '');
  const [code]: readonly unknown[] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : 1, output };
}

interface ChildRun {
  readonly name: string;
  readonly log: Logger;
  readonly stopSignal: NodeJS.Signals;
  readonly onRestart: () => void;
}

/**
 * Starts a child and starts it again whenever it ends by itself, until `stop`. `start` spawns it
 * and resolves once it serves; what it throws the first time is thrown here, later it is tried
 * again. After each later life has begun, `onRestart` is told.
 */
export async function keepRunning(
  start: () => Promise<ChildProcess>,
  options: ChildRun,
): Promise<Child> {
  const { name, log, onRestart } = options;
  let stopping = false;
  let current: ChildProcess | null = await start();
  const wake = new AbortController();
  const watching = watch();

  async function watch(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!stopping) {
      const since = Date.now();
      const last = current;
      if (last !== null) await ended(last);
      current = null;
      if (stopping) return;
      pause =
        Date.now() - since > SETTLED_MS ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
      log.warn(
        { child: name, code: last?.exitCode, signal: last?.signalCode, pauseMs: pause },
        'a service ended by itself, starting it again',
      );
      await sleep(pause, undefined, { signal: wake.signal }).catch(() => {});
      if (stopping) return;
      current = await start().catch((error: unknown) => {
        log.error({ child: name, err: error }, 'a service does not start');
        return null;
      });
      if (current !== null) onRestart();
    }
  }

  return {
    pid: () => current?.pid ?? null,
    async stop() {
      stopping = true;
      wake.abort();
      if (current !== null) await end(current, options.stopSignal);
      await watching;
      if (current !== null) await end(current, options.stopSignal);
    },
  };
}

/** Asks a child to end and kills it when it doesn't. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = ended(child);
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}

/** Resolves when a child has ended, at once when it has already. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    // Told too where a signal or a word could not be sent to one that lives.
    child.on('error', () => {
      if (child.pid === undefined) resolve();
    });
  });
}
