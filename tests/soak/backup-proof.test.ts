/**
 * Backups are proven beside a town that runs: each way in which a repository may be broken says its
 * one sentence, and a proof that is killed leaves nothing for long. Skipped where pgBackRest isn't
 * and can't be installed.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from '../../cli/backup/repository/key.ts';
import { backupProof } from '../../cli/nights/backup-proof.ts';
import { loadConfig, type Config } from '../../core/ground/config.ts';
import { NIGHT } from '../../core/ground/testing/night.ts';
import { readRecord, type BackupRecord } from '../../core/town/readiness/backup/record.ts';
import type { ReadinessLine } from '../../core/town/readiness/contract.ts';
import { until, type DemoAccount, type DemoTown } from '../e2e/whole.ts';
import { deliver, letter, ready } from '../e2e/wire.ts';
import { frontDoor, notedPids, servicesOf } from '../shared/front-door.ts';
import { openPost } from './letters.ts';
import { openMachine, type SoakMachine } from './machine.ts';
import { sendOn } from './senders.ts';

const canRun = existsSync('/usr/bin/pgbackrest') || process.getuid?.() === 0;

let folder: string;
let machine: SoakMachine;
/** Processes of the town itself, which no proof may touch. */
let ofTown: readonly number[];
const record = (): BackupRecord => readRecord(machine.dataDir);
const place = (): string => join(machine.dataDir, 'proof');

/** The state of each line that `preau doctor` has of the backups, by its name. */
async function doctor(): Promise<Readonly<Record<string, string>>> {
  const { output } = await machine.tried('doctor', '--only', 'backup', '--json');
  const { lines } = JSON.parse(output) as { lines: readonly ReadinessLine[] };
  return Object.fromEntries(lines.map(({ id, state }) => [id.replace('backup.', ''), state]));
}

/** Files of the repository whose name fits, in the order of their names. */
function filesLike(name: RegExp): readonly string[] {
  return readdirSync(machine.repository, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => name.test(path))
    .sort();
}

/** Turns one bit in the middle of a file; a second time it is as before. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

const moved = (paths: readonly string[]) => ({
  breaks: () => paths.forEach((path) => renameSync(path, `${path}.away`)),
  mends: () => paths.forEach((path) => renameSync(`${path}.away`, path)),
});

const flipped = (path: string) => ({ breaks: () => flip(path), mends: () => flip(path) });

/** Nothing of a proof is there any more, and the town runs as before. */
async function nothingLeft(): Promise<void> {
  expect(existsSync(place())).toBe(false);
  await until(
    'the town’s own processes are all that is left',
    async () => servicesOf(place()).length === 0,
    10_000,
  );
  expect(notedPids(machine.dataDir)).toEqual(ofTown);
  expect(await machine.preau('verify', '--json')).toContain('"faults":[]');
}

/** Empties somebody's inbox for good, again and again; gives how many letters that were. */
async function eraseOn({ address, password }: DemoAccount, stop: AbortSignal): Promise<number> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: machine.ports.imaps,
    secure: true,
    tls: { rejectUnauthorized: false },
    auth: { user: address, pass: password },
    logger: false,
  });
  await client.connect();
  let erased = 0;
  while (!stop.aborted) {
    const { exists } = await client.mailboxOpen('INBOX');
    if (exists > 0 && (await client.messageDelete('1:*'))) erased += exists;
    await sleep(100);
  }
  await client.logout();
  return erased;
}

/** A proof as a process, once it has restored so much that PostgreSQL is there. */
async function halfway() {
  const proof = frontDoor(['sh', 'cli/run.sh', 'preau.ts', 'backup', 'prove', '--json'], {
    PREAU_DATA: machine.dataDir,
    PREAU_BACKUP: machine.repository,
  });
  const restored = join(place(), 'data', 'postgres', 'postmaster.pid');
  await until('PostgreSQL is being restored', async () => existsSync(restored), 60_000);
  return proof;
}

