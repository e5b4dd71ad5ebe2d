import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../core/ground/config.ts';
import { openLog } from '../core/ground/log.ts';
import { bodyStoreOf } from '../core/store/bodies/body-store.ts';
import { bodyKeyFile } from '../core/store/bodies/keys.ts';
import { openBodies } from '../core/town/bodies/bodies.ts';
import { keptClock } from '../core/town/readiness/backup/kept-clock.ts';
import { keyIn } from './backup/given-key.ts';
import { keyGroups, newKey, readKey, type BackupKey } from './backup/repository/key.ts';
import { drawKeySheet } from './backup/sheet.ts';
import { say, type CommandInput } from './command.ts';
import { refused } from './refused.ts';
import { BACKUP_WRONG } from './texts/backup.ts';
import { BODIES_SAYS, BODIES_WRONG, BODY_SHEET } from './texts/bodies.ts';
import { onStore } from './verify-command.ts';

/**
 * `preau bodies key --key FILE|-`: puts the key of the sheet back where its file is lost.
 *
 * `preau bodies key --sheet FILE`: makes the key the first time, and draws its sheet each time. The
 * sheet is written first: nothing leaves the database before there is paper.
 */
export async function bodyKeyCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const path = bodyKeyFile(config);
  if (flags['key'] !== undefined) {
    keep(path, [await keyIn({ flags, signal })]);
    say(flags, { putBack: true }, BODIES_SAYS.putBack(path));
    return 0;
  }
  const { sheet } = flags;
  if (typeof sheet !== 'string') throw refused(BACKUP_WRONG.noSheet);
  const [kept] = keptKeys(path);
  const key = kept ?? newKey();
  const madeOn = new Intl.DateTimeFormat('fr-FR', {
    dateStyle: 'long',
    timeZone: keptClock(config.dataDir),
  }).format(new Date());
  const about = { domain: config.domain, madeOn, repository: null };
  const drawn = await drawKeySheet(key, about, BODY_SHEET);
  try {
    writeFileSync(sheet, drawn, { mode: 0o600, flag: 'wx', flush: true });
  } catch {
    throw refused(BACKUP_WRONG.sheetNotWritten(sheet));
  }
  if (kept === undefined) keep(path, [key]);
  say(flags, { sheet, made: kept === undefined }, BODIES_SAYS.key(sheet));
  return 0;
}

/**
 * Wraps the keys of all bodies by a new key, whose older ones stay in the file for what a backup
 * holds; how many those were. Null: this town has none. Cut short in between, both keys are there,
 * and each body names its own.
 */
export async function wrapBodiesAnew(config: Config): Promise<number | null> {
  const path = bodyKeyFile(config);
  if (bodyStoreOf(config) === null || config.databaseUrl === null) return null;
  const ready = `${path}.new`;
  write(ready, [newKey(), ...keptKeys(path)]);
  renameSync(ready, path);
  const bodyStore = bodyStoreOf(config);
  return onStore(config.databaseUrl, (store) =>
    openBodies({ ...BY_HAND, store, bodyStore }).wrapAnew(),
  );
}

/** What a command gives of itself. */
const BY_HAND = {
  clock: () => new Date(),
  random: Math.random,
  log: openLog({ level: 'warn' }),
};

function keptKeys(path: string): readonly BackupKey[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split(/\s+/).filter(Boolean);
  return lines.flatMap((line) => readKey(line) ?? []);
}

function keep(path: string, keys: readonly BackupKey[]): void {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path)) throw refused(BODIES_WRONG.keyThere(path));
  write(path, keys);
}

function write(path: string, keys: readonly BackupKey[]): void {
  const lines = keys.map((key) => `${keyGroups(key).join('-')}\n`);
  writeFileSync(path, lines.join(''), { mode: 0o600, flush: true });
}
