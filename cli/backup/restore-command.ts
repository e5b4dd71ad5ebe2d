import { resolve } from 'node:path';
import { openLog } from '../../core/ground/log.ts';
import { keptClock } from '../../core/town/readiness/backup/kept-clock.ts';
import { say, type CommandInput } from '../command.ts';
import type { Flags } from '../flags.ts';
import { refused } from '../refused.ts';
import { BACKUP_SAYS, RESTORE_WRONG } from '../texts/backup.ts';
import { clockKept, dataAt } from './data-folder.ts';
import { keyIn } from './given-key.ts';
import { readMoment, showMoment } from './moment.ts';
import { repositoryAt } from './repository/destination.ts';
import { openSideFiles } from './repository/side-files.ts';
import { restore } from './restore.ts';

/** `preau restore`: the whole back on an empty machine, from a repository and its key. */
export async function restoreCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const repository = flags['repository'] ?? config.backup;
  if (typeof repository !== 'string') throw refused(RESTORE_WRONG.noRepository);
  const dataDir = typeof flags['into'] === 'string' ? resolve(flags['into']) : config.dataDir;
  const key = await keyIn({ flags, signal });
  const beside = openSideFiles(repositoryAt(repository), { key, signal });
  const to = await momentIn(flags, async () => clockKept(await dataAt(beside, key, null)));
  const from = performance.now();
  const done = await restore(
    { repository: repositoryAt(repository), key, to, dataDir, purpose: 'town' },
    { log: openLog({ level: 'silent' }), signal },
  );
  const seconds = Math.round((performance.now() - from) / 100) / 10;
  const { dataUntil, standing, erased, named } = done;
  say(
    flags,
    { folder: dataDir, dataUntil, standing, erased, named, seconds },
    BACKUP_SAYS.restored({
      folder: dataDir,
      until: showMoment(dataUntil, keptClock(dataDir)),
      seconds,
      standing,
      erased,
      named,
    }),
  );
  return 0;
}

/** `clock`: the zone by which a moment without an offset is meant, asked for where it is needed. */
async function momentIn({ to }: Flags, clock: () => Promise<string>): Promise<Date | null> {
  if (typeof to !== 'string') return null;
  if (readMoment(to, 'UTC') === null) throw refused(RESTORE_WRONG.notAMoment(to));
  return readMoment(to, await clock());
}
