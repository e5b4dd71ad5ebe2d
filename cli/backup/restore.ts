import { chownSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Fault } from '../../core/ground/fault.ts';
import { HOUR_MS } from '../../core/ground/spans.ts';
import { eraseAgain } from '../../core/school/leavers/erase-again.ts';
import { erasuresSince } from '../../core/school/leavers/erasures.ts';
import { settleRestored } from '../../core/store/restored.ts';
import { isLocked, lockFolder } from '../launcher/lock.ts';
import { openHome, ownFolder, unfinishedRestore, type Home } from '../launcher/paths.ts';
import { startPostgres } from '../launcher/postgres.ts';
import { refused } from '../refused.ts';
import { RESTORE_WRONG } from '../texts/backup.ts';
import { clockKept, namedIn, dataAt, writeData } from './data-folder.ts';
import { showMoment } from './moment.ts';
import { newestOf, setsOf, type NewestBackup } from './repository/held.ts';
import { keepKey, type BackupKey } from './repository/key.ts';
import { bringLedger } from './repository/ledger-copies.ts';
import { openPgBackRest, type PgBackRest } from './repository/pgbackrest.ts';
import { isLogBefore, setsUpTo, type Gap, type Segment } from './repository/sets.ts';
import { openSideFiles } from './repository/side-files.ts';

interface RestoreWish {
  readonly repository: string;
  readonly key: BackupKey;
  /** The moment to come back to; null: the latest there is. */
  readonly to: Date | null;
  /** Where to: PREAU_DATA of the machine, or a folder beside. It must be empty. */
  readonly dataDir: string;
  /** To be a town's mail again; or to be looked at and thrown away, while the town runs beside. */
  readonly purpose: keyof typeof MANNERS;
}

interface Restored {
  /** When the last of what was committed was so, or the backup made where nothing was after it. */
  readonly dataUntil: Date;
  /** Messages to outside that wait for an agent's word. */
  readonly standing: number;
  /** Files that stood outside PREAU_DATA, and came back in it. */
  readonly named: readonly string[];
  /** People who were erased after that moment, and are so again. */
  readonly erased: number;
}

/** As PostgreSQL has it after its recovery. */
type Settled = Omit<Restored, 'named'>;

