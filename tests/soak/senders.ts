import { setTimeout as sleep } from 'node:timers/promises';
import type { WireClient } from '../../smtp/testing/wire-client.ts';
import { ready, stuffed } from '../e2e/wire.ts';
import type { Ports } from '../shared/free-port.ts';
import type { SoakLetter, SoakPost } from './letters.ts';
import { seeded } from './random.ts';

/**
 * What a sender was told of a letter: 250 after the final dot; an answer that is no 250, or a cut
 * before the final dot went out; or a cut in between, after which only the server knows.
 */
type SentState = 'acked' | 'refused' | 'unknown';

export interface SenderEntry {
  readonly letter: SoakLetter;
  readonly told: SentState;
  readonly reply: string;
}

/** Letters on one connection, as a relay does. */
const A_CONNECTION = 12;
const RETRY_MS = 150;

interface Sender {
  readonly way: 'mx' | 'submission';
  /** Pause between two letters, in milliseconds, at most. */
  readonly paceMs: number;
  readonly seed: number;
}

/**
 * Sends until `stop`, notes every letter; what goes wrong with a connection is what the soak is
 * for.
 */
export async function sendOn(
  ports: Ports,
  post: SoakPost,
  sender: Sender,
  around: { readonly stop: AbortSignal; readonly note: (entry: SenderEntry) => void },
): Promise<void> {
  const random = seeded(sender.seed);
  while (!around.stop.aborted) {
    const first = post.next(sender.way, random);
    const wire = await ready(sender.way === 'mx' ? ports.mx : ports.submissions, first.as).catch(
      () => null,
    );
    if (wire === null) {
      await sleep(RETRY_MS);
      continue;
    }
    let letter: SoakLetter = first;
    for (let sent = 0; sent < A_CONNECTION && !around.stop.aborted; sent += 1) {
      const entry = await hand(wire, letter);
      around.note(entry);
      if (/^(closed|silence|421)/.test(entry.reply)) break;
      await sleep(random.between(0, sender.paceMs));
      letter = post.next(sender.way, random);
      // Somebody else's letter needs somebody else's connection.
      if (letter.as !== first.as) break;
    }
    wire.send('QUIT\r\n');
    wire.cut();
  }
}

/** One letter; the answer to its final dot is the one that counts. */
export async function hand(wire: WireClient, letter: SoakLetter): Promise<SenderEntry> {
  for (const line of [
    `MAIL FROM:<${letter.from}>`,
    ...letter.to.map((to) => `RCPT TO:<${to}>`),
    'DATA',
  ]) {
    const reply = await wire.say(line);
    if (/^[23]/.test(reply)) continue;
    await wire.say('RSET');
    return { letter, told: 'refused', reply };
  }
  wire.send(stuffed(letter.raw));
  const reply = await wire.reply();
  return { letter, told: toldBy(reply), reply };
}

function toldBy(reply: string): SentState {
  if (reply.startsWith('250')) return 'acked';
  return /^\d/.test(reply) ? 'refused' : 'unknown';
}
