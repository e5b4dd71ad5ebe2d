/**
 * Big messages are read, and big formatted texts sanitised, in worker threads, so that the event
 * loop answers everybody else meanwhile (design.md §7).
 */
import { Worker } from 'node:worker_threads';
import { AT_ONCE } from './archive/work.ts';
import { SANITISE_MS, WORKER_BYTES, WORKER_MS, WORKERS } from './limits.ts';
import type { ReadResult } from './message.ts';
import { readMessage } from './parse.ts';
import type { Showing, ShownText } from './shown.ts';

/** What a worker is asked. */
export type Work =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'show' | 'text'; readonly showing: Showing };

interface Waiting {
  readonly work: Work;
  /** How long it may take, in milliseconds. */
  readonly withinMs: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const waiting: Waiting[] = [];
/**
 * Workers with nothing to do; started when first needed, and never what keeps the process alive.
 */
const idle: Worker[] = [];
let started = 0;

/**
 * `readMessage`, here for small messages and in a worker for big ones and those with more in their
 * archives than is quickly seen; the same result. Rejects when a worker dies or hangs: try again
 * later.
 */
export async function readAnySize(raw: Buffer): Promise<ReadResult> {
  if (raw.length >= WORKER_BYTES) return readInWorker(raw);
  const read = readMessage(raw, AT_ONCE);
  const { message } = read.kind === 'read' ? read : { message: null };
  const isWhole = message === null || (message.archiveLimit === null && !message.links.filesCut);
  return isWhole ? read : readInWorker(raw);
}

/**
 * `readMessage` in a worker. At most `WORKERS` at a time, the others wait their turn; the queue is
 * as long as there are messages in hand.
 */
export function readInWorker(raw: Buffer): Promise<ReadResult> {
  return inWorker({ kind: 'read', bytes: raw }, WORKER_MS) as Promise<ReadResult>;
}

/** `shownHtml` in a worker. Rejects when the worker dies or `SANITISE_MS` have passed. */
export function showInWorker(showing: Showing): Promise<string | null> {
  return inWorker({ kind: 'show', showing }, SANITISE_MS) as Promise<string | null>;
}

/** `shownText` in a worker, in the same way. */
export function textInWorker(showing: Showing): Promise<ShownText> {
  return inWorker({ kind: 'text', showing }, SANITISE_MS) as Promise<ShownText>;
}

function inWorker(work: Work, withinMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    waiting.push({ work, withinMs, resolve, reject });
    next();
  });
}

function next(): void {
  if (waiting.length === 0) return;
  const worker = idle.pop() ?? (started < WORKERS ? start() : null);
  const task = worker ? waiting.shift() : undefined;
  if (worker && task) run(worker, task);
}

function start(): Worker {
  started++;
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url));
  worker.setMaxListeners(20);
  worker.unref();
  return worker;
}

function run(worker: Worker, { work, withinMs, resolve, reject }: Waiting): void {
  const { length } = work.kind === 'read' ? work.bytes : work.showing.raw;
  const late = (): void => {
    failed(new Error(`a message of ${length} bytes took more than ${withinMs} ms to ${work.kind}`));
  };
  const timer = setTimeout(late, withinMs);
  worker.once('message', done);
  worker.once('error', failed);
  worker.once('exit', died);
  worker.ref();
  worker.postMessage(work);

  function settle(): void {
    clearTimeout(timer);
    worker.off('message', done).off('error', failed).off('exit', died);
    worker.unref();
  }
  function done({ result }: { readonly result: unknown }): void {
    settle();
    idle.push(worker);
    resolve(result);
    next();
  }
  function died(): void {
    failed(new Error('a reading worker ended'));
  }
  function failed(error: Error): void {
    settle();
    started--;
    worker.on('error', () => undefined); // it is given up: what it still says is nobody's
    void worker.terminate();
    reject(error);
    next();
  }
}
