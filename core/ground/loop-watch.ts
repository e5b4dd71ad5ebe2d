import { performance } from 'node:perf_hooks';
import type { Logger } from 'pino';
import { Counter } from 'prom-client';
import type { Metrics } from './metrics.ts';

/** What is read on the event loop, for the log and as a label: a word of ours, no stranger's. */
type ReadingKind = 'letter' | 'smtp-command' | 'imap-command' | 'page' | 'form' | 'task';

/** Something that is read: how much of it, and by which ids of ours it is found again. */
export interface LoopReading {
  readonly kind: ReadingKind;
  readonly bytes: number;
  /** Numbers and UUIDs of ours, never a word of what is read. */
  readonly ids?: Readonly<Record<string, number | string>>;
}

/** Others wait so long before it is said. */
const HELD_MS = 200;
/** Holds are seen by a timer that comes late, and to within as much as it is apart. */
const TICK_MS = 25;
/** A reading that took less is not worth a word. */
const WORTH_MS = 20;
/** Of as many at most a line speaks, and as many are remembered. */
const MOST = 5;

interface Past extends LoopReading {
  readonly ms: number;
  readonly endedAt: number;
}

// The loop is the thread's, and so is what is read on it.
const past: Past[] = [];
const open = new Set<LoopReading>();

/**
 * Reads, and remembers that it did where it took long. For what a stranger has sent and is read in
 * one go on the event loop; costs two looks at the clock. Of readings within one another each is
 * remembered, the innermost first.
 */
export function during<T>(reading: LoopReading, read: () => T): T {
  const begun = performance.now();
  try {
    return read();
  } finally {
    const endedAt = performance.now();
    if (endedAt - begun >= WORTH_MS) remember({ ...reading, ms: endedAt - begun, endedAt });
  }
}

/**
 * The same for what is done in several goes, with waits between them: where the loop is held
 * meanwhile, it is named among those that it may have been.
 */
export async function underWay<T>(reading: LoopReading, work: () => Promise<T>): Promise<T> {
  const own = { ...reading };
  open.add(own);
  try {
    // Its first go, which ends before the watch comes to look.
    return await during(reading, work);
  } finally {
    open.delete(own);
  }
}

function remember(one: Past): void {
  past.push(one);
  if (past.length > MOST) past.shift();
}

/**
 * Watches this process's event loop until it is closed. Held for more than 200 ms is one line with
 * what was read, and counts: while it is held everybody else waits. `cpuMs` is how much of that
 * this thread had the processor: next to nothing where the machine was busy or asleep.
 */
export function watchLoop({ log, metrics }: { log: Logger; metrics: Metrics }): { close(): void } {
  const held = countHeld(metrics);
  let last = performance.now();
  let cpu = process.threadCpuUsage();
  const timer = setInterval(() => {
    const now = performance.now();
    const heldMs = now - last - TICK_MS;
    if (heldMs > HELD_MS) {
      const read = past.filter(({ endedAt }) => endedAt >= last);
      const { user, system } = process.threadCpuUsage(cpu);
      // The innermost that took most of it.
      const reading = read.find(({ ms }) => ms > heldMs / 2) ?? read[0];
      held(reading?.kind ?? 'unknown', heldMs / 1000);
      log.warn(
        {
          heldMs: Math.round(heldMs),
          cpuMs: Math.round((user + system) / 1000),
          read: read.map(({ kind, bytes, ids, ms }) => ({ kind, bytes, ids, ms: Math.round(ms) })),
          underWay: [...open].slice(-MOST),
        },
        'the event loop was held',
      );
    }
    last = performance.now();
    cpu = process.threadCpuUsage();
  }, TICK_MS).unref();
  return { close: () => clearInterval(timer) };
}

function countHeld({ registry }: Metrics): (reading: string, seconds: number) => void {
  const labelNames = ['reading'] as const;
  const times = new Counter({
    name: 'preau_loop_held_total',
    help: 'Times that the event loop was held for more than 0.2 s, by what was read.',
    labelNames,
    registers: [registry],
  });
  const seconds = new Counter({
    name: 'preau_loop_held_seconds_total',
    help: 'How long it was held then.',
    labelNames,
    registers: [registry],
  });
  return (reading, took) => {
    times.inc({ reading });
    seconds.inc({ reading }, took);
  };
}
