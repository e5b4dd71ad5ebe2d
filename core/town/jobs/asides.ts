import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';

/** What is done now and then beside the sweeping. */
export interface Aside {
  readonly act: (signal: AbortSignal) => Promise<unknown>;
  readonly firstMs: number;
  readonly everyMs: number;
  /** How long it may take; then it is told to end, and nobody waits for it any more. */
  readonly mostMs: number;
  readonly failed: string;
}

/**
 * Each by itself and once at a time: a store, a resolver or a folder that is slow, or gives no
 * answer, must not keep what is due, nor the others. What fails, or hangs, comes again.
 */
export async function keepDoing(
  aside: Aside,
  { log, stop }: { readonly log: Logger; readonly stop: AbortSignal },
): Promise<void> {
  const { firstMs, everyMs, failed } = aside;
  for (await pause(firstMs, stop); !stop.aborted; await pause(everyMs, stop))
    await inTime(aside, stop).catch((error: unknown) => log.warn({ err: error }, failed));
}

async function inTime({ act, mostMs }: Aside, stop: AbortSignal): Promise<void> {
  const over = new AbortController();
  const done = new AbortController();
  const late = async (): Promise<void> => {
    await setTimeout(mostMs, undefined, { ref: false, signal: done.signal });
    over.abort();
    throw new Error(`no end within ${mostMs} ms`);
  };
  try {
    await Promise.race([act(AbortSignal.any([stop, over.signal])), late()]);
  } finally {
    done.abort();
  }
}

/** Ends sooner when told to stop. */
export function pause(ms: number, stop: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { signal: stop }).catch(() => undefined);
}
