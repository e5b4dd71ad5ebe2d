/**
 * Reads the files that somebody gives: rosters, tables of schools, calendars, archives of them.
 * None is read on the event loop, which answers everybody else meanwhile
 * (core/decisions/0082-sandbox.md).
 */
import type { Logger } from 'pino';
import { openSandbox, type JobLimits } from '../ground/sandbox/sandbox.ts';
import type { RosterFile } from './reading/contract.ts';
import { TOTAL_BYTES } from './reading/limits.ts';
import type { UnreadableRoster } from './reading/rows.ts';
import { unreadable } from './reading/trouble.ts';
import { ROSTER_ANSWERS } from './roster-answers.ts';
import type { RosterJobs } from './roster-sandbox.ts';

/** Files of one answer that are read side by side: heads import in the same week. */
const PROCESSES = 2;
/** The largest table of text, 20 MB, takes some 300 MiB, a town's archive the double of itself. */
const MEMORY_BYTES = 768 * 2 ** 20;
const WAITING = 100;
/** What travels there and back with one job: no reader takes more. */
const GIVEN_BYTES = 2 * TOTAL_BYTES;
/** Processor time: the largest file takes four seconds, an export of a whole town as many. */
const READING: JobLimits = { cpuMs: 20_000, ifEnded: 'once-more' };

/** Where given files are read. */
export interface RosterFiles {
  /**
   * Does one job of the sandbox with these files. Unreadable besides as `reading-ended` where they
   * meet its limits, and as `reading-busy` where it couldn't be asked.
   */
  read<K extends keyof RosterJobs & string>(
    job: K,
    ...given: Parameters<RosterJobs[K]>
  ): Promise<ReturnType<RosterJobs[K]> | UnreadableRoster>;
}

/** The processes are those of this one, however often it is opened. */
const sandbox = openSandbox<RosterJobs>({
  script: new URL('./roster-sandbox.ts', import.meta.url),
  memoryBytes: MEMORY_BYTES,
  processes: PROCESSES,
  waiting: WAITING,
  answers: ROSTER_ANSWERS,
});

/** Opens the reading of given files; what ends a process is a line of the log, without content. */
export function openRosterFiles({
  log,
  limits = READING,
}: {
  readonly log: Logger;
  readonly limits?: JobLimits;
}): RosterFiles {
  return {
    async read(job, ...given) {
      const files: readonly RosterFile[] = given[0];
      const at = { file: files[0]?.name ?? '', line: 1, column: null };
      const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
      if (bytes > GIVEN_BYTES) return unreadable('archive-too-big', at);
      const ran = await sandbox.run(job, given, limits);
      if (ran.kind === 'done') return ran.value;
      const how = ran.kind === 'ended' ? { by: ran.by, at: ran.at } : {};
      log.warn(
        { act: 'roster-reading', outcome: ran.kind, job, bytes, ...how },
        'a given file could not be read within limits',
      );
      const reason = ran.kind === 'ended' ? 'reading-ended' : 'reading-busy';
      return unreadable(reason, at);
    },
  };
}
