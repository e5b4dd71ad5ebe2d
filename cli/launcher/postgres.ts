import { spawn, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Fault } from '../../core/ground/fault.ts';
import { FILES_WRONG } from '../texts/way-back.ts';
import { asChild, end, keepRunning, run, type Child } from './child.ts';
import { otherVersion, ownFolder, type Home } from './paths.ts';
import { freePort, needPort } from './port.ts';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import {
  endLeftoverPostmaster,
  keepPasswords,
  OWNER,
  passwordsFile,
  readPasswords,
  type Passwords,
} from './postgres-passwords.ts';

const MAJOR = '17';
const READY_MS = 60_000;
const POLL_MS = 15;
const MAX_LOG_TAIL = 2_000;
/**
 * Of sun_path in unix(7), on every system we know: 104 on macOS and the BSDs, 108 on Linux, a NUL
 * at its end.
 */
const MAX_SOCKET_PATH = 103;

/**
 * Durable first; then what two cores and a few GB bear. Values of rows never reach the log: terse,
 * no statements, no parameters.
 */
const SETTINGS = [
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  'shared_buffers=128MB',
  'effective_cache_size=1GB',
  'work_mem=8MB',
  'maintenance_work_mem=128MB',
  'min_wal_size=256MB',
  'max_wal_size=2GB',
  'checkpoint_timeout=15min',
  'random_page_cost=1.1',
  'jit=off',
  'autovacuum_naptime=15s',
  'autovacuum_vacuum_scale_factor=0.05',
  'autovacuum_analyze_scale_factor=0.05',
  'password_encryption=scram-sha-256',
  'timezone=UTC',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
  'log_parameter_max_length=0',
  'log_parameter_max_length_on_error=0',
  'log_checkpoints=off',
];

/** What each of our processes may hold, the pools of store and queue and one that listens. */
const CONNECTIONS_OF_PROCESS = 16;
const LEAST_CONNECTIONS = 100;

interface Postgres {
  readonly databaseUrl: string;
  readonly adminUrl: string;
  readonly port: number;
  pid(): number | null;
  stop(): Promise<void>;
}

interface Cluster {
  readonly home: Home;
  readonly folder: string;
  readonly postgres: string;
  readonly port: number;
  readonly connections: number;
  readonly settings: readonly string[];
  readonly readyMs: number;
  readonly signal: AbortSignal;
}

/**
 * Stands in the data folder while a demo town is being made in a cluster that held nothing: one
 * that is cut short is made anew, not half kept.
 */
export const unfinishedDemo = (dataDir: string): string => join(dataDir, 'demo-unfinished');

interface PostgresWish {
  readonly port: number;
  /** How many of ours ask it. */
  readonly processes: number;
  /** More of PostgreSQL's settings, `name=value`, beyond ours. */
  readonly settings?: readonly string[];
  /** How long it may take until it serves; a minute without it. */
  readonly readyMs?: number;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly onRestart: () => void;
}

/**
 * Starts the embedded PostgreSQL on a loopback port, making its cluster the first time; 0 is any
 * free port. Throws a `Fault` 'configuration' for a taken port or a cluster of another version.
 */
export async function startPostgres(home: Home, options: PostgresWish): Promise<Postgres> {
  const binaries = await postgresBinaries(home);
  const folder = join(home.serviceDir, 'postgres');
  await endLeftoverPostmaster(folder);
  const isCutShort = existsSync(unfinishedDemo(home.dataDir));
  if (isCutShort) rmSync(folder, { recursive: true, force: true });
  else needCluster(home, folder);
  const passwords = readPasswords(home.dataDir, folder);
  // which a postmaster left behind may have had
  await needPort(options.port, '127.0.0.1', 'PREAU_PG_PORT');
  if (!existsSync(join(folder, 'PG_VERSION')))
    await initialise(home, { folder, binaries, passwords, signal: options.signal });
  rmSync(unfinishedDemo(home.dataDir), { force: true });
  const cluster: Cluster = {
    home,
    folder,
    postgres: binaries.postgres,
    port: options.port === 0 ? await freePort() : options.port,
    connections: Math.max(LEAST_CONNECTIONS, CONNECTIONS_OF_PROCESS * options.processes),
    settings: options.settings ?? [],
    readyMs: options.readyMs ?? READY_MS,
    signal: options.signal,
  };
  // SIGINT is PostgreSQL's fast shutdown: sessions are cut, committed work is kept, a checkpoint is
  // written.
  const child: Child = await keepRunning(() => serve(cluster), {
    name: 'postgres',
    log: options.log,
    stopSignal: 'SIGINT',
    onRestart: options.onRestart,
  });
  const url = (user: string, password: string) =>
    `postgres://${user}:${password}@127.0.0.1:${cluster.port}/preau${hasSocket(folder) ? `?host=${encodeURIComponent(folder)}` : ''}`;
  return {
    databaseUrl: url('preau_app', passwords.app),
    adminUrl: url(OWNER, passwords.owner),
    port: cluster.port,
    pid: child.pid,
    stop: child.stop,
  };
}

