import { sql } from 'kysely';
import { jsonOf } from '../../ground/json.ts';
import type { NightCounts } from '../../ground/night-job.ts';
import type { TownTx } from '../store.ts';

/** How a piece of heavy work stands. */
export interface NightJobRow {
  readonly name: string;
  readonly knownAt: Date;
  readonly begunAt: Date | null;
  /** Null while it runs. */
  readonly endedAt: Date | null;
  readonly result: 'done' | 'stopped' | 'failed' | null;
  /** What it came to when it was last done. */
  readonly counts: NightCounts;
  readonly doneAt: Date | null;
  readonly nextAt: Date | null;
  readonly checkpoint: string | null;
}

/** All that the town has, by name. */
export async function nightJobs(
  tx: Pick<TownTx, 'kept'>,
): Promise<ReadonlyMap<string, NightJobRow>> {
  const rows = await tx.kept
    .selectFrom('night_job')
    .select([
      'name',
      'known_at as knownAt',
      'begun_at as begunAt',
      'ended_at as endedAt',
      'result',
      'counts',
      'done_at as doneAt',
      'next_at as nextAt',
      'checkpoint',
    ])
    .execute();
  return new Map(rows.map((row) => [row.name, row]));
}

/** From here on the town has it. */
export async function knowNightJob(tx: TownTx, name: string, at: Date): Promise<void> {
  await tx.db
    .insertInto('night_job')
    .values({ name, known_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Writes down that a job begins. Whoever has the turn has it alone: what else is said to run was
 * killed.
 */
export async function beginNightJob(tx: TownTx, name: string, at: Date): Promise<void> {
  await tx.db
    .updateTable('night_job')
    .set({ ended_at: at, result: 'stopped' })
    .where('begun_at', 'is not', null)
    .where('ended_at', 'is', null)
    .execute();
  await tx.db
    .updateTable('night_job')
    .set({ begun_at: at, ended_at: null, result: null })
    .where('name', '=', name)
    .execute();
}

/** Writes down where a job is. */
export async function keepNightCheckpoint(
  tx: TownTx,
  name: string,
  checkpoint: string,
): Promise<void> {
  await tx.db.updateTable('night_job').set({ checkpoint }).where('name', '=', name).execute();
}

/** How a job ended. */
export type NightEnd =
  | { readonly result: 'done'; readonly counts: NightCounts; readonly nextAt: Date }
  | { readonly result: 'failed'; readonly nextAt: Date }
  /** It goes on from its checkpoint as soon as it may. */
  | { readonly result: 'stopped' };

/** Writes down how a job ended. What was done is done as of its beginning. */
export async function endNightJob(
  tx: TownTx,
  name: string,
  end: NightEnd & { readonly at: Date },
): Promise<void> {
  const done =
    end.result === 'done'
      ? { counts: jsonOf(end.counts), checkpoint: null, done_at: sql<Date>`begun_at` }
      : {};
  await tx.db
    .updateTable('night_job')
    .set({
      ended_at: end.at,
      result: end.result,
      next_at: end.result === 'stopped' ? end.at : end.nextAt,
      ...done,
    })
    .where('name', '=', name)
    .execute();
}

/** Somebody has done it by hand meanwhile. */
export async function noteDoneByHand(
  tx: TownTx,
  name: string,
  { at, nextAt }: { readonly at: Date; readonly nextAt: Date },
): Promise<void> {
  await tx.db
    .updateTable('night_job')
    .set({ begun_at: at, ended_at: at, result: 'done', done_at: at, next_at: nextAt })
    .where('name', '=', name)
    .execute();
}
