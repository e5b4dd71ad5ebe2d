/**
 * Who sent a message is asked by hashing all of it, in one go: a letter costs a millisecond, 25 MB
 * seconds during which nobody else was answered. Big messages go to worker threads, in turns by
 * network, and a thread that takes too long is ended.
 */
import { Worker } from 'node:worker_threads';
import type { AuthenticateOptions, DNSResolver } from 'mailauth';
import { errorCode } from '../core/ground/fault.ts';
import { fromJson, type JsonOf } from '../core/ground/json.ts';
import { networkOf } from '../core/ground/networks.ts';
import { openTurns, type TurnLimits } from '../core/ground/turns.ts';
import { authenticateWhole, type Results } from './authentication.ts';

/** What is checked against: never a function, so that it goes from thread to thread. */
type CheckOptions = Readonly<
  Required<Pick<AuthenticateOptions, 'ip' | 'helo' | 'sender' | 'mta' | 'strict' | 'disableBimi'>>
>;

export interface AuthenticationQuestion {
  readonly raw: Uint8Array;
  readonly options: CheckOptions;
}
export type ToWorker =
  | ({ readonly kind: 'check' } & AuthenticationQuestion)
  | { readonly kind: 'records'; readonly id: number; readonly records: string[][] | string[] }
  | { readonly kind: 'no-records'; readonly id: number; readonly code: string };
export type FromWorker =
  | { readonly kind: 'question'; readonly id: number; readonly name: string; readonly type: string }
  | { readonly kind: 'result'; readonly json: JsonOf<Results> }
  | { readonly kind: 'failed'; readonly why: string };

/**
 * Who sent it could not be found out in time: DNS is slow, or there is too much to check. The peer
 * tries again later.
 */
export class TooLate extends Error {}

/**
 * Up to this size a message is checked at once: with all its signatures that is some milliseconds.
 */
const SMALL_BYTES = 32_768;
const TURNS: TurnLimits = { atOnce: 2, each: 1, waiting: 200, waitingEach: 10, waitMs: 60_000 };

const turns = openTurns(TURNS);
/**
 * Workers with nothing to do; started when first needed, and never what keeps the process alive.
 */
const idle: Worker[] = [];

/**
 * mailauth's `authenticate`. Rejects with `TooLate` after `deadlineMs`, or when there is no turn;
 * with whatever mailauth throws.
 */
export async function authenticateInTime(
  raw: Buffer,
  options: CheckOptions,
  around: { readonly resolver: DNSResolver; readonly deadlineMs: number },
): Promise<Results> {
  if (raw.length <= SMALL_BYTES)
    return inTime(
      authenticateWhole(raw, { ...options, resolver: around.resolver }),
      around.deadlineMs,
    );
  const giveBack = await turns.take(networkOf(options.ip));
  if (!giveBack) throw new TooLate();
  const worker = idle.pop() ?? start();
  try {
    const results = await inTime(ask(worker, { raw, options }, around.resolver), around.deadlineMs);
    idle.push(worker);
    return results;
  } catch (error) {
    void worker.terminate();
    throw error;
  } finally {
    worker.removeAllListeners('message');
    worker.unref();
    giveBack();
  }
}

async function inTime<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new TooLate()), deadlineMs);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

function start(): Worker {
  const worker = new Worker(new URL('./authentication-worker.ts', import.meta.url));
  // told to whoever asks; idle or given up, it has nobody to tell
  worker.on('error', () => undefined);
  worker.on('exit', () => {
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
  });
  return worker;
}

function ask(
  worker: Worker,
  question: AuthenticationQuestion,
  resolver: DNSResolver,
): Promise<Results> {
  const { promise, resolve, reject } = Promise.withResolvers<Results>();
  const tell = (what: ToWorker): void => worker.postMessage(what);
  const died = (): void => reject(new Error('an authentication worker ended'));
  worker.on('message', (said: FromWorker) => {
    if (said.kind === 'result') return resolve(fromJson(said.json));
    if (said.kind === 'failed') return reject(new Error(said.why));
    void answerTo(said, resolver).then(tell);
  });
  worker.once('exit', died);
  worker.ref();
  tell({ kind: 'check', ...question });
  return promise.finally(() => worker.off('exit', died));
}

/** Never rejects: a question without an answer has the code of DNS's own error. */
async function answerTo(
  { id, name, type }: FromWorker & { kind: 'question' },
  resolver: DNSResolver,
): Promise<ToWorker> {
  try {
    return { kind: 'records', id, records: await resolver(name, type) };
  } catch (error) {
    return { kind: 'no-records', id, code: errorCode(error) || 'ESERVFAIL' };
  }
}
