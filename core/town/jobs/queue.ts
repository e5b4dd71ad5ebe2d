import {
  createPostgresBackend,
  Queue as BullQueue,
  Worker as BullWorker,
  type Job,
  type JobsOptions,
  type WorkerOptions,
} from 'bullmq';
import { z } from 'zod';
import { Fault } from '../../ground/fault.ts';
import { aSchool } from '../../ground/id-shapes.ts';
import type { SchoolId } from '../../ground/ids.ts';
import type { DueKind } from '../../store/columns.ts';
import { openQueuePool, QUEUE_NAME } from '../../store/queue-pool.ts';

/** What is due besides mail that leaves: somebody looks at it. */
export const LOOKED_AT = [
  'hold',
  'moderation',
  'draft',
  'rollover',
  'leaver',
  'pictures',
  'roster-draft',
  'closing',
  'roster-questions',
  'absence',
  'report',
  'copy',
  'paper',
  'notice',
  'daily-word',
  'put-off',
  'answer',
] as const satisfies readonly DueKind[];
export type LookedRow = (typeof LOOKED_AT)[number];

/**
 * One thing to do. It says where the truth lies, never what it is: a job that is lost, doubled or
 * forged changes nothing in it.
 */
export type Task =
  | {
      readonly kind: 'outbox';
      readonly school: SchoolId;
      readonly row: number;
      /** Attempts begun before this one. */
      readonly attempt: number;
    }
  | { readonly kind: LookedRow; readonly school: SchoolId; readonly row: number };

/**
 * The queue of this process. BullMQ behind it, on PostgreSQL or on Redis; nobody else knows which.
 */
export interface Queue {
  /**
   * Adds what isn't there yet. Throws a `Fault` 'queue-down': what is due stays due and the sweeper
   * adds it later.
   */
  add(tasks: readonly Task[]): Promise<void>;
  /** Takes tasks, `concurrency` at once, until closed; closing waits for those that run. */
  take(
    handle: (task: Task) => Promise<void>,
    concurrency: number,
  ): Promise<{ close(): Promise<void> }>;
  /** Whether it answers within `timeoutMs`. */
  answers(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * How often a job may be found without its worker; two kills would spend BullMQ's own preset, and
 * the job with them.
 */
const MAX_STALLED_COUNT = 20;
/**
 * How long a worker's silence lasts before its job is given to another, and how often such jobs are
 * looked for. Short, so that a killed worker's jobs aren't late: what keeps two from sending one
 * mail is the row (`claimOutboxAtLast`), not this.
 */
const TIMING = { lockMs: 10_000, stalledCheckMs: 5_000 } as const;
export type QueueTiming = { readonly lockMs: number; readonly stalledCheckMs: number };
/** Longer than this, and adding is given up: the sweeper adds it later. */
const ADD_TIMEOUT_MS = 5_000;
/** A store that doesn't answer for so long at start is not there. */
const READY_TIMEOUT_MS = 8_000;
/** Saying goodbye to a store that is away takes no longer. */
const CLOSE_TIMEOUT_MS = 2_000;
/**
 * Ended jobs are dropped at once: a failed one left behind would swallow its own retry, since an id
 * that exists is not added again; keeping by count deadlocks on PostgreSQL.
 */
const KEEP_NOTHING: JobsOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };

const id = z.int().nonnegative();
const TASK = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('outbox'), school: aSchool, row: id, attempt: id }),
  z.strictObject({ kind: z.enum(LOOKED_AT), school: aSchool, row: id }),
]);

/**
 * The same task has the same id, so it is never there twice. Every part after the first is a
 * number: BullMQ refuses a bare integer and a colon.
 */
export function jobId(task: Task): string {
  return task.kind === 'outbox' ? `outbox-${task.row}-${task.attempt}` : `${task.kind}-${task.row}`;
}

/** Reads what a queue gave back; null where it isn't a task of ours. */
export function readTask(data: unknown): Task | null {
  return TASK.safeParse(data).data ?? null;
}

/** BullMQ's side that adds. */
type Producer = Pick<BullQueue, 'add' | 'addBulk' | 'getWaitingCount'>;

/** BullMQ on one store: how its producer and its workers are made. */
interface Backend {
  /** Rejects while the store is away. */
  producer(): Promise<Producer>;
  consumer(
    work: (job: Job) => Promise<void>,
    concurrency: number,
  ): Pick<BullWorker, 'close' | 'waitUntilReady'>;
  close(): Promise<void>;
}

/**
 * Opens the queue: on `redisUrl` (Redis or Valkey, by ioredis) where it is set, on the
 * application's PostgreSQL otherwise. This is the one place that says so; a BullMQ queue made
 * elsewhere would look for a Redis.
 */
