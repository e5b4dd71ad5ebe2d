import { spawn, type ChildProcess } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end } from '../../cli/launcher/child.ts';
import { EICAR } from '../../cli/launcher/clamd.ts';
import { findProgram } from '../../cli/launcher/programs.ts';
import { openScanFolder } from '../../cli/launcher/scan-folder.ts';
import { idsOf } from './users.ts';

/**
 * Which signatures clamd has: EICAR alone, or besides it as many random ones as weigh like a real
 * set's hashes.
 */
export type SignatureSet = 'small' | 'million';

export interface BenchScanner {
  readonly socket: string;
  readonly pid: number;
  /** Everything that clamd has called OK since it started, by its own log. */
  scans(): number;
  stop(): Promise<void>;
}

const HASHES = 1_000_000;
/** A real set holds roughly one body signature for so many hashes. */
const HASHES_A_BODY = 15;
const READY_MS = 120_000;
/** Our own clamd's MaxScanSize, as it is set by itself. */
const SCAN_BYTES = 209_715_200;

/**
 * Starts a clamd in this folder, on `clamd.sock` in it, for both stacks. Throws where there is none
 * or it doesn't come up.
 */
export async function startScanner(folder: string, set: SignatureSet): Promise<BenchScanner> {
  const program = findProgram('clamd');
  if (program === null)
    throw new Error(
      'Il manque clamd (paquet clamav-daemon). / clamd is missing (package clamav-daemon).',
    );
  mkdirSync(folder, { recursive: true });
  writeSignatures(join(folder, 'signatures'), set);
  const socket = join(folder, 'clamd.sock');
  const log = join(folder, `clamd-${set}.log`);
  rmSync(socket, { force: true });
  rmSync(log, { force: true });
  const clamav = idsOf('clamav');
  const runAs = process.getuid?.() === 0 ? clamav : null;
  const scans = openScanFolder(`preau-bench-${process.pid}-scans`, {
    runAs,
    scanBytes: SCAN_BYTES,
    otherwise: folder,
  });
  writeFileSync(
    join(folder, 'clamd.conf'),
    settings(folder, { log, socket, scans: scans.path, user: runAs === null ? null : 'clamav' }),
  );
  if (runAs !== null) chownSync(folder, runAs.uid, runAs.gid);
  const child = spawn(program, ['-c', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  await ready(child, socket);
  return {
    socket,
    pid: child.pid ?? 0,
    scans: countLines(log),
    async stop() {
      await end(child, 'SIGTERM');
      scans.remove();
    },
  };
}

function settings(
  folder: string,
  given: { log: string; socket: string; scans: string; user: string | null },
): string {
  return [
    `LogFile ${given.log}`,
    'LogClean yes',
    'LogFileMaxSize 0',
    'Foreground yes',
    `DatabaseDirectory ${join(folder, 'signatures')}`,
    `TemporaryDirectory ${given.scans}`,
    `LocalSocket ${given.socket}`,
    'LocalSocketMode 666',
    'MaxThreads 16',
    'MaxConnectionQueueLength 200',
    'CommandReadTimeout 30',
    'StreamMaxLength 100M',
    'MaxScanSize 400M',
    'MaxFileSize 100M',
    'AlertExceedsMax yes',
    'AlertEncrypted yes',
    'AlertEncryptedArchive yes',
    'AlertEncryptedDoc yes',
    ...(given.user === null ? [] : [`User ${given.user}`]),
    '',
  ].join('\n');
}

function writeSignatures(folder: string, set: SignatureSet): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'eicar.ndb'), EICAR);
  if (set === 'small') return;
  // The same random ones every time: zeros in counter mode.
  const random = createCipheriv('aes-128-ctr', Buffer.alloc(16, 7), Buffer.alloc(16)).update(
    Buffer.alloc(HASHES * 20),
  );
  const hashes = Array.from(
    { length: HASHES },
    (_, at) =>
      `${random.toString('hex', at * 20, at * 20 + 16)}:${200 + (random.readUInt32LE(at * 20 + 16) % 5_000_000)}:Random.Hash-${at}`,
  );
  writeFileSync(join(folder, 'random.hdb'), `${hashes.join('\n')}\n`);
  const bodies = Array.from(
    { length: Math.floor(HASHES / HASHES_A_BODY) },
    (_, at) => `Random.Body-${at}:0:*:${random.toString('hex', at * 32 + 5, at * 32 + 37)}`,
  );
  writeFileSync(join(folder, 'random.ndb'), `${bodies.join('\n')}\n`);
}

async function ready(child: ChildProcess, socket: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (!existsSync(socket) || !(await answers(socket))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error('clamd ne démarre pas. / clamd does not start.');
    await sleep(50);
  }
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket, () => connection.write('zPING\0'));
    connection.once('data', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });
}

/** Counts the OKs of a log that grows, reading on where it stopped. */
function countLines(path: string): () => number {
  let offset = 0;
  let count = 0;
  return () => {
    const file = openSync(path, 'r');
    try {
      const chunk = Buffer.alloc(fstatSync(file).size - offset);
      const read = readSync(file, chunk, 0, chunk.length, offset);
      const upTo = chunk.subarray(0, read).lastIndexOf(10) + 1;
      count += chunk.toString('latin1', 0, upTo).match(/: OK$/gm)?.length ?? 0;
      offset += upTo;
      return count;
    } finally {
      closeSync(file);
    }
  };
}
