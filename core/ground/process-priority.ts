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

/** Linux knows the priority of each thread, and a new one has that of who made it. */
function threads(): readonly number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [process.pid];
  }
}
