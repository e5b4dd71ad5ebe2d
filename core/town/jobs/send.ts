import type { Logger } from 'pino';
import { Counter } from 'prom-client';
import type { AccountId, MessageId, SchoolId } from '../../ground/ids.ts';
import type { Metrics } from '../../ground/metrics.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { traceIdOf } from '../../letters/message/trace-id.ts';
import type { BegunRow } from '../../mail/delivery/outbox-handover.ts';
import { dropDue, postponeDue } from '../../store/due.ts';
import {
  claimOutboxAtLast,
  DEAD_DAYS,
  deadReply,
  deferOutbox,
  dropStill,
  markFailed,
  outboxRow,
  rawOfMessage,
  renewOutbox,
  type OutboxRow,
} from '../../store/mail/outbox.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { Signing } from '../signing/contract.ts';
import type { OutsideDelivery } from '../town/standing-mail/deliveries.ts';
import type { Relay, RelayResult } from './contract.ts';
import type { OutboxMarker } from './marking.ts';
import { whereItIs } from './moved-row.ts';
import type { Task } from './queue.ts';
import { nextTry } from './schedule.ts';
import type { RowName, SentJournal } from './sent-journal.ts';
import {
  asksOfSuccess,
  tellDelay,
  tellFailure,
  tellTaken,
  type StatusParts,
} from './tell-status.ts';

/** What sending needs; clock and random are given, so that tests can hold them. */
export interface SendParts extends StatusParts {
  readonly log: Logger;
  readonly journal: SentJournal;
  readonly marking: OutboxMarker;
  /** The message with its signatures on top (DKIM). */
  readonly sign: Signing['sign'];
  /** Looks whether too many addresses refuse what an account sends; told after its bounce. */
  readonly refused: (school: SchoolId, account: AccountId) => Promise<void>;
  /** Tells what became of a letter where no restore undoes it; may throw. */
  readonly tell: (delivery: OutsideDelivery) => void;
  readonly count: (outcome: 'sent' | 'deferred' | 'failed' | 'refused') => void;
  /** From 0 to 1, without 1. */
  readonly random: () => number;
}

/**
 * Registers the counts of what left: `sent`, `deferred` (tried again later), `failed` (bounced),
 * `refused` (a job that named another school's row).
 */
export function countOutbound(metrics: Metrics): SendParts['count'] {
  const counter = new Counter({
    name: 'preau_outbound_total',
    help: 'Attempts to send to outside, by outcome.',
    labelNames: ['outcome'] as const,
    registers: [metrics.registry],
  });
  return (outcome) => counter.inc({ outcome });
}

/**
 * How often, and with which pause, a 250 is told to a database that doesn't answer, before that is
 * left to the sweeper.
 */
const SETTLE_TRIES = 25;
const SETTLE_PAUSE_MS = 200;

/** What sends, and over which road. */
interface Sender {
  readonly sending: SendParts;
  readonly relay: Relay;
}

/**
 * One attempt to send one row. Whoever calls it and however often: the row says whether there is
 * something to do, and the count of its attempts lets one caller through. Throws a `Fault` where
 * the database is away; the row comes again.
 */
export async function sendRow(
  { sending, relay }: Sender,
  task: Extract<Task, { kind: 'outbox' }>,
  stop: AbortSignal,
): Promise<void> {
  const name: RowName = { school: task.school, row: task.row };
  if (sending.journal.has(name)) return settle(sending, name, { reply: NOTED, mayOweWord: true });
  const loaded = await load(sending, task);
  if (loaded === null || loaded.row.attempts !== task.attempt) return;
  const { row, dead } = loaded;
  const rest = restUntil(sending, relay, row);
  if (rest !== null) return putOff(sending, task, rest);
  const until = leaseEnd(sending);
  const raw = await claim(sending, task, { message: row.message, until });
  if (raw === null) return;
  if (row.state === 'failed') return tellFailure(sending, { name, row, original: raw });
  const begun = { school: task.school, row, raw, until };
  await attempt(sending, begun, {
    stop,
    deliver: (signal) =>
      dead === null
        ? signAndDeliver({ sending, relay }, begun, signal)
        : Promise.resolve({ kind: 'never', reply: dead }),
  });
}

