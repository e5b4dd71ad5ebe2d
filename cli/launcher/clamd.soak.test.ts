import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog } from '../../core/ground/log.ts';
import { openScanner, type ScanFor, type Scanner } from '../../core/letters/scan/clamd.ts';
import { SCAN_TIMEOUT_MS } from '../../core/letters/scan/limits.ts';
import { zip } from '../../core/letters/scan/testing/zip.ts';
import { startClamd } from './clamd.ts';
import { openHome } from './paths.ts';

const MAX_BYTES = 26_214_400;
const STRANGER: ScanFor = { kind: 'peer', ip: '192.0.2.1' };

describe('a clamd of our own', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'preau-clamd-'));
  let clamd: Awaited<ReturnType<typeof startClamd>>;
  let scanner: Scanner;
  let scans: string;
  let restarts = 0;

  beforeAll(async () => {
    chmodSync(dataDir, 0o711);
    clamd = await startClamd(openHome(dataDir), {
      port: 0,
      maxMessageBytes: MAX_BYTES,
      processes: 1,
      log: openLog({ level: 'silent' }),
      signal: new AbortController().signal,
      onRestart: () => {
        restarts += 1;
      },
    });
    const folder = dirname(dirname(clamd.address.slice('unix:'.length)));
    const settings = readFileSync(join(folder, 'clamd.conf'), 'utf8');
    scans = /^TemporaryDirectory (.*)$/m.exec(settings)?.[1] ?? '';
    const timeoutMs = SCAN_TIMEOUT_MS;
    scanner = await openScanner({ address: clamd.address, timeoutMs, maxBytes: MAX_BYTES });
  });
  afterAll(async () => {
    scanner.close();
    await clamd.stop();
    expect(existsSync(scans)).toBe(false);
    rmSync(dataDir, { recursive: true });
  });

  it('unpacks a large archive in the folder for scans, and leaves nothing there', async () => {
    // 80 MB of lines that differ, so that it is no bomb
    const lines = Array.from({ length: 2_000_000 }, (_, at) => `${at} sur la photo de classe`);
    const archive = zip('photos.txt', Buffer.from(lines.join('\n')).subarray(0, 80_000_000));
    const found = scanner.scan(archive, STRANGER);
    let most = 0;
    for (let isOver = false; !isOver;) {
      most = Math.max(most, readdirSync(scans).length);
      isOver = await Promise.race([found.then(() => true), sleep(5).then(() => false)]);
    }
    expect(await found).toEqual({ kind: 'clean' });
    expect(most).toBeGreaterThan(0);
    await expect.poll(() => readdirSync(scans)).toEqual([]);
  });

  it('begins with an empty folder after it was killed in the middle of a scan', async () => {
    const lines = Array.from({ length: 2_000_000 }, (_, at) => `${at} dans la cour`);
    const scan = scanner.scan(zip('photos.txt', Buffer.from(lines.join('\n'))), STRANGER);
    while (readdirSync(scans).length === 0) await sleep(1);
    process.kill(clamd.pid() ?? 0, 'SIGKILL');
    await scan;
    while (restarts === 0) await sleep(20);
    await expect.poll(() => readdirSync(scans)).toEqual([]);
    expect(await scanner.scan(Buffer.from('Bonjour\r\n'), STRANGER)).toEqual({ kind: 'clean' });
  });
});
