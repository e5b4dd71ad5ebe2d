import { Fault } from '../../../ground/fault.ts';
import { MAX_ROSTER_MOVES } from '../limits.ts';

/** What was decided can't stand: decide on the roster of now. */
export const AGAIN = Symbol('again');

/**
 * Decides and writes on the same roster: where it moved in between (`roster-moved`), both begin
 * anew. `once` is told which try it is, from 1.
 */
export async function withFreshRoster<T>(
  once: (tries: number) => Promise<T | typeof AGAIN>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      const result = await once(tries);
      if (result !== AGAIN) return result;
      if (tries > MAX_ROSTER_MOVES)
        throw new Fault('roster-moved', 'decided anew too often', { transient: true });
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'roster-moved' || tries >= MAX_ROSTER_MOVES)
        throw error;
    }
  }
}