/** A row that waited longer since it was stored may stand still by now: it is asked once more. */
const AT_ONCE_MS = 500;

/**
 * The first attempt for a row that was stored as begun, left to whoever looks next where storing it
 * took so long that its lease is nearly used. Throws a `Fault` where the database is away; the row
 * comes again.
 */
export async function sendBegun(
  { sending, relay }: Sender,
  begun: BegunRow,
  stop: AbortSignal,
): Promise<void> {
  const rest = restUntil(sending, relay, begun.row);
  if (rest !== null) return beginAgainAt(sending, begun, rest);
  const leftMs = begun.until.getTime() - sending.now().getTime();
  if (leftMs < sending.schedule.leaseMs / 2) return letGo(sending, begun);
  const hasWaited = leftMs < sending.schedule.leaseMs - AT_ONCE_MS;
  if (hasWaited && !(await isStillBegun(sending, begun))) return;
  await attempt(sending, begun, {
    stop,
    deliver: (signal) => signAndDeliver({ sending, relay }, begun, signal),
  });
}

type Leased = Pick<BegunRow, 'school' | 'row' | 'until'>;

/**
 * Whether nobody else has the row, and it doesn't stand still; then it is held until then, in the
 * school where it is by now.
 */
async function isStillBegun(
  { store }: SendParts,
  { school, row, until }: Leased,
): Promise<boolean> {
  const claim = { id: row.id, attempts: row.attempts + 1, until };
  const held = await whereItIs(store, { school, row: row.id }, (where) =>
    store.write(where, (tx) => renewOutbox(tx, claim)),
  );
  return held !== null;
}

/** Gives up an attempt of which nothing was done: the row is due for whoever looks next. */
export function letGo(sending: SendParts, begun: BegunRow): Promise<void> {
  return beginAgainAt(sending, begun, sending.now());
}

async function beginAgainAt(sending: SendParts, begun: BegunRow, at: Date): Promise<void> {
  await isStillBegun(sending, { ...begun, until: at });
}

async function signAndDeliver(
  { sending, relay }: Sender,
  { school, row, raw }: BegunRow,
  signal: AbortSignal,
): Promise<RelayResult> {
  const { message, sender, recipient, dsn } = row;
  const signed = await sending.sign({ school, message }, raw);
  return relay.deliver({ sender, recipient, dsn }, signed, signal);
}

/** Does what is begun, and writes down what became of it. */
async function attempt(
  sending: SendParts,
  begun: BegunRow,
  {
    stop,
    deliver,
  }: {
    readonly stop: AbortSignal;
    readonly deliver: (signal: AbortSignal) => Promise<RelayResult>;
  },
): Promise<void> {
  const { school, row, raw } = begun;
  const name: RowName = { school, row: row.id };
  const started = sending.now();
  const result = await underLease(sending, begun, { stop, send: deliver });
  if (result.kind === 'taken') {
    const mayOweWord = result.tellsStatus !== true && asksOfSuccess(row.dsn);
    await taken(sending, name, { reply: result.reply, mayOweWord });
  }
  const outcome =
    result.kind === 'taken' ? 'sent' : await failed(sending, { name, row, raw }, result);
  sending.count(outcome);
  sending.log.info(
    {
      trace: traceIdOf(raw),
      school,
      message: row.message,
      outbox: row.id,
      attempt: row.attempts + 1,
      outcome,
      code: replyCode(result.reply),
      bytes: raw.length,
      ms: sending.now().getTime() - started.getTime(),
    },
    'mail to outside',
  );
}

/** A row that something is left to do for. */
interface Loaded {
  readonly row: OutboxRow;
  /** What its address's server told its writer of late, where there is no such address. */
  readonly dead: string | null;
}

