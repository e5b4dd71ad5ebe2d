import type { Logger } from 'pino';
import { Fault } from '../../../core/ground/fault.ts';
import { isLogKept } from '../../../core/store/log-points.ts';
import {
  countsUpTo,
  restoredMail,
  settledMark,
  type MarkedCounts,
} from '../../../core/store/proof-counts.ts';
import type { BackupRecord } from '../../../core/town/readiness/backup/record.ts';
import type { BackupTrouble } from '../../../core/town/readiness/backup/troubles.ts';
import { openHome, type Home } from '../../launcher/paths.ts';
import { startPostgres } from '../../launcher/postgres.ts';
import { faultsOf } from '../../verify-command.ts';
import type { BackupKey } from '../repository/key.ts';
import { restore, TRIAL_SETTINGS } from '../restore.ts';
import { withFolderBeside } from './beside.ts';

/** PostgreSQL tries again what failed once a minute. */
const KEPT_MS = 2 * 60_000;

interface Given {
  readonly repository: string;
  readonly key: BackupKey;
  /** The owner's address of the database that runs. */
  readonly adminUrl: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** What a trial came to. */
export interface TrialOutcome {
  readonly trouble: BackupTrouble | null;
  /** What came back, where all of it did. */
  readonly restored: BackupRecord['restored'];
}

/**
 * Restores the latest there is beside the town, starts PostgreSQL on it and looks at what it holds,
 * then throws it away. Nothing but PostgreSQL is started there, and its log goes nowhere.
 *
 * What came and went in the town meanwhile is no difference: up to the same mark (`settledMark`)
 * rows can only have become fewer. So the restored ones, which are of some moment between our two
 * counts, are at most the first and at least the second.
 */
export async function tryRestore(home: Home, given: Given): Promise<TrialOutcome> {
  const mark = await settledMark(given.adminUrl);
  const before = await countsUpTo(given.adminUrl, mark);
  if (!(await isLogKept(given.adminUrl, { patienceMs: KEPT_MS })))
    return trouble('not-archived', '');
  return withFolderBeside(home, async (folder) => {
    const wish = { ...given, to: null, dataDir: folder, purpose: 'trial' } as const;
    const brought = await restore(wish, given).catch(refusedIn(given));
    if (typeof brought === 'string') return trouble('not-restored', brought);
    return onRestored(folder, given, async ({ databaseUrl, adminUrl }) => {
      const restored = await countsUpTo(adminUrl, mark);
      const after = await countsUpTo(given.adminUrl, mark);
      const unlike = differenceOf({ before, restored, after });
      if (unlike !== null) return trouble('mail-missing', unlike);
      const { damaged, ...mail } = await restoredMail(adminUrl);
      const faults = (await faultsOf(databaseUrl)).length + damaged;
      if (faults > 0) return trouble('mail-broken', String(faults));
      const { dataUntil } = brought;
      return { trouble: null, restored: { at: new Date(), dataUntil, ...mail } };
    });
  });
}

const trouble = (kind: BackupTrouble['kind'], detail: string): TrialOutcome => ({
  trouble: { kind, detail },
  restored: null,
});

/** What a restore says where it can't be done; told to stop is something else. */
const refusedIn =
  ({ signal }: Given) =>
  (error: unknown): string => {
    if (signal.aborted || !(error instanceof Fault)) throw error;
    return error.detail;
  };

interface TrialCounts {
  readonly before: MarkedCounts;
  readonly restored: MarkedCounts;
  readonly after: MarkedCounts;
}

/** Null: all of it is there, and nothing else. */
export function differenceOf(counts: TrialCounts): string | null {
  const unlike = (['message', 'account', 'class'] as const).find(
    (table) =>
      counts.restored[table] > counts.before[table] || counts.restored[table] < counts.after[table],
  );
  return unlike === undefined
    ? null
    : `${unlike}: ${counts.restored[unlike]} ≠ ${counts.before[unlike]}`;
}

async function onRestored<T>(
  folder: string,
  given: Given,
  use: (addresses: { readonly databaseUrl: string; readonly adminUrl: string }) => Promise<T>,
): Promise<T> {
  const postgres = await startPostgres(openHome(folder), {
    port: 0,
    processes: 1,
    settings: TRIAL_SETTINGS,
    log: given.log,
    signal: given.signal,
    onRestart: () => {},
  });
  try {
    return await use(postgres);
  } finally {
    await postgres.stop();
  }
}
