import { Fault } from '../../../core/ground/fault.ts';
import { TEXTS } from '../../texts/launcher.ts';
import type { RoleName } from '../role-names.ts';

/** As many as a person may ask for; the database has connections for them. */
const MOST_PROCESSES = 32;
/** More than these are not started unasked: beyond, PostgreSQL is what everybody waits for. */
const MOST_UNASKED = 8;
/** What a process may come to under load; so many must be free for each that is started unasked. */
const PROCESS_BYTES = 419_430_400;

interface HowMany {
  /** `--processes`; null where it isn't given. */
  readonly asked: number | null;
  readonly roles: readonly RoleName[];
  /** A demo on this machine alone, for one person to look at. */
  readonly isDemo: boolean;
  /** Processors that this process may use, and bytes of memory that are free for it. */
  readonly machine: { readonly cores: number; readonly freeBytes: number };
}

/**
 * How many processes serve (core/decisions/0034-processes.md): one a core, as far as memory
 * reaches. One alone in a demo, and where nothing listens: jobs share no port. Throws a `Fault`
 * 'configuration' where more are asked for than there may be.
 */
export function howManyProcesses({ asked, roles, isDemo, machine }: HowMany): number {
  if (asked !== null && asked > MOST_PROCESSES)
    throw new Fault('configuration', TEXTS.tooManyProcesses(asked, MOST_PROCESSES), {
      transient: false,
    });
  if (roles.every((role) => role === 'worker')) return 1;
  if (asked !== null) return asked;
  if (isDemo) return 1;
  const fitting = Math.floor(machine.freeBytes / PROCESS_BYTES);
  return Math.max(1, Math.min(machine.cores, MOST_UNASKED, fitting));
}
