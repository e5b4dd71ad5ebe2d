import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { StartedServices } from '../e2e/whole.ts';
import type { Random } from './random.ts';

export const VICTIMS = ['our process', 'a PostgreSQL backend', 'the postmaster', 'clamd'] as const;
export type Victim = (typeof VICTIMS)[number];

/** Where the parts of one whole are, whatever their process numbers are at the moment. */
export interface Installation {
  readonly services: () => StartedServices | null;
  /** The cluster's folder, as PostgreSQL says it. */
  readonly cluster: string;
}

/** What was `services.json`, or null while there is none. */
export function readServices(dataDir: string): StartedServices | null {
  const path = join(dataDir, 'services.json');
  try {
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as StartedServices) : null;
  } catch {
    return null; // it is being written
  }
}

/** Kills one at once and for good (SIGKILL). False where it isn't there at this moment. */
export async function kill(
  victim: Victim,
  installed: Installation,
  random: Random,
): Promise<boolean> {
  const services = installed.services();
  if (services === null) return false;
  if (victim === 'our process') return killPid(services.pid, 'preau.ts');
  if (victim === 'the postmaster')
    return killPid(firstNumber(join(installed.cluster, 'postmaster.pid')), installed.cluster);
  if (victim === 'clamd')
    return killPid(
      firstNumber(services.clamd.replace(/^unix:/, '').replace(/clamd\.sock$/, 'clamd.pid')),
      'clamd',
    );
  const backends = await backendsOf(services.databaseAdminUrl).catch(() => []);
  return backends.length > 0 && killPid(random.pick(backends), 'postgres');
}

function firstNumber(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8').split('\n')[0]);
  } catch {
    return 0;
  }
}

/** Only a process whose command line holds `mark`: numbers come back. */
function killPid(pid: number, mark: string): boolean {
  try {
    if (!(pid > 1) || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark)) return false;
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

async function backendsOf(url: string): Promise<readonly number[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where usename = 'preau_app'",
    );
    return rows.map(({ pid }) => pid);
  } finally {
    await client.end().catch(() => {});
  }
}
