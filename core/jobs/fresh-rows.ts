import type { Logger } from 'pino';
import type { SchoolId } from '../ids.ts';
import type { Queue, Task } from './queue.ts';
import type { RowName } from './sent-journal.ts';

type OutboxTask = Extract<Task, { kind: 'outbox' }>;
/** Sends a row, whatever comes of it; never rejects. */
type Send = (task: OutboxTask) => Promise<void>;

/**
 * Rows of the outbox that this process has just stored. Its own worker begins them, where there is
 * one: the way through the queue costs as much as all that is done for a row besides (decision 73).
 * Where there is none, or it has too much to do, they go to the queue. A row that is forgotten here
 * is due all the same, and whoever begins it twice is stopped by its count of attempts.
 */
export interface FreshRows {
  /**
   * What delivery calls after its commit, so that mail to outside leaves at once and not at the
   * sweeper's next look. It promises nothing and is not waited for.
   */
  hurry(school: SchoolId, rows: readonly number[]): void;
  /**
   * From now on fresh rows are begun here, `atOnce` at a time, until it is closed; closing waits
   * for those that run.
   */
  begin(send: Send, atOnce: number): { close(): Promise<void> };
  /** Whether a row waits here to be begun in a moment. */
  has(name: RowName): boolean;
}

/** Rows that wait here at most. */
const MOST_WAITING = 500;
/** One that has waited for so long is the sweeper's: some peer keeps us waiting. */
const WAIT_MS = 5_000;
/** Rows that wait for the queue to take them at most; more wait for the sweeper. */
const MOST_GATHERED = 1_000;

/** Opens the fresh rows of this process. */
export function openFreshRows(queue: Pick<Queue, 'add'>, log: Logger): FreshRows {
  const toQueue = openGathering(queue, log);
  let atHand: AtHand | null = null;
  return {
    hurry(school, rows) {
      for (const row of rows) {
        const task: OutboxTask = { kind: 'outbox', school, row, attempt: 0 };
        if (atHand?.take(task) !== true) toQueue(task);
      }
    },
    begin(send, atOnce) {
      atHand = new AtHand(send, atOnce);
      return atHand;
    },
    has: (name) => atHand?.has(name) ?? false,
  };
}

interface Waiting {
  readonly task: OutboxTask;
  /** On the clock of `performance.now()`. */
  readonly untilMs: number;
}

const keyOf = ({ school, row }: RowName): string => `${school}-${row}`;

/** Rows that the worker of this process begins, in the order in which they came. */
class AtHand {
  readonly #send: Send;
  readonly #atOnce: number;
  readonly #waiting = new Map<string, Waiting>();
  readonly #running = new Set<Promise<void>>();
  #isClosed = false;

  constructor(send: Send, atOnce: number) {
    this.#send = send;
    this.#atOnce = atOnce;
  }

  /** False where there is no room. */
  take(task: OutboxTask): boolean {
    if (this.#isClosed || this.#waiting.size >= MOST_WAITING) return false;
    this.#waiting.set(keyOf(task), { task, untilMs: performance.now() + WAIT_MS });
    this.#next();
    return true;
  }

  has(name: RowName): boolean {
    const waiting = this.#waiting.get(keyOf(name));
    return waiting !== undefined && waiting.untilMs > performance.now();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.clear();
    await Promise.all(this.#running);
  }

  #next(): void {
    for (const [key, { task, untilMs }] of this.#waiting) {
      if (this.#running.size >= this.#atOnce) return;
      this.#waiting.delete(key);
      if (untilMs > performance.now()) this.#start(task);
    }
  }

  #start(task: OutboxTask): void {
    const running = this.#send(task).finally(() => {
      this.#running.delete(running);
      this.#next();
    });
    this.#running.add(running);
  }
}

/** Brings rows to the queue; what comes while some are being added goes with the next of them. */
function openGathering(queue: Pick<Queue, 'add'>, log: Logger): (task: OutboxTask) => void {
  let gathered: OutboxTask[] = [];
  let isAdding = false;

  async function addAll(): Promise<void> {
    isAdding = true;
    while (gathered.length > 0) {
      const tasks = gathered;
      gathered = [];
      await queue
        .add(tasks)
        .catch((error: unknown) =>
          log.warn(
            { err: error, rows: tasks.length },
            'fresh mail to outside waits for the sweeper',
          ),
        );
    }
    isAdding = false;
  }

  return (task) => {
    if (gathered.length < MOST_GATHERED) gathered.push(task);
    if (!isAdding) void addAll();
  };
}
