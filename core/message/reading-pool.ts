/** Big messages are read in worker threads, so that the event loop answers everybody else meanwhile (design.md §7). */
import { Worker } from 'node:worker_threads';
import { AT_ONCE } from './archive/work.ts';
import { WORKER_BYTES, WORKER_MS, WORKERS } from './limits.ts';
import type { ReadResult } from './message.ts';
import { readMessage } from './parse.ts';

interface Waiting { readonly raw: Buffer; readonly resolve: (result: ReadResult) => void; readonly reject: (error: Error) => void }

const waiting: Waiting[] = [];
/** Workers with nothing to do; started when first needed, and never what keeps the process alive. */
const idle: Worker[] = [];
let started = 0;

/**
 * `readMessage`, here for small messages and in a worker for big ones and those with more in their archives than is quickly
 * seen; the same result. Rejects when a worker dies or hangs: try again later.
 */
export async function readAnySize(raw: Buffer): Promise<ReadResult> {
  if (raw.length >= WORKER_BYTES) return readInWorker(raw);
  const read = readMessage(raw, AT_ONCE);
  return read.kind === 'read' && read.message.archiveLimit !== null ? readInWorker(raw) : read;
}

/** `readMessage` in a worker. At most `WORKERS` at a time, the others wait their turn; the queue is as long as there are messages in hand. */
export function readInWorker(raw: Buffer): Promise<ReadResult> {
  return new Promise((resolve, reject) => {
    waiting.push({ raw, resolve, reject });
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

function run(worker: Worker, { raw, resolve, reject }: Waiting): void {
  const timer = setTimeout(() => { failed(new Error(`a message of ${raw.length} bytes was not read in ${WORKER_MS} ms`)); }, WORKER_MS);
  worker.once('message', done);
  worker.once('error', failed);
  worker.once('exit', died);
  worker.ref();
  worker.postMessage({ bytes: raw });

  function settle(): void {
    clearTimeout(timer);
    worker.off('message', done).off('error', failed).off('exit', died);
    worker.unref();
  }
  function done({ result }: { readonly result: ReadResult }): void {
    settle();
    idle.push(worker);
    resolve(result);
    next();
  }
  function died(): void { failed(new Error('a reading worker ended')); }
  function failed(error: Error): void {
    settle();
    started--;
    worker.on('error', () => undefined); // it is given up: what it still says is nobody's
    void worker.terminate();
    reject(error);
    next();
  }
}
