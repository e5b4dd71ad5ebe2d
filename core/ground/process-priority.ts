import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
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

/** How Linux calls the threads on which V8 collects and compiles beside a loop. */
const COLLECTOR = 'V8Worker';

/**
 * The threads of this process on which V8 collects what nobody uses any more, and compiles, give
 * way to its loop and to all others: letters waited for them where both processors were wanted.
 */
export function letCollectingGiveWay(): void {
  for (const thread of threads().filter((one) => nameOf(one) === COLLECTOR))
    setPriority(thread, BELOW_OTHERS);
}

function nameOf(thread: number): string | null {
  try {
    return readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trimEnd();
  } catch {
    return null;
  }
}

/** Linux knows the priority of each thread, and a new one has that of who made it. */
function threads(): readonly number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [process.pid];
  }
}
