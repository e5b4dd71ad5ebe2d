import { readFileSync } from 'node:fs';
import { askedLine } from '../asked-line.ts';
import type { CommandInput } from '../command.ts';
import { refused } from '../refused.ts';
import { RESTORE_WRONG } from '../texts/backup.ts';
import { readKey, type BackupKey } from './repository/key.ts';

/**
 * The key that `--key FILE` names, or `--key -` asks for. Throws a `Fault` 'configuration' where it
 * isn't given, can't be read, or is mistyped.
 */
export async function keyIn({
  flags: { key: path },
  signal,
}: Pick<CommandInput, 'flags' | 'signal'>): Promise<BackupKey> {
  if (typeof path !== 'string') throw refused(RESTORE_WRONG.noKey);
  const text = path === '-' ? await askedLine(RESTORE_WRONG.askKey, signal) : keyInFile(path);
  if (text.trim() === '') throw refused(RESTORE_WRONG.keyEmpty);
  const key = readKey(text);
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
