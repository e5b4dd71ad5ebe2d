import { spawn, type ChildProcess } from 'node:child_process';
import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine, startedAt } from '../../cli/launcher/process.ts';
import { preloads } from '../../core/ground/config.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** All ports free, so that a test disturbs no other. */
export const ANY_PORT = Object.fromEntries(
  ['MX', 'SUBMISSION', 'SUBMISSIONS', 'IMAP', 'IMAPS', 'WEB'].map((name) => [
    `PREAU_${name}_PORT`,
    '0',
  ]),
);

/** How a command ended, and all that it said. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export interface FrontDoor {
  readonly process: ChildProcess;
  /**
   * Resolves with the line that says ready, as JSON; rejects with the output when it ends before.
   */
  ready(): Promise<Record<string, unknown>>;
  ended(): Promise<Ended>;
}

/**
 * Runs `npm start` or `preau …` as a person would, with variables of one's own; the machine's
 * PREAU_… are left out.
 */
export function frontDoor(
  command: readonly [string, ...string[]],
  variables: Readonly<Record<string, string>>,
): FrontDoor {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...preloads(),
      PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
      HOME: '/tmp',
      ...ANY_PORT,
      ...variables,
    },
  });
  let output = '';
  const waiting: (() => void)[] = [];
  const heard = (chunk: Buffer) => {
    output += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', heard);
  child.stderr.on('data', heard);
  const end = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, output }));
  });
  const ready = new Promise<Record<string, unknown>>((resolve, reject) => {
    waiting.push(() => {
      const line = output.split('\n').find((each) => each.startsWith('{"ready":true'));
      if (line !== undefined && output.includes(`${line}\n`))
        resolve(JSON.parse(line) as Record<string, unknown>);
    });
    void end.then(({ code }) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  ready.catch(() => {});
  return { process: child, ready: () => ready, ended: () => end };
}

/** The processes that a running start noted: its own, PostgreSQL's and clamd's. */
export function notedPids(
  dataDir: string,
): readonly [preau: number, postgres: number, clamd: number] {
  const { pid, postgresPid, clamdPid } = JSON.parse(
    readFileSync(join(dataDir, 'services.json'), 'utf8'),
  ) as { pid: number; postgresPid: number; clamdPid: number };
  return [pid, postgresPid, clamdPid];
}

/**
 * The services that run on a data folder now, whoever started them: its path or its key stands in
 * their command lines.
 */
export function servicesOf(dataDir: string): number[] {
  const marks = [dataDir, hash('sha256', dataDir).slice(0, 12)];
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter(
    (pid) => startedAt(pid) !== null && marks.some((mark) => commandLine(pid).includes(mark)),
  );
}
