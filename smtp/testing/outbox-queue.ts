import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Relay } from '../../core/town/jobs/contract.ts';
import { freePort } from '../../tests/shared/free-port.ts';

const WORKER = fileURLToPath(new URL('./outbox-worker.ts', import.meta.url));
/** PostgreSQL's `deadlock_detected`. */
const DEADLOCK = '40P01';

/** A relay that tells of each recipient whom the peer has taken. */
export function watched(relay: Relay, saw: (address: string) => void): Relay {
  return {
    ...relay,
    async deliver(envelope, raw, signal) {
      const result = await relay.deliver(envelope, raw, signal);
      if (result.kind === 'taken') saw(envelope.recipient);
      return result;
    },
  };
}

/** Starts a worker in a process of its own, which a test may kill; resolves once it works. */
export async function startChild(
  settings: object,
  onTaken: (address: string) => void,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [WORKER, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
    child.stdout?.setEncoding('utf8').on('data', (lines: string) => {
      for (const line of lines.split('\n')) {
        if (line.startsWith('taken ')) onTaken(line.slice('taken '.length));
        if (line === 'ready') resolve();
      }
    });
  });
  return child;
}

/** Takes every task out of the queue, as a queue that was lost. */
export async function emptyQueue(adminUrl: string, redisUrl: string | null): Promise<void> {
  if (redisUrl !== null) {
    const redis = new Redis(redisUrl);
    await redis.flushall();
    redis.disconnect();
    return;
  }
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ name: string }>(
    `
      select format('bullmq.%I', tablename) as name
      from pg_tables
      where schemaname = 'bullmq' and tablename !~ 'migration|version'
    `,
  );
  // The queue's own statements take the same tables in another order: whoever is chosen to give way
  // tries again.
  for (let tries = 1; ; tries += 1) {
    const cut = await admin.query(`truncate ${rows.map(({ name }) => name).join(', ')}`).then(
      () => null,
      (error: unknown) => error,
    );
    if (cut === null) break;
    if (!(cut instanceof pg.DatabaseError) || cut.code !== DEADLOCK || tries === 10) throw cut;
  }
  await admin.end();
}

/** Debian's valkey-server on the loopback; it keeps nothing. */
export interface Valkey {
  readonly url: string;
  /** Kills it with all that it holds (SIGKILL), and starts another one in its place. */
  renew(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it on a free port; null where it isn't installed. */
export async function startValkey(): Promise<Valkey | null> {
  const port = await freePort();
  let child = await spawned(port);
  if (child === null) return null;
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    await new Promise<void>((resolve) => {
      if (ending === null) return resolve();
      ending.once('exit', () => resolve());
      ending.kill(signal);
    });
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    async renew() {
      await end('SIGKILL');
      child = await spawned(port);
    },
    stop: () => end('SIGTERM'),
  };
}

async function spawned(port: number): Promise<ChildProcess | null> {
  const keepsNothing = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
  const child = spawn(
    'valkey-server',
    ['--port', String(port), '--bind', '127.0.0.1', ...keepsNothing],
    { stdio: 'ignore' },
  );
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('spawn', () => resolve(child));
  });
}
