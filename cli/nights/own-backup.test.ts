/** The backup of a PostgreSQL of one's own takes its turn in the one scheduler. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { takeNightTurn } from '../../core/store/night-turn.ts';
import { nightJobs, type NightJobRow } from '../../core/store/town/night-jobs.ts';
import { townCalendar } from '../../core/town/nights/nights.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { makeInTurn } from './own-backup.ts';

const NIGHT = new Date('2026-11-24T22:00+01:00');
const LESSONS = new Date('2026-11-25T10:00+01:00');
const LONG_MS = 20_000;

let town: TestTown;
let folder: string;
let enough: AbortController;
beforeEach(async () => {
  town = await openTestTown();
  town.clock.now = NIGHT;
  folder = mkdtempSync(join(tmpdir(), 'preau-own-backup-'));
  enough = new AbortController();
});
afterEach(() => town.close());

function program(lines: string): string {
  const path = join(folder, 'backup.sh');
  writeFileSync(path, `#!/bin/sh\ncd ${folder}\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

const offer = (lines: string) =>
  makeInTurn(
    program(lines),
    {
      store: town.store,
      databaseUrl: town.databaseUrl,
      log: town.parts.log,
      calendar: () => townCalendar(town.store),
      clock: () => town.clock.now,
    },
    { until: enough.signal, pausesMs: { first: 0, next: 10 } },
  );

const standing = async (): Promise<NightJobRow | undefined> =>
  (await town.store.readTown(nightJobs)).get('backup');

it('is made by the program once it is its turn, and stands on the page', async () => {
  const turn = await takeNightTurn(town.databaseUrl);
  const making = offer('echo made >> made');
  await vi.waitFor(async () => expect(await standing()).toBeDefined(), { timeout: LONG_MS });
  await sleep(100);
  expect(existsSync(join(folder, 'made'))).toBe(false);
  await turn?.end();
  expect(await making).toBe(true);
  expect(readFileSync(join(folder, 'made'), 'utf8')).toBe('made\n');
  expect(await standing()).toMatchObject({ result: 'done', doneAt: NIGHT });
});

it('is not made twice in a night, nor in lessons', async () => {
  expect(await offer('echo made >> made')).toBe(true);
  town.clock.now = LESSONS;
  const again = offer('echo made >> made');
  await sleep(200);
  enough.abort();
  expect(await again).toBe(false);
  expect(readFileSync(join(folder, 'made'), 'utf8')).toBe('made\n');
});

it('says so where the program fails, and comes again', async () => {
  const making = offer('exit 3');
  await vi.waitFor(async () => expect(await standing()).toMatchObject({ result: 'failed' }), {
    timeout: LONG_MS,
  });
  enough.abort();
  expect(await making).toBe(false);
});

it('is stopped with all that it has started', async () => {
  const making = offer('sleep 300 & echo $! > begun; wait');
  await vi.waitFor(() => expect(existsSync(join(folder, 'begun'))).toBe(true), {
    timeout: LONG_MS,
  });
  await vi.waitFor(() => expect(readFileSync(join(folder, 'begun'), 'utf8')).not.toBe(''));
  const pid = Number(readFileSync(join(folder, 'begun'), 'utf8'));
  enough.abort();
  expect(await making).toBe(false);
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: LONG_MS });
  expect(await standing()).toMatchObject({ result: 'stopped' });
});
