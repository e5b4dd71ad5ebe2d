import { setImmediate } from 'node:timers/promises';

/** How long others wait at most, but for the piece of work that is being done, in milliseconds. */
const HOLD_MS = 20;

/**
 * `items.map(work)`, which gives the event loop back to others whenever it has held it for 20 ms:
 * for many pieces of work of which each is short, and all together are not.
 */
export async function mapInTurns<T, R>(
  items: Iterable<T>,
  work: (item: T, index: number) => R,
): Promise<R[]> {
  const done: R[] = [];
  let since = performance.now();
  for (const item of items) {
    if (performance.now() - since >= HOLD_MS) {
      await setImmediate();
      since = performance.now();
    }
    done.push(work(item, done.length));
  }
  return done;
}
