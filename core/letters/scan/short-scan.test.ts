/** A clamd with our own settings, but for less time: what it gives up itself. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { end } from '../../../cli/launcher/child.ts';
import { clamdConfig, EICAR } from '../../../cli/launcher/clamd.ts';
import { findProgram } from '../../../cli/launcher/programs.ts';
import { openScanner, type Scanner } from './clamd.ts';
import { parcel } from './testing/letters.ts';
import { emptyEntries } from './testing/zip.ts';

const MAX_BYTES = 26_214_400;
const SHORT_MS = 200;

let folder: string;
let clamd: ChildProcess;
let scanner: Scanner;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preau-short-'));
  for (const name of ['signatures', 'work']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'signatures', 'preau.ndb'), EICAR);
  const settings = clamdConfig(folder, {
    port: 0,
    maxMessageBytes: MAX_BYTES,
    processes: 1,
    scans: join(folder, 'work'),
  });
  writeFileSync(
    join(folder, 'clamd.conf'),
    settings.replace(/^MaxScanTime .*$/m, `MaxScanTime ${SHORT_MS}`),
  );
  clamd = spawn(findProgram('clamd') ?? 'clamd', ['-c', join(folder, 'clamd.conf')], {
    stdio: 'ignore',
  });
  scanner = await openScanner({
    address: `unix:${join(folder, 'work', 'clamd.sock')}`,
    timeoutMs: 10_000,
    maxBytes: MAX_BYTES,
  });
  for (let tries = 0; tries < 100 && !(await scanner.ping()); tries += 1) await sleep(100);
});
afterAll(async () => {
  scanner.close();
  await end(clamd, 'SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

it('what takes clamd longer than its limit of time is unscannable at the first try', async () => {
  const result = await scanner.scan(parcel('f.zip', emptyEntries(8_000, 'f')), {
    kind: 'peer',
    ip: '192.0.2.1',
  });
  expect(result).toEqual({
    kind: 'unscannable',
    signature: 'Heuristics.Limits.Exceeded.MaxScanTime',
  });
});