export function openQueue(
  at: { readonly databaseUrl: string; readonly redisUrl: string | null },
  onError: (error: Error) => void,
  timing: QueueTiming = TIMING,
): Queue {
  const limits = {
    maxStalledCount: MAX_STALLED_COUNT,
    lockDuration: timing.lockMs,
    stalledInterval: timing.stalledCheckMs,
  };
  const backend =
    at.redisUrl === null
      ? onPostgres(at.databaseUrl, limits, onError)
      : onRedis(at.redisUrl, limits, onError);
  return {
    async add(tasks) {
      if (tasks.length === 0) return;
      const adding = backend.producer().then((producer) => addTo(producer, tasks));
      await within(ADD_TIMEOUT_MS, adding).catch((cause: unknown) => {
        throw new Fault('queue-down', 'a job could not be added', { transient: true, cause });
      });
    },
    async take(handle, concurrency) {
      const worker = backend.consumer((job) => work(job, handle, onError), concurrency);
      await within(READY_TIMEOUT_MS, worker.waitUntilReady()).catch((cause: unknown) => {
        worker.close(true).catch(onError);
        throw unreachable(at.redisUrl, cause);
      });
      return { close: () => worker.close() };
    },
    answers: (timeoutMs) =>
      within(
        timeoutMs,
        backend.producer().then((producer) => producer.getWaitingCount()),
      ).then(
        () => true,
        () => false,
      ),
    close: () => backend.close(),
  };
}

/**
 * BullMQ on PostgreSQL makes tables for each bulk, which costs as much as so many jobs that are
 * added by themselves (decision 73).
 */
const BULK_FROM = 12;

async function addTo(producer: Producer, tasks: readonly Task[]): Promise<void> {
  const jobs = tasks.map((task) => ({
    name: task.kind,
    data: task,
    opts: { ...KEEP_NOTHING, jobId: jobId(task) },
  }));
  if (jobs.length >= BULK_FROM) await producer.addBulk(jobs);
  else await Promise.all(jobs.map(({ name, data, opts }) => producer.add(name, data, opts)));
}

/** A person set the address of Redis; the address of PostgreSQL has been tried before. */
function unreachable(redisUrl: string | null, cause: unknown): Fault {
  if (redisUrl === null)
    return new Fault('queue-down', 'the queue’s tables do not answer', { transient: true, cause });
  return new Fault(
    'configuration',
    `La file d’attente ${new URL(redisUrl).host} ne répond pas : vérifiez PREAU_REDIS_URL. / The queue ${new URL(redisUrl).host} doesn’t answer: look at PREAU_REDIS_URL.`,
    { transient: true, cause },
  );
}

async function work(
  job: Job,
  handle: (task: Task) => Promise<void>,
  onError: (error: Error) => void,
): Promise<void> {
  const task = readTask(job.data);
  if (task === null || jobId(task) !== job.id) {
    onError(new Fault('queue-down', 'a job in the queue is not one of ours', { transient: false }));
    return;
  }
  await handle(task);
}

type WorkerLimits = Pick<WorkerOptions, 'maxStalledCount' | 'lockDuration' | 'stalledInterval'>;

function onPostgres(
  databaseUrl: string,
  limits: WorkerLimits,
  onError: (error: Error) => void,
): Backend {
  const pool = openQueuePool(databaseUrl, onError);
  const make = () => {
    const made = new BullQueue(QUEUE_NAME, { connection: pool.connection }, createPostgresBackend);
    made.on('error', onError);
    return made;
  };
  let kept: ReturnType<typeof make> | null = null;
  return {
    async producer() {
      const asked = (kept ??= make());
      try {
        await asked.waitUntilReady();
        return asked;
      } catch (error) {
        // BullMQ asks for its tables once and keeps the answer: one that found PostgreSQL slow or
        // away would say so for as long as we run. The next who asks has a new one.
        if (kept === asked) kept = null;
        asked.close().catch(onError);
        throw error;
      }
    },
    consumer(job, concurrency) {
      const worker = new BullWorker(
        QUEUE_NAME,
        job,
        { ...limits, connection: pool.connection, concurrency },
        createPostgresBackend,
      );
      worker.on('error', onError);
      return worker;
    },
    async close() {
      if (kept !== null) await within(CLOSE_TIMEOUT_MS, kept.close()).catch(onError);
      await pool.close();
    },
  };
}

function onRedis(url: string, limits: WorkerLimits, onError: (error: Error) => void): Backend {
  // A command sent while Redis is away fails at once instead of waiting in our memory: the sweeper
  // comes back to it.
  const producer = new BullQueue(QUEUE_NAME, {
    connection: { url, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
  });
  producer.on('error', onError);
  return {
    producer: () => Promise.resolve(producer),
    consumer(job, concurrency) {
      const worker = new BullWorker(QUEUE_NAME, job, {
        ...limits,
        connection: { url, maxRetriesPerRequest: null },
        concurrency,
      });
      worker.on('error', onError);
      return worker;
    },
    close: () => within(CLOSE_TIMEOUT_MS, producer.close()).catch(onError),
  };
}

async function within<T>(timeoutMs: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(new Fault('queue-down', `no answer within ${timeoutMs} ms`, { transient: true })),
      timeoutMs,
    );
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
