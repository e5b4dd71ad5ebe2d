/** Backups as they must be. */

import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR_MS } from '../../../ground/spans.ts';
import type { BackupRecord } from '../backup/record.ts';

/** A folder that looks like a repository from outside. */
export function madeRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'preau-repository-'));
  mkdirSync(join(folder, 'settings'));
  return folder;
}

/** What is known after a night in which all went well. */
export function rightRecord(now: Date): BackupRecord {
  const before = (hours: number): Date => new Date(now.getTime() - hours * HOUR_MS);
  return {
    made: { at: before(12) },
    verified: { at: before(11), seconds: 12.5, trouble: null, olderDamaged: false },
    tried: { at: before(10), seconds: 40, trouble: null },
    restored: {
      at: before(10),
      dataUntil: before(10),
      messages: 12_345,
      lastMessageAt: before(11),
      bytes: 8e9,
    },
    reach: { from: before(24 * 30), until: before(10) },
    sizes: [],
  };
}
