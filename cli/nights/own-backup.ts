import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Fault } from '../../core/ground/fault.ts';
import { openLog } from '../../core/ground/log.ts';
import type { NightJob } from '../../core/ground/night-job.ts';
import { HOUR_MS } from '../../core/ground/spans.ts';
import { openStore } from '../../core/store/store.ts';
import { keepNights, type KeeperParts, type LookPauses } from '../../core/town/nights/keeper.ts';
import { townCalendar } from '../../core/town/nights/nights.ts';
import type { CommandInput } from '../command.ts';
import { NIGHTS_SAYS } from '../texts/nights.ts';

/** From the evening until schools open; then its unit begins again the next evening. */
const MOST_MS = 10 * HOUR_MS;
/** Whoever starts the unit by hand waits for it. */
const PAUSES_MS: LookPauses = { first: 0, next: 20_000 };

/**
 * `preau nights backup PROGRAM`: the backup of a PostgreSQL of one's own, which its own tools make
 * and another user, as one of the pieces of heavy work: not before it is due, in its turn, stopped
 * when a school opens. Gives 0 once it was made, 1 where it wasn't by the morning.
 */
export async function ownBackupCommand({ config, path, signal }: CommandInput): Promise<number> {
  const { databaseUrl } = config;
  if (databaseUrl === null)
    throw new Fault('configuration', NIGHTS_SAYS.notOwn, { transient: false });
  const store = openStore(databaseUrl, { poolSize: 1, onError: () => {} });
  try {
    const parts = {
      store,
      databaseUrl,
      log: openLog(),
      clock: () => new Date(),
      calendar: () => townCalendar(store),
    };
    const until = AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)]);
    return (await makeInTurn(path, parts, { until, pausesMs: PAUSES_MS })) ? 0 : 1;
  } finally {
    await store.close();
  }
}

/** Offers the backup to the scheduler until it was made; false: it wasn't, until then. */
export async function makeInTurn(
  program: string,
  parts: KeeperParts,
  { until, pausesMs }: { readonly until: AbortSignal; readonly pausesMs: LookPauses },
): Promise<boolean> {
  const made = new AbortController();
  const job: NightJob = {
    name: 'backup',
    every: 'night',
    isUrgent: true,
    async run({ signal }) {
      await runGroup(program, signal);
      made.abort();
      return {};
    },
  };
  const keeper = keepNights([job], parts, pausesMs);
  const over = AbortSignal.any([made.signal, until]);
  if (!over.aborted) await once(over, 'abort');
  await keeper.close();
  return made.signal.aborted;
}

/** Runs a program, and all that it starts as other users, to its end or until `signal`. */
async function runGroup(program: string, signal: AbortSignal): Promise<void> {
  const child = spawn(program, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) stop();
    const [code]: readonly unknown[] = await once(child, 'exit');
    signal.throwIfAborted();
    if (code !== 0)
      throw new Fault('job-failed', `${program} ended with ${String(code)}`, { transient: true });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
