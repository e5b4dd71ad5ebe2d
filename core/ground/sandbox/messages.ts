/** What travels between a serving process and those of its sandbox. */

/**
 * Functions that a sandbox does, by name: pure, of data that structured cloning carries, at once or
 * by a promise.
 */
export type SandboxJobs = Readonly<Record<string, (...given: never[]) => unknown>>;

/** To the sandbox: one at a time, the next once this one is answered. */
export interface Request {
  readonly job: string;
  readonly given: readonly unknown[];
}

/** What the process has used by then, so that nobody has to ask the system for it. */
interface Used {
  /** Processor time since its start, user and system, in milliseconds. */
  readonly cpuMs: number;
  /** Resident memory. */
  readonly rssBytes: number;
}

export type JobAnswer = Used &
  (
    | { readonly kind: 'done'; readonly result: unknown }
    /** The job threw. Its error's kind and place, never its words: those may quote a letter. */
    | { readonly kind: 'threw'; readonly error: string; readonly at: string }
  );