/**
 * The row in the school that the job names; what is finished, or stands still, is due no more. None
 * there: the job is forged or its row gone, and nothing of another school is touched.
 */
async function load(sending: SendParts, { school, row: id }: Task): Promise<Loaded | null> {
  const since = new Date(sending.now().getTime() - DEAD_DAYS * DAY_MS);
  const [row, dead] = await sending.store.read(school, (tx) =>
    Promise.all([outboxRow(tx, id), deadReply(tx, id, since)]),
  );
  const isOpen = row !== null && !row.finished;
  if (isOpen && !row.standsStill) return { row, dead };
  await sending.store.write(school, (tx) =>
    isOpen ? dropStill(tx, id) : dropDue(tx, 'outbox', id),
  );
  if (row !== null) return null;
  sending.count('refused');
  sending.log.error(
    { school, outbox: id },
    'a job names a row that its school doesn’t have: refused',
  );
  return null;
}

/**
 * Until when this row is left alone for the sake of its server, without an attempt. What is too old
 * to be tried again, or owes its sender a word, waits for nobody.
 */
function restUntil({ schedule, now }: SendParts, relay: Relay, row: OutboxRow): Date | null {
  const ageMs = now().getTime() - row.createdAt.getTime();
  return row.state === 'failed' || ageMs >= schedule.giveUpAfterMs
    ? null
    : relay.notBefore(row.recipient);
}

function putOff(sending: SendParts, { school, row }: Task, at: Date): Promise<void> {
  const now = sending.now();
  return sending.store.write(school, (tx) => postponeDue(tx, { kind: 'outbox', row, now, at }));
}

async function claim(
  { store, now: clock }: SendParts,
  { school, row: id, attempt }: Extract<Task, { kind: 'outbox' }>,
  { message, until }: { readonly message: MessageId; readonly until: Date },
): Promise<Buffer | null> {
  const now = clock();
  const raw = await store.write(school, (tx) => claimOutboxAtLast(tx, { id, attempt, now, until }));
  return raw === 'elsewhere' ? store.read(school, (tx) => rawOfMessage(tx, message)) : raw;
}

function leaseEnd(sending: SendParts): Date {
  return new Date(sending.now().getTime() + sending.schedule.leaseMs);
}

/**
 * Runs one attempt while the lease on its row is renewed. Where it can't be renewed in time,
 * somebody else may begin: this attempt is cut before that. So it is when it takes too long, or
 * when the worker has to end. One timer looks after all of it: signals that follow others cost
 * more.
 */
async function underLease<T>(
  sending: SendParts,
  { school, row, until }: BegunRow,
  {
    stop,
    send,
  }: { readonly stop: AbortSignal; readonly send: (signal: AbortSignal) => Promise<T> },
): Promise<T> {
  const { leaseMs, sendMs } = sending.schedule;
  const attempt = new AbortController();
  const cut = () => attempt.abort();
  const began = performance.now();
  let heldUntilMs = began + (until.getTime() - sending.now().getTime());
  const renew = async () => {
    const from = performance.now();
    if (await isStillBegun(sending, { school, row, until: leaseEnd(sending) }))
      heldUntilMs = from + leaseMs;
    else cut();
  };
  const timer = setInterval(() => {
    const now = performance.now();
    if (now > Math.min(heldUntilMs - leaseMs / 4, began + sendMs)) return cut();
    renew().catch((error: unknown) =>
      sending.log.warn({ err: error, school, outbox: row.id }, 'a lease was not renewed'),
    );
  }, leaseMs / 8);
  if (stop.aborted) cut();
  stop.addEventListener('abort', cut, { once: true });
  try {
    return await send(attempt.signal);
  } finally {
    clearInterval(timer);
    stop.removeEventListener('abort', cut);
  }
}

