import { setTimeout as sleep } from 'node:timers/promises';
import { percentile, rounded } from './figures.ts';
import { writeLetters } from './letters.ts';
import { openSmtp, RefusedReply, type SmtpClient } from './smtp-client.ts';
import { addressOf, SENDER, type ExpectedCounts, type Stack } from './stack.ts';

/** One load, the same for every stack. */
export interface BenchLoad {
  readonly name: string;
  readonly messages: number;
  readonly connections: number;
  readonly recipients: number;
  /** Mailboxes that take turns. */
  readonly users: number;
  readonly attachmentBytes: number;
}

export interface LoadFigures {
  readonly messagesPerSecond: number;
  /** Until the last recipient's mailbox had the last message, from the first MAIL FROM on. */
  readonly visibleSeconds: number;
  readonly acceptMs: readonly number[];
  readonly accepted: number;
  readonly putOff: number;
  readonly bytes: number;
}

const LETTER_BYTES = 5_120;
const GIVE_UP_MS = 90_000;
/** Between two looks into mailboxes, so that looking is no load itself. */
const LOOK_MS = 4;
let marks = 0;

/**
 * Sends everything, waits until all of it is visible. Throws where that doesn't come, or where a
 * message is refused for good.
 */
export async function run(stack: Stack, load: BenchLoad): Promise<LoadFigures> {
  const letter = writeLetters({
    from: SENDER,
    sizeBytes: LETTER_BYTES,
    attachmentBytes: load.attachmentBytes,
  });
  const watch = await stack.watch(expectedOf(load));
  const clients = await Promise.all(
    Array.from({ length: Math.min(load.connections, load.messages) }, () =>
      openSmtp(stack.smtpPort),
    ),
  );
  const acceptMs: number[] = [];
  let next = 0;
  let putOff = 0;
  let bytes = 0;
  async function sendOn(client: SmtpClient): Promise<void> {
    for (let at = next++; at < load.messages; at = next++) {
      const message = letter(`${process.pid}-${(marks += 1)}`);
      bytes = message.length;
      const recipients = recipientsOf(load, at).map(addressOf);
      const sent = await client.send(SENDER, recipients, message).catch((error: unknown) => {
        if (!(error instanceof RefusedReply) || error.code >= 500) throw error;
        putOff += 1;
        return null;
      });
      if (sent) acceptMs.push(sent.acceptedAt - sent.begunAt);
    }
  }
  try {
    const begun = performance.now();
    await Promise.all(clients.map(sendOn));
    const sendingSeconds = (performance.now() - begun) / 1_000;
    if (putOff === 0) await untilAllIn(watch.isAllIn, load, stack);
    return {
      messagesPerSecond: acceptMs.length / sendingSeconds,
      visibleSeconds: (performance.now() - begun) / 1_000,
      acceptMs,
      accepted: acceptMs.length,
      putOff,
      bytes,
    };
  } finally {
    watch.close();
    for (const client of clients) client.close();
  }
}

/** The users (from 1) of the message of this number. */
function recipientsOf({ recipients, users }: BenchLoad, at: number): number[] {
  return Array.from({ length: recipients }, (_, each) => ((at * recipients + each) % users) + 1);
}

function expectedOf(load: BenchLoad): ExpectedCounts {
  const expected = new Map<number, number>();
  for (let at = 0; at < load.messages; at += 1)
    for (const user of recipientsOf(load, at)) expected.set(user, (expected.get(user) ?? 0) + 1);
  return expected;
}

async function untilAllIn(
  isAllIn: () => Promise<boolean>,
  load: BenchLoad,
  stack: Stack,
): Promise<void> {
  const deadline = performance.now() + GIVE_UP_MS;
  while (!(await isAllIn())) {
    if (performance.now() > deadline)
      throw new Error(`${stack.name}, ${load.name}: not all visible after ${GIVE_UP_MS / 1_000} s`);
    await sleep(LOOK_MS);
  }
}

/** Time from the 250 to what a waiting page or IDLE hears, in milliseconds, message by message. */
export async function waitings(stack: Stack, messages: number): Promise<number[]> {
  const waiter = await stack.waiter(1);
  const client = await openSmtp(stack.smtpPort);
  const letter = writeLetters({ from: SENDER, sizeBytes: LETTER_BYTES, attachmentBytes: 0 });
  const found: number[] = [];
  try {
    for (let at = 0; at < messages; at += 1) {
      const heard = waiter.next();
      const { acceptedAt } = await client.send(
        SENDER,
        [addressOf(1)],
        letter(`${process.pid}-${(marks += 1)}`),
      );
      found.push((await heard) - acceptedAt);
      await sleep(10 + (at % 7)); // not in step with anybody's timer
    }
    return found;
  } finally {
    client.close();
    waiter.close();
  }
}

/** The numbers of one load, as they are printed. */
export function summary(load: BenchLoad, measured: LoadFigures): Readonly<Record<string, number>> {
  const deliveries = measured.accepted * load.recipients;
  return {
    messages: measured.accepted,
    recipients: load.recipients,
    connections: load.connections,
    bytes: measured.bytes,
    accepted_per_s: rounded(measured.messagesPerSecond),
    accept_ms_p50: rounded(percentile(measured.acceptMs, 0.5)),
    accept_ms_p99: rounded(percentile(measured.acceptMs, 0.99)),
    visible_messages_per_s: rounded(measured.accepted / measured.visibleSeconds),
    visible_deliveries_per_s: rounded(deliveries / measured.visibleSeconds),
    all_visible_s: rounded(measured.visibleSeconds),
    put_off: measured.putOff,
  };
}
