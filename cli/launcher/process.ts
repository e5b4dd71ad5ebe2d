import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_MS = 8_000;
const POLL_MS = 20;

/**
 * When a process started, in clock ticks since boot (proc(5), field 22): with its pid it names one
 * process for ever. Null: there is none.
 */
export function startedAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** The command line of a process; empty when there is none or it may not be read. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/**
 * Ends a process that a killed launcher left behind; `mark` must stand in its command line, or it
 * is none of ours.
 */
export async function endLeftover(
  pid: number,
  mark: string,
  signal: NodeJS.Signals,
): Promise<void> {
  const born = startedAt(pid);
  if (born === null || !commandLine(pid).includes(mark)) return;
  process.kill(pid, signal);
  const deadline = Date.now() + STOP_MS;
  while (startedAt(pid) === born) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
    await sleep(POLL_MS);
  }
}
