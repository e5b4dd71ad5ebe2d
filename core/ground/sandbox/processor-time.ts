import { readFileSync } from 'node:fs';

/** Ticks of the clock a second in /proc, whatever the kernel's own (proc(5), `USER_HZ`). */
const TICKS_A_SECOND = 100;
/** Fields of /proc/PID/stat that follow the name of the program: from the third on. */
const FIELDS_BEFORE_STATE = 2;
const UTIME = 14;
const STIME = 15;

/**
 * The processor time that another process of ours has used since its start, in milliseconds, to ten
 * of them; null where the system doesn't say (no /proc, or the process is gone).
 */
export function processorTimeOf(pid: number): number | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null;
  }
  // the name of the program may hold spaces and brackets: the fields begin behind the last one
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = (field: number): number => Number(fields[field - FIELDS_BEFORE_STATE - 1]);
  return ((ticks(UTIME) + ticks(STIME)) * 1_000) / TICKS_A_SECOND;
}
