import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * This process, and the threads that it has by now, give way to all others, as what runs under
 * nice(1); not with the lowest priority, which on a busy machine is none.
 */
export function giveWay(): void {
  for (const thread of threads()) setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
}

/** Linux knows the priority of each thread, and a new one has that of who made it. */
function threads(): readonly number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [process.pid];
  }
}
