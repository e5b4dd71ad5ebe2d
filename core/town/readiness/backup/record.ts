import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TROUBLES } from './troubles.ts';

/**
 * What is known of the backups, kept in PREAU_DATA as a file of ours: whoever asks finds it also
 * when the database is what has gone. It belongs to one machine, and no backup holds it. What
 * another version wrote in a form of its own counts as not known.
 */
const FILE = 'backup-proof.json';
/** Nights whose sizes are kept: what the disk does in a month and a half. */
const MOST_SIZES = 45;

const MOMENT = z.coerce.date();
const TROUBLE = z.object({ kind: z.enum(TROUBLES), detail: z.string() });

const RECORD = z.object({
  /** The last backup that this machine made. */
  made: z.object({ at: MOMENT }).nullable().catch(null),
  /** The last look at every byte of the repository. */
  verified: z
    .object({
      at: MOMENT,
      seconds: z.number(),
      trouble: TROUBLE.nullable(),
      /** A backup that is damaged, and whose place a newer sound one has taken. */
      olderDamaged: z.boolean(),
    })
    .nullable()
    .catch(null),
  /** The last try to restore it beside. */
  tried: z
    .object({ at: MOMENT, seconds: z.number(), trouble: TROUBLE.nullable() })
    .nullable()
    .catch(null),
  /** The last that came back whole. */
  restored: z
    .object({
      at: MOMENT,
      dataUntil: MOMENT,
      messages: z.number(),
      lastMessageAt: MOMENT.nullable(),
      bytes: z.number(),
    })
    .nullable()
    .catch(null),
  /** Every minute between them can be come back to. */
  reach: z.object({ from: MOMENT, until: MOMENT }).nullable().catch(null),
  /** Of the repository and its disk, a night each, the newest last. */
  sizes: z.array(z.object({ at: MOMENT, bytes: z.number(), freeBytes: z.number() })).catch([]),
});

export type BackupRecord = z.infer<typeof RECORD>;
/** How large the repository was, and what was free beside it, in bytes. */
export type Size = BackupRecord['sizes'][number];

const NOTHING: BackupRecord = {
  made: null,
  verified: null,
  tried: null,
  restored: null,
  reach: null,
  sizes: [],
};

/** What was written down last; nothing where there is none, or none of this version. */
export function readRecord(dataDir: string): BackupRecord {
  try {
    return RECORD.parse(JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')));
  } catch {
    return NOTHING;
  }
}

/** Writes down what has changed; whoever reads meanwhile finds the old one or the new one. */
export function noteRecord(dataDir: string, change: Partial<BackupRecord>): BackupRecord {
  const changed = { ...readRecord(dataDir), ...change };
  const record = { ...changed, sizes: changed.sizes.slice(-MOST_SIZES) };
  const path = join(dataDir, FILE);
  writeFileSync(`${path}.new`, JSON.stringify(record), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  return record;
}
