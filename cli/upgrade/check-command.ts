import type { Config } from '../../core/ground/config.ts';
import { openLog } from '../../core/ground/log.ts';
import { VERSION } from '../../core/ground/version.ts';
import { KEPT_HOURS, lettersToMove, type MovedLetter } from '../../core/store/kept-hours.ts';
import {
  pendingSteps,
  tableSizes,
  trySteps,
  tryStepsOnEmpty,
  type PendingMigrations,
  type TableSize,
  type TriedStep,
} from '../../core/store/pending-steps.ts';
import { openBackup } from '../backup/open-backup.ts';
import { withFolderBeside } from '../backup/proof/beside.ts';
import { restore } from '../backup/restore.ts';
import { say, type CommandInput } from '../command.ts';
import { openHome } from '../launcher/paths.ts';
import { startPostgres } from '../launcher/postgres.ts';
import { refused } from '../refused.ts';
import { isEmbedded, liveConfig } from '../services/live.ts';
import { UPGRADE_SAYS, UPGRADE_WRONG } from '../texts/upgrade.ts';

/**
 * `preau upgrade-check`, run by the new version while the one before serves: which steps of the
 * schema it brings, what each stops, how long all of them take. Nothing of the town is locked or
 * changed: locks are seen on an empty database beside, times on a copy restored from the backup
 * (`--measure`). Gives 1 where this version can't serve the database.
 */
export async function upgradeCheckCommand({
  config,
  flags,
  signal,
}: CommandInput): Promise<number> {
  const town = liveConfig(config) ?? config;
  const adminUrl = town.databaseAdminUrl;
  if (adminUrl === null) throw refused(UPGRADE_WRONG.noDatabase);
  const pending = await pendingSteps(adminUrl);
  const isToMeasure = flags['measure'] === true && pending.steps.length > 0;
  const measured = isToMeasure ? await triedOnCopy(town, pending.steps, signal) : null;
  const tried = measured ?? (await tryStepsOnEmpty(adminUrl, pending));
  const tables = (tried ?? []).flatMap(({ locks }) => locks.map(({ table }) => table));
  const moved = pending.steps.includes(KEPT_HOURS) ? await lettersToMove(adminUrl) : [];
  const found = { pending, tried, moved, isMeasured: measured !== null };
  const sizes = await tableSizes(adminUrl, tables);
  say(flags, factsOf(found, sizes), linesOf(town, found, sizes).join('\n'));
  return pending.unknown.length === 0 ? 0 : 1;
}

interface Found {
  readonly pending: PendingMigrations;
  /** Null: the owner may make no database. */
  readonly tried: readonly TriedStep[] | null;
  /** Letters that wait for an hour, and leave at another moment from then on. */
  readonly moved: readonly MovedLetter[];
  /** Whether the seconds are those of the town's own sizes. */
  readonly isMeasured: boolean;
}

type Sizes = ReadonlyMap<string, TableSize>;

/**
 * On the newest backup, restored into a folder beside that is removed again. PostgreSQL runs there
 * as it does for the town, since what is measured is how long a write takes to be safe.
 */
async function triedOnCopy(
  config: Config,
  steps: readonly string[],
  signal: AbortSignal,
): Promise<readonly TriedStep[]> {
  const around = { log: openLog({ level: 'error' }), signal };
  const { repository, key } = await openBackup(config, around);
  return withFolderBeside(openHome(config.dataDir), async (folder) => {
    const wish = { repository, key, to: null, dataDir: folder, purpose: 'trial' } as const;
    await restore(wish, around);
    const postgres = await startPostgres(openHome(folder), {
      port: 0,
      processes: 1,
      ...around,
      onRestart: () => {},
    });
    try {
      return await trySteps(postgres.adminUrl, steps);
    } finally {
      await postgres.stop();
    }
  });
}

function factsOf({ pending, tried, moved, isMeasured }: Found, sizes: Sizes) {
  return {
    version: VERSION,
    at: pending.at,
    unknown: pending.unknown,
    moved,
    steps: pending.steps.map((name) => {
      const step = tried?.find((one) => one.name === name);
      return {
        name,
        seconds: isMeasured ? (step?.seconds ?? null) : null,
        locks: step?.locks.map((lock) => ({ ...lock, ...sizes.get(lock.table) })) ?? null,
        changes: isMeasured ? (step?.changes ?? null) : null,
      };
    }),
  };
}

function linesOf(
  config: Config,
  { pending, tried, moved, isMeasured }: Found,
  sizes: Sizes,
): string[] {
  if (pending.unknown.length > 0) return [UPGRADE_SAYS.newerDatabase(pending.unknown)];
  if (pending.at === null) return [UPGRADE_SAYS.newDatabase];
  const head = UPGRADE_SAYS.brings(VERSION, pending.steps.length);
  if (pending.steps.length === 0) return [head];
  const steps = pending.steps.flatMap((name) => {
    const step = tried?.find((one) => one.name === name);
    return stepLines(name, { step, isMeasured, sizes });
  });
  const all = tried?.reduce((sum, { seconds }) => sum + seconds, 0) ?? 0;
  return [
    head,
    ...(moved.length === 0 ? [] : [UPGRADE_SAYS.moved, ...moved.map(UPGRADE_SAYS.movedLetter)]),
    ...steps,
    UPGRADE_SAYS.together,
    isMeasured ? UPGRADE_SAYS.seconds(all) : UPGRADE_SAYS.noSeconds,
    pointLine(config),
  ];
}

interface StepFindings {
  readonly step: TriedStep | undefined;
  readonly isMeasured: boolean;
  readonly sizes: Sizes;
}

function stepLines(name: string, found: StepFindings): string[] {
  const { step, isMeasured, sizes } = found;
  const head = UPGRADE_SAYS.step(name, isMeasured && step !== undefined ? step.seconds : null);
  if (step === undefined) return [head, UPGRADE_SAYS.locksUnknown];
  const lines = [
    ...step.locks.map((lock) => UPGRADE_SAYS.lock(lock, sizes.get(lock.table))),
    ...step.changes.map(({ table, rows }) => UPGRADE_SAYS.changes(table, rows)),
  ];
  return [head, ...(lines.length === 0 ? [UPGRADE_SAYS.free] : lines)];
}

function pointLine(config: Config): string {
  if (!isEmbedded(config)) return UPGRADE_SAYS.ownPoint;
  return config.backup === null ? UPGRADE_SAYS.wontSetPoint : UPGRADE_SAYS.willSetPoint;
}
