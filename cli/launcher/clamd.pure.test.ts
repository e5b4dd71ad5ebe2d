import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { turnsOfOne } from '../../core/ground/turns.ts';
import {
  CLAMD_SCAN_MS,
  FILE_BYTES,
  SCAN_TIMEOUT_MS,
  TURNS,
} from '../../core/letters/scan/limits.ts';
import { LIMITS } from '../../smtp/limits.ts';
import { clamdConfig } from './clamd.ts';

const MAX_MESSAGE = 26_214_400;
/**
 * What clamd needs beside its limit: it looks at the clock now and then only, and its answer
 * travels.
 */
const SLACK = 1.25;
/** How long a peer waits for the answer to its message (RFC 5321 §4.5.3.2.6). */
const PEER_WAITS_MS = 600_000;
const UNITS: Readonly<Record<string, number>> = { K: 1_024, M: 1_048_576 };

const compose = readFileSync(
  fileURLToPath(new URL('../../docker/clamd.conf', import.meta.url)),
  'utf8',
);

function settingsIn(file: string): ReadonlyMap<string, string> {
  const lines = file.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
}

describe.each([
  { of: 'docker/clamd.conf', settings: settingsIn(compose) },
  {
    of: 'our own clamd',
    settings: settingsIn(
      clamdConfig('/tmp/x', {
        port: 0,
        maxMessageBytes: MAX_MESSAGE,
        processes: 1,
        scans: '/tmp/y',
      }),
    ),
  },
])('the settings of $of', ({ settings }) => {
  const number = (key: string): number => {
    const [, digits, unit] = /^(\d+)([KM]?)$/.exec(settings.get(key) ?? '') ?? [];
    return Number(digits) * (UNITS[unit ?? ''] ?? 1);
  };

  it('end a scan well before we give it up, and we well before the peer does', () => {
    expect(number('MaxScanTime')).toBe(CLAMD_SCAN_MS);
    expect(CLAMD_SCAN_MS * SLACK).toBeLessThan(SCAN_TIMEOUT_MS);
    const waits = Math.max(...Object.values(TURNS).map(({ waitMs }) => waitMs));
    expect(waits + SCAN_TIMEOUT_MS + LIMITS.authenticationMs).toBeLessThan(PEER_WAITS_MS / 2);
  });

  it('say that a limit was hit, or that something is locked, and never call it clean', () => {
    for (const alert of [
      'AlertExceedsMax',
      'AlertEncrypted',
      'AlertEncryptedArchive',
      'AlertEncryptedDoc',
    ]) {
      expect(settings.get(alert), alert).toBe('yes');
    }
  });

  it('give more threads than all our turns, and strangers fewer than all', () => {
    const { own, letters, parcels, files } = TURNS;
    const all = own.atOnce + letters.atOnce + parcels.atOnce + files.atOnce;
    expect(all).toBeLessThan(number('MaxThreads'));
    for (const each of [own, letters, parcels]) expect(each.each).toBeLessThan(each.atOnce);
  });

  it('give threads to the turns of several processes too', () => {
    for (const processes of [1, 2, 3, 4, 8]) {
      const turns = Object.values(TURNS).map((one) => turnsOfOne(one, processes).atOnce);
      const all = processes * turns.reduce((sum, one) => sum + one);
      expect(all, `${processes} processes`).toBeLessThan(
        Math.max(number('MaxThreads'), 5 * processes),
      );
    }
  });

  it('take a message as long as we do', () => {
    expect(number('StreamMaxLength')).toBeGreaterThan(MAX_MESSAGE);
    expect(number('MaxFileSize')).toBeGreaterThan(number('StreamMaxLength'));
  });

  it('take the largest file of a cupboard whole', () => {
    for (const limit of ['StreamMaxLength', 'MaxFileSize', 'MaxScanSize'])
      expect(number(limit), limit).toBeGreaterThan(FILE_BYTES);
  });
});
