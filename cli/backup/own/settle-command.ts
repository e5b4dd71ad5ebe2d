import { eraseAgain } from '../../../core/school/leavers/erase-again.ts';
import { erasuresSince } from '../../../core/school/leavers/erasures.ts';
import { seesAllSchools, settleRestored } from '../../../core/store/restored.ts';
import { keptClock } from '../../../core/town/readiness/backup/kept-clock.ts';
import { say, type CommandInput } from '../../command.ts';
import { refused } from '../../refused.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';
import { OWN_SAYS, OWN_WRONG } from '../../texts/own-backup.ts';
import { showMoment } from '../moment.ts';
import { keptKey } from '../repository/key.ts';
import { bringLedger } from '../repository/ledger-copies.ts';
import { openSideFiles } from '../repository/side-files.ts';
import { NOTED_BEFORE_MS } from '../restore.ts';

/**
 * `preau restore settle --i-know`: what `preau restore` does once its database is back, for a
 * PostgreSQL of one's own that was restored by its own tools, before anything of Préau is started.
 */
export async function settleCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const { databaseUrl, databaseAdminUrl, backup, dataDir } = config;
  if (databaseUrl === null) throw refused(OWN_WRONG.embedded);
  if (databaseAdminUrl === null) throw refused(OWN_WRONG.ownerMissing);
  if (backup === null) throw refused(BACKUP_WRONG.noRepository);
  const key = keptKey(dataDir);
  if (key === null) throw refused(BACKUP_WRONG.noKey(dataDir));
  if (flags['i-know'] !== true) throw refused(OWN_WRONG.notSure);
  if (!(await seesAllSchools(databaseAdminUrl))) throw refused(OWN_WRONG.blind);
  await bringLedger({ dataDir, beside: openSideFiles(backup, { key, signal }), key });
  const { dataUntil, standing } = await settleRestored(databaseAdminUrl);
  // where PostgreSQL no longer tells, all that is noted is erased again: it may be so already
  const since = new Date((dataUntil?.getTime() ?? NOTED_BEFORE_MS) - NOTED_BEFORE_MS);
  const erased = await eraseAgain(databaseAdminUrl, await erasuresSince(dataDir, since));
  const until = dataUntil === null ? '-' : showMoment(dataUntil, keptClock(dataDir));
  say(flags, { dataUntil, standing, erased }, OWN_SAYS.settled({ standing, erased, until }));
  return 0;
}
