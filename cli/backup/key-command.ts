import { mkdirSync, writeFileSync } from 'node:fs';
import { Fault } from '../../core/fault.ts';
import { say, type Given } from '../command.ts';
import { BACKUP_SAYS, BACKUP_WRONG } from '../texts/backup.ts';
import { keepKey, keptKey, newKey } from './key.ts';
import { drawKeySheet } from './sheet.ts';

/**
 * `preau backup key --sheet FILE`: makes the key the first time, and draws its sheet each time. The
 * sheet is written first: a key of which there is none would open nothing on an empty machine.
 */
export async function keyCommand({ config, flags }: Given): Promise<number> {
  const { sheet } = flags;
  if (typeof sheet !== 'string') throw refused(BACKUP_WRONG.noSheet);
  const kept = keptKey(config.dataDir);
  const key = kept ?? newKey();
  const madeOn = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long' }).format(new Date());
  const drawn = await drawKeySheet(key, { domain: config.domain, madeOn });
  try {
    writeFileSync(sheet, drawn, { mode: 0o600, flag: 'wx', flush: true });
  } catch {
    throw refused(BACKUP_WRONG.sheetNotWritten(sheet));
  }
  if (kept === null) {
    mkdirSync(config.dataDir, { recursive: true });
    keepKey(config.dataDir, key);
  }
  say(flags, { sheet, made: kept === null }, BACKUP_SAYS.keySheet(sheet));
  return 0;
}

function refused(sentence: string): Fault {
  return new Fault('configuration', sentence, { transient: false });
}
