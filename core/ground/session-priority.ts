import { writeFileSync } from 'node:fs';

/**
 * How far a session gives way (`nice`), by what it has of a processor that one other wants too; of
 * one that nobody wants it has all.
 */
export const SESSION_PRIORITY = {
  /** A tenth: somebody waits for it, though not as for a letter. */
  aside: 10,
  /** A thirtieth: it has the whole night. */
  byNight: 15,
} as const;

/**
 * Lets the session that a process leads (`detached`) give way to all others. Linux may share the
 * processor out by sessions (autogroups, `sched(7)`): there the priority of a process (`nice`)
 * counts within its session alone, and one that leads its own gives way to nobody by it.
 */
export function setSessionPriority(
  leader: number | undefined,
  priority: keyof typeof SESSION_PRIORITY,
): void {
  try {
    writeFileSync(`/proc/${leader}/autogroup`, String(SESSION_PRIORITY[priority]));
  } catch {
    // The processor isn't shared out by sessions here, or nothing was started.
  }
}
