import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { SchoolId } from '../../ground/ids.ts';
import { underWay } from '../../ground/loop-watch.ts';
import { VERSION } from '../../ground/version.ts';
import { type DueRowId, postponeDue } from '../../store/due.ts';
import { beat } from '../../store/service-state.ts';
import { noteDelivery, noteWorking } from '../town/standing-mail/deliveries.ts';
import { keepDoing, pause, type Aside } from './asides.ts';
import type { Jobs, Relay } from './contract.ts';
import type { FreshRows, FreshWorker } from './fresh-rows.ts';
import { openMarking } from './marking.ts';
import { LOOKED_AT, type LookedRow, type Queue, type Task } from './queue.ts';
import { letGo, sendBegun, sendRow, type SendParts } from './send.ts';
import { openSentJournal } from './sent-journal.ts';
import { sweep } from './sweep.ts';

/**
 * What the worker is made of. All that look at a row take their row off the list of what is due, or
 * put it off themselves.
 */
export interface Work extends Omit<SendParts, 'journal' | 'marking' | 'tell'> {
  readonly dataDir: string;
  readonly machine: string | null;
  readonly queue: Queue;
  readonly freshRows: FreshRows;
  readonly looks: Looks;
  /** Looks after the keys that sign what leaves. */
  readonly tendKeys: () => Promise<void>;
  /** Looks at the backups and the proof of isolation, and tells agents what they don’t know. */
  readonly tellOfTrouble: () => Promise<void>;
  /** Moves large bodies to their store; null: there is none. */
  readonly moveBodies: ((signal: AbortSignal) => Promise<unknown>) | null;
  /** Tells adults, once a school day, what waits for them. */
  readonly tellDaily: () => Promise<void>;
}

/**
 * What is done once a row is due, by its kind: for `closing` and `roster-questions` the row is the
 * school.
 */
type Looks = {
  readonly [Kind in LookedRow]: (school: SchoolId, row: DueRowId<Kind>) => Promise<unknown>;
};

/** Tasks of the queue that one process runs at once; each may hold a whole message in memory. */
const CONCURRENCY = 10;
/**
 * Fresh rows besides, of small messages: as many as Postfix has for one destination
 * (`default_destination_concurrency_limit`).
 */
const FRESH_AT_ONCE = 20;
/**
 * How long running tasks may go on once the worker is told to end; then they are cut, and come
 * again.
 */
const CLOSE_GRACE_MS = 4_000;
/** How long cut tasks may take to write down where they stand. */
const CLOSE_CUT_MS = 3_000;
/** How often a worker writes down that it lives. */
const BEAT_MS = 15_000;
/** How often it writes down that all that has left until now is told. */
const NOTE_MS = 20_000;
/**
 * How often it looks for trouble, the first time after so long too: a disk may come later than
 * we do.
 */
const TROUBLE_MS = 5 * 60_000;
/** How often it looks whether a school is over, and its adults are to be told what waits. */
const DAILY_MS = 10 * 60_000;
/** How often it looks for large bodies that have lain here for an hour. */
const MOVE_MS = 10 * 60_000;
/**
 * How often it looks after the keys that sign: a record that was just published is seen within so
 * long. The first time after so long too; who asks for the records makes them sooner.
 */
const KEYS_MS = 10 * 60_000;
/** How long each of these may take: a tenth of it is much, in the largest of towns. */
const LONGEST_MS = 30 * 60_000;
/** A town’s bodies take hours where their store is new; what is left comes in the next turn. */
const LONGEST_MOVE_MS = 6 * 60 * 60_000;
/**
 * Pause before something held, or a waiting draft, is looked at again when the last look left it
 * where it was.
 */
const LOOK_AGAIN_MS = 60_000;

/** Opens the jobs of this process; nothing runs until `start`. */
export function openJobs(work: Work): Jobs {
  return { start: (relay) => startWorker(work, relay) };
}

/**
 * Starts taking tasks and sweeping. Without a relay (no smarthost, not a demo) the outbox is left
 * alone: its rows stay due, and leave once a worker with a relay looks.
 */
export async function startWorker(
  work: Work,
  relay: Relay | null,
): Promise<{ close(): Promise<void> }> {
  const sending: SendParts = {
    ...work,
    journal: openSentJournal(join(work.dataDir, 'sent')),
    marking: openMarking(work.store),
    tell: (delivery) => noteDelivery(work, delivery),
  };
  const stop = new AbortController();
  if (relay === null)
    work.log.warn(
      'no smarthost is set (PREAU_SMARTHOST): mail to outside waits until there is one',
    );
  const taking = await work.queue.take((task) => {
    const { kind, school, row } = task;
    return underWay({ kind: 'task', bytes: 0, ids: { task: kind, school, row } }, () =>
      run({ work, sending, relay }, task, stop.signal),
    );
  }, CONCURRENCY);
  const fresh =
    relay === null
      ? null
      : work.freshRows.begin(freshWorker({ work, sending, relay }, stop.signal), FRESH_AT_ONCE);
  const sweeping = keepSweeping({ work, sending, relay }, stop.signal);
  const beside = asidesOf(work).map((one) => keepDoing(one, { log: work.log, stop: stop.signal }));
  return {
    async close() {
      const left = taking
        .close()
        .catch((error: unknown) =>
          work.log.warn({ err: error }, 'the queue could not be left in order'),
        );
      const closing = Promise.all([left, fresh?.close()]);
      await Promise.race([closing, setTimeout(CLOSE_GRACE_MS, undefined, { ref: false })]);
      stop.abort();
      // a Redis, a store of bodies or a resolver that is away keeps nobody
      const all = Promise.all([closing, sweeping, ...beside]);
      await Promise.race([all, setTimeout(CLOSE_CUT_MS, undefined, { ref: false })]);
    },
  };
}

