/** What travels between a serving process and those of its sandbox. */
import { either, only, shape, text, type AnswerCheck } from './answers.ts';

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

interface Done extends Used {
  readonly kind: 'done';
  readonly result: unknown;
}

/** The job threw. Its error's kind and place, never its words: those may quote a letter. */
interface Threw extends Used {
  readonly kind: 'threw';
  readonly error: string;
  readonly at: string;
}

export type JobAnswer = Done | Threw;

/** Characters of an error's class, of a place in the program. */
const NAME_CHARACTERS = 100;
const PLACE_CHARACTERS = 1_000;

const isAmount: AnswerCheck<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
const used = { cpuMs: isAmount, rssBytes: isAmount };

/** The result is anything yet: each job has its own check of it. */
export const isJobAnswer = either(
  shape<Done>({ kind: only('done'), result: (_value): _value is unknown => true, ...used }),
  shape<Threw>({
    kind: only('threw'),
    error: text(NAME_CHARACTERS),
    at: text(PLACE_CHARACTERS),
    ...used,
  }),
);
