import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openMemoryFile } from '../memory-file.ts';
import { setSessionPriority } from '../session-priority.ts';
import { lendPieces, takeBack } from './lent.ts';
import { isJobAnswer, type JobAnswer, type Request } from './messages.ts';
import { processorTimeOf } from './processor-time.ts';

/** What a process of a sandbox is started with. */
export interface SandboxProgram {
  /** The file that calls `serve`; it and what it imports lie in `core/` or `node_modules/`. */
  readonly script: URL;
  /** What the process may fill: heap, buffers, what is unpacked (`RLIMIT_DATA`). */
  readonly memoryBytes: number;
  /** `aside`: of what nobody waits for as for a letter. */
  readonly goes?: keyof typeof NICENESS;
}

/** A job, and whether an answer is one that it can have made. */
export interface AskedJob<T> extends Request {
  readonly isAnswer: (answer: unknown) => answer is T;
}

/** What a job came to. */
export type JobResult<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The process ended over this job: the same job would end the next one. */
  | { readonly kind: 'ended'; readonly by: EndedBy; readonly at: string }
  /** The process is gone for a reason that lies outside the job. */
  | { readonly kind: 'lost' };

/**
 * The limit that was met; `error` is one that the job threw, or a crash of the program,
 * `wrong-answer` what the program never says by itself.
 */
type EndedBy = 'processor-time' | 'memory' | 'error' | 'wrong-answer';

/** The project's folder: `core/ground/sandbox/` is two below it. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/**
 * The sandbox reads its own program and no other file: no key, no configuration, no letter. Where
 * the packages lie in another folder, of which this one has a link, that one too.
 */
const READABLE = new Set(
  ['core', 'node_modules', 'package.json']
    .map((name) => `${ROOT}${name}`)
    .flatMap((path) => [path, realpathSync(path)]),
);
const KIB = 1_024;
/**
 * What Node reserves for compiled code (512 MiB) and the stacks of its threads, which the system
 * counts as if it were filled: it comes on top. Some 40 MiB of it ever are.
 */
const RESERVED_KIB = 608 * KIB;
/** V8's heap may have this share of the memory; the rest is for buffers and stacks. */
const HEAP_SHARE = 0.5;
/**
 * The room of V8's young objects: with its usual one a process keeps twice the memory, and reads no
 * sooner.
 */
const YOUNG_MIB = 2;
/** Past this share of its memory a process makes room for a fresh one. */
const WORN_SHARE = 0.5;
/** What answers people goes first (`nice`). */
const NICENESS = { first: 5, aside: 19 } as const;
/** What goes aside has one thread, which collects and compiles, too: mail has another processor. */
const THREADS = { first: [], aside: ['--single-threaded'] } as const;
/** Where the machine has no more memory, the system ends such a process before any other. */
const FIRST_TO_GO = '(echo 1000 >/proc/$$/oom_score_adj) 2>/dev/null';
/** The shortest wait before the processor time is looked at again. */
const LOOK_AGAIN_MS = 50;
/**
 * A job that neither ends nor uses its processor time within this is given up: the machine slept,
 * or somebody has stopped the process. Far beyond any wait for a processor.
 */
const STALLED_MS = 600_000;
/**
 * A job that is done may have gone so far beyond its processor time, in milliseconds, before
 * anybody looked: its threads, several at once, on a loop that is late.
 */
const OVER_MS = 5_000;
/**
 * Processor seconds of a whole life, which the system itself holds: a process whose parent was
 * killed while it worked hears of that only once it is done.
 */