/** What a worker does, and by what it sends. */
interface Working {
  readonly work: Work;
  readonly sending: SendParts;
  readonly relay: Relay;
}

function freshWorker({ work, sending, relay }: Working, stop: AbortSignal): FreshWorker {
  /** Whatever is thrown ends here: the row is due once its attempt is nobody's any more. */
  const never = (school: SchoolId, row: number) => (error: unknown) =>
    work.log.warn({ err: error, school, row }, 'a fresh row was not sent and comes again');
  return {
    look: (task) => run({ work, sending, relay }, task, stop),
    send: (begun) =>
      sendBegun({ sending, relay }, begun, stop).catch(never(begun.school, begun.row.id)),
    letGo: (begun) => letGo(sending, begun).catch(never(begun.school, begun.row.id)),
  };
}

/** The same where nothing may be sent from here. */
interface TaskParts extends Omit<Working, 'relay'> {
  readonly relay: Relay | null;
}

/**
 * The job runner: whatever is thrown in a task ends here, in a line of the log. What was due is
 * still due.
 */
async function run(
  { work, sending, relay }: TaskParts,
  task: Task,
  stop: AbortSignal,
): Promise<void> {
  try {
    if (task.kind !== 'outbox') await look(work, task);
    else if (relay !== null) await sendRow({ sending, relay }, task, stop);
  } catch (error) {
    work.log.warn(
      { err: error, kind: task.kind, school: task.school, row: task.row },
      'a job failed and comes again',
    );
  }
}

async function look(work: Work, task: Exclude<Task, { kind: 'outbox' }>): Promise<void> {
  try {
    await work.looks[task.kind](task.school, task.row as never);
  } finally {
    const now = work.now();
    const at = new Date(now.getTime() + LOOK_AGAIN_MS);
    await work.store.write(task.school, (tx) =>
      postponeDue(tx, { kind: task.kind, row: task.row, now, at }),
    );
  }
}

async function keepSweeping({ work, sending, relay }: TaskParts, stop: AbortSignal): Promise<void> {
  const kinds = relay === null ? LOOKED_AT : (['outbox', ...LOOKED_AT] as const);
  const beat = everySoOften(BEAT_MS, () => tellAlive(work));
  const note = everySoOften(NOTE_MS, async () => noteAlive(work));
  while (!stop.aborted) {
    await beat();
    if (relay !== null) await note();
    await sweep(sending, work, kinds).catch((error: unknown) =>
      work.log.warn({ err: error }, 'a look at what is due failed and comes again'),
    );
    await pause(work.schedule.sweepMs, stop);
  }
}

/** What this worker does now and then beside the sweeping. */
function asidesOf(work: Work): readonly Aside[] {
  const { moveBodies } = work;
  const moving: Aside[] = [];
  if (moveBodies !== null)
    moving.push({
      act: moveBodies,
      firstMs: MOVE_MS,
      everyMs: MOVE_MS,
      mostMs: LONGEST_MOVE_MS,
      failed: 'a look at large bodies failed and comes again',
    });
  return [
    {
      act: work.tendKeys,
      firstMs: KEYS_MS,
      everyMs: KEYS_MS,
      mostMs: LONGEST_MS,
      failed: 'the keys that sign were not tended',
    },
    {
      act: work.tellOfTrouble,
      firstMs: TROUBLE_MS,
      everyMs: TROUBLE_MS,
      mostMs: LONGEST_MS,
      failed: 'agents not told of trouble',
    },
    {
      act: work.tellDaily,
      firstMs: 0,
      everyMs: DAILY_MS,
      mostMs: LONGEST_MS,
      failed: 'adults not told what waits for them',
    },
    ...moving,
  ];
}

/** Does it when it is called and was not done for so long, the first time at once. */
function everySoOften(ms: number, act: () => Promise<void>): () => Promise<void> {
  let doneAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - doneAt <= ms) return;
    doneAt = performance.now();
    await act();
  };
}

/** Writes down that a worker runs, for whoever looks from elsewhere. */
async function tellAlive({ store, log, now }: Work): Promise<void> {
  const heart = { role: 'worker', at: now(), version: VERSION };
  await store
    .town((tx) => beat(tx, heart))
    .catch((error: unknown) => log.warn({ err: error }, 'the worker’s sign of life was not kept'));
}

/** The same where no restore undoes it: what isn't told there by then hasn't left. */
function noteAlive(work: Work): void {
  try {
    noteWorking(work, work.now());
  } catch (error) {
    work.log.warn({ err: error }, 'the ledger could not be written');
  }
}
