/**
 * Reads strangers' bytes: on the event loop where that is quick at the worst, else in a sandbox, so
 * that the loop answers everybody else meanwhile (decision 82).
 */
import { Fault } from '../../ground/fault.ts';
import { during } from '../../ground/loop-watch.ts';
import { isFlag } from '../../ground/sandbox/answers.ts';
import { openSandbox, type JobLimits, type Result } from '../../ground/sandbox/sandbox.ts';
import { AT_ONCE } from '../../letters/message/archive/work.ts';
import { readFormatted } from '../../letters/message/format/read-html.ts';
import type { FormattedText } from '../../letters/message/format/words.ts';
import { AT_ONCE_BYTES, SANITISE_AT_ONCE_BYTES } from '../../letters/message/limits.ts';
import type { Part, ReadMessage, ReadResult } from '../../letters/message/message.ts';
import { readMessage } from '../../letters/message/parse.ts';
import { wholeOf } from '../../letters/message/prepare.ts';
import type { ViewRequest, ShownText } from '../../letters/message/shown.ts';
import {
  isFormattedText,
  isReadResult,
  isReportRead,
  isShownHtml,
  isShownText,
  isTakenApartOf,
} from './letter-answers.ts';
import type { LetterJobs, ReportRead } from './letter-sandbox.ts';
import { withHeader, type ReceivedLetter } from './received.ts';
import { takeIn, type MessageOrigin, type ParsedIntake, type TakenIn } from './take-in.ts';

/** Letters that are read side by side. */
export const PROCESSES = 2;
/**
 * Of one process: a letter of 25 MB whose archives unpack to all that they may takes some 300 MiB.
 */
const MEMORY_BYTES = 768 * 2 ** 20;
/** Beyond the turns that senders and readers have (`turns.ts`). */
const WAITING = 2_000;
/** Processor time of one reading: the largest letters take a second. */
const CPU_MS = 5_000;

/** Who sends it again, or opens it again, would wait as long and get the same. */
const READING: JobLimits = { cpuMs: CPU_MS, ifEnded: 'once-more' };
/** What is shown has its plain text to fall back on. */
const SHOWING: JobLimits = { cpuMs: CPU_MS, ifEnded: 'give-up' };

const BEYOND_LIMITS = { kind: 'refused', why: 'beyond-limits' } as const;

const sandbox = openSandbox<LetterJobs>({
  script: new URL('./letter-sandbox.ts', import.meta.url),
  memoryBytes: MEMORY_BYTES,
  processes: PROCESSES,
  waiting: WAITING,
  answers: {
    read: isReadResult,
    takeApart: isTakenApartOf,
    readFormatted: isFormattedText,
    reportIn: isReportRead,
    shownHtml: isShownHtml,
    shownText: isShownText,
    isPlainPdf: isFlag,
  },
});

/**
 * `readMessage`, wherever that may be done; refuses as `beyond-limits` what ended a process of its
 * own. Throws a transient Fault where there is no process to be had.
 */
export async function readLetter(raw: Buffer): Promise<ReadResult> {
  return readAtOnce(raw) ?? readInSandbox(raw);
}

/** `readMessage` on the event loop; null where that might take long. */
export function readAtOnce(raw: Buffer): ReadResult | null {
  if (raw.length > AT_ONCE_BYTES) return null;
  const read = during({ kind: 'letter', bytes: raw.length }, () => readMessage(raw, AT_ONCE));
  return read.kind === 'refused' || isWhole(read.message) ? read : null;
}

/** Nothing in it had to be unpacked, nor a file searched. */
const isWhole = ({ archiveLimit, links }: ReadMessage): boolean =>
  archiveLimit === null && !links.filesCut;

/** `readMessage` in the sandbox. */
export async function readInSandbox(raw: Buffer): Promise<ReadResult> {
  return valueOf(await sandbox.run('read', [raw], READING)) ?? BEYOND_LIMITS;
}

/** A message that is to be kept, whole, and what was read of it. */
export type IntakeResult =
  | { readonly kind: 'ready'; readonly raw: Buffer; readonly read: ParsedIntake }
  | Extract<TakenIn, { readonly kind: 'refused' }>;

/** `takeIn` on the event loop; null where that might take long. */
export function takeInAtOnce(received: Buffer, origin: MessageOrigin): IntakeResult | null {
  if (received.length > AT_ONCE_BYTES) return null;
  const reading = { kind: 'letter', bytes: received.length } as const;
  const taken = during(reading, () => takeIn(received, origin, AT_ONCE));
  return taken.kind === 'refused' || isWhole(taken.read.message) ? taken : null;
}

/** `takeIn` in the sandbox, as `readLetter` does. It takes over the memory of what was received. */
export async function takeInSandbox(
  received: ReceivedLetter,
  origin: MessageOrigin,
): Promise<IntakeResult> {
  const { bytes } = received;
  const taken = valueOf(await sandbox.run('takeApart', [bytes, origin], READING));
  if (taken === null) return BEYOND_LIMITS;
  if (taken.kind === 'refused') return taken;
  const { header, bodyBytes, read } = taken;
  const inPlace = taken.body === null ? withHeader(received, header, bodyBytes) : null;
  const body = taken.body ?? bytes.subarray(bytes.length - bodyBytes);
  return { kind: 'ready', raw: inPlace ?? wholeOf({ header, body }), read };
}

/** `shownHtml` in the sandbox; undefined where it can't be done within its limits. */
export async function showInSandbox(showing: ViewRequest): Promise<string | null | undefined> {
  const ran = await sandbox.run('shownHtml', [showing], SHOWING);
  return ran.kind === 'done' ? ran.value : undefined;
}

/** `shownText` in the sandbox, in the same way. */
export async function textInSandbox(showing: ViewRequest): Promise<ShownText | undefined> {
  const ran = await sandbox.run('shownText', [showing], SHOWING);
  return ran.kind === 'done' ? ran.value : undefined;
}

/**
 * What of some HTML the little formatting says (`readFormatted`): on the loop where it is short.
 * What can't be read within limits says nothing.
 */
export async function formattedIn(html: string): Promise<FormattedText> {
  if (html.length <= SANITISE_AT_ONCE_BYTES) return readFormatted(html);
  return valueOf(await sandbox.run('readFormatted', [html], SHOWING)) ?? [];
}

/** `isPlainPdf` in the sandbox; one that can't be read within its limits is none. */
export async function isPlainPdfInSandbox(
  bytes: Buffer,
  audience: 'child' | 'adult',
): Promise<boolean> {
  const ran = await sandbox.run('isPlainPdf', [bytes, audience], SHOWING);
  return ran.kind === 'done' && ran.value;
}

/**
 * What a letter to the postmaster reports (RFC 9990, RFC 8460); null where it is no report, or none
 * that can be read within limits.
 */
export async function reportIn(
  raw: Buffer,
  structure: Part,
  domain: string,
): Promise<ReportRead | null> {
  return valueOf(await sandbox.run('reportIn', [raw, structure, domain], SHOWING));
}

/** Null for what met a limit. */
export function valueOf<T>(ran: Result<T>): T | null {
  switch (ran.kind) {
    case 'done':
      return ran.value;
    case 'ended':
      return null;
    case 'busy':
    case 'lost':
      throw new Fault('sandbox-away', `a reading was ${ran.kind}`, { transient: true });
  }
}
