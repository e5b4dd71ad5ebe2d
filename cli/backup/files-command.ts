import { mkdirSync } from 'node:fs';
import { say, type CommandInput } from '../command.ts';
import { refused } from '../refused.ts';
import { RESTORE_WRONG } from '../texts/backup.ts';
import { FILES_SAYS } from '../texts/way-back.ts';
import { dataAt, writeMissing } from './data-folder.ts';
import { keyIn } from './given-key.ts';
import { repositoryAt } from './repository/destination.ts';
import { keptKey } from './repository/key.ts';
import { openSideFiles } from './repository/side-files.ts';

/**
 * `preau restore files`: puts the keys, certificates and settings of PREAU_DATA that are missing
 * back from the newest backup. The database and what is there stay as they are. The key of the
 * backups is the one of PREAU_DATA, where it is there still.
 */
export async function filesCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const { dataDir } = config;
  const given = flags['repository'] ?? config.backup;
  if (typeof given !== 'string') throw refused(RESTORE_WRONG.noRepository);
  const repository = repositoryAt(given);
  const kept = flags['key'] === undefined ? keptKey(dataDir) : null;
  const key = kept ?? (await keyIn({ flags, signal }));
  const settings = await dataAt(openSideFiles(repository, { key, signal }), key, null);
  if (settings === 'wrong-key') throw refused(RESTORE_WRONG.wrongKey);
  if (settings === 'not-ours') throw refused(RESTORE_WRONG.noBackup(repository));
  mkdirSync(dataDir, { recursive: true });
  const files = writeMissing(dataDir, settings);
  const sentence =
    files.length === 0 ? FILES_SAYS.nothing(dataDir) : FILES_SAYS.done(dataDir, files);
  say(flags, { folder: dataDir, files }, sentence);
  return 0;
}
