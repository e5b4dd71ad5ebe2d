import { hash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSigns, readSigns } from '../../../core/entry/codes/signs.ts';
import { Fault } from '../../../core/ground/fault.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';

/** Groups of four signs on the sheet: 253 bits of chance, and a last group that tells a slip. */
const GROUP = 4;
const GROUPS_OF_CHANCE = 14;
const SIGNS = GROUP * (GROUPS_OF_CHANCE + 1);
const ALPHABET = 'ACDEFHJKMNPQRTUVWXY3479';

declare const checked: unique symbol;
/** A key of the backup, its signs without hyphens; whoever has one has seen its last group fit. */
export type BackupKey = string & { readonly [checked]: true };

/** Where the key of a running installation is: it encrypts all that goes to the repository. */
const keyFile = (dataDir: string): string => join(dataDir, 'backup.key');

/** A new key, from the system's secure chance. */
export function newKey(): BackupKey {
  const signs = newSigns([GROUP * GROUPS_OF_CHANCE]);
  return `${signs}${lastGroup(signs)}` as BackupKey;
}

/** A key as somebody typed it from its sheet; null where a sign is wrong or missing. */
export function readKey(typed: string): BackupKey | null {
  const signs = readSigns(typed.trim(), SIGNS);
  if (signs === null) return null;
  const chance = signs.slice(0, -GROUP);
  return lastGroup(chance) === signs.slice(-GROUP) ? (signs as BackupKey) : null;
}

/** The key in groups, as it stands on the sheet. */
export function keyGroups(key: BackupKey): readonly string[] {
  return key.match(/.{4}/g) ?? [];
}

/**
 * The key of this installation; null where none was made. Throws a `Fault` 'configuration' where
 * its file holds none: another one in its place would open no backup.
 */
export function keptKey(dataDir: string): BackupKey | null {
  const path = keyFile(dataDir);
  if (!existsSync(path)) return null;
  const key = readKey(readFileSync(path, 'utf8'));
  if (key !== null) return key;
  throw new Fault('configuration', BACKUP_WRONG.keyGarbled(path), { transient: false });
}

/** Keeps a key for the running backup, for us alone to read; never over another one. */
export function keepKey(dataDir: string, key: BackupKey): void {
  writeFileSync(keyFile(dataDir), `${keyGroups(key).join('-')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
}

function lastGroup(signs: string): string {
  const digest = hash('sha256', `preau backup key ${signs}`, 'buffer');
  return [...digest.subarray(0, GROUP)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
