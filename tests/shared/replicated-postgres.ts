/**
 * A PostgreSQL of one's own, migrated, and a standby that follows it: for what a run's one server
 * can't be asked, since all tests would wait with it.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { asChild } from '../../cli/launcher/child.ts';
import { openHome, type Home } from '../../cli/launcher/paths.ts';
import { postgresBinaries } from '../../cli/launcher/postgres-binaries.ts';
import { startPostgres } from '../../cli/launcher/postgres.ts';
import { openLog } from '../../core/ground/log.ts';
import { migrate } from '../../core/store/migrate.ts';
import { freePort } from './free-port.ts';

export interface ReplicatedPostgres {
  readonly databaseUrl: string;
  readonly admin: pg.Client;
  /** Stops what is sent to the standby, and lets it go on. */
  hold(): Promise<void>;
  letGo(): void;
  /** For whom commits wait from now on; null: for nobody. */
  waitFor(standby: string | null): Promise<void>;
  /** The primary dies, and with it what wasn't sent; the standby takes over. Its address. */
  failOver(): Promise<string>;
  close(): Promise<void>;
}

/** The name by which the standby says who it is. */
export const STANDBY = 'standby';

export async function startReplicated(): Promise<ReplicatedPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-replicated-'));
  chmodSync(folder, 0o711); // PostgreSQL's own user passes
  const home = openHome(join(folder, 'data'));
  const options = {
    port: 0,
    processes: 1,
    log: openLog({ level: 'silent' }),
    signal: new AbortController().signal,
    onRestart: () => {},
  };
  const first = await startPostgres(home, options);
  await migrate({ adminUrl: first.adminUrl, appUrl: first.databaseUrl });
  await first.stop(); // a copy of what is at rest is whole
  const copy = join(home.serviceDir, 'standby');
  cpSync(join(home.serviceDir, 'postgres'), copy, { recursive: true, preserveTimestamps: true });
  const primary = await startPostgres(home, options);
  const standby = await follow(home, copy, primary.adminUrl).catch(async (error: unknown) => {
    await primary.stop();
    throw error;
  });
  const admin = new pg.Client({ connectionString: primary.adminUrl });
  await admin.connect();
  admin.on('error', () => {}); // it dies with the primary
  let held: number | null = null;
  const letGo = (): void => {
    if (held !== null) process.kill(held, 'SIGCONT');
    held = null;
  };
  return {
    databaseUrl: primary.databaseUrl,
    admin,
    async hold() {
      held = await senderOf(admin);
      process.kill(held, 'SIGSTOP');
    },
    letGo,
    async waitFor(name) {
      await admin.query(`alter system set synchronous_standby_names = '${name ?? ''}'`);
      await admin.query('select pg_reload_conf()');
      await expectSetting(admin, name ?? '');
      // Whether commits wait at all is what the checkpointer has read.
      await admin.query('checkpoint');
    },
    async failOver() {
      await primary.stop();
      if (held !== null) process.kill(held, 'SIGKILL');
      held = null;
      await promote(onPort(primary.adminUrl, standby.port));
      return onPort(primary.databaseUrl, standby.port);
    },
    async close() {
      await admin.end().catch(() => undefined);
      letGo();
      await quit(standby.process);
      await primary.stop();
      rmSync(home.serviceDir, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The process of the primary that sends to the standby: one stops its children each by itself. */
async function senderOf(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ pid: number }>('select pid from pg_stat_replication');
  if (rows[0] === undefined) throw new Error('nobody follows');
  return rows[0].pid;
}

/** A backend hears of a setting between two statements. */
async function expectSetting(admin: pg.Client, wanted: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await admin.query<{ name: string }>(
      "select current_setting('synchronous_standby_names') as name",
    );
    if (rows[0]?.name === wanted) return;
    await sleep(25);
  }
  throw new Error('the setting did not arrive');
}

interface Standby {
  readonly process: ChildProcess;
  readonly port: number;
}

async function quit(child: ChildProcess): Promise<void> {
  child.kill('SIGQUIT');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** The same roles and passwords on another port, by TCP. */
function onPort(url: string, port: number): string {
  const other = new URL(url);
  other.searchParams.delete('host');
  other.port = String(port);
  return other.href;
}

async function promote(standbyUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: standbyUrl });
  await admin.connect();
  await admin.query('select pg_promote()'); // waits for it
  await admin.end();
}

/** Resolves once the standby streams. */
async function follow(home: Home, folder: string, primaryUrl: string): Promise<Standby> {
  const { hostname, port, username, password } = new URL(primaryUrl);
  const source = `host=${hostname} port=${port} user=${username} password=${password}`;
  writeFileSync(join(folder, 'standby.signal'), '');
  writeFileSync(
    join(folder, 'postgresql.auto.conf'),
    `primary_conninfo = '${source} application_name=${STANDBY}'\n`,
  );
  chmodSync(folder, 0o700);
  const { runAs } = home;
  if (runAs !== null) execFileSync('chown', ['-R', `${runAs.uid}:${runAs.gid}`, folder]);
  const { postgres } = await postgresBinaries(home);
  const own = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${own}`,
    'unix_socket_directories=',
    'max_connections=100',
  ];
  const child = spawn(postgres, ['-D', folder, ...settings.flatMap((one) => ['-c', one])], {
    ...asChild(runAs, folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (piece: Buffer) => {
    said = (said + piece.toString()).slice(-2_000);
  });
  const admin = new pg.Client({ connectionString: primaryUrl });
  await admin.connect();
  try {
    for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
      const { rowCount } = await admin.query(
        "select from pg_stat_replication where application_name = $1 and state = 'streaming'",
        [STANDBY],
      );
      if (rowCount === 1) return { process: child, port: own };
      await sleep(50);
    }
  } finally {
    await admin.end();
  }
  child.kill('SIGQUIT');
  throw new Error(`the standby does not follow: ${said}`);
}
