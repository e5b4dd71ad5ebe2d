/**
 * Gives readers made-up inputs and measures what each call takes of the thread that serves
 * everybody, and what it leaves in the heap.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seeded, type Random } from '../random.ts';

/** Does one call of a reader, whose name says which it is. */
export type Call = <T>(reader: string, work: () => T | Promise<T>) => Promise<T>;

/** One kind of what strangers send. */
export interface FuzzedKind<Input> {
  readonly title: 'letters' | 'rosters' | 'forms';
  readonly make: (random: Random) => Input;
  /** Readers that the service calls in processes apart: what they take keeps nobody waiting. */
  readonly apart: readonly string[];
  /** Has it read as the service does, call by call. */
  readonly read: (input: Input, call: Call) => Promise<void>;
}

interface Held {
  readonly reader: string;
  readonly ms: number;
  readonly seed: number;
}

interface Findings {
  readonly count: number;
  /** Of the processor, in seconds, the making of the inputs among it. */
  readonly seconds: number;
  /** The call of each reader that held the thread longest. */
  readonly longest: readonly Held[];
  readonly heapMoreMib: number;
  /** How much higher than after the first inputs the process's memory ever stood. */
  readonly peakMoreMib: number;
  readonly faults: readonly string[];
}

/** Longer than this is measured again, for machines are busy. */
const MEASURED_AGAIN_MS = 100;
const TRIES = 3;
/** Nobody waits so long, on the busiest machine. */
const ENDLESS_MS = 60_000;
/** Inputs until everything that is compiled and kept once is there. */
const WARM = 2_000;
const MOST_FAULTS = 5;
const TURN_EVERY = 100;
const COLLECTIONS = 3;
const MIB = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The inputs of the seeds from `seed` on, so many; each is made again by its own seed. */
export async function fuzz<Input>(
  kind: FuzzedKind<Input>,
  { seed, count }: { readonly seed: number; readonly count: number },
): Promise<Findings> {
  const longest = new Map<string, Held>();
  const faults: string[] = [];
  const begun = process.threadCpuUsage();
  let base = await memory();
  for (let done = 0; done < count && faults.length < MOST_FAULTS; done += 1) {
    const own = (seed + done) % 2 ** 32;
    const call = calling((reader, ms) => {
      if (ms > (longest.get(reader)?.ms ?? -1)) longest.set(reader, { reader, ms, seed: own });
    });
    try {
      await kind.read(kind.make(seeded(own)), call);
    } catch (error) {
      faults.push(`seed ${own}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    // what only a turn of the event loop lets go would stay until the last input
    if (done % TURN_EVERY === 0) await turn();
    if (done === Math.min(WARM, Math.floor(count / 10))) base = await memory();
  }
  const { user, system } = process.threadCpuUsage(begun);
  const end = await memory();
  return {
    count,
    seconds: (user + system) / 1_000_000,
    longest: [...longest.values()].toSorted((one, other) => other.ms - one.ms),
    heapMoreMib: (end.heapBytes - base.heapBytes) / MIB,
    peakMoreMib: (end.peakBytes - base.peakBytes) / MIB,
    faults,
  };
}

/** `letters: 1000 from seed 7 in 2 s; longest takeIn 12.1 ms (seed 11), …; heap + 1 MiB, …` */
export function shown(title: string, seed: number, found: Findings): string {
  const longest = found.longest
    .map(({ reader, ms, seed: of }) => `${reader} ${ms.toFixed(1)} ms (seed ${of})`)
    .join(', ');
  const { count, seconds, heapMoreMib, peakMoreMib } = found;
  return [
    `${title}: ${count} from seed ${seed} in ${seconds.toFixed(0)} s; longest ${longest};`,
    `heap + ${heapMoreMib.toFixed(0)} MiB, peak + ${peakMoreMib.toFixed(0)} MiB`,
  ].join(' ');
}

function calling(note: (reader: string, ms: number) => void): Call {
  return async (reader, work) => {
    const first = await timed(work);
    let { ms } = first;
    for (let tries = 1; ms > MEASURED_AGAIN_MS && tries < TRIES; tries += 1)
      ms = Math.min(ms, (await timed(work)).ms);
    note(reader, ms);
    return first.value;
  };
}

/**
 * Of this thread alone: what collects garbage beside it keeps nobody waiting. Rejects where it
 * never comes to an end.
 */
async function timed<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly value: T; readonly ms: number }> {
  const begun = process.threadCpuUsage();
  const value = await ended(work());
  const { user, system } = process.threadCpuUsage(begun);
  return { value, ms: (user + system) / 1_000 };
}

async function ended<T>(work: T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('comes to no end')), ENDLESS_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Buffers are let go beside the thread once their owners are collected: a collection later. */
async function memory(): Promise<{ readonly heapBytes: number; readonly peakBytes: number }> {
  for (let round = 0; round < COLLECTIONS; round += 1) {
    collect();
    await turn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return { heapBytes: heapUsed + external, peakBytes: process.resourceUsage().maxRSS * 1_024 };
}
