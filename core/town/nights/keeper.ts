import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Night, NightJob } from '../../ground/night-job.ts';
import { openPace } from '../../ground/pace.ts';
import { MINUTE_MS } from '../../ground/spans.ts';
import { takeNightTurn } from '../../store/night-turn.ts';
import type { Store } from '../../store/store.ts';
import {
  beginNightJob,
  endNightJob,
  keepNightCheckpoint,
  knowNightJob,
  nightJobs,
  noteDoneByHand,
  type NightEnd,
  type NightJobRow,
} from '../../store/town/night-jobs.ts';
import { isQuiet, mayBegin, nextAfter, type Calendar } from './due.ts';

export interface KeeperParts {
  readonly store: Store;
  /** As the application signs in: the turn hangs on a connection of its own. */
  readonly databaseUrl: string;
  /** Read anew for each look: hours change. */
  readonly calendar: () => Promise<Calendar>;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Waits; rejects once it is to stop. */
  readonly rest?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Pause before the first look, and between two. */
export interface LookPauses {
  readonly first: number;
  readonly next: number;
}

/** A machine that has just been turned on has other things to do, and so has who turned it on. */
const PAUSES_MS: LookPauses = { first: 10 * MINUTE_MS, next: MINUTE_MS };
/** Pause before a job that failed is tried again. */
const RETRY_MS = 30 * MINUTE_MS;
/** How often it is looked whether a school opens while a job runs. */
const WATCHED_MS = MINUTE_MS;
/** Between two portions nobody waits longer. */
const MOST_REST_MS = 5_000;

/**
 * Does each of these jobs when it is due (`due.ts`), one at a time in the whole town, until
 * `close`, which stops the one that runs.
 */
export function keepNights(
  jobs: readonly NightJob[],
  parts: KeeperParts,
  pausesMs = PAUSES_MS,
): { close(): Promise<void> } {
  const ended = new AbortController();
  const { signal } = ended;
  const keeping = (async () => {
    // Agents see at once what is to be done; where the database is away, the first look does it.
    await takeStock(jobs, parts).catch(() => undefined);
    for (let ms = pausesMs.first; await pause(ms, signal); ms = pausesMs.next)
      await lookAtNights(jobs, parts, signal).catch((error: unknown) =>
        parts.log.warn({ err: error }, 'the work of the night was not looked after'),
      );
  })();
  return {
    async close() {
      ended.abort();
      await keeping;
    },
  };
}

/** One look: does what of these jobs may be begun now. */
export async function lookAtNights(
  jobs: readonly NightJob[],
  parts: KeeperParts,
  signal: AbortSignal,
): Promise<void> {
  const stock = await takeStock(jobs, parts);
  for (const job of jobs) {
    if (signal.aborted || permitFor(job, stock, parts.clock()) === null) continue;
    const turn = await takeNightTurn(parts.databaseUrl);
    if (turn === null) return;
    try {
      // Another process may have done it before it was our turn.
      const permit = permitFor(job, await takeStock([job], parts), parts.clock());
      if (permit !== null && !(await noteIfDoneByHand(parts, job, permit)))
        await doJob(parts, job, { permit, stop: AbortSignal.any([signal, turn.lost]) });
    } finally {
      await turn.end().catch(() => undefined);
    }
  }
}

/** What is known of all jobs as one looks. */
interface Stock {
  readonly rows: ReadonlyMap<string, NightJobRow>;
  readonly calendar: Calendar;
}

/** Looks what is known, and writes down jobs that the town has not had before. */
async function takeStock(jobs: readonly NightJob[], parts: KeeperParts): Promise<Stock> {
  const { store, clock } = parts;
  const rows = await store.readTown(nightJobs);
  const calendar = await parts.calendar();
  const unknown = jobs.filter(({ name }) => !rows.has(name));
  if (unknown.length === 0) return { rows, calendar };
  const now = clock();
  await store.town(async (tx) => {
    for (const { name } of unknown) await knowNightJob(tx, name, now);
  });
  return { rows: await store.readTown(nightJobs), calendar };
}

/** What a job may go by that is begun now. */
interface Permit {
  readonly calendar: Calendar;
  /** It goes on though schools open. */
  readonly isInAnyHour: boolean;
  readonly standing: NightJobRow;
}

/** What it may begin by; null: not now. */
function permitFor(job: NightJob, { rows, calendar }: Stock, now: Date): Permit | null {
  const standing = rows.get(job.name);
  if (standing === undefined) return null;
  const may = mayBegin(job, standing, { now, calendar });
  if (may === 'not-now') return null;
  return { calendar, isInAnyHour: may === 'in-any-hour', standing };
}

/**
 * Whether somebody has done it since; then it is noted, and comes an evening later. What its own
 * last run left is nobody's, and half of it where that came to no end.
 */
async function noteIfDoneByHand(
  { store, clock }: KeeperParts,
  job: NightJob,
  { calendar, standing }: Permit,
): Promise<boolean> {
  const at = (await job.lastByHand?.()) ?? null;
  const { doneAt } = standing;
  if (at === null || (doneAt !== null && at <= doneAt) || isOfOwnRun(standing, at)) return false;
  const nextAt = nextAfter(job, at, calendar.timeZone);
  if (nextAt <= clock()) return false;
  await store.town((tx) => noteDoneByHand(tx, job.name, { at, nextAt }));
  return true;
}

const isOfOwnRun = ({ begunAt, endedAt }: NightJobRow, at: Date): boolean =>
  begunAt !== null && at >= begunAt && (endedAt === null || at <= endedAt);

interface Doing {
  readonly permit: Permit;
  /** The turn is lost, or the service ends. */
  readonly stop: AbortSignal;
}

async function doJob(parts: KeeperParts, job: NightJob, { permit, stop }: Doing): Promise<void> {
  const { store, clock, log } = parts;
  const begunAt = clock();
  await store.town((tx) => beginNightJob(tx, job.name, begunAt));
  const opened = new AbortController();
  const lookOut = (): void => {
    if (!permit.isInAnyHour && !isQuiet(permit.calendar, clock())) opened.abort();
  };
  const watch = setInterval(lookOut, WATCHED_MS).unref();
  const signal = AbortSignal.any([stop, opened.signal]);
  const end = await job
    .run(nightOf(parts, job, { checkpoint: permit.standing.checkpoint, signal, lookOut }))
    .then<NightEnd>((counts) => {
      const nextAt = nextAfter(job, begunAt, permit.calendar.timeZone);
      return { result: 'done', counts, nextAt };
    })
    .catch((error: unknown): NightEnd => {
      if (signal.aborted) return { result: 'stopped' };
      log.error({ err: error, job: job.name }, 'not done by night, it comes again');
      return { result: 'failed', nextAt: new Date(clock().getTime() + RETRY_MS) };
    })
    .finally(() => clearInterval(watch));
  const at = clock();
  await store.town((tx) => endNightJob(tx, job.name, { ...end, at }));
  const seconds = Math.round((at.getTime() - begunAt.getTime()) / 1_000);
  const counts = end.result === 'done' ? end.counts : {};
  log.info({ job: job.name, result: end.result, seconds, ...counts }, 'by night');
}

function nightOf(
  { store, rest = (ms, signal) => sleep(ms, undefined, { signal }) }: KeeperParts,
  { name }: NightJob,
  { lookOut, ...given }: Pick<Night, 'checkpoint' | 'signal'> & { readonly lookOut: () => void },
): Night {
  const pace = openPace((ms) => rest(ms, given.signal), { mostMs: MOST_REST_MS });
  return {
    ...given,
    keep: (checkpoint) => store.town((tx) => keepNightCheckpoint(tx, name, checkpoint)),
    async breathe() {
      lookOut();
      given.signal.throwIfAborted();
      await pace();
    },
  };
}

/** False: told to stop meanwhile. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal, ref: false }).catch(() => false);
}
