/** Several processes that serve side by side, as a person starts, breaks and stops them. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  certificateFiles,
  pairFor,
} from '../../../core/town/certificate/testing/certificate-files.ts';
import { dialImap, type ImapClient } from '../../../imap-gateway/testing/imap-client.ts';
import {
  frontDoor,
  notedPids,
  servicesOf,
  type FrontDoor,
} from '../../../tests/shared/front-door.ts';
import { commandLine, startedAt } from '../../launcher/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'preau-processes-'));
chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
const PREAU_DATA = join(folder, 'data');
const VARIABLES = { PREAU_DATA, PREAU_INSECURE_LOOPBACK: '1', PREAU_HTTPS_PORT: '0' };
const NPM_START = ['npm', 'start', '--', '--json', '--processes', '2'] as const;
/** Sessions that an account may have over IMAP, over all processes. */
const OF_AN_ACCOUNT = 40;
/** So long a process may answer nobody. */
const SILENT_MS = 10_000;
const PATIENCE = { timeout: 30_000, interval: 50 };

let running: FrontDoor;
const clients: ImapClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.cut();
});
afterAll(async () => {
  running.process.kill('SIGTERM');
  await running.ended();
  rmSync(folder, { recursive: true, force: true });
});

interface Ready {
  readonly processes: number;
  readonly web: string;
  readonly imap: { readonly imap: number };
  readonly smtp: { readonly submission: number };
}
let ready: Ready;

async function start(): Promise<void> {
  running = frontDoor(NPM_START, VARIABLES);
  ready = (await running.ready()) as unknown as Ready;
}

/** The processes that serve, by the one that started them. */
function members(): number[] {
  const [launcher] = notedPids(PREAU_DATA);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === launcher && commandLine(pid).includes('member.ts'));
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

const alive = (pids: readonly number[]) => pids.filter((pid) => startedAt(pid) !== null);

function account(role: string): { readonly address: string; readonly password: string } {
  const { accounts } = JSON.parse(readFileSync(join(PREAU_DATA, 'demo.json'), 'utf8')) as {
    accounts: { address: string; password: string; role: string }[];
  };
  const found = accounts.find((one) => one.role === role);
  if (found === undefined) throw new Error(`no ${role}`);
  return found;
}

async function dial(): Promise<ImapClient> {
  const client = await dialImap(ready.imap.imap);
  clients.push(client);
  expect(await client.response()).toMatch(/^\* OK/);
  return client;
}

async function signedIn(role: string): Promise<ImapClient> {
  const client = await dial();
  const { address, password } = account(role);
  expect((await client.run(`LOGIN ${address} ${password}`)).at(-1)).toMatch(/^OK/);
  return client;
}

