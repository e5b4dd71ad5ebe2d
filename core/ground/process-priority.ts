import { readdirSync, readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';

/** As what runs under nice(1); not the lowest, which on a busy machine is none. */
const BELOW_OTHERS = constants.priority.PRIORITY_BELOW_NORMAL;

/** This process, and the threads that it has by now, give way to all others. */
export function letProcessGiveWay(): void {
  for (const thread of threads()) setPriority(thread, BELOW_OTHERS);
}

/** This thread alone gives way, to the others of its process, too. */
export function letThreadGiveWay(): void {
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), BELOW_OTHERS);
  } catch {
    // It works as well as any other.
  }
}

const NOTHING = new Int32Array(new SharedArrayBuffer(4));
const ASIDE_MS = 0.1;

/**
 * Gives the processor up for a tenth of a millisecond, so that whoever waits for it has it at once:
 * Linux lets a process that has begun go on for some milliseconds, whatever its priority. For loops
 * of a process that serves nobody: nothing else of it goes on meanwhile.
 */
export function stepAside(): void {
  Atomics.wait(NOTHING, 0, 0, ASIDE_MS);
}

/** Linux knows the priority of each thread, and a new one has that of who made it. */
function threads(): readonly number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [process.pid];
  }
}
