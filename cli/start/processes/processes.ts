/**
 * One process a core: the launcher starts several that serve side by side, shares the ports among
 * them (node:cluster gives each connection to the next), counts what they must count together, and
 * starts one again that ends by itself, or that it ends because it doesn't answer.
 */
import type { ChildProcess } from 'node:child_process';
import cluster, { type Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { Counter, Registry } from 'prom-client';
import type { Config } from '../../../core/ground/config.ts';
import { Fault } from '../../../core/ground/fault.ts';
import type { MetricsOfOne } from '../../../core/ground/metrics.ts';
import { end, keepRunning, type Child } from '../../launcher/child.ts';
import type { RoleName } from '../role-names.ts';
import type { StartOutcome } from '../serve.ts';
import { openAsking } from './asking.ts';
import type { ToLauncher, ToMember } from './messages.ts';
import { openSharedSlots } from './shared-slots.ts';
import { watchForSilence, type WatchedProcess } from './silence.ts';

const MEMBER = fileURLToPath(new URL('./member.ts', import.meta.url));
/** A busy machine takes a while to read all of the mail's files, and to make the demo town. */
const SERVING_MS = 300_000;
/** How long one may take to count itself; what it counts is missing then, for once. */
const COUNTING_MS = 2_000;

interface ProcessesWish {
  readonly roles: readonly RoleName[];
  /** An empty database becomes the demo town. */
  readonly mayBeDemo: boolean;
  readonly log: Logger;
  /** Aborted while they start: what has begun is ended again. */
  readonly signal: AbortSignal;
}

type Processes = StartOutcome & {
  /** What each takes of memory now that it serves, in bytes (RSS). */
  readonly memoryBytes: readonly number[];
  close(): Promise<void>;
};

type Serving = Extract<ToLauncher, { readonly kind: 'serving' }>;

/**
 * Starts `config.processes` of them. The roles that listen are in each; jobs are taken by the first
 * alone, which takes five at once. Rejects with a `Fault`, and none left, where one can't begin.
 */
export async function startProcesses(config: Config, wish: ProcessesWish): Promise<Processes> {
  const group = new Group(config, wish);
  try {
    return await group.start();
  } catch (error) {
    await group.close();
    throw error;
  }
}

class Group {
  readonly #config: Config;
  readonly #wish: ProcessesWish;
  readonly #children: Child[] = [];
  readonly #serving = new Map<number, Serving>();
  readonly #members = new Map<Worker, WatchedProcess>();
  readonly #slots = openSharedSlots<Worker>();
  readonly #counting = openAsking<MetricsOfOne>(COUNTING_MS);
  readonly #registry = new Registry();
  readonly #restarts = new Counter({
    name: 'preau_process_restarts_total',
    help: 'Processes that ended by themselves and were started again.',
    registers: [this.#registry],
  });
  readonly #silent = new Counter({
    name: 'preau_process_silent_total',
    help: 'Processes that did not answer and were ended.',
    registers: [this.#registry],
  });
  readonly #silence: ReturnType<typeof watchForSilence>;

  constructor(config: Config, wish: ProcessesWish) {
    this.#config = config;
    this.#wish = wish;
    this.#silence = watchForSilence({ log: wish.log, onEnd: () => this.#silent.inc() });
    cluster.setupPrimary({ exec: MEMBER, args: [] });
  }

  async start(): Promise<Processes> {
    // The first alone: what is wrong is wrong for all of them, and said once.
    await this.#keep(1);
    const others = Array.from({ length: this.#config.processes - 1 }, (_, index) => index + 2);
    const started = await Promise.allSettled(others.map((number) => this.#keep(number)));
    const failed = started.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    const all = [...this.#serving.values()];
    const first = this.#serving.get(1);
    if (first === undefined) throw new Error('no process serves');
    return {
      ...first.served,
      memoryBytes: all.map(({ memoryBytes }) => memoryBytes),
      close: () => this.close(),
    };
  }

  async close(): Promise<void> {
    this.#silence.close();
    await Promise.all(this.#children.map((child) => child.stop()));
  }

  async #keep(number: number): Promise<void> {
    this.#children.push(
      await keepRunning(() => this.#begin(number), {
        name: `process ${number}`,
        log: this.#wish.log,
        stopSignal: 'SIGTERM',
        onRestart: () => this.#restarts.inc(),
      }),
    );
  }

  /** Resolves once it serves. */
  async #begin(number: number): Promise<ChildProcess> {
    const member = cluster.fork();
    const begun = Promise.withResolvers<Serving>();
    const timer = setTimeout(() => begun.reject(new Error('it serves nothing yet')), SERVING_MS);
    const { signal } = this.#wish;
    const enough = (): void => begun.reject(signal.reason);
    signal.addEventListener('abort', enough);
    member.on('message', (said: ToLauncher) => this.#hear(member, number, { said, begun }));
    member.on('error', (error) => begun.reject(error));
    member.once('exit', () => {
      this.#lost(member);
      this.#slots.forget(member);
      begun.reject(new Error('it ended before it served'));
    });
    try {
      this.#serving.set(number, await begun.promise);
      return member.process;
    } catch (error) {
      await end(member.process, 'SIGTERM');
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', enough);
    }
  }

  #serves(member: Worker, number: number): void {
    const asked: WatchedProcess = {
      number,
      ask: () => tell(member, { kind: 'still-there' }),
      end: () => void member.process.kill('SIGKILL'),
    };
    this.#members.set(member, asked);
    this.#silence.add(asked);
  }

  #lost(member: Worker): void {
    const asked = this.#members.get(member);
    if (asked !== undefined) this.#silence.gone(asked);
    this.#members.delete(member);
  }

  #hear(
    member: Worker,
    number: number,
    { said, begun }: { said: ToLauncher; begun: PromiseWithResolvers<Serving> },
  ): void {
    const asked = this.#members.get(member);
    if (asked !== undefined) this.#silence.heard(asked);
    switch (said.kind) {
      case 'here':
        return tell(member, { kind: 'begin', number, ...this.#assignmentOf(number) });
      case 'serving':
        this.#serves(member, number);
        return begun.resolve(said);
      case 'failed':
        return begun.reject(faultOf(said));
      case 'take': {
        const isTaken = this.#slots.take(member, said.key, said.most);
        return tell(member, { kind: 'taken', id: said.id, isTaken });
      }
      case 'give-back':
        return this.#slots.giveBack(member, said.key);
      case 'metrics':
        return this.#counting.answered(said.id, said.own);
      case 'want-metrics':
        return void this.#metricsOfAll().then((all) =>
          tell(member, { kind: 'metrics-of-all', id: said.id, all }),
        );
      case 'still-here':
        return undefined;
    }
  }

  #assignmentOf(number: number) {
    const { roles, mayBeDemo } = this.#wish;
    const first = this.#serving.get(1)?.served;
    return {
      config: this.#config,
      roles: number === 1 ? roles : roles.filter((role) => role !== 'worker'),
      as:
        first === undefined
          ? ({ kind: 'first', mayBeDemo } as const)
          : ({ kind: 'later', demo: first.demo } as const),
    };
  }

  /** Of those that answer; one that is about to end counts no more. */
  async #metricsOfAll(): Promise<readonly MetricsOfOne[]> {
    const asked = [...this.#members.keys()].map((member) =>
      this.#counting.ask((id) => tell(member, { kind: 'count-yourself', id })),
    );
    const answers = await Promise.allSettled(asked);
    return [
      await this.#registry.getMetricsAsJSON(),
      ...answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    ];
  }
}

function tell(member: Worker, what: ToMember): void {
  if (member.isConnected()) member.send(what);
}

function faultOf({ code, detail }: ToLauncher & { kind: 'failed' }): Error {
  return code === null ? new Error(detail) : new Fault(code, detail, { transient: false });
}
