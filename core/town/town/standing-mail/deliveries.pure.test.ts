import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coveredUntil, knownDeliveries, noteWorking } from './deliveries.ts';

const RESTORED = new Date('2026-11-26T12:00:00Z');
const ago = (minutes: number): Date => new Date(RESTORED.getTime() - minutes * 60_000);

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'deliveries-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** From so many minutes before the restore on, to how many all is known; null: not at all. */
async function knownTo(from: number): Promise<number | null> {
  const { covered } = await knownDeliveries(dataDir, { since: ago(90), restoredAt: RESTORED });
  const until = coveredUntil(covered, ago(from));
  return until === null ? null : (RESTORED.getTime() - until.getTime()) / 60_000;
}

describe('of what left in the lost time', () => {
  it('one machine knows all from its first sign to its last', async () => {
    for (const minutes of [60, 40, 5]) noteWorking({ dataDir, machine: null }, ago(minutes));
    expect([await knownTo(50), await knownTo(61), await knownTo(5)]).toEqual([5, null, null]);
  });

  it('three machines know nothing of the minutes behind the last sign of one that died', async () => {
    for (const machine of ['m1', 'm2', 'm3'])
      for (const minutes of [60, 40]) noteWorking({ dataDir, machine }, ago(minutes));
    for (const machine of ['m1', 'm3']) noteWorking({ dataDir, machine }, ago(5));
    expect(await knownTo(50)).toBe(40);
    expect(await knownTo(39)).toBeNull();
    expect(await knownTo(36)).toBe(5);
  });
});
