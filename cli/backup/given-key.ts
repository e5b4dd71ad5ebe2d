import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Fault } from '../../core/ground/fault.ts';
import type { Flags } from '../flags.ts';
import { RESTORE_WRONG } from '../texts/backup.ts';
import { readKey, type BackupKey } from './key.ts';

/**
 * The key that `--key FILE` names, or `--key -` asks for. Throws a `Fault` 'configuration' where it
 * isn't given, can't be read, or is mistyped.
 */
export async function keyIn({ key: path }: Flags): Promise<BackupKey> {
  if (typeof path !== 'string') throw refused(RESTORE_WRONG.noKey);
  const key = readKey(path === '-' ? await typedKey() : keyInFile(path));
  if (key === null) throw refused(RESTORE_WRONG.keyMistyped);
  return key;
}

function keyInFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw refused(RESTORE_WRONG.keyUnreadable(path));
  }
}

/**
 * One line of what is typed or piped; asked for on the other channel, since a script reads ours.
 */
async function typedKey(): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(RESTORE_WRONG.askKey);
  } finally {
    terminal.close();
  }
}

function refused(sentence: string): Fault {
  return new Fault('configuration', sentence, { transient: false });
}
