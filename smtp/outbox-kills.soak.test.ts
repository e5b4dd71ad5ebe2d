/**
 * Mail to outside while all that it stands on is killed at random: the worker, PostgreSQL's
 * postmaster, Valkey with all that it holds. Each message comes once at least; more than once only
 * where the peer's answer was lost, which is counted (RFC 1047).
 */
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHome } from '../cli/launcher/paths.ts';
import { startPostgres } from '../cli/launcher/postgres.ts';
import { openLog } from '../core/ground/log.ts';
import { migrate } from '../core/store/migrate.ts';
import { openStore, type Store } from '../core/store/store.ts';
import { seeded } from '../tests/soak/random.ts';
import { openSink, type Sink } from '../tests/soak/sink.ts';
import { startChild, startValkey, type Valkey } from './testing/outbox-queue.ts';
import { makeTown, ONE, write } from './testing/outbox-town.ts';

const SEED = randomInt(2 ** 31);
const MESSAGES = 2_000;
const OF_ONE_LETTER = 20;
const KILLS = 24;
const PAUSE_MS = [300, 2_500] as const;
const LEASE_MS = 5_000;
const PATIENCE_MS = 240_000;
const VICTIMS = ['the worker', 'PostgreSQL', 'Valkey'] as const;

const valkey = await startValkey();
afterAll(() => valkey?.stop());

describe.runIf(valkey !== null)('kills under mail to outside', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-kills-'));
  const random = seeded(SEED).next;
  const recipients = Array.from({ length: MESSAGES }, (_one, n) => `someone${n}@example.org`);
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let store: Store;
  let sink: Sink;
  let worker: ChildProcess | null = null;

  beforeAll(async () => {
    const { signal } = new AbortController();
    const log = openLog({ level: 'silent' });
    const onRestart = () => {};
    const options = { port: 0, processes: 2, log, signal, onRestart };
    postgres = await startPostgres(openHome(folder), options);
    await migrate({ adminUrl: postgres.adminUrl, appUrl: postgres.databaseUrl });
    store = openStore(postgres.databaseUrl, { onError: () => {} });
    sink = await openSink();
  }, 120_000);
  afterAll(async () => {
    await killed(worker);
    await store.close();
    await postgres.stop();
    await sink.close();
    await rm(folder, { recursive: true, force: true });
  });

  const started = ({ url }: Valkey): Promise<ChildProcess> =>
    startChild(
      {
        databaseUrl: postgres.databaseUrl,
        redisUrl: url,
        dataDir: folder,
        machine: null,
        smarthost: sink.url,
        chance: random(),
        leaseMs: LEASE_MS,
      },
      () => {},
    );

  /** It may be coming back just now from the kill before. */
  async function postmaster(): Promise<number> {
    await expect.poll(() => postgres.pid(), { timeout: 60_000, interval: 100 }).toBeTruthy();
    return needed(postgres.pid());
  }

  it(
    'each comes once at least, and again only where the answer was lost',
    { timeout: 600_000 },
    async () => {
      const queue = needed(valkey);
      const account = needed((await makeTown(store)).get(ONE));
      for (let at = 0; at < MESSAGES; at += OF_ONE_LETTER)
        await write(store, ONE, account, recipients.slice(at, at + OF_ONE_LETTER));
      const kills = { 'the worker': 0, PostgreSQL: 0, Valkey: 0, 'the worker by itself': 0 };
      for (let kill = 0; kill < KILLS; kill += 1) {
        if (worker !== null && hasEnded(worker)) kills['the worker by itself'] += 1;
        // Where the database comes back just now it can't begin: then it is tried again.
        if (worker === null || hasEnded(worker)) worker = await started(queue).catch(() => null);
        await sleep(PAUSE_MS[0] + random() * (PAUSE_MS[1] - PAUSE_MS[0]));
        const victim = VICTIMS[Math.trunc(random() * VICTIMS.length)] ?? 'the worker';
        kills[victim] += 1;
        if (victim === 'Valkey') await queue.renew();
        if (victim === 'PostgreSQL') process.kill(await postmaster(), 'SIGKILL');
        if (victim === 'the worker') {
          await killed(worker);
          worker = null;
        }
      }
      const takenByThen = sink.receipts().size;
      if (worker === null || hasEnded(worker)) worker = await started(queue);
      await expect
        .poll(() => sink.receipts().size, { timeout: PATIENCE_MS, interval: 200 })
        .toBe(MESSAGES);
      await expect.poll(() => due(store), { timeout: PATIENCE_MS, interval: 200 }).toBe(0);
      const receipts = [...sink.receipts().values()];
      const doubled = receipts.reduce((sum, { times }) => sum + times - 1, 0);
      process.stdout.write(
        `kills under mail to outside, seed ${SEED}: ${JSON.stringify(kills)}; ${MESSAGES} messages, ${takenByThen} of them taken while things were killed, ${doubled} taken twice\n`,
      );
      expect(receipts.filter(({ afterSeen }) => afterSeen > 0)).toEqual([]);
      expect(kills['the worker'] + kills.PostgreSQL + kills.Valkey).toBe(KILLS);
    },
  );
});

function needed<T>(given: T | null | undefined): T {
  if (given === null || given === undefined) throw new Error('it isn’t there');
  return given;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

async function killed(child: ChildProcess | null): Promise<void> {
  if (child === null || hasEnded(child)) return;
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGKILL');
  });
}

/** How much of it is still to leave; all of it while the database is away. */
function due(store: Store): Promise<number> {
  return store
    .read(ONE, ({ db }) =>
      db.selectFrom('due').select('row_id').where('school_id', '=', ONE).execute(),
    )
    .then(
      (rows) => rows.length,
      () => MESSAGES,
    );
}
