import { LRUCache } from 'lru-cache';

/** How an attempt went, as far as the next one to the same domain is concerned. */
export type Went = 'well' | 'pushed-back' | 'unreachable';

/**
 * How fast each domain is written to. It begins with few connections, has more while all goes well,
 * fewer once its servers push back (421, 4.7.x), and rests where they do or can't be reached: each
 * time longer, so that one closed door costs an attempt now and then and not one a letter.
 */
export interface Pace {
  /** When a domain may be tried: now, where nothing speaks against it. */
  notBefore(domain: string): Date | null;
  /** An attempt begins; called again it ends, and tells how it went. */
  begin(domain: string): (went: Went) => void;
}

/** Connections to one domain at once, of one process: at first, and at most. */
const FIRST = 2;
const MOST = 5;
/** How long a domain that has all its connections in use is left alone. */
const BUSY_MS = 2_000;
/** The first rest, doubled each time up to the longest. */
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 30 * 60_000;
/** A rest is spread by so much of itself, so that what waited doesn't come all at once. */
const SPREAD = 0.3;
/** Domains that are remembered; the one that was longest in use goes first. */
const REMEMBERED = 10_000;

interface State {
  inUse: number;
  most: number;
  setbacks: number;
  restsUntilMs: number;
}

/** `clock` in milliseconds, `random` from 0 to 1. */
export function openPace(clock: () => number, random: () => number): Pace {
  const domains = new LRUCache<string, State>({ max: REMEMBERED });

  function stateOf(domain: string): State {
    const state = domains.get(domain) ?? {
      inUse: 0,
      most: FIRST,
      setbacks: 0,
      restsUntilMs: 0,
    };
    domains.set(domain, state);
    return state;
  }

  function rest(state: State): void {
    const plain = Math.min(FIRST_REST_MS * 2 ** state.setbacks, LONGEST_REST_MS);
    state.setbacks += 1;
    state.restsUntilMs = clock() + plain * (1 + SPREAD * random());
  }

  return {
    notBefore(domain) {
      const state = domains.get(domain);
      if (state === undefined) return null;
      const now = clock();
      if (state.restsUntilMs > now) return new Date(state.restsUntilMs);
      return state.inUse < Math.floor(state.most)
        ? null
        : new Date(now + BUSY_MS * (1 + SPREAD * random()));
    },
    begin(domain) {
      const state = stateOf(domain);
      state.inUse += 1;
      return (went) => {
        state.inUse -= 1;
        if (went === 'well') {
          state.setbacks = 0;
          state.most = Math.min(state.most + 1 / Math.floor(state.most), MOST);
          return;
        }
        // of several that fail together one is a setback
        if (state.restsUntilMs > clock()) return;
        state.most = Math.max(1, state.most / 2);
        rest(state);
      };
    },
  };
}
