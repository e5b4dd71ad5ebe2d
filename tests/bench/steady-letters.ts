import { setTimeout as sleep } from 'node:timers/promises';
import { writeLetters } from './letters.ts';
import { openSmtp } from './smtp-client.ts';
import { addressOf, SENDER } from './stack.ts';

/** A town's mail in a busy hour. */
const LETTERS_A_SECOND = 15;
const LETTER_BYTES = 5_120;
const CONNECTIONS = 8;
/** How many get them, one after the other. */
export const READERS = 200;
/** What code, connections and caches are warm after. */
const WARM_UP_MS = 40_000;

/** When a letter left, of this process's clock, and how long it took to be accepted. */
interface SentLetter {
  readonly at: number;
  readonly ms: number;
}

interface SteadyLetters {
  /** Letters at a steady pace until something is over. */
  send(over: Promise<unknown>): Promise<readonly SentLetter[]>;
}

/** Opens connections to a server of ours, and warms it. */
export async function openSteadyLetters(smtpPort: number): Promise<SteadyLetters> {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => openSmtp(smtpPort)));
  const letter = writeLetters({ from: SENDER, sizeBytes: LETTER_BYTES, attachmentBytes: 0 });
  let count = 0;

  /** On a connection that is free; none is where eight letters are under way. */
  async function sendOne(sent: SentLetter[]): Promise<void> {
    const client = clients.shift();
    if (client === undefined) return;
    count += 1;
    const message = letter(`${process.pid}-${count}`);
    const { begunAt, acceptedAt } = await client.send(
      SENDER,
      [addressOf((count % READERS) + 1)],
      message,
    );
    clients.push(client);
    sent.push({ at: begunAt, ms: acceptedAt - begunAt });
  }

  async function send(over: Promise<unknown>): Promise<readonly SentLetter[]> {
    let isOver = false;
    const ending = over.finally(() => (isOver = true));
    const sent: SentLetter[] = [];
    const sending: Promise<void>[] = [];
    const begun = performance.now();
    for (let at = 0; !isOver; at += 1) {
      await sleep(Math.max(0, begun + (at / LETTERS_A_SECOND) * 1_000 - performance.now()));
      sending.push(sendOne(sent));
    }
    await Promise.all([ending, ...sending]);
    return sent;
  }

  await send(sleep(WARM_UP_MS));
  return { send };
}
