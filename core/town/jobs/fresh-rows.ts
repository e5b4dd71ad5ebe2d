import type { Logger } from 'pino';
import type { BegunRow, OutboxHandover } from '../../mail/delivery/outbox-handover.ts';
import type { Queue, Task } from './queue.ts';
import type { RowName } from './sent-journal.ts';

type OutboxTask = Extract<Task, { kind: 'outbox' }>;

/** What is done with fresh rows, by the worker of this process. None of it ever rejects. */
export interface FreshWorker {
  /** Looks at a row, and sends it. */
  look(task: OutboxTask): Promise<void>;
  /** Sends a row that is begun. */
  send(begun: BegunRow): Promise<void>;
  /** Gives up a row that is begun and was not sent: whoever looks next begins it. */
  letGo(begun: BegunRow): Promise<void>;
}

/**
 * Rows of the outbox that this process has just stored. Its own worker sends them, where there is
 * one: the way through the queue costs as much as all that is done for a row besides, and to look
 * at a row and begin it as much again (decision 73). So where there is room they are stored as
 * begun, and sent with what is in hand. Where there is no worker, or it has too much to do, they
 * are due at once and go to the queue. A row that is forgotten here is due all the same, at once or
 * when its attempt is nobody's any more, and whoever begins it twice is stopped by its count of
 * attempts.
 */
export interface FreshRows extends OutboxHandover {
  /**
   * From now on fresh rows are the worker's, `atOnce` at a time and fewer where they are big, until
   * it is closed; closing waits for those that run.
   */
  begin(worker: FreshWorker, atOnce: number): { close(): Promise<void> };
  /** Whether a row waits here to be looked at in a moment. */
  has(name: RowName): boolean;
}

/** Rows that wait here at most. */
const MOST_WAITING = 500;
/** Bytes of the messages of begun rows that wait here at most. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;
/** Bytes of the messages that are being sent at most; one that is bigger is sent by itself. */
const MOST_RUNNING_BYTES = 64 * 1024 * 1024;
/** What a row may come to whose message is still to be read. */
const UNREAD_BYTES = MOST_RUNNING_BYTES / 5;
/** One that has waited for so long is somebody else's: some peer keeps us waiting. */
const WAIT_MS = 5_000;
/** Rows that wait for the queue to take them at most; more wait for the sweeper. */
const MOST_GATHERED = 1_000;

interface FreshParts {
  readonly queue: Pick<Queue, 'add'>;
  readonly log: Logger;
  readonly clock: () => Date;
  /** For how long an attempt is somebody's own without a word. */
  readonly leaseMs: number;
}

/** Opens the fresh rows of this process. */
export function openFreshRows({ queue, log, clock, leaseMs }: FreshParts): FreshRows {
  const toQueue = openGathering(queue, log);
  let atHand: AtHand | null = null;
  return {
    begunUntil: (bytes) =>
      atHand?.hasRoom(bytes) === true ? new Date(clock().getTime() + leaseMs) : null,
    send: (begun) => atHand?.takeBegun(begun),
    hurry(school, rows) {
      for (const row of rows) {
        const task: OutboxTask = { kind: 'outbox', school, row, attempt: 0 };
        if (atHand?.take(task) !== true) toQueue(task);
      }
    },
    begin(worker, atOnce) {
      atHand = new AtHand(worker, atOnce);
      return atHand;
    },
    has: (name) => atHand?.has(name) ?? false,
  };
}

interface Waiting {
  /** Of its message, as far as it is held here. */
  readonly bytes: number;
  /** Of its message, while it is being sent. */
  readonly runningBytes: number;
  /** On the clock of `performance.now()`. */
  readonly untilMs: number;
  start(): Promise<void>;
  /** What becomes of it where it isn't started. */
  letGo(): Promise<void>;
}

const keyOf = ({ school, row }: RowName): string => `${school}-${row}`;

/** Rows that the worker of this process has to do with, in the order in which they came. */
class AtHand {
  readonly #worker: FreshWorker;
  readonly #atOnce: number;
  readonly #waiting = new Map<string, Waiting>();
  #waitingBytes = 0;
  readonly #running = new Set<Promise<void>>();
  #runningBytes = 0;
  #isClosed = false;

  constructor(worker: FreshWorker, atOnce: number) {
    this.#worker = worker;
    this.#atOnce = atOnce;
  }

  hasRoom(bytes: number): boolean {
    return (
      !this.#isClosed &&
      this.#waiting.size < MOST_WAITING &&
      this.#waitingBytes + bytes <= MOST_WAITING_BYTES
    );
  }

  /** False where there is no room. */
  take(task: OutboxTask): boolean {
    if (!this.hasRoom(0)) return false;
    this.#put(task, {
      bytes: 0,
      runningBytes: UNREAD_BYTES,
      start: () => this.#worker.look(task),
      letGo: () => Promise.resolve(), // it is due, and was never begun
    });
    return true;
  }

  /** Its room was asked for before it was stored: it is taken, whatever came meanwhile. */
  takeBegun(begun: BegunRow): void {
    const { school, row, raw } = begun;
    const waiting = {
      bytes: raw.length,
      runningBytes: raw.length,
      start: () => this.#worker.send(begun),
      letGo: () => this.#worker.letGo(begun),
    };
    if (this.#isClosed) void this.#run(waiting.letGo(), 0);
    else this.#put({ school, row: row.id }, waiting);
  }

  has(name: RowName): boolean {
    const waiting = this.#waiting.get(keyOf(name));
    return waiting !== undefined && waiting.untilMs > performance.now();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const [key, waiting] of this.#waiting) {
      this.#drop(key, waiting);
      this.#run(waiting.letGo(), 0);
    }
    await Promise.all(this.#running);
  }

  #put(name: RowName, waiting: Omit<Waiting, 'untilMs'>): void {
    this.#waiting.set(keyOf(name), { ...waiting, untilMs: performance.now() + WAIT_MS });
    this.#waitingBytes += waiting.bytes;
    this.#next();
  }

  #drop(key: string, { bytes }: Waiting): void {
    this.#waiting.delete(key);
    this.#waitingBytes -= bytes;
  }

  #next(): void {
    for (const [key, waiting] of this.#waiting) {
      if (this.#isBusyFor(waiting)) return;
      this.#drop(key, waiting);
      if (waiting.untilMs > performance.now()) this.#run(waiting.start(), waiting.runningBytes);
      else this.#run(waiting.letGo(), 0);
    }
  }

  #isBusyFor({ runningBytes }: Waiting): boolean {
    if (this.#running.size === 0) return false;
    return (
      this.#running.size >= this.#atOnce || this.#runningBytes + runningBytes > MOST_RUNNING_BYTES
    );
  }

  #run(doing: Promise<void>, bytes: number): void {
    this.#runningBytes += bytes;
    const running = doing.finally(() => {
      this.#running.delete(running);
      this.#runningBytes -= bytes;
      if (!this.#isClosed) this.#next();
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
