import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Fault } from '../../core/ground/fault.ts';
import { HOUR_MS } from '../../core/ground/spans.ts';
import { CLAMD_SCAN_MS, CLAMD_THREADS, FILE_BYTES } from '../../core/letters/scan/limits.ts';
import { TEXTS } from '../texts/launcher.ts';
import { asChild, end, keepRunning, type RunAs } from './child.ts';
import { ownFolder, type Home } from './paths.ts';
import { needPort } from './port.ts';
import { endLeftover } from './process.ts';
import { aptInstall, findProgram, mayInstall } from './programs.ts';
import { openScanFolder, type ScanFolder } from './scan-folder.ts';

/** Signatures of a real installation take a while to load. */
const READY_MS = 180_000;
const POLL_MS = 20;
const MAX_LOG_TAIL = 2_000;
/** How often the folder for scans is kept from being swept, which takes days of rest. */
const KEEP_MS = HOUR_MS;
const DEBIAN_SIGNATURES = '/var/lib/clamav';
const SIGNATURE_FILE = /^(main|daily|bytecode)\.(cvd|cld)$/;
/**
 * The EICAR test file, nothing else: with it a machine without internet can start and show what a
 * refusal looks like.
 */
export const EICAR =
  'Eicar-Test-Signature:0:*:58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d414e544956495255532d544553542d46494c452124482b482a\n';

interface Clamd {
  /** As PREAU_CLAMD would say it. */
  readonly address: string;
  pid(): number | null;
  stop(): Promise<void>;
}

interface ClamdOptions {
  /** TCP port on the loopback beside the socket; 0 is none. */
  readonly port: number;
  readonly maxMessageBytes: number;
  /** How many of ours ask at once (`turnsOfOne`). */
  readonly processes: number;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Told each time that it runs again after it ended by itself. */
  readonly onRestart: () => void;
}

/**
 * Starts a clamd of our own: found on the PATH, or installed by apt where we are root on Debian.
 * Its signatures are freshclam's, where they exist, and EICAR. Throws a `Fault` 'configuration'
 * that says what to install.
 */
