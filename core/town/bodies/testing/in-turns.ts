import { setImmediate as turn } from 'node:timers/promises';
import type { BodyStore } from '../../../store/bodies/body-store.ts';
import type { Store } from '../../../store/store.ts';

/**
 * More steps than any of what is tried takes: it goes round and round. After a thousand
 * interleavings a tidying has hundreds of objects to go through.
 */
const MOST_STEPS = 8_000;

/** Thrown in the place of a step: the process has died there. */
class Died extends Error {}

/** Somebody who works with a store, one step after the other; each waits for its turn. */
interface Actor {
  readonly name: string;
  /** Before which of its steps it dies; null: it lives. */
  readonly diesAt: number | null;
  act(parts: { readonly store: Store; readonly bodyStore: BodyStore }): Promise<unknown>;
}

interface Waiting {
  go(): void;
  die(): void;
}

/**
 * Lets actors work beside each other, a transaction or a request to the store of bodies at a time:
 * whose turn it is `pick` says, and `between` is done before each. The steps, by name.
 */
export async function inTurns(
  real: { readonly store: Store; readonly bodyStore: BodyStore },
  actors: readonly Actor[],
  { pick, between }: { pick(names: readonly string[]): string; between(): Promise<void> },
): Promise<readonly string[]> {
  const waiting = new Map<string, Waiting>();
  const ended = new Set<string>();
  const steps: string[] = [];
  const failures: unknown[] = [];
  for (const { name, diesAt, act } of actors) {
    let taken = 0;
    const gate = (): Promise<void> =>
      new Promise((resolve, reject) => {
        const isLast = taken === diesAt;
        taken += 1;
        waiting.set(name, {
          go: () => (isLast ? reject(new Died(name)) : resolve()),
          die: () => reject(new Died(name)),
        });
      });
    void act({ store: gated(real.store, gate), bodyStore: gated(real.bodyStore, gate) })
      .catch((error: unknown) => {
        if (!(error instanceof Died)) failures.push(error);
      })
      .finally(() => ended.add(name));
  }
  while (ended.size < actors.length) {
    if (waiting.size + ended.size < actors.length) {
      await turn();
      continue;
    }
    const name = pick([...waiting.keys()]);
    const next = waiting.get(name);
    waiting.delete(name);
    await between();
    steps.push(name);
    if (steps.length > MOST_STEPS) next?.die();
    else next?.go();
  }
  if (steps.length > MOST_STEPS) failures.push(new Error(`no end: ${steps.slice(-20).join(' ')}`));
  if (failures.length > 0) throw new AggregateError(failures, String(failures[0]));
  return steps;
}

/** The same, each of its methods that does something behind a gate. */
function gated<Part extends object>(part: Part, gate: () => Promise<void>): Part {
  return new Proxy(part, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      const bound = method.bind(target) as (...args: unknown[]) => unknown;
      // What only computes takes no turn.
      if (name === 'sealed' || name === 'wrappedAnew') return bound;
      return async (...args: unknown[]) => {
        await gate();
        return bound(...args);
      };
    },
  });
}
