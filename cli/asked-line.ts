import { addAbortSignal } from 'node:stream';

/** No line that somebody types or a script pipes is longer. */
const MOST_CHARACTERS = 10_000;

/**
 * One line of what is typed or piped, its end or not; empty where the input ends without one, or
 * can't be read. It is asked for on the other channel, since a script reads ours. Rejects with the
 * signal's reason where somebody stops the command instead.
 */
export async function askedLine(question: string, signal: AbortSignal): Promise<string> {
  process.stderr.write(question);
  let given = '';
  try {
    // node:readline would wait for ever for the end of a last line (tried with 24.21)
    for await (const piece of addAbortSignal(signal, process.stdin.setEncoding('utf8'))) {
      given += String(piece);
      if (given.includes('\n') || given.length > MOST_CHARACTERS) break;
    }
  } catch {
    signal.throwIfAborted();
    given = '';
  }
  return given.split('\n', 1)[0] ?? '';
}
