import type { Logger } from 'pino';
import { Fault } from '../../../core/ground/fault.ts';
import {
  noteRecord,
  readRecord,
  type BackupRecord,
} from '../../../core/town/readiness/backup/record.ts';
import type { BackupTrouble } from '../../../core/town/readiness/backup/troubles.ts';
import { MACHINE, type Machine } from '../../../core/town/readiness/machine.ts';
import type { Home } from '../../launcher/paths.ts';
import { PROOF_WRONG } from '../../texts/backup-proof.ts';
import type { BackupKey } from '../repository/key.ts';
import type { PgBackRest } from '../repository/pgbackrest.ts';
import { examine, NOTHING_KNOWN, type RepositoryReport } from './examine.ts';
import { isTrialDue, neededBytes, roomFor } from './room.ts';
import { tryRestore, type TrialOutcome } from './trial.ts';

interface ProofWish {
  readonly repository: string;
  readonly key: BackupKey;
  /** Whether it is restored too. */
  readonly trial: 'always' | 'as-due';
}

interface Surroundings {
  readonly home: Home;
  /** Opens pgBackRest on the repository: once that is known to be there. */
  readonly open: () => Promise<PgBackRest>;
  /** Gives the owner's address of the database that runs, once it is wanted. */
  readonly live: () => Promise<string>;
  readonly machine?: Pick<Machine, 'disk'>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** What a proof came to, as it is kept. */
export interface ProofRecord {
  readonly record: BackupRecord;
  /** Whether it was restored too, or should have been. */
  readonly isTried: boolean;
}

/**
 * Proves the backups: reads all of the repository, then restores it beside where that is wished and
 * can be, and writes down each result as it comes. What is wrong is in the record; rejects where it
 * was told to stop.
 */
export async function prove(wish: ProofWish, around: Surroundings): Promise<ProofRecord> {
  const { dataDir } = around.home;
  const begun = new Date();
  const { trouble, size, newest, reach, olderDamaged } = await examine(wish, around).catch(
    (error: unknown) => ({ ...NOTHING_KNOWN, trouble: troubleIn(around, error) }),
  );
  const { sizes } = readRecord(dataDir);
  const record = noteRecord(dataDir, {
    verified: { ...since(begun), trouble, olderDamaged },
    reach,
    sizes: size === null ? sizes : [...sizes, size],
  });
  if (trouble !== null || newest === null) return { record, isTried: false };
  return restoreToo(wish, around, newest);
}

async function restoreToo(
  wish: ProofWish,
  around: Surroundings,
  newest: NonNullable<RepositoryReport['newest']>,
): Promise<ProofRecord> {
  const { home, machine = MACHINE } = around;
  const begun = new Date();
  const record = readRecord(home.dataDir);
  const needed = neededBytes(newest);
  const disk = await machine.disk(home.serviceDir);
  const room = roomFor(needed, disk);
  if (wish.trial === 'as-due' && !isTrialDue(record, { room, now: begun }))
    return { record, isTried: false };
  const trial = room === 'none' ? noRoom(needed, disk.freeBytes) : onLive(wish, around);
  const { trouble, restored } = await trial.catch((error: unknown) => ({
    trouble: troubleIn(around, error),
    restored: null,
  }));
  const change = { tried: { ...since(begun), trouble }, restored: restored ?? record.restored };
  return { record: noteRecord(home.dataDir, change), isTried: true };
}

async function onLive(wish: ProofWish, around: Surroundings): Promise<TrialOutcome> {
  return tryRestore(around.home, { ...wish, ...around, adminUrl: await around.live() });
}

async function noRoom(needed: number, free: number): Promise<TrialOutcome> {
  const [wanted, found] = [needed, free].map((bytes) => (bytes / 1e9).toFixed(1));
  return { trouble: { kind: 'no-room', detail: `${found} GB < ${wanted} GB` }, restored: null };
}

/** Whatever keeps us from a proof is a result too; throws where we were told to stop. */
function troubleIn({ signal, log }: Surroundings, error: unknown): BackupTrouble {
  if (signal.aborted) throw error;
  if (error instanceof Fault) return { kind: 'failed', detail: error.detail };
  log.error({ err: error }, 'the backups could not be proven');
  return { kind: 'failed', detail: PROOF_WRONG.inLog };
}

function since(at: Date): { readonly at: Date; readonly seconds: number } {
  return { at, seconds: Math.round((Date.now() - at.getTime()) / 100) / 10 };
}
