import { mkdirSync, writeFileSync } from 'node:fs';
import type { Config } from '../../core/ground/config.ts';
import { keptClock } from '../../core/town/readiness/backup/kept-clock.ts';
import { say, type CommandInput } from '../command.ts';
import { refused } from '../refused.ts';
import { BACKUP_SAYS, BACKUP_WRONG, RESTORE_WRONG } from '../texts/backup.ts';
import { SFTP_SAYS } from '../texts/sftp.ts';
import { dataAt } from './data-folder.ts';
import { keyIn } from './given-key.ts';
import { readDestination } from './repository/destination.ts';
import { keepKey, keptKey, newKey, type BackupKey } from './repository/key.ts';
import { loginKey } from './repository/sftp/login-key.ts';
import { openSideFiles } from './repository/side-files.ts';
import { drawKeySheet } from './sheet.ts';

/**
 * `preau backup key --key FILE|-`: puts the key of the sheet back where PREAU_DATA has lost it.
 *
 * `preau backup key --sheet FILE`: makes the key the first time, and draws its sheet each time. The
 * sheet is written first: a key of which there is none would open nothing on an empty machine.
 */
export async function keyCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const { sheet } = flags;
  if (flags['key'] !== undefined) return putBack(config, { flags, signal });
  if (typeof sheet !== 'string') throw refused(BACKUP_WRONG.noSheet);
  const kept = keptKey(config.dataDir);
  const key = kept ?? newKey();
  const madeOn = new Intl.DateTimeFormat('fr-FR', {
    dateStyle: 'long',
    timeZone: keptClock(config.dataDir),
  }).format(new Date());
  const { domain, backup: repository } = config;
  const drawn = await drawKeySheet(key, { domain, madeOn, repository });
  try {
    writeFileSync(sheet, drawn, { mode: 0o600, flag: 'wx', flush: true });
  } catch {
    throw refused(BACKUP_WRONG.sheetNotWritten(sheet));
  }
  if (kept === null) {
    mkdirSync(config.dataDir, { recursive: true });
    keepKey(config.dataDir, key);
  }
  const login = loginFor(config, key);
  const facts = { sheet, made: kept === null, ...(login === null ? {} : { login: login.line }) };
  const lines = [BACKUP_SAYS.keySheet(sheet), ...(login === null ? [] : [login.sentence])];
  say(flags, facts, lines.join('\n'));
  return 0;
}

/** What opens the machine of the backups, where they go to another. */
function loginFor(
  { backup }: Config,
  key: BackupKey,
): { readonly line: string; readonly sentence: string } | null {
  const destination = backup === null ? null : readDestination(backup);
  if (destination?.kind !== 'sftp') return null;
  const { line } = loginKey(key);
  return { line, sentence: SFTP_SAYS.login(destination.user, destination.host, line) };
}

/** Where a repository has backups it must be theirs: another one would open none of them. */
async function putBack(
  { dataDir, backup }: Config,
  { flags, signal }: Pick<CommandInput, 'flags' | 'signal'>,
): Promise<number> {
  const key = await keyIn({ flags, signal });
  const kept = backup && (await dataAt(openSideFiles(backup, { key, signal }), key, null));
  if (kept === 'wrong-key') throw refused(RESTORE_WRONG.wrongKey);
  mkdirSync(dataDir, { recursive: true });
  try {
    keepKey(dataDir, key);
  } catch {
    throw refused(BACKUP_WRONG.keyThere(dataDir));
  }
  say(flags, { putBack: true }, BACKUP_SAYS.keyPutBack(dataDir));
  return 0;
}
