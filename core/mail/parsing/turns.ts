import { webcrypto } from 'node:crypto';
import type { Logger } from 'pino';
import { DAY_MS } from '../../ground/spans.ts';
import { NO_TURN, openTurns, type TurnLimits, type Turns } from '../../ground/turns.ts';
import type { Part, ReadResult } from '../../letters/message/message.ts';
import {
  isReadAtOnce,
  isShownAtOnce,
  shownHtml,
  shownText,
  type ViewRequest,
  type ShownText,
} from '../../letters/message/shown.ts';
import { senderKey, type ScanFor } from '../../letters/scan/clamd.ts';
import type { Store } from '../../store/store.ts';
import {
  countUnreadable,
  noteUnreadable,
  wasUnreadable,
} from '../../store/town/unreadable-letters.ts';
import type { ReportRead } from './letter-sandbox.ts';
import {
  PROCESSES,
  readAtOnce,
  readInSandbox,
  reportIn,
  showInSandbox,
  takeInAtOnce,
  takeInSandbox,
  textInSandbox,
  type IntakeResult,
} from './letters.ts';
import type { ReceivedLetter } from './received.ts';
import type { MessageOrigin } from './take-in.ts';

/** Of the processes that read letters one is never a stranger's, nor two one sender's. */
const STRANGERS: TurnLimits = {
  atOnce: PROCESSES - 1,
  each: 1,
  waiting: 100,
  waitingEach: 10,
  waitMs: 60_000,
};
const OWN: TurnLimits = {
  atOnce: PROCESSES,
  each: 1,
  waiting: 1_000,
  waitingEach: 50,
  waitMs: 30_000,
};

const strangers = openTurns(STRANGERS);
const own = openTurns(OWN);

/** What remembers letters that can't be read. */
interface ReadingParts {
  readonly store: Store;
  readonly clock: () => Date;
  readonly log: Logger;
}

/**
 * Takes a message in (`takeIn`); one that the event loop can't, in its sender's turn. Null where
 * that doesn't come: try again later.
 */
export async function takeInTurn(
  parts: ReadingParts,
  received: ReceivedLetter,
  { origin, who }: { readonly origin: MessageOrigin; readonly who: ScanFor },
): Promise<IntakeResult | null> {
  const { bytes } = received;
  const taken = takeInAtOnce(bytes, origin);
  return taken ?? inTurnOf(parts, who, { bytes, read: () => takeInSandbox(received, origin) });
}

/** Reads a message, in the same way. */
export async function readInTurn(
  parts: ReadingParts,
  raw: Buffer,
  who: ScanFor,
): Promise<ReadResult | null> {
  return readAtOnce(raw) ?? inTurnOf(parts, who, { bytes: raw, read: () => readInSandbox(raw) });
}

const BEYOND_LIMITS = { kind: 'refused', why: 'beyond-limits' } as const;
/** How long a letter that can't be read is remembered: who sends it again asks for some days. */
const REMEMBERED_DAYS = 7;

/**
 * What met a limit alone in a process of its own is refused at once when it comes again: a peer
 * whom the answer didn't reach would have it read each time.
 */
async function inTurnOf<T extends IntakeResult | ReadResult>(
  { store, clock, log }: ReadingParts,
  who: ScanFor,
  { bytes, read }: { readonly bytes: Buffer; readonly read: () => Promise<T> },
): Promise<T | typeof BEYOND_LIMITS | null> {
  const done = await turnsOf(who).pass(senderKey(who), async () => {
    const since = new Date(clock().getTime() - REMEMBERED_DAYS * DAY_MS);
    if (await isRemembered(store, bytes, since)) return BEYOND_LIMITS;
    const result = await read();
    if (result.kind === 'refused' && result.why === 'beyond-limits') {
      log.warn({ bytes: bytes.length }, 'a letter met the limits of reading and is refused');
      const hash = await hashOf(bytes);
      await store.town((tx) => noteUnreadable(tx, hash, { at: clock(), forget: since }));
    }
    return result;
  });
  return done === NO_TURN ? null : done;
}

/** Nearly always none is remembered, and no letter need be hashed. */
async function isRemembered(store: Store, bytes: Buffer, since: Date): Promise<boolean> {
  if ((await store.readTown((tx) => countUnreadable(tx, since))) === 0) return false;
  const hash = await hashOf(bytes);
  return store.readTown((tx) => wasUnreadable(tx, hash, since));
}

/** SHA-256, beside the event loop: of 25 MB it takes a tenth of a second. */
async function hashOf(bytes: Buffer): Promise<Buffer> {
  const unshared = bytes as Buffer<ArrayBuffer>;
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', unshared));
}

/** Who asks to be shown a message. */
type Reader = Pick<Extract<ScanFor, { readonly kind: 'own' }>, 'school' | 'account'>;

/** Given where the turn doesn't come, or it can't be done within limits. */
export const LATE: unique symbol = Symbol('late');

/**
 * The formatted text of a message; a big one in the sandbox, in its reader's turn among who sends
 * and who reads.
 */
export async function showInTurn(
  showing: ViewRequest,
  reader: Reader,
): Promise<string | null | typeof LATE> {
  if (isShownAtOnce(showing)) return shownHtml(showing);
  return inTurn(reader, () => showInSandbox(showing));
}

/** What a message says, in the same way. */
export async function textInTurn(
  showing: ViewRequest,
  reader: Reader,
): Promise<ShownText | typeof LATE> {
  if (isReadAtOnce(showing)) return shownText(showing);
  return inTurn(reader, () => textInSandbox(showing));
}

/** What a letter to the postmaster reports (`reportIn`), read in its sender's turn. */
export async function reportInTurn(
  { raw, structure, domain }: ReportLetter,
  who: ScanFor,
): Promise<ReportRead | null | typeof LATE> {
  const read = await turnsOf(who).pass(senderKey(who), () => reportIn(raw, structure, domain));
  return read === NO_TURN ? LATE : read;
}

/** A letter to the postmaster of a domain. */
interface ReportLetter {
  readonly raw: Buffer;
  readonly structure: Part;
  readonly domain: string;
}

const turnsOf = ({ kind }: ScanFor): Turns => (kind === 'own' ? own : strangers);

async function inTurn<T>(
  { school, account }: Reader,
  work: () => Promise<T | undefined>,
): Promise<T | typeof LATE> {
  const done = await own.pass(senderKey({ kind: 'own', school, account }), work);
  return done === undefined || done === NO_TURN ? LATE : done;
}
