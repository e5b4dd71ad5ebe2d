import type { Config } from '../../../core/ground/config.ts';
import { openLog } from '../../../core/ground/log.ts';
import { keptClock } from '../../../core/town/readiness/backup/kept-clock.ts';
import { sentencesOf, type BackupTrouble } from '../../../core/town/readiness/backup/troubles.ts';
import { say, type CommandInput } from '../../command.ts';
import { openHome } from '../../launcher/paths.ts';
import { refused } from '../../refused.ts';
import { useServices } from '../../services/live.ts';
import type { Services } from '../../services/services.ts';
import { PROOF_SAYS } from '../../texts/backup-proof.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';
import { showMoment } from '../moment.ts';
import { openBackup } from '../open-backup.ts';
import { keptKey } from '../repository/key.ts';
import { prove, type ProofRecord } from './prove.ts';

/**
 * `preau backup prove`: reads all of the repository and restores it beside; `--due` where that is
 * due. Gives 0 where all is right, 1 where something isn't.
 */
export async function proveCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const { backup: repository, dataDir } = config;
  if (repository === null) throw refused(BACKUP_WRONG.noRepository);
  if (config.databaseUrl !== null) throw refused(BACKUP_WRONG.ownDatabase);
  const key = keptKey(dataDir);
  if (key === null) throw refused(BACKUP_WRONG.noKey(dataDir));
  const home = openHome(dataDir);
  const around = { log: openLog({ level: 'error' }), signal };
  const services = openOnce(config, signal);
  try {
    const proven = await prove(
      { repository, key, trial: flags['due'] === true ? 'as-due' : 'always' },
      {
        ...around,
        home,
        open: async () => (await openBackup(config, around)).pgbackrest,
        live: services.adminUrl,
      },
    );
    say(flags, { ...proven }, sentence(proven, keptClock(config.dataDir)));
    return troublesOf(proven).length === 0 ? 0 : 1;
  } finally {
    await services.stop();
  }
}

/** The services are asked for once a trial is: a repository is looked at without a database. */
function openOnce(config: Config, signal: AbortSignal) {
  let opened: Services | null = null;
  return {
    async adminUrl(): Promise<string> {
      // Only the database is wanted: a scanner that is named isn't started.
      const wanted = { ...config, clamd: config.clamd ?? 'unix:/dev/null' };
      opened = await useServices(wanted, { log: openLog({ level: 'error' }), signal });
      return opened.config.databaseAdminUrl ?? '';
    },
    stop: async () => opened?.stop(),
  };
}

function troublesOf({ record, isTried }: ProofRecord): readonly BackupTrouble[] {
  const all = [record.verified?.trouble ?? null, isTried ? (record.tried?.trouble ?? null) : null];
  return all.filter((trouble) => trouble !== null);
}

function sentence(proven: ProofRecord, timeZone: string): string {
  const { record, isTried } = proven;
  const { verified, tried, restored } = record;
  const lines: string[] = [];
  if (verified?.trouble === null) lines.push(PROOF_SAYS.verified(verified.seconds));
  if (verified?.olderDamaged === true) lines.push(PROOF_SAYS.olderDamaged);
  for (const trouble of troublesOf(proven)) {
    const { found, todo } = sentencesOf(trouble);
    lines.push(PROOF_SAYS.trouble(`${found.fr} / ${found.en}`, `${todo.fr} / ${todo.en}`));
  }
  if (verified?.trouble === null && !isTried) lines.push(PROOF_SAYS.notDue);
  if (isTried && tried?.trouble === null && restored !== null)
    lines.push(
      PROOF_SAYS.restored({
        seconds: tried.seconds,
        messages: restored.messages,
        until: showMoment(restored.dataUntil, timeZone),
        last: restored.lastMessageAt === null ? '-' : showMoment(restored.lastMessageAt, timeZone),
      }),
    );
  return lines.join('\n');
}