/**
 * A cluster that is there is of our version; one that is gone isn't replaced by an empty one: where
 * its passwords are known and no first start was cut short, there was one. Throws a `Fault`
 * 'configuration'.
 */
function needCluster({ dataDir }: Home, folder: string): void {
  const version = join(folder, 'PG_VERSION');
  if (existsSync(version)) {
    const found = readFileSync(version, 'utf8').trim();
    if (!/^\d+$/.test(found)) throw damaged(version);
    if (found !== MAJOR) throw otherVersion(folder, `PostgreSQL ${found}`, `PostgreSQL ${MAJOR}`);
    return;
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) throw damaged(version);
  const wasThere = existsSync(passwordsFile(dataDir)) && !existsSync(`${folder}.partial`);
  if (wasThere)
    throw new Fault('configuration', FILES_WRONG.clusterGone(folder, dataDir), {
      transient: false,
    });
}

function damaged(path: string): Fault {
  return new Fault('configuration', FILES_WRONG.clusterDamaged(path), { transient: false });
}

/**
 * A socket of the file system costs both sides less than TCP does (measured). Its path is short
 * everywhere, and Windows has none.
 */
function hasSocket(folder: string): boolean {
  return (
    process.platform !== 'win32' &&
    Buffer.byteLength(join(folder, '.s.PGSQL.65535')) <= MAX_SOCKET_PATH
  );
}

interface NewCluster {
  readonly folder: string;
  readonly binaries: PostgresBinaries;
  readonly passwords: Passwords;
  readonly signal: AbortSignal;
}

/**
 * Makes the cluster under another name first: an interrupted start leaves nothing that looks whole.
 */
async function initialise(home: Home, given: NewCluster): Promise<void> {
  const partial = `${given.folder}.partial`;
  const passwordFile = `${given.folder}.password`;
  rmSync(partial, { recursive: true, force: true });
  ownFolder(partial, home.runAs, 0o700);
  writeFileSync(passwordFile, given.passwords.owner, { mode: 0o600 });
  if (home.runAs !== null) chownSync(passwordFile, home.runAs.uid, home.runAs.gid);
  const asOwner = { ...asChild(home.runAs, partial), signal: given.signal };
  const made = await run(
    given.binaries.initdb,
    [
      '-D',
      partial,
      '-U',
      OWNER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    asOwner,
  );
  rmSync(passwordFile);
  if (made.code !== 0) throw broken('initdb', made.output);
  const created = await run(given.binaries.postgres, ['--single', '-D', partial, 'postgres'], {
    ...asOwner,
    input: `CREATE DATABASE preau OWNER ${OWNER}\n`,
  });
  if (created.code !== 0 || /ERROR|FATAL/.test(created.output))
    throw broken('CREATE DATABASE', created.output);
  keepPasswords(home.dataDir, given.passwords);
  renameSync(partial, given.folder);
}

function broken(step: string, output: string): Fault {
  return new Fault('store-down', `PostgreSQL (${step}) : ${output.trim().slice(-MAX_LOG_TAIL)}`, {
    transient: false,
  });
}

/**
 * Starts the postmaster and waits until it says it is ready, which it does in the last line of
 * postmaster.pid.
 */
async function serve(cluster: Cluster): Promise<ChildProcess> {
  const { folder } = cluster;
  const settings = [
    ...SETTINGS,
    `max_connections=${cluster.connections}`,
    'listen_addresses=127.0.0.1',
    `port=${cluster.port}`,
    `unix_socket_directories=${hasSocket(folder) ? folder : ''}`,
    ...cluster.settings,
  ];
  const child = spawn(
    cluster.postgres,
    ['-D', folder, ...settings.flatMap((setting) => ['-c', setting])],
    { ...asChild(cluster.home.runAs, folder), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let tail = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-MAX_LOG_TAIL);
  });
  child.on('error', (error) => {
    tail += String(error);
  });
  const deadline = Date.now() + cluster.readyMs;
  while (!isReady(folder, child.pid)) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
      throw broken('start', tail);
    if (cluster.signal.aborted || Date.now() > deadline) {
      await end(child, 'SIGQUIT');
      cluster.signal.throwIfAborted();
      throw broken('start', tail);
    }
    await sleep(POLL_MS);
  }
  return child;
}

function isReady(folder: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}