describe.skipIf(!canRun)('backups are proven', { shuffle: false }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preau-proof-'));
    chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
    machine = await openMachine(folder);
    await machine.makeKey();
    await machine.start('--processes', '1');
    ofTown = notedPids(machine.dataDir);
    await machine.preau('backup');
  });
  afterAll(async () => {
    await machine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('by reading them and by coming back beside, with mail that came a moment ago', async () => {
    const { address, password } = machine.account('claire.lefevre');
    const wire = await ready(machine.ports.submissions, { address, password });
    const to = [machine.account('lina.moreau').address];
    const raw = letter({ from: address, to: to.join(', '), subject: 'Preuve', text: 'Preuve' });
    expect(await deliver(wire, { from: address, to }, raw)).toMatch(/^250/);
    wire.cut();
    const sentAt = Date.now();
    await machine.preau('backup', 'prove');
    const { verified, tried, restored, reach, sizes } = record();
    expect([verified?.trouble, tried?.trouble]).toEqual([null, null]);
    const [{ messages = 0 } = {}] = await machine.rows<{ messages: number }>(
      'select count(*)::integer as messages from message',
    );
    expect(restored?.messages).toBe(messages);
    expect(Math.abs((restored?.lastMessageAt?.getTime() ?? 0) - sentAt)).toBeLessThan(5_000);
    expect(reach?.from.getTime()).toBeLessThan(sentAt);
    expect(sizes.at(-1)?.bytes).toBeGreaterThan(100_000);
    await nothingLeft();
    expect(await doctor()).toMatchObject({ made: 'green', verified: 'green', restored: 'green' });
  });

  it('while mail comes and goes: what came or went meanwhile is no difference', async () => {
    const town = JSON.parse(readFileSync(join(machine.dataDir, 'demo.json'), 'utf8')) as DemoTown;
    const post = openPost(town, 'proof');
    const stop = new AbortController();
    let sent = 0;
    const note = () => (sent += 1);
    const around = { stop: stop.signal, note };
    const running = [
      sendOn(machine.ports, post, { way: 'mx', paceMs: 50, seed: 1 }, around),
      sendOn(machine.ports, post, { way: 'submission', paceMs: 50, seed: 2 }, around),
      ...town.accounts
        .filter(({ role }) => role === 'teacher')
        .slice(0, 4)
        .map((teacher) => eraseOn(teacher, stop.signal)),
    ];
    try {
      for (let round = 0; round < 3; round += 1) await machine.preau('backup', 'prove');
    } finally {
      stop.abort();
    }
    const erased = (await Promise.all(running)).reduce<number>((sum, one) => sum + (one ?? 0), 0);
    expect(sent).toBeGreaterThan(10);
    expect(erased).toBeGreaterThan(0);
    await nothingLeft();
  });

  const key = () => join(machine.dataDir, 'backup.key');
  let kept: string;
  it.each<{
    readonly what: string;
    readonly harm: () => { readonly breaks: () => void; readonly mends: () => void };
    readonly kind: string;
    readonly says: string;
  }>([
    {
      what: 'a byte of a backup',
      harm: () => flipped(filesLike(/F\/bundle\/1$/)[0] ?? ''),
      kind: 'backup-damaged',
      says: 'is damaged',
    },
    {
      what: 'the manifest of a backup',
      harm: () => moved(filesLike(/F\/backup\.manifest/)),
      kind: 'backup-damaged',
      says: 'is damaged',
    },
    {
      what: 'a byte of the log',
      harm: () => flipped(filesLike(/\/[0-9A-F]{24}-[^/]*$/).at(-2) ?? ''),
      kind: 'log-damaged',
      says: 'log is damaged',
    },
    {
      what: 'a piece of the log',
      harm: () => moved([filesLike(/\/[0-9A-F]{24}-[^/]*$/).at(-2) ?? '']),
      kind: 'log-missing',
      says: 'log is missing',
    },
    {
      what: 'its lists',
      harm: () => moved(filesLike(/backup\.info/)),
      kind: 'unreadable',
      says: 'can’t be read any more',
    },
    {
      what: 'the key',
      harm: () => ({
        breaks() {
          kept = readFileSync(key(), 'utf8');
          writeFileSync(key(), newKey());
        },
        mends: () => writeFileSync(key(), kept),
      }),
      kind: 'wrong-key',
      says: 'doesn’t open these backups',
    },
    {
      what: 'all of it',
      harm: () => moved([machine.repository]),
      kind: 'away',
      says: 'isn’t there',
    },
    {
      what: 'what is in it',
      harm: () => {
        const { breaks, mends } = moved([machine.repository]);
        return {
          breaks() {
            breaks();
            mkdirSync(machine.repository, { mode: 0o711 });
          },
          mends() {
            rmSync(machine.repository, { recursive: true });
            mends();
          },
        };
      },
      kind: 'empty',
      says: 'There is no backup in',
    },
  ])('$what broken or away: $kind, and well again once it is back', async (row) => {
    await machine.rows('select pg_switch_wal()');
    const { breaks, mends } = row.harm();
    breaks();
    const { code, output } = await machine.tried('backup', 'prove');
    const lines = await doctor();
    mends();
    expect(record().verified?.trouble?.kind).toBe(row.kind);
    expect(output).toContain(row.says);
    expect(output.trim().split('\n')).toHaveLength(2); // what it is, and what to do
    expect(code).toBe(1);
    expect(lines).toMatchObject({ verified: 'red' });
    await machine.preau('backup', 'prove', '--due');
    expect(await doctor()).toMatchObject({ verified: 'green', restored: 'green' });
  });

  it('mail that isn’t what came says so', async () => {
    const turn = () =>
      machine.rows(`update message set sha256 = set_byte(sha256, 0, 255 - get_byte(sha256, 0))
        where (school_id, id) = (select school_id, id from message order by id limit 1)`);
    await turn();
    expect((await machine.tried('backup', 'prove')).output).toContain('isn’t in order (faults: 1)');
    await turn();
    await nothingLeft();
  });

  it('what an agent can do makes it well: a whole backup takes the place of a damaged one', async () => {
    flip(filesLike(/F\/bundle\/1$/)[0] ?? '');
    expect((await machine.tried('backup', 'prove')).code).toBe(1);
    await machine.preau('backup', '--full');
    await machine.preau('backup', 'prove');
    expect(record().verified).toMatchObject({ trouble: null, olderDamaged: true });
    expect(await doctor()).toMatchObject({ verified: 'amber', restored: 'green' });
  });

  it('told to stop halfway it leaves nothing', async () => {
    const proof = await halfway();
    const begun = Date.now();
    proof.process.kill('SIGTERM');
    await proof.ended();
    expect(Date.now() - begun).toBeLessThan(10_000);
    await nothingLeft();
  });

  it('killed halfway it is cleared away by the next one', async () => {
    const proof = await halfway();
    proof.process.kill('SIGKILL');
    await proof.ended();
    expect(existsSync(place())).toBe(true);
    await machine.preau('backup', 'prove');
    expect(record().tried?.trouble).toBeNull();
    await nothingLeft();
  });

  it('by night as well, as a process that gives way; and ends when the town does', async () => {
    const config: Config = loadConfig({
      PREAU_DATA: machine.dataDir,
      PREAU_BACKUP: machine.repository,
    });
    const before = record();
    await backupProof(config).run(NIGHT);
    expect(record().verified?.at.getTime()).toBeGreaterThan(before.verified?.at.getTime() ?? 0);
    expect(record().tried?.trouble).toBeNull();
    const enough = new AbortController();
    const running = backupProof(config)
      .run({ ...NIGHT, signal: enough.signal })
      .catch(() => 'stopped');
    await sleep(500);
    enough.abort();
    expect(await running).toBe('stopped');
    await nothingLeft();
  });

  it('a log that goes nowhere is said', async () => {
    await machine.stop();
    const variables = { PREAU_DATA: machine.dataDir, PREAU_WEB_PORT: String(machine.ports.web) };
    const start = ['start', '--no-demo', '--json', '--processes', '1', '--roles', 'imap'];
    const running = frontDoor(['sh', 'cli/run.sh', 'preau.ts', ...start], variables);
    await running.ready();
    const { output } = await machine.tried('backup', 'prove');
    running.process.kill('SIGTERM');
    await running.ended();
    expect(output).toContain('doesn’t reach the backups any more');
    expect(record().tried?.trouble?.kind).toBe('not-archived');
  });
});
