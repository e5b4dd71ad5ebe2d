import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isDue, type Calendar, type Every } from './due.ts';

/** Something that is done by itself outside school hours. */
export interface NightTask {
  /** As the log names it. */
  readonly name: string;
  readonly every: Every;
  /** When it was last done, by itself or by somebody's hand; null: never. */
  lastAt(): Promise<Date | null>;
  /** Does it; what it throws is logged, and it is tried again. */
  run(): Promise<void>;
}

export interface BackupSchedule {
  /** Read anew for each look: hours change. */
  readonly calendar: () => Promise<Calendar>;
  readonly log: Logger;
  readonly clock?: () => Date;
  /** Pause before the first look, and between two. */
  readonly pausesMs?: { readonly first: number; readonly next: number };
}

/** A machine that has just been turned on has other things to do, and so has whoever did. */
const PAUSES_MS = { first: 10 * 60_000, next: 5 * 60_000 };
/** Pause before a task that failed is tried again. */
const RETRY_MS = 30 * 60_000;

/**
 * Does each task when it is due (`due.ts`), in their order and never two at once, until `stop`,
 * which waits for the one that runs: end that by a signal of its own.
 */
export function keepNights(
  tasks: readonly NightTask[],
  keeping: BackupSchedule,
): { stop(): Promise<void> } {
  const { log, clock = () => new Date(), pausesMs = PAUSES_MS } = keeping;
  const stopping = new AbortController();
  const known = new Map<NightTask, Date | null>();
  const notBefore = new Map<NightTask, number>();
  const running = keep();

  async function keep(): Promise<void> {
    let pauseMs = pausesMs.first;
    while (await pause(pauseMs, stopping.signal)) {
      pauseMs = pausesMs.next;
      for (const task of tasks) if (!stopping.signal.aborted) await look(task);
    }
  }

  async function look(task: NightTask): Promise<void> {
    const begun = performance.now();
    const seconds = () => Math.round((performance.now() - begun) / 1_000);
    try {
      if ((notBefore.get(task) ?? 0) > clock().getTime() || !(await isDueNow(task))) return;
      await task.run();
      known.set(task, await task.lastAt());
      log.info({ task: task.name, seconds: seconds() }, 'done by night');
    } catch (error) {
      if (stopping.signal.aborted) return;
      notBefore.set(task, clock().getTime() + RETRY_MS);
      log.error({ err: error, task: task.name, seconds: seconds() }, 'not done, it comes again');
    }
  }

  /** To ask when it was last done may cost a way to another machine: only what seems due is. */
  async function isDueNow(task: NightTask): Promise<boolean> {
    const calendar = await keeping.calendar();
    const isDueAfter = (lastAt: Date | null) =>
      isDue(task.every, { lastAt, now: clock(), calendar });
    if (!isDueAfter(known.get(task) ?? null)) return false;
    const lastAt = await task.lastAt();
    known.set(task, lastAt);
    return isDueAfter(lastAt);
  }

  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** False: told to stop meanwhile. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return setTimeout(ms, true, { signal }).catch(() => false);
}
