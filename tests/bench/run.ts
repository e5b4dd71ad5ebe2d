import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Stop = () => Promise<void>;

/** What a bench has while it runs. */
export interface Bench {
  /** Its own, which servers of other users may enter; put away at the end. */
  readonly folder: string;
  /** Aborted at the end, however it comes. */
  readonly over: AbortSignal;
  /** What is to be stopped at the end, the last first; the answer stops it now. */
  atEnd(stop: Stop): Stop;
}

interface BenchOptions {
  readonly name: string;
  readonly wholeMs: number;
  /**
   * Where its folder lies: the machine's disk, unless another place is named. In memory nothing
   * waits for a disk that others use too, whose one write in a hundred takes 40 ms.
   */
  readonly place?: 'disk' | 'memory';
}

/** A file system in memory, where Linux has one that is large enough. */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 ** 31;

function memoryFolder(): string {
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize < ENOUGH_BYTES) throw new Error(`${MEMORY} is too small for this bench`);
  return MEMORY;
}

/**
 * Runs a bench and ends the process: what it started is stopped in order when it is done, broken,
 * interrupted, or not done within `wholeMs`.
 */
export async function runBench(
  { name, wholeMs, place = 'disk' }: BenchOptions,
  bench: (bench: Bench) => Promise<void>,
): Promise<never> {
  const parent = place === 'memory' ? memoryFolder() : tmpdir();
  const folder = mkdtempSync(join(parent, `preau-${name}-`));
  chmodSync(folder, 0o755);
  const over = new AbortController();
  const stops: Stop[] = [];
  const endAll = async (): Promise<void> => {
    over.abort();
    for (let stop = stops.pop(); stop; stop = stops.pop())
      await stop().catch((error: unknown) => console.error(error));
    rmSync(folder, { recursive: true, force: true });
  };
  const giveUp = (): void => void endAll().finally(() => process.exit(1));
  // whoever read us has gone; what was started is still ended in order
  process.stdout.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, giveUp);
  const tooLong = setTimeout(() => {
    console.error('Le banc d’essai n’a pas fini à temps. / The bench did not end in time.');
    giveUp();
  }, wholeMs);
  try {
    await bench({
      folder,
      over: over.signal,
      atEnd(stop) {
        stops.push(stop);
        return async () => {
          const at = stops.indexOf(stop);
          if (at !== -1) await stops.splice(at, 1)[0]?.();
        };
      },
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    clearTimeout(tooLong);
    await endAll();
  }
  return process.exit();
}