export async function startClamd(home: Home, options: ClamdOptions): Promise<Clamd> {
  const program = findProgram('clamd') ?? (await installClamd(options));
  const runAs = home.runAs === null ? null : (userNamed('clamav') ?? home.runAs);
  const folder = scannerFolder(home);
  const work = join(folder, 'work');
  ownFolder(folder, null, 0o755);
  ownFolder(work, runAs, 0o700);
  const configFile = join(folder, 'clamd.conf');
  await endLeftoverScanner(work, configFile);
  // which a scanner left behind may have had
  await needPort(options.port, '127.0.0.1', 'PREAU_CLAMD_PORT');
  writeSignatures(folder);
  const scans = openScanFolder(`preau-${home.key}-scans`, {
    runAs,
    scanBytes: mostScanned(options.maxMessageBytes),
    otherwise: folder,
  });
  writeFileSync(configFile, clamdConfig(folder, { ...options, scans: scans.path }), {
    mode: 0o644,
  });
  const socket = join(work, 'clamd.sock');
  const start = () => {
    scans.empty();
    return serve(program, { configFile, socket, runAs });
  };
  const child = await keepRunning(start, {
    name: 'clamd',
    log: options.log,
    stopSignal: 'SIGTERM',
    onRestart: options.onRestart,
  });
  const keeping = setInterval(() => keep(scans, options.log), KEEP_MS).unref();
  return {
    address: `unix:${socket}`,
    pid: child.pid,
    async stop() {
      clearInterval(keeping);
      await child.stop();
      scans.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function keep(scans: ScanFolder, log: Logger): void {
  try {
    scans.keep();
  } catch (error) {
    log.error({ err: error }, 'clamd has no folder for its scans');
  }
}

async function installClamd(options: ClamdOptions): Promise<string> {
  if (mayInstall()) {
    options.log.info('installing clamav-daemon by apt-get, once');
    await aptInstall(['clamav-daemon'], options.signal);
  }
  const program = findProgram('clamd');
  if (program !== null) return program;
  throw new Fault('configuration', TEXTS.noScanner, { transient: false });
}

function userNamed(name: string): RunAs | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
    ?.split(':');
  return line === undefined ? null : { uid: Number(line[2]), gid: Number(line[3]) };
}

/**
 * Debian's AppArmor profile lets clamd use /var/lib/clamav and /tmp alone; the first is not swept,
 * but only root may write there.
 */
function scannerFolder(home: Home): string {
  return home.runAs !== null && existsSync(DEBIAN_SIGNATURES)
    ? join(DEBIAN_SIGNATURES, `preau-${home.key}`)
    : join('/tmp', `preau-${process.getuid?.() ?? 0}-${home.key}`);
}

async function endLeftoverScanner(work: string, configFile: string): Promise<void> {
  const path = join(work, 'clamd.pid');
  if (existsSync(path))
    await endLeftover(Number(readFileSync(path, 'utf8').trim()), configFile, 'SIGTERM');
  rmSync(path, { force: true });
}

function writeSignatures(folder: string): void {
  const signatures = join(folder, 'signatures');
  rmSync(signatures, { recursive: true, force: true });
  ownFolder(signatures, null, 0o755);
  writeFileSync(join(signatures, 'preau.ndb'), EICAR, { mode: 0o644 });
  if (!existsSync(DEBIAN_SIGNATURES)) return;
  for (const name of readdirSync(DEBIAN_SIGNATURES))
    if (SIGNATURE_FILE.test(name))
      symlinkSync(join(DEBIAN_SIGNATURES, name), join(signatures, name));
}

/** How much of one message clamd looks at, unpacked, in bytes. */
const mostScanned = (maxMessageBytes: number): number =>
  Math.max(8 * maxMessageBytes, FILE_BYTES + 2 * MIB);
const MIB = 1_048_576;

/**
 * The settings file of our own clamd. What it can't look into is said, never passed as clean:
 * AlertExceedsMax and AlertEncrypted are off in a clamd as it comes. docker/clamd.conf says the
 * same to the one of compose.yaml.
 */
export function clamdConfig(
  folder: string,
  {
    port,
    maxMessageBytes,
    processes,
    scans,
  }: Pick<ClamdOptions, 'port' | 'maxMessageBytes' | 'processes'> & {
    /** The folder in which it unpacks. */
    readonly scans: string;
  },
): string {
  const work = join(folder, 'work');
  const largest = Math.max(maxMessageBytes, FILE_BYTES);
  return [
    'Foreground yes',
    'LogTime no',
    'LogClean no',
    'ExtendedDetectionInfo no',
    `DatabaseDirectory ${join(folder, 'signatures')}`,
    `TemporaryDirectory ${scans}`,
    `PidFile ${join(work, 'clamd.pid')}`,
    `LocalSocket ${join(work, 'clamd.sock')}`,
    'LocalSocketMode 600',
    'FixStaleSocket yes',
    ...(port === 0 ? [] : [`TCPSocket ${port}`, 'TCPAddr 127.0.0.1']),
    `MaxThreads ${Math.max(CLAMD_THREADS, 5 * Math.max(processes, availableParallelism()))}`,
    'MaxQueue 200',
    'MaxConnectionQueueLength 200',
    'IdleTimeout 60',
    'ReadTimeout 60',
    'SelfCheck 600',
    `StreamMaxLength ${largest + MIB}`,
    `MaxFileSize ${Math.max(4 * maxMessageBytes, largest + 2 * MIB)}`,
    `MaxScanSize ${mostScanned(maxMessageBytes)}`,
    `MaxScanTime ${CLAMD_SCAN_MS}`,
    'MaxRecursion 12',
    'MaxFiles 5000',
    'ScanMail yes',
    'ScanArchive yes',
    'AlertExceedsMax yes',
    'AlertEncrypted yes',
    'AlertEncryptedArchive yes',
    'AlertEncryptedDoc yes',
    '',
  ].join('\n');
}

interface ClamdStart {
  readonly configFile: string;
  readonly socket: string;
  readonly runAs: RunAs | null;
}

async function serve(
  program: string,
  { configFile, socket, runAs }: ClamdStart,
): Promise<ChildProcess> {
  rmSync(socket, { force: true });
  const child = spawn(program, ['-c', configFile], {
    ...asChild(runAs, '/'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let tail = '';
  const keep = (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-MAX_LOG_TAIL);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.on('error', (error) => {
    tail += String(error);
  });
  const deadline = Date.now() + READY_MS;
  while (!(await answers(socket))) {
    const over = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (!over && Date.now() < deadline) {
      await sleep(POLL_MS);
      continue;
    }
    if (!over) await end(child, 'SIGKILL');
    throw new Fault('scanner-down', `clamd : ${tail.trim()}`, { transient: false });
  }
  return child;
}

async function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(socket, () => connection.write('zPING\0'));
    connection.setTimeout(5_000, () => connection.destroy());
    connection.on('error', () => connection.destroy());
    connection.on('close', () => resolve(false));
    connection.on('data', (chunk) => {
      resolve(chunk.toString().startsWith('PONG'));
      connection.destroy();
    });
  });
}
