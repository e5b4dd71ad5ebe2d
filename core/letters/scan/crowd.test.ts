/**
 * Mail that costs a real clamd seconds, many at once, and what becomes of everybody else's
 * meanwhile.
 */
import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testClamd } from '../../../tests/shared/fresh-database.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { openScanner, type ScanFor, type Scanner } from './clamd.ts';
import { crowd, FLOOD } from './testing/crowd.ts';
import { letter, parcel } from './testing/letters.ts';
import { emptyEntries } from './testing/zip.ts';

const SETTINGS = { address: testClamd(), maxBytes: 26_214_400 };
const HOSTILE: ScanFor = { kind: 'peer', ip: '203.0.113.66' };
const OWN: ScanFor = { kind: 'own', school: 1 as SchoolId, account: 7 as AccountId };

describe('ten messages at once that cost clamd much', () => {
  let scanner: Scanner;
  beforeAll(async () => {
    scanner = await openScanner({ ...SETTINGS, timeoutMs: 30_000 });
  });
  afterAll(() => scanner.close());

  // From ten networks, since one has only its part. In its full size: npm run soak.
  it(
    'an ordinary one beside them has its answer within two seconds, and EICAR is still found',
    { tags: 'soak' },
    async () => {
      const { strangers, own, viruses, hostile } = await crowd(scanner, {
        entries: 4_000,
        networks: FLOOD,
      });
      expect(hostile).toHaveLength(FLOOD);
      expect(new Set(hostile)).toEqual(new Set(['clean'])); // slow, and nothing else
      expect(Math.min(strangers.count, own.count)).toBeGreaterThan(10);
      expect(Math.max(strangers.p99Ms, own.p99Ms)).toBeLessThan(2_000);
      expect(new Set(viruses)).toEqual(new Set(['infected']));
    },
  );
});

it('thirty who begin a large message and never end it hold nobody up', async () => {
  const scanner = await openScanner({ ...SETTINGS, timeoutMs: 10_000 });
  const begun = Array.from({ length: 30 }, (_unused, at) => {
    const stream = new PassThrough();
    stream.write(Buffer.alloc(200_000, 97));
    return { stream, result: scanner.scan(stream, { kind: 'peer', ip: `203.0.${at}.1` }) };
  });
  const large = parcel('f.bin', Buffer.alloc(200_000, 98));
  expect(await scanner.scan(large, { kind: 'peer', ip: '192.0.2.1' })).toEqual({ kind: 'clean' });
  expect(await scanner.scan(large, OWN)).toEqual({ kind: 'clean' });
  for (const { stream } of begun) stream.destroy();
  expect(new Set(await Promise.all(begun.map(async ({ result }) => (await result).kind)))).toEqual(
    new Set(['silent']),
  );
  scanner.close();
});

describe('bytes that clamd runs out of our time with', () => {
  /**
   * Some 0.15 s of clamd's, and our patience is a third of it: what is slow here needs no thirty
   * seconds, nor a clamd that goes on for long with what nobody waits for.
   */
  const slowParcel = (): Buffer => parcel('f.zip', emptyEntries(3_000, randomUUID()));
  /** On a busy machine clamd may have no time for anybody within that little patience. */
  const tries = (expectation: () => Promise<void>) => vi.waitFor(expectation, { timeout: 10_000 });
  const scanning = async (use: (scanner: Scanner) => Promise<void>): Promise<void> => {
    const scanner = await openScanner({ ...SETTINGS, timeoutMs: 50 });
    await use(scanner);
    scanner.close();
  };

  it('are put off the first time; alone the second time, they are at fault, and are known from then on', () =>
    scanning(async (scanner) => {
      const slow = slowParcel();
      expect(await scanner.scan(slow, HOSTILE)).toEqual({ kind: 'silent', why: 'slow' });
      const outOfTime = { kind: 'unscannable', signature: 'Heuristics.Limits.Exceeded.ScanTime' };
      await tries(async () =>
        expect(await scanner.scan(slow, { kind: 'peer', ip: '198.51.100.1' })).toEqual(outOfTime),
      );
      const begun = performance.now();
      expect(await scanner.scan(slow, HOSTILE)).toEqual(outOfTime);
      expect(performance.now() - begun).toBeLessThan(50); // without clamd
      await tries(async () =>
        expect(await scanner.scan(letter(randomUUID()), HOSTILE)).toEqual({ kind: 'clean' }),
      );
    }));

  it('are as suspect when one of our own sends them', () =>
    scanning(async (scanner) => {
      const slow = slowParcel();
      expect((await scanner.scan(slow, OWN)).kind).toBe('silent');
      await tries(async () => expect((await scanner.scan(slow, OWN)).kind).toBe('unscannable'));
    }));

  it('other bytes of the same sender are not suspect', () =>
    scanning(async (scanner) => {
      expect((await scanner.scan(slowParcel(), HOSTILE)).kind).toBe('silent');
      expect(await scanner.scan(slowParcel(), HOSTILE)).toEqual({ kind: 'silent', why: 'slow' });
    }));
});
