import type { Logger } from 'pino';
import type { Metrics } from '../../ground/metrics.ts';
import { networkOf, NO_NETWORK, type Networks } from '../../ground/networks.ts';
import {
  forgiveSignIn,
  giveSignInBack,
  letNetworkGo,
  takeSignIn,
  type SignInKeys,
  type SignInTry,
} from '../../store/people/sign-in-tries.ts';
import type { Store } from '../../store/store.ts';
import { deviceOf } from './known-device.ts';
import { LIMITS, type NetworkLimits } from './sign-in-limits.ts';
import { openSignInWatch, type SignInWatch, type CountedWay } from './sign-in-watch.ts';
import { throttleKey, type GuessKind } from './throttle-key.ts';

export interface GuessingParts {
  readonly store: Store;
  /**
   * The key of every keyed hash: a copy of the database alone says nothing about who was guessed
   * at.
   */
  readonly secret: Buffer;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Waits so many milliseconds before an answer. */
  readonly pause: (ms: number) => Promise<unknown>;
  readonly schoolNetworks: Networks;
  readonly tellAgents: () => Promise<void>;
}

/** What each way in asks for; pictures are counted by child and by computer (class-door.ts). */
const SECRETS = {
  web: 'password',
  submission: 'password',
  imap: 'password',
  'second-step': 'second-step',
  activation: 'activation',
  setup: 'setup',
} as const satisfies Readonly<Record<Exclude<CountedWay, 'pictures'>, GuessKind>>;

/** One try at a secret of an account. */
export interface Attempt {
  readonly way: keyof typeof SECRETS;
  /** Whose secret, whether there is such an address or not. */
  readonly address: string;
  /** What keeps tries for one address apart from one another; empty where all count together. */
  readonly apart: string;
  /** Null where a session says already where it comes from. */
  readonly ip: string | null;
  /** What the browser keeps of accounts that are at home on it; empty elsewhere. */
  readonly devices: string;
}

export type Wrong = { readonly kind: 'no-match' } | Waiting;
interface Waiting {
  readonly kind: 'wait';
  readonly seconds: number;
}

/** A try that may be looked at; exactly one of the three is to be said of it. */
export interface AdmittedTry {
  readonly kind: 'go';
  /**
   * Somebody is in: their own mistakes are forgiven, and this place is known to their account from
   * now on.
   */
  right(): Promise<void>;
  /** The secret was right and opens nothing yet, or no longer: the try is given back. */
  half(): Promise<void>;
  /**
   * Counts it for the network and the whole, and says what to answer: the same to everybody here,
   * whether the address exists or not.
   */
  wrong(): Promise<Wrong>;
}

/** The one limiter of all ways in. Counters stand in the database, for all processes. */
export interface GuessLimiter {
  /** Counts a try before its secret is looked at. Whoever must wait costs no slow hash. */
  take(attempt: Attempt): Promise<Waiting | AdmittedTry>;
  /**
   * An answer to wait goes out at the next half second after `begun`: it doesn't show whether a
   * hash was made before it.
   */
  evenly<T extends { readonly kind: string }>(begun: number, answer: T): Promise<T>;
  readonly watch: SignInWatch;
  close(): Promise<void>;
}

/** Longer than a hash takes. */
const EVEN_MS = 500;

export function openGuessing(parts: GuessingParts): GuessLimiter {
  const watch = openSignInWatch(parts);
  return {
    watch,
    take: (attempt) => take(parts, watch, attempt),
    async evenly(begun, answer) {
      if (answer.kind === 'wait')
        await parts.pause(EVEN_MS - ((performance.now() - begun) % EVEN_MS));
      return answer;
    },
    close: watch.close,
  };
}

interface Place {
  readonly keys: SignInKeys;
  readonly limits: NetworkLimits;
  readonly network: string | null;
  readonly isSchool: boolean;
  /** A device of the account says so itself; a network is looked for. */
  readonly isKnown: boolean;
}

function placeOf(
  { secret, schoolNetworks }: GuessingParts,
  { way, address, apart, ip, devices }: Attempt,
): Place {
  const counted = SECRETS[way];
  const network = ip === null ? null : networkOf(ip);
  const device = devices === '' ? null : deviceOf(secret, devices, address);
  const key = (what: GuessKind, ...values: readonly string[]) =>
    throttleKey(secret, what, values.join('\0'));
  const isSchool = ip !== null && schoolNetworks.contains(ip);
  const kind = isSchool ? 'school' : 'other';
  return {
    keys: {
      account: key(counted, address, apart),
      place: key('place', counted, address, apart, device ?? network ?? ''),
      // A school's one address has neighbours within its /24, who are not to use up what is free to
      // it.
      network: network === null ? null : key('network', kind, network),
      service: key('service', ''),
      known: network === null || network === NO_NETWORK ? null : key('known', address, network),
    },
    limits: LIMITS[kind],
    network,
    isSchool,
    isKnown: device !== null,
  };
}

async function take(
  parts: GuessingParts,
  watch: SignInWatch,
  attempt: Attempt,
): Promise<Waiting | AdmittedTry> {
  const { store, clock } = parts;
  const place = placeOf(parts, attempt);
  const { keys, limits } = place;
  const taken = await store.town((tx) =>
    takeSignIn(tx, keys, { limits, isKnown: place.isKnown, now: clock() }),
  );
  if (taken.kind !== 'wait') return going(parts, watch, { attempt, place, taken });
  watch.refused(attempt.way, taken.why);
  return { kind: 'wait', seconds: taken.seconds };
}

interface Taken {
  readonly attempt: Attempt;
  readonly place: Place;
  readonly taken: Exclude<SignInTry, { readonly kind: 'wait' }>;
}

function going(
  parts: GuessingParts,
  watch: SignInWatch,
  { attempt: { way }, place, taken }: Taken,
): AdmittedTry {
  const { store, clock } = parts;
  const { keys, limits, network, isSchool } = place;
  const was = taken.kind;
  const counterOf = (cost: number) =>
    keys.network === null ? null : { key: keys.network, cost, limits: limits.network };
  const letGo = async () => {
    const held = taken.kind === 'go' && taken.holds ? keys.network : null;
    if (held !== null) await store.town((tx) => letNetworkGo(tx, held, clock()));
  };
  return {
    kind: 'go',
    async right() {
      watch.count(way, 'right');
      await letGo();
      const isNew = await store.town((tx) => forgiveSignIn(tx, keys, { was, now: clock() }));
      // Where many are new and many are right, as on the first morning of a school, many may be
      // wrong.
      if (isNew) await watch.newcomer(counterOf(-limits.firstCost));
    },
    async half() {
      watch.count(way, 'half');
      await letGo();
      await store.town((tx) => giveSignInBack(tx, keys, { was, now: clock() }));
    },
    async wrong() {
      // Where others wait already a wrong answer must not make them wait longer: that would show
      // that it was looked at.
      await watch.wrong(
        { way, network, isSchool },
        was === 'go' ? counterOf(taken.tries <= 1 ? limits.firstCost : 1) : null,
      );
      if (taken.kind === 'go') return { kind: 'no-match' };
      return { kind: 'wait', seconds: taken.seconds };
    },
  };
}