interface Surroundings {
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Of a database that is thrown away nothing need last, and the town needs the memory. */
export const TRIAL_SETTINGS = [
  'fsync=off',
  'full_page_writes=off',
  'autovacuum=off',
  'shared_buffers=64MB',
  'max_wal_size=512MB',
] as const;
/** How it is done: processes that bring files back together, and PostgreSQL's settings beyond. */
const MANNERS = {
  /** Nobody else wants the disk yet. */
  town: { processes: 4, settings: [] },
  trial: { processes: 1, settings: TRIAL_SETTINGS },
} as const;
/** As long as a week's log of a whole town takes, and more. */
const RECOVERY_MS = 12 * HOUR_MS;
/**
 * What PostgreSQL runs with until its data are as of the moment. Nothing goes to the repository
 * meanwhile, which may be that of a town that is running; what a new timeline begins with waits on
 * disk for the first start. No command rather than one that fails, which PostgreSQL would try for
 * three seconds more before it ends.
 */
const RECOVERING = ['hot_standby=off', 'archive_mode=on', 'archive_command='];
/** Over the moment that pgBackRest has written into the cluster's own settings. */
const NO_TARGET = 'recovery_target_time=';
/** An erasure is noted just before it is committed. */
export const NOTED_BEFORE_MS = 60_000;
/** PostgreSQL's words where its log ends before the moment (xlogrecovery.c). */
const ENDED_BEFORE = 'recovery ended before configured recovery target was reached';

/**
 * Brings the mail back into an empty folder: its database as of a moment, keys, certificates and
 * settings. Where it fails the folder is empty again. Throws a `Fault` 'configuration' with one
 * sentence.
 */
export async function restore(wish: RestoreWish, around: Surroundings): Promise<Restored> {
  const { dataDir, repository, key, to } = wish;
  if (isLocked(dataDir)) throw refused(RESTORE_WRONG.inUse(dataDir));
  needEmpty(dataDir);
  const beside = openSideFiles(repository, { key, signal: around.signal });
  const settings = await dataAt(beside, key, to);
  if (settings === 'wrong-key') throw refused(RESTORE_WRONG.wrongKey);
  if (settings === 'not-ours') throw refused(RESTORE_WRONG.noBackup(repository));
  const timeZone = clockKept(settings);
  const home = openHome(dataDir);
  const unlock = lockFolder(dataDir);
  const made: string[] = [];
  try {
    const cluster = join(home.serviceDir, 'postgres');
    needEmpty(cluster);
    made.push(cluster, join(home.serviceDir, 'backup'));
    writeFileSync(unfinishedRestore(dataDir), '');
    const brought = await bringBack({ ...wish, timeZone }, home, { cluster, ...around });
    writeData(dataDir, settings);
    keepKey(dataDir, key);
    await bringLedger({ dataDir, beside, key });
    const restored = await recover(home, brought, around);
    rmSync(unfinishedRestore(dataDir));
    unlock();
    return { ...restored, named: namedIn(settings) };
  } catch (error) {
    for (const path of made) rmSync(path, { recursive: true, force: true });
    empty(dataDir);
    throw error;
  }
}

/** What was brought back, and the log that PostgreSQL has to go through. */
interface Brought extends Pick<RestoreWish, 'to' | 'purpose'> {
  /** By whose clock moments are told. */
  readonly timeZone: string;
  /** When the backup was made. */
  readonly madeAt: Date;
  readonly segments: readonly Segment[];
  readonly gap: Gap | null;
}

/** The files of the backup that leads to the moment. */
async function bringBack(
  { repository, key, to, purpose, timeZone }: RestoreWish & Pick<Brought, 'timeZone'>,
  home: Home,
  given: Surroundings & { readonly cluster: string },
): Promise<Brought> {
  // beside a town that runs it is PostgreSQL's already, and files come and go
  if (home.runAs !== null && purpose === 'town') take(join(repository, 'pgbackrest'), home.runAs);
  const pgbackrest = await openPgBackRest(home, { repository, key, ...given });
  const { set, ...log } = await chosenSet(pgbackrest, { repository, to, timeZone });
  if (to === null && log.gap !== null) throw gapFault(log.gap, timeZone);
  if (to !== null && to > new Date()) throw tooLate(log.segments, timeZone);
  ownFolder(given.cluster, home.runAs, 0o700);
  const target =
    to === null
      ? ['--type=default']
      : ['--type=time', `--target=${targetTime(to)}`, '--target-action=promote'];
  const ran = await pgbackrest.run('restore', [
    `--set=${set.label}`,
    `--process-max=${MANNERS[purpose].processes}`,
    ...target,
  ]);
  if (ran.kind === 'failed') throw refused(RESTORE_WRONG.damaged(ran.said));
  return { to, purpose, timeZone, madeAt: set.madeAt, ...log };
}

/** As `recovery_target_time` takes it, which knows no letter of ISO 8601. */
const targetTime = (to: Date): string => `${to.toISOString().slice(0, 19).replace('T', ' ')}+00`;

async function chosenSet(
  pgbackrest: PgBackRest,
  { repository, to, timeZone }: Pick<RestoreWish, 'repository' | 'to'> & Pick<Brought, 'timeZone'>,
): Promise<NewestBackup> {
  const sets = await setsOf(pgbackrest);
  const [first] = sets;
  if (first === undefined) throw refused(RESTORE_WRONG.noBackup(repository));
  const newest = await newestOf(pgbackrest, setsUpTo(sets, to));
  if (newest === null) throw refused(RESTORE_WRONG.tooEarly(showMoment(first.madeAt, timeZone)));
  return newest;
}

/** PostgreSQL goes through its log up to the moment; then what holds after a restore is done. */
async function recover(home: Home, brought: Brought, around: Surroundings): Promise<Settled> {
  const settings = [...RECOVERING, ...MANNERS[brought.purpose].settings];
  try {
    return await recoverWith(home, brought, { ...around, settings });
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'store-down') throw error;
    if (!error.detail.includes(ENDED_BEFORE)) throw damaged(error.detail);
    if (brought.gap !== null) throw gapFault(brought.gap, brought.timeZone);
    const last = brought.segments.at(-1);
    if (brought.to === null || last === undefined || brought.to > last.archivedAt)
      throw tooLate(brought.segments, brought.timeZone);
    // The log goes on until then, and nothing was committed after its last: that is the moment.
    return await recoverWith(home, brought, { ...around, settings: [...settings, NO_TARGET] });
  }
}

async function recoverWith(
  home: Home,
  { to, madeAt, segments }: Brought,
  given: Surroundings & { readonly settings: readonly string[] },
): Promise<Settled> {
  const postgres = await startPostgres(home, {
    port: 0,
    processes: 1,
    ...given,
    readyMs: RECOVERY_MS,
    onRestart: () => {},
  });
  try {
    const { dataUntil, standing, replayedTo } = await settleRestored(postgres.adminUrl);
    const last = segments.at(-1);
    const isWhole = last === undefined || !isLogBefore(replayedTo, last.name);
    if (!isWhole && (to === null || given.settings.includes(NO_TARGET)))
      throw refused(RESTORE_WRONG.damaged(last.name));
    const until = dataUntil ?? madeAt;
    const since = new Date(until.getTime() - NOTED_BEFORE_MS);
    const erased = await eraseAgain(postgres.adminUrl, await erasuresSince(home.dataDir, since));
    return { dataUntil: until, standing, erased };
  } finally {
    await postgres.stop();
  }
}

/** Of what PostgreSQL says when it ends, the line that says why. */
function damaged(said: string): Fault {
  return refused(RESTORE_WRONG.damaged(/FATAL: *([^\n]*)/.exec(said)?.[1] ?? said.trim()));
}

function gapFault({ segment, until }: Gap, timeZone: string): Fault {
  return refused(RESTORE_WRONG.gap(segment, until === null ? '-' : showMoment(until, timeZone)));
}

function tooLate(segments: readonly Segment[], timeZone: string): Fault {
  const last = segments.at(-1);
  const latest = last === undefined ? '-' : showMoment(last.archivedAt, timeZone);
  return refused(RESTORE_WRONG.tooLate(latest));
}

function needEmpty(folder: string): void {
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
    throw refused(RESTORE_WRONG.notEmpty(folder));
}

function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
}

/** A folder that came from another machine belongs to whoever copied it. */
function take(folder: string, { uid, gid }: NonNullable<Home['runAs']>): void {
  if (!existsSync(folder)) return;
  if (statSync(folder).uid !== uid) chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink() && statSync(path).uid !== uid) chownSync(path, uid, gid);
  }
}
