import type { Config } from '../../core/ground/config.ts';
import { noteRecord } from '../../core/town/readiness/backup/record.ts';
import { keepData } from './data-folder.ts';
import type { OpenedBackup } from './open-backup.ts';
import { must, setsOf } from './repository/held.ts';
import { nextType } from './repository/sets.ts';

/** What a backup came to. */
interface Made {
  readonly type: 'full' | 'incr';
  readonly label: string;
  /** What it added to the repository. */
  readonly bytes: number;
}

/**
 * Backs up the database, full where `type` says so or the week is over, and then keys, certificates
 * and settings. Throws a `Fault` 'configuration' with a sentence where it can't be done.
 */
export async function makeBackup(
  opened: OpenedBackup,
  { config, type }: { readonly config: Config; readonly type: 'full' | 'as-due' },
): Promise<Made> {
  const { pgbackrest, files } = opened;
  await files.look();
  const adminUrl = config.databaseAdminUrl ?? '';
  must(await pgbackrest.run('stanza-create', [], { adminUrl }));
  const made = type === 'full' ? 'full' : nextType(await setsOf(pgbackrest), new Date());
  must(await pgbackrest.run('backup', [`--type=${made}`], { adminUrl }));
  await keepData(config, opened);
  noteRecord(config.dataDir, { made: { at: new Date() } });
  const last = (await setsOf(pgbackrest)).at(-1);
  return { type: made, label: last?.label ?? '', bytes: last?.bytes ?? 0 };
}
