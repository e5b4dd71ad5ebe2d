/**
 * The README's lines for backup and the way back, typed one by one as they stand there: the disk of
 * the backups is a folder, the key is typed from a copy, and the machine is lost in between.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePorts } from '../shared/free-port.ts';
import { frontDoor, notedPids, type FrontDoor } from '../shared/front-door.ts';
import { shellLinesUnder } from './plain-debian/readme-lines.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HEADING = '### Backup, and the way back';
const canRun = existsSync('/usr/bin/pgbackrest') || process.getuid?.() === 0;

let folder: string;
const variables: Record<string, string> = {};
let running: FrontDoor | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preau-readme-'));
  chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
  mkdirSync(join(folder, 'mnt'), { mode: 0o755 });
  const ports = await freePorts();
  variables['PREAU_DATA'] = join(folder, 'data');
  variables['PREAU_WEB_PORT'] = String(ports.web);
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A line as a person types it, on the paths of this test; `input` is what they type after it. */
const here = (line: string): string =>
  line
    .replaceAll('/mnt/backups', join(folder, 'mnt/backups'))
    .replace('key.pdf', `${folder}/key.pdf`);

async function typed(line: string, input: string): Promise<{ code: number; output: string }> {
  const child = spawn('sh', ['-c', line], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: folder, ...variables },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, output };
}

async function start(): Promise<void> {
  running = frontDoor(['npm', 'start', '--', '--json', '--processes', '1'], variables);
  await running.ready();
}

async function stop(): Promise<void> {
  running?.process.kill('SIGTERM');
  await running?.ended();
  running = null;
}

/** All of it is gone but the repository; gives the key, as it stands on its sheet. */
async function lose(): Promise<string> {
  const dataDir = variables['PREAU_DATA'] ?? '';
  const key = readFileSync(join(dataDir, 'backup.key'), 'utf8');
  for (const pid of notedPids(dataDir)) process.kill(pid, 'SIGKILL');
  await running?.ended();
  running = null;
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  return key;
}

it.skipIf(!canRun)('the README’s lines for backup and restore do what it says', async () => {
  const lines = shellLinesUnder(HEADING, README);
  expect(lines.filter((line) => /preau (backup|restore)/.test(line)).length).toBeGreaterThan(2);
  for (const line of lines.map(here)) {
    const [, name = '', value = ''] = /^export (\w+)=(\S+)$/.exec(line) ?? [];
    if (name !== '') variables[name] = value;
    else if (line === 'npm start') await start();
    else {
      const key = line.includes('restore') ? await lose() : '';
      const { code, output } = await typed(line, key);
      expect(code, `${line}\n${output}`).toBe(0);
      if (line.includes('restore')) await start();
    }
  }
});
