import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { errorCode } from '../../core/fault.ts';
import { findProgram } from './programs.ts';

/**
 * By how much of niceness PostgreSQL and clamd stand back behind us: who answers people goes first.
 * Everybody waits for our one event loop; a statement and a scan are waited for by it, and on few
 * cores they push it aside just when it has answers to read. To be nicer takes no rights.
 */
export const GIVES_WAY = 5;
/** The kernel takes so few of these at once from who isn't root (see `giveWayAsSession`). */
const TRIES = 10;
const PAUSE_MS = 150;

/**
 * Spawns PostgreSQL or clamd, under its own process id, with less priority than ours. It has it
 * from its first instruction on, so that its threads and processes all have it too (on Linux each
 * thread has its own).
 */
export function spawnService(
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const nice = findProgram('nice');
  const child =
    nice === null
      ? spawn(program, args, options)
      : spawn(nice, ['-n', String(GIVES_WAY), program, ...args], options);
  if (child.pid !== undefined) giveWayAsSession(child.pid, TRIES);
  return child;
}

/**
 * Where Linux weighs whole sessions against one another (sched(7), « The autogroup feature »; so on
 * Debian), niceness holds inside of one only, and each service has a session of its own. Elsewhere
 * there is no such file, or it does nothing.
 */
function giveWayAsSession(pid: number, tries: number): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(GIVES_WAY));
  } catch (error) {
    if (errorCode(error) === 'EAGAIN' && tries > 1)
      setTimeout(() => giveWayAsSession(pid, tries - 1), PAUSE_MS).unref();
  }
}
