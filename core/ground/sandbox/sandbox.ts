/**
 * Where strangers' bytes are read that could take long: processes apart, each with a limit of
 * memory that the system holds and of processor time for each job, without database, keys, files
 * or network of ours. What a job does there keeps nobody else waiting, and ends at worst its own
 * process (core/decisions/0082-sandbox.md).
 */
import type { Pieces } from '../pieces.ts';
import type { AnswerCheck } from './answers.ts';
import type { SandboxJobs } from './messages.ts';
import { SandboxProcess, type AskedJob, type JobResult, type SandboxProgram } from './sandboxed.ts';

/** How much a sandbox does at once, of what program. */
interface PoolLimits extends SandboxProgram {
  /** How many jobs run side by side. */
  readonly processes: number;
  /** How many wait for one of them; one more is told at once that there is too much. */
  readonly waiting: number;
}

/**
 * Whether a job's answer, to what it was given, is one that it can have made. It is of the answer's
 * whole type, as `AnswerCheck` is.
 */
interface JobCheck<Job extends (...given: never[]) => unknown> {
  (answer: unknown, ...given: Given<Parameters<Job>>): answer is Awaited<ReturnType<Job>>;
  readonly exactly?: AnswerCheck<Awaited<ReturnType<Job>>>['exactly'];
}

interface SandboxOptions<J extends SandboxJobs> extends PoolLimits {
  /** Of each of its jobs; a process that answers otherwise has ended over the job. */
  readonly answers: { readonly [K in keyof J]: JobCheck<J[K]> };
}

/** What a job came to, for whoever asked. */
export type Result<T> =
  | JobResult<T>
  /** Too many wait already. */
  | { readonly kind: 'busy' };

export interface JobLimits {
  /** Processor time of the job, in milliseconds. */
  readonly cpuMs: number;
  /**
   * What becomes of a job whose process ends: done once more in a process that has done nothing
   * else, so that it answers for itself alone, or given up at once.
   */
  readonly ifEnded: 'once-more' | 'give-up';
}

/** What a job is given; bytes may be pieces, which come to it as one buffer. */
type Given<Parameters extends readonly unknown[]> = {
  readonly [At in keyof Parameters]: Parameters[At] extends Buffer
    ? Parameters[At] | Pieces
    : Parameters[At];
};

interface Sandbox<J extends SandboxJobs> {
  /**
   * Does one of its jobs. Never rejects: `busy` and `lost` say nothing of the job, it may be tried
   * later; `ended` says that it would come to the same again.
   */
  run<K extends keyof J & string>(
    job: K,
    given: Given<Parameters<J[K]>>,
    limits: JobLimits,
  ): Promise<Result<Awaited<ReturnType<J[K]>>>>;
}

/** A process without work is ended after so long. */
const IDLE_MS = 60_000;

/**
 * Opens a sandbox; its processes are started when they are first needed, and none keeps this one
 * alive. What they answer is believed once `answers` has looked at it.
 */
export function openSandbox<J extends SandboxJobs>(options: SandboxOptions<J>): Sandbox<J> {
  const pool = new Pool(options);
  return {
    run(job, given, limits) {
      type Answer = Awaited<ReturnType<J[typeof job]>>;
      const check = options.answers[job];
      const isAnswer = (answer: unknown): answer is Answer => check(answer, ...given);
      return pool.run({ job, given, isAnswer }, limits);
    },
  };
}

interface Idle {
  readonly one: SandboxProcess;
  readonly timer: NodeJS.Timeout;
}

class Pool {
  readonly #limits: PoolLimits;
  readonly #waiting: (() => void)[] = [];
  readonly #idle: Idle[] = [];
  #running = 0;

  constructor(limits: PoolLimits) {
    this.#limits = limits;
  }

  async run<T>(asked: AskedJob<T>, { cpuMs, ifEnded }: JobLimits): Promise<Result<T>> {
    if (this.#running >= this.#limits.processes) {
      if (this.#waiting.length >= this.#limits.waiting) return { kind: 'busy' };
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running += 1;
    try {
      const ran = await this.#runIn(this.#takeIdle() ?? this.#start(), asked, cpuMs);
      if (ran.kind === 'done' || ifEnded === 'give-up') return ran;
      return await this.#runIn(this.#start(), asked, cpuMs);
    } finally {
      // whoever waits longest has this turn
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  async #runIn<T>(one: SandboxProcess, asked: AskedJob<T>, cpuMs: number): Promise<JobResult<T>> {
    const ran = await one.run(asked, cpuMs);
    if (ran.kind === 'done') this.#keep(one);
    return ran;
  }

  #start(): SandboxProcess {
    return new SandboxProcess(this.#limits);
  }

  #takeIdle(): SandboxProcess | undefined {
    const idle = this.#idle.pop();
    clearTimeout(idle?.timer);
    return idle?.one;
  }

  #keep(one: SandboxProcess): void {
    if (one.isWorn) {
      one.end();
      return;
    }
    const end = (): void => {
      this.#idle.splice(this.#idle.indexOf(idle), 1);
      one.end();
    };
    const idle: Idle = { one, timer: setTimeout(end, IDLE_MS).unref() };
    this.#idle.push(idle);
  }
}
