import { WORKER_BYTES, WORKERS } from '../message/limits.ts';
import type { ReadResult } from '../message/message.ts';
import { readAnySize } from '../message/reading-pool.ts';
import { senderKey, type ScanFor } from '../scan/clamd.ts';
import { openTurns, type TurnLimits } from '../turns.ts';

/** Of the workers that read big messages one is never a stranger's, nor two one sender's. */
const STRANGERS: TurnLimits = { atOnce: WORKERS - 1, each: 1, waiting: 100, waitingEach: 10, waitMs: 60_000 };
const OWN: TurnLimits = { atOnce: WORKERS, each: 1, waiting: 1_000, waitingEach: 50, waitMs: 30_000 };

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