const LIFE_SECONDS = 600;
/** Signals that somebody else sends; all others come of what the process itself does. */
const SENT: readonly (NodeJS.Signals | null)[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'];
/** What V8 says of a buffer or a string that it can't make. */
const NO_ROOM = 'RangeError';

/** One process of a sandbox, from its start to its end. It does one job at a time. */
export class SandboxProcess {
  readonly #child: ChildProcess;
  readonly #wornBytes: number;
  /** By which large bytes go to it; null where there is none, or the process is ended. */
  #lent = openMemoryFile();
  #cpuMs = 0;
  #isWorn = false;

  constructor(program: SandboxProgram) {
    this.#wornBytes = program.memoryBytes * WORN_SHARE;
    this.#child = spawnLimited(program, this.#lent);
    this.#child.on('error', () => undefined); // whose job it ends hears of it by `exit`
    this.#holdParent('unref');
  }

  /** Whether the process is to be left for a fresh one: much of its memory or life is used. */
  get isWorn(): boolean {
    return this.#isWorn;
  }

  /**
   * Has it do a job within so much processor time, in milliseconds. Unless the answer is `done`,
   * the process is gone afterwards.
   */
  run<T>({ job, given, isAnswer }: AskedJob<T>, cpuMs: number): Promise<JobResult<T>> {
    return new Promise((resolve) => {
      const child = this.#child;
      let [overTime, isOver] = [false, false];
      const watch = watchTime(child, { from: this.#cpuMs, cpuMs }, () => (overTime = true));
      const settle = (ran: JobResult<T>): void => {
        watch.stop();
        isOver = true;
        takeBack(this.#lent);
        child.off('message', answered).off('exit', exited).off('error', failed);
        this.#holdParent('unref');
        if (ran.kind !== 'done') this.end();
        resolve(ran);
      };
      const answered = (answer: unknown): void => {
        if (!isJobAnswer(answer) || !this.#notes(answer, cpuMs)) settle(ended('wrong-answer'));
        else settle(ranOf(answer, isAnswer));
      };
      const exited = (code: number | null, signal: NodeJS.Signals | null): void => {
        settle(overTime ? ended('processor-time') : ranOfExit(code, signal));
      };
      const failed = (): void => settle({ kind: 'lost' });
      child.once('message', answered).once('exit', exited).once('error', failed);
      this.#holdParent('ref');
      if (child.exitCode !== null || child.signalCode !== null || !child.connected) failed();
      else
        lendPieces(this.#lent, given, () => isOver)
          .then((lent) => {
            const request: Request = { job, given: lent };
            child.send(request, (error) => error && failed());
          })
          // The process is gone meanwhile, or what was to come in pieces doesn't.
          .catch(failed);
    });
  }

  /** Ends the process at once. */
  end(): void {
    this.#child.kill('SIGKILL');
    if (this.#lent !== null) closeSync(this.#lent);
    this.#lent = null;
  }

  /**
   * Notes what the process says that it has used, and whether that can be: who claims to have used
   * more would have it beyond the limit of the next job.
   */
  #notes({ cpuMs, rssBytes }: JobAnswer, limitMs: number): boolean {
    const usedMs = cpuMs - this.#cpuMs;
    this.#cpuMs = cpuMs;
    this.#isWorn = rssBytes > this.#wornBytes || cpuMs > (LIFE_SECONDS * 1_000) / 2;
    return usedMs >= 0 && usedMs <= limitMs + OVER_MS;
  }

  /** A process that works keeps its parent alive, one that waits doesn't. */
  #holdParent(hold: 'ref' | 'unref'): void {
    this.#child[hold]();
    this.#child.channel?.[hold]();
  }
}

function spawnLimited(
  { script, memoryBytes, goes = 'first' }: SandboxProgram,
  lent: number | null,
): ChildProcess {
  const memoryKib = Math.floor(memoryBytes / KIB);
  const heapMib = Math.floor((memoryKib * HEAP_SHARE) / KIB);
  const limits = `ulimit -d ${RESERVED_KIB + memoryKib} && ulimit -t ${LIFE_SECONDS} && ulimit -c 0`;
  const node = [
    process.execPath,
    `--max-old-space-size=${heapMib}`,
    `--max-semi-space-size=${YOUNG_MIB}`,
    ...THREADS[goes],
    '--permission',
    ...[...READABLE].map((path) => `--allow-fs-read=${path}`),
    fileURLToPath(script),
  ];
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      `${FIRST_TO_GO}; ${limits} && exec env -u PWD nice -n ${NICENESS[goes]} "$0" "$@"`,
      ...node,
    ],
    {
      // what V8 prints of a crash may be a piece of a letter
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', lent ?? 'ignore'],
      serialization: 'advanced',
      env: {},
      // Ctrl-C in a terminal is for the service, which ends its letters first
      detached: true,
    },
  );
  if (goes === 'aside') setSessionPriority(child.pid, 'aside');
  return child;
}

/**
 * Ends a process once it has used so much processor time more than it had. The clock on the wall
 * only says when to look: a job on a busy machine waits, and isn't ended for it. Where the system
 * tells no processor time, the wall's is all there is.
 */
function watchTime(
  child: ChildProcess,
  { from, cpuMs }: { readonly from: number; readonly cpuMs: number },
  onOverTime: () => void,
): { stop(): void } {
  const begun = performance.now();
  let timer = setTimeout(look, cpuMs);
  return { stop: () => clearTimeout(timer) };

  function look(): void {
    const onTheWall = performance.now() - begun;
    const used = processorTimeOf(child.pid ?? 0);
    const left = used === null ? 0 : from + cpuMs - used;
    if (left <= 0) onOverTime();
    if (left <= 0 || onTheWall > STALLED_MS) child.kill('SIGKILL');
    else timer = setTimeout(look, Math.max(LOOK_AGAIN_MS, left));
  }
}

const ended = (by: EndedBy, at = ''): JobResult<never> => ({ kind: 'ended', by, at });

function ranOf<T>(answer: JobAnswer, isAnswer: (answer: unknown) => answer is T): JobResult<T> {
  if (answer.kind === 'done')
    return isAnswer(answer.result) ? { kind: 'done', value: answer.result } : ended('wrong-answer');
  return ended(answer.error === NO_ROOM ? 'memory' : 'error', answer.at);
}

/** V8 aborts where its heap or the system has no more memory to give. */
function ranOfExit(code: number | null, signal: NodeJS.Signals | null): JobResult<never> {
  if (SENT.includes(signal)) return { kind: 'lost' };
  return ended(signal === 'SIGABRT' || signal === 'SIGTRAP' ? 'memory' : 'error', `exit ${code}`);
}
