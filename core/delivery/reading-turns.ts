import { WORKER_BYTES, WORKERS } from '../message/limits.ts';
import type { ReadResult } from '../message/message.ts';
import { readAnySize, showInWorker, textInWorker } from '../message/reading-pool.ts';
import {
  isReadAtOnce,
  isShownAtOnce,
  shownHtml,
  shownText,
  type Showing,
  type ShownText,
} from '../message/shown.ts';
import { senderKey, type ScanFor } from '../scan/clamd.ts';
import { openTurns, type TurnLimits } from '../turns.ts';

/** Of the workers that read big messages one is never a stranger's, nor two one sender's. */
const STRANGERS: TurnLimits = {
  atOnce: WORKERS - 1,
  each: 1,
  waiting: 100,
  waitingEach: 10,
  waitMs: 60_000,
};
const OWN: TurnLimits = {
  atOnce: WORKERS,
  each: 1,
  waiting: 1_000,
  waitingEach: 50,
  waitMs: 30_000,
};

const strangers = openTurns(STRANGERS);
const own = openTurns(OWN);

/**
 * Reads a message; a big one in its sender's turn, null where that doesn't come: try again later.
 */
export async function readInTurn(raw: Buffer, who: ScanFor): Promise<ReadResult | null> {
  if (raw.length < WORKER_BYTES) return readAnySize(raw);
  const giveBack = await (who.kind === 'own' ? own : strangers).take(senderKey(who), 'one');
  if (!giveBack) return null;
  return readAnySize(raw).finally(giveBack);
}

/** Who asks to be shown a message. */
type Reader = Pick<Extract<ScanFor, { readonly kind: 'own' }>, 'school' | 'account'>;

/** Given where the turn doesn't come, or the worker isn't done in time. */
export const LATE: unique symbol = Symbol('late');

/**
 * The formatted text of a message; a big one in a worker, in its reader's turn among who sends and
 * who reads.
 */
export async function showInTurn(
  showing: Showing,
  reader: Reader,
): Promise<string | null | typeof LATE> {
  return isShownAtOnce(showing) ? shownHtml(showing) : inTurn(reader, () => showInWorker(showing));
}

/** What a message says, in the same way. */
export async function textInTurn(
  showing: Showing,
  reader: Reader,
): Promise<ShownText | typeof LATE> {
  return isReadAtOnce(showing) ? shownText(showing) : inTurn(reader, () => textInWorker(showing));
}

async function inTurn<T>(
  { school, account }: Reader,
  work: () => Promise<T>,
): Promise<T | typeof LATE> {
  const giveBack = await own.take(senderKey({ kind: 'own', school, account }), 'one');
  if (!giveBack) return LATE;
  try {
    return await work();
  } catch {
    return LATE;
  } finally {
    giveBack();
  }
}