/** The peer has it. Noted on disk before anything else happens, then in the row. */
async function taken(sending: SendParts, name: RowName, heard: Heard): Promise<void> {
  try {
    sending.journal.note(name);
    tell(sending, name, { outcome: 'sent', reply: heard.reply });
  } catch (error) {
    sending.log.error(
      { err: error, ...name },
      'what was sent could not be noted in the data folder',
    );
  }
  for (let tries = 1; ; tries += 1) {
    try {
      return await settle(sending, name, heard);
    } catch (error) {
      if (tries >= SETTLE_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, SETTLE_PAUSE_MS));
    }
  }
}

function tell(
  sending: SendParts,
  { school, row }: RowName,
  { outcome, reply }: { readonly outcome: OutsideDelivery['outcome']; readonly reply: string },
): void {
  try {
    sending.tell({ at: sending.now(), school, outbox: row, outcome, code: replyCode(reply) });
  } catch (error) {
    sending.log.warn({ err: error }, 'the ledger could not be written');
  }
}

/**
 * Kept as the reply of a row whose peer was heard by a process that ended before it could say what
 * it heard.
 */
export const NOTED = 'taken, as noted on disk';

/** What is known of a peer that has taken a message. */
interface Heard {
  readonly reply: string;
  /** The sender may have asked to hear of it, and the peer doesn't say it. */
  readonly mayOweWord: boolean;
}

/**
 * Writes into the row that the peer has it, with the word of that where the sender asked for one
 * and the peer doesn't say it (RFC 3461 §5.2.2), in the school where its writer is by then; then
 * drops the note.
 */
export async function settle(sending: SendParts, name: RowName, heard: Heard): Promise<void> {
  await whereItIs(sending.store, name, (school) => mark(sending, { ...name, school }, heard));
  sending.journal.forget(name);
}

/** False where there was nothing to mark. */
async function mark(
  sending: SendParts,
  name: RowName,
  { reply, mayOweWord }: Heard,
): Promise<boolean> {
  const isTold = mayOweWord && (await tellTaken(sending, name, reply));
  return isTold || sending.marking.sent(name, reply);
}

/** A row that a peer did not take, and the letter that it sends. */
interface FailedRow {
  readonly name: RowName;
  readonly row: OutboxRow;
  readonly raw: Buffer;
}

/** Defers or fails a row in the school where its writer is by then, and tells of it there. */
async function failed(
  sending: SendParts,
  { name, row, raw }: FailedRow,
  { kind, reply }: Exclude<RelayResult, { kind: 'taken' }>,
): Promise<'deferred' | 'failed'> {
  const attempts = row.attempts + 1;
  const at = nextTry(sending.schedule, {
    attempt: attempts,
    createdAt: row.createdAt,
    now: sending.now(),
    random: sending.random(),
  });
  const tried = { id: row.id, attempts, reply };
  const inRow = (write: (tx: SchoolTx) => Promise<boolean>): Promise<SchoolId | null> =>
    whereItIs(sending.store, name, (school) => sending.store.write(school, write));
  if (kind === 'later' && at !== null) {
    const school = await inRow((tx) => deferOutbox(tx, { ...tried, at }));
    if (school !== null)
      await tellDelay(sending, {
        name: { ...name, school },
        row: { ...row, lastReply: reply },
        original: raw,
      });
    return 'deferred';
  }
  const retellAt = leaseEnd(sending);
  const school = await inRow((tx) => markFailed(tx, { ...tried, retellAt }));
  if (school === null) return 'failed';
  tell(sending, { ...name, school }, { outcome: 'failed', reply });
  await tellFailure(sending, {
    name: { ...name, school },
    row: { ...row, attempts, lastReply: reply },
    original: raw,
  });
  await sending.refused(school, row.account);
  return 'failed';
}

/**
 * The number at the head of a reply (RFC 5321 §4.2), or null: the rest may name somebody and stays
 * out of the log.
 */
function replyCode(reply: string): number | null {
  const code = /^[2-5]\d\d(?=[ -]|$)/.exec(reply);
  return code === null ? null : Number(code[0]);
}
