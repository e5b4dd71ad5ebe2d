/**
 * The whole round on a small town: backed up, lost, brought back from the repository and the key.
 * What a person types on a running whole, and what goes wrong, is in tests/soak/backup.test.ts.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadConfig, type Config } from '../../core/config.ts';
import type { Core, Viewer } from '../../core/core.ts';
import { openLog } from '../../core/log.ts';
import { readRecord } from '../../core/readiness/backup/record.ts';
import { openStore } from '../../core/store/store.ts';
import { rawLetter } from '../../core/testing/town.ts';
import { testClamd } from '../../tests/shared/fresh-database.ts';
import { COMMANDS } from '../commands.ts';
import { DEMO_PASSWORD, seedSmallTown } from '../demo/seed.ts';
import type { Flags } from '../flags.ts';
import { startServices } from '../launcher/services.ts';
import { openOn } from '../launcher/start.ts';
import { startNights } from './night/nights.ts';

const canRun = existsSync('/usr/bin/pgbackrest') || process.getuid?.() === 0;
const OUTSIDE = 'conservatoire@musee.example';
const { signal } = new AbortController();

let folder: string;
let config: Config;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preau-round-'));
  chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
  config = loadConfig({
    PREAU_DATA: join(folder, 'data'),
    PREAU_BACKUP: join(folder, 'repository'),
    PREAU_CLAMD: testClamd(),
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command of `preau`; gives what it says to a script. */
async function preau(name: string, flags: Flags = {}): Promise<Record<string, unknown>> {
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    const given = { config, flags: { ...flags, json: true }, signal, path: '' };
    expect(await COMMANDS[name]?.run(given)).toBe(0);
    return JSON.parse(String(said.mock.lastCall?.[0])) as Record<string, unknown>;
  } finally {
    said.mockRestore();
  }
}

/** The town on its own database, as long as `use` takes. */
async function onTown<T>(use: (core: Core) => Promise<T>): Promise<T> {
  const services = await startServices(config, { log: openLog({ level: 'silent' }), signal });
  try {
    const core = await openOn(services.config, { log: openLog({ level: 'silent' }) });
    try {
      return await use(core);
    } finally {
      await core.close();
    }
  } finally {
    await services.stop();
  }
}

async function makeTown({ config: { databaseUrl } }: Core): Promise<void> {
  const store = openStore(databaseUrl ?? '', { poolSize: 2, onError: () => {} });
  await seedSmallTown(store);
  await store.close();
}

/** What was never backed up is so by itself, once the town has run for a while. */
async function firstNight({ config: served }: Core): Promise<void> {
  const done = vi.fn();
  const log = openLog({ level: 'silent' });
  log.info = done;
  const nights = await startNights(served, { log, pausesMs: { first: 0, next: 60_000 } });
  await vi.waitFor(() => expect(done).toHaveBeenCalled(), { timeout: 20_000, interval: 50 });
  await nights.stop();
  expect(await preau('backup info')).toMatchObject({ backups: 1 });
}

/** It comes back beside, all that has been written until now, and is thrown away. */
async function proven(): Promise<void> {
  const begunAt = Date.now();
  await preau('backup prove');
  const { verified, tried, restored } = readRecord(config.dataDir);
  expect([verified?.trouble, tried?.trouble]).toEqual([null, null]);
  expect(restored).toMatchObject({ messages: 2 });
  expect(restored?.lastMessageAt?.getTime()).toBeGreaterThan(begunAt - 60_000);
  expect(existsSync(join(config.dataDir, 'proof'))).toBe(false);
}

async function signedIn(core: Core, local: string): Promise<Viewer> {
  const address = `${local}@${core.config.domain}`;
  const entry = await core.accounts.signIn(address, DEMO_PASSWORD, { ip: '127.0.0.1', way: 'web' });
  if (entry.kind !== 'welcome') throw new Error(entry.kind);
  return entry.viewer;
}

/** Claire writes to Lina and to somebody outside. */
async function write(core: Core, subject: string): Promise<void> {
  const viewer = await signedIn(core, 'claire.lefevre');
  const { domain } = core.config;
  const recipients = [`lina.moreau@${domain}`, OUTSIDE];
  const raw = rawLetter(`claire.lefevre@${domain}`, recipients, { subject });
  const sent = await core.delivery.accept(
    {
      sender: { kind: 'account', viewer },
      ...{ recipients, via: 'submission', peer: null, session: 'test', trace: '' },
    },
    Readable.from([raw]),
  );
  expect(sent.kind).toBe('accepted');
}

async function subjectsOf(core: Core, local: string): Promise<readonly string[]> {
  const viewer = await signedIn(core, local);
  const inbox = (await core.mail.mailboxes(viewer)).find(({ use }) => use === 'inbox');
  if (inbox === undefined) throw new Error('no inbox');
  const rows = await core.mail.list(viewer, inbox.id, { before: null, limit: 10 });
  return rows.map(({ subject }) => subject);
}

/** Lets a worker run until a letter has left; gives those that have. */
async function leftUntil(core: Core, subject: string): Promise<readonly string[]> {
  const left: string[] = [];
  const worker = await core.jobs.start({
    async deliver(_envelope, raw) {
      left.push(/^Subject: (.*)\r$/m.exec(raw.toString())?.[1] ?? '');
      return { kind: 'taken', reply: '250 2.0.0 Ok' };
    },
    close: async () => {},
  });
  await vi.waitFor(() => expect(left).toContain(subject), { timeout: 10_000, interval: 50 });
  await worker.close();
  return left;
}

it.skipIf(!canRun)('a town that is lost comes back, and of before nothing leaves', async () => {
  await preau('backup key', { sheet: join(folder, 'key.pdf') });
  await onTown(async (core) => {
    await makeTown(core);
    await write(core, 'Avant');
    await firstNight(core);
    expect(await preau('backup')).toMatchObject({ type: 'incr' });
    await write(core, 'Après');
    await proven();
  });
  const key = join(folder, 'key');
  renameSync(join(config.dataDir, 'backup.key'), key);
  const secret = readFileSync(config.secretFile, 'utf8');
  rmSync(config.dataDir, { recursive: true });

  expect(await preau('restore', { key })).toMatchObject({ standing: 2 });
  expect(readFileSync(config.secretFile, 'utf8')).toBe(secret);
  await onTown(async (core) => {
    expect(await subjectsOf(core, 'lina.moreau')).toEqual(['Après', 'Avant']);
    expect((await preau('outbox list'))['letters']).toHaveLength(2);
    await write(core, 'Depuis');
    expect(await leftUntil(core, 'Depuis')).toEqual(['Depuis']);
  });
});