/** Pages are under TLS, with a certificate that signs itself. */
function metrics(): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${ready.web}/metrics`, { rejectUnauthorized: false, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

async function connectionsCounted(): Promise<number> {
  return Number(/^preau_imap_connections (\d+)$/m.exec(await metrics())?.[1]);
}

describe('npm start --processes 2', { shuffle: false }, () => {
  it('serves every port by both, and counts for both', async () => {
    await start();
    expect(ready.processes).toBe(2);
    expect(ready.web).toMatch(/^https:\/\/127\.0\.0\.1:[1-9]/);
    expect(members()).toHaveLength(2);
    for (let count = 0; count < 6; count += 1) await dial();
    const text = await metrics();
    expect(text).toMatch(/^preau_imap_connections 6$/m);
    for (const number of [1, 2])
      expect(text).toMatch(
        new RegExp(`^preau_process_resident_memory_bytes\\{process="${number}"\\} \\d+`, 'm'),
      );
    expect(text).toMatch(/^preau_process_restarts_total 0$/m);
  }, 120_000);

  it('tells news of one process to who waits in the other', async () => {
    const waiting = [await signedIn('teacher'), await signedIn('teacher')];
    for (const client of waiting) {
      await client.run('SELECT Brouillons');
      client.send('i IDLE\r\n');
      expect(await client.response()).toMatch(/^\+/);
    }
    const third = await signedIn('teacher');
    const letter = 'Subject: x\r\n\r\nx\r\n';
    third.send(`a APPEND Brouillons {${letter.length}}\r\n`);
    expect(await third.response()).toMatch(/^\+/);
    third.send(`${letter}\r\n`);
    for (const client of waiting) expect(await client.response()).toMatch(/ EXISTS$/);
  }, 60_000);

  it('slows guesses down whichever process hears them', async () => {
    const { address } = account('head');
    const answers: string[] = [];
    for (let tries = 0; tries < 7; tries += 1)
      answers.push((await (await dial()).run(`LOGIN ${address} wrong`)).at(-1) ?? '');
    expect(answers.slice(0, 5).every((one) => one.startsWith('NO [AUTHENTICATIONFAILED]'))).toBe(
      true,
    );
    expect(answers.at(-1)).toMatch(/^NO \[(LIMIT|UNAVAILABLE)\]/);
  }, 60_000);

  it('lets an account have so many sessions over all processes', async () => {
    await expect.poll(connectionsCounted, PATIENCE).toBe(0);
    for (let count = 0; count < OF_AN_ACCOUNT; count += 1) await signedIn('pupil');
    const { address, password } = account('pupil');
    const more = await dial();
    expect((await more.run(`LOGIN ${address} ${password}`)).at(-1)).toMatch(/^NO \[LIMIT\]/);
    clients.shift()?.cut();
    await expect
      .poll(async () => (await more.run(`LOGIN ${address} ${password}`)).at(-1), PATIENCE)
      .toMatch(/^OK/);
  }, 120_000);

  it('ends none because it was stopped itself, and replaces one that answers nobody', async () => {
    const [launcher] = notedPids(PREAU_DATA);
    const before = members();
    process.kill(launcher, 'SIGSTOP');
    await pause(SILENT_MS + 2_000);
    process.kill(launcher, 'SIGCONT');
    await pause(3_000);
    expect(members()).toEqual(before);
    const [silent = 0] = before;
    process.kill(silent, 'SIGSTOP');
    await pause(SILENT_MS / 2);
    expect(members()).toEqual(before);
    await expect.poll(() => alive([silent]), PATIENCE).toEqual([]);
    await expect.poll(() => members().length, PATIENCE).toBe(2);
    await expect.poll(metrics, PATIENCE).toMatch(/^preau_process_silent_total 1$/m);
    await expect.poll(metrics, PATIENCE).toMatch(/^preau_process_restarts_total 1$/m);
    for (let count = 0; count < 4; count += 1) await dial();
  }, 120_000);

  it('goes on when one of them is killed, starts another, and says so in one line', async () => {
    const before = members();
    const [victim = 0] = before;
    process.kill(victim, 'SIGKILL');
    await expect.poll(() => alive([victim]), PATIENCE).toEqual([]);
    await expect.poll(() => dial().then(() => 'answered'), PATIENCE).toBe('answered');
    await expect.poll(() => members().length, PATIENCE).toBe(2);
    await expect.poll(metrics, PATIENCE).toMatch(/^preau_process_restarts_total 2$/m);
    await expect
      .poll(metrics, PATIENCE)
      .toMatch(/memory_bytes\{process="1"\}[^]*memory_bytes\{process="2"\}/);
    for (let count = 0; count < 4; count += 1) await dial();
    const pids = [...notedPids(PREAU_DATA), ...members()];
    expect(alive(pids)).toHaveLength(5);
    running.process.kill('SIGTERM');
    const { code, output } = await running.ended();
    expect(code).toBe(0); // all of it was closed within 9.5 s of its own clock, or it would be 1
    await vanish([...before, ...pids]);
    const lines = output
      .split('\n')
      .filter((line) => line.startsWith('{"level":4') || line.startsWith('{"level":5'))
      .filter((line) => !/smarthost|sign-ins|loop was held/.test(line))
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toMatchObject([
      { level: 50, msg: 'a process does not answer and is replaced' },
      { level: 40, child: expect.stringMatching(/^process [12]$/), signal: 'SIGKILL' },
      { level: 40, child: expect.stringMatching(/^process [12]$/), signal: 'SIGKILL' },
    ]);
  }, 120_000);

  it('leaves no process that serves where the launcher is killed, nor at Ctrl-C, which all hear', async () => {
    await start();
    const [launcher] = notedPids(PREAU_DATA);
    const serving = members();
    expect(serving).toHaveLength(2);
    process.kill(launcher, 'SIGKILL');
    await running.ended();
    await expect.poll(() => alive(serving), PATIENCE).toEqual([]);
    await start(); // which ends PostgreSQL and clamd of before
    const pids = [...notedPids(PREAU_DATA), ...members()];
    process.kill(-(running.process.pid ?? 0), 'SIGINT'); // a terminal tells its whole group
    const { output } = await running.ended();
    await vanish(pids);
    expect(output).not.toContain('ended by itself');
  }, 120_000);

  it('says once why none of them can begin', async () => {
    const files = certificateFiles(pairFor({ days: 30 }));
    writeFileSync(files.variables.PREAU_TLS_KEY, pairFor({ days: 30 }).key);
    running = frontDoor(NPM_START, { ...VARIABLES, ...files.variables });
    const { code, output } = await running.ended();
    rmSync(files.folder, { recursive: true });
    expect(code).toBe(1);
    expect(output.match(/this key is not the certificate’s/g)).toHaveLength(1);
    await vanish([]);
  }, 120_000);
});

/** npm may end a moment before what it started. */
async function vanish(pids: readonly number[]): Promise<void> {
  const left = () => [...alive(pids), ...servicesOf(PREAU_DATA)];
  await expect.poll(left, PATIENCE).toEqual([]);
}
