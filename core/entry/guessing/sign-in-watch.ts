import type { Logger } from 'pino';
import { Counter } from 'prom-client';
import type { Metrics } from '../../ground/metrics.ts';
import {
  addToCounters,
  sweepSignIns,
  type Addition,
  type WaitReason,
} from '../../store/people/sign-in-tries.ts';
import type { Store } from '../../store/store.ts';
import { KNOWN_DAYS, LIMITS, PRESSURE } from './sign-in-limits.ts';
import { throttleKey } from './throttle-key.ts';

/** The ways in, as the figures name them. */
export type CountedWay =
  | 'web'
  | 'submission'
  | 'imap'
  | 'second-step'
  | 'activation'
  | 'pictures'
  | 'setup';
/** `half`: right, and more is asked. */
type Outcome = 'right' | 'half' | 'wrong' | 'wait';

interface WatchParts {
  readonly store: Store;
  readonly secret: Buffer;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Tells the town's agents that somebody is guessing. */
  readonly tellAgents: () => Promise<void>;
}

/**
 * Where a wrong answer came from. The network is a prefix, never an address: whoever runs the
 * service may have to shut it out.
 */
interface WrongFrom {
  readonly way: CountedWay;
  readonly network: string | null;
  readonly isSchool: boolean;
}

/**
 * What is counted of sign-ins for those who run the service: figures, a line of the log for each
 * burst, a notice to the agents.
 */
export interface SignInWatch {
  count(way: CountedWay, outcome: Exclude<Outcome, 'wait'>): void;
  refused(way: CountedWay, why: WaitReason | 'child'): void;
  /** Counts one wrong answer for its network, where `counter` is its counter, and for the whole. */
  wrong(from: WrongFrom, counter: Addition | null): Promise<void>;
  /**
   * Takes from both what a good sign-in from a place that was new makes up for: `counter` with a
   * cost below nothing.
   */
  newcomer(counter: Addition | null): Promise<void>;
  close(): Promise<void>;
}

/** Refused tries cost the database one statement in so long, however many there are. */
const GATHER_MS = 1_000;
const SWEEP_MS = 60_000;
const SWEPT_AT_ONCE = 5_000;
const SWEEPS = 50;

export function openSignInWatch(parts: WatchParts): SignInWatch {
  const { tries, waits, bursts } = figuresOf(parts.metrics);
  const work = openErrands(parts.log);
  const sweep = openSweeper(parts, work);
  const tallies = openTallies(parts, work);
  return {
    count(way, outcome) {
      tries.inc({ way, outcome });
      sweep();
    },
    refused(way, why) {
      tries.inc({ way, outcome: 'wait' });
      waits.inc({ way, why });
      tallies.gather();
    },
    async wrong(from, counter) {
      tries.inc({ way: from.way, outcome: 'wrong' });
      const [isTold = false, isWhole = false, isBurst = false] = (
        await tallies.add(counter === null ? [] : [counter], 1)
      ).toReversed();
      if (isBurst) bursts.inc({ of: 'network' });
      if (isWhole) bursts.inc({ of: 'whole' });
      warnOfBursts(parts.log, from, { isBurst, isWhole });
      if (isTold) tallies.tell();
      sweep();
    },
    async newcomer(counter) {
      await tallies.add(counter === null ? [] : [counter], counter?.cost ?? 0);
    },
    close: work.close,
  };
}

function warnOfBursts(
  log: Logger,
  from: WrongFrom,
  { isBurst, isWhole }: { readonly isBurst: boolean; readonly isWhole: boolean },
): void {
  if (isBurst) log.warn({ ...from }, 'many wrong sign-ins from one network: it is slowed down');
  if (isWhole)
    log.warn(
      { way: from.way },
      'many wrong sign-ins over the whole service: unknown networks are slowed down',
    );
}

/** The counters of the whole service, and what the agents are told of them. */
function openTallies({ store, secret, clock, log, tellAgents }: WatchParts, work: Errands) {
  const service = throttleKey(secret, 'service', '');
  const pressure = throttleKey(secret, 'pressure', '');
  let gathered = 0;
  function tell(): void {
    log.warn('many wrong sign-ins: the agents are told');
    work.begin('the agents could not be told of wrong sign-ins', tellAgents);
  }
  return {
    tell,
    /** The network's counter, then the whole's, then that of what agents are told of. */
    add(network: readonly Addition[], cost: number): Promise<readonly boolean[]> {
      const whole = [
        { key: service, cost, limits: LIMITS.other.service },
        { key: pressure, cost, limits: PRESSURE },
      ];
      return store.town((tx) => addToCounters(tx, [...network, ...whole], clock()));
    },
    gather(): void {
      gathered += 1;
      if (gathered > 1) return;
      work.later(GATHER_MS, 'refused sign-ins could not be counted', async () => {
        const cost = gathered;
        gathered = 0;
        const [isTold = false] = await store.town((tx) =>
          addToCounters(tx, [{ key: pressure, cost, limits: PRESSURE }], clock()),
        );
        if (isTold) tell();
      });
    },
  };
}

function figuresOf({ registry }: Metrics) {
  const registers = [registry];
  return {
    tries: new Counter({
      name: 'preau_sign_in_total',
      help: 'Tries to sign in, by way and outcome.',
      labelNames: ['way', 'outcome'] as const,
      registers,
    }),
    waits: new Counter({
      name: 'preau_sign_in_waits_total',
      help: 'Tries that were not looked at, by what had to wait.',
      labelNames: ['way', 'why'] as const,
      registers,
    }),
    bursts: new Counter({
      name: 'preau_sign_in_bursts_total',
      help: 'Bursts of wrong tries, of one network or of the whole.',
      labelNames: ['of'] as const,
      registers,
    }),
  };
}

/** Sweeps old rows once a minute at most, while people sign in: nobody else makes rows. */
function openSweeper({ store, clock }: WatchParts, work: Errands): () => void {
  let sweptAt = 0;
  return () => {
    const now = clock();
    if (Math.abs(now.getTime() - sweptAt) < SWEEP_MS) return;
    sweptAt = now.getTime();
    work.begin('old sign-in counters could not be swept', async () => {
      for (let turn = 0; turn < SWEEPS; turn += 1) {
        if (
          (await store.town((tx) =>
            sweepSignIns(tx, { knownDays: KNOWN_DAYS, most: SWEPT_AT_ONCE, now }),
          )) < SWEPT_AT_ONCE
        )
          return;
      }
    });
  };
}

type Errands = ReturnType<typeof openErrands>;

/**
 * What is done beside the answers: each errand ends in the log at worst, and `close` waits for
 * those that run.
 */
function openErrands(log: Logger) {
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  function begin(trouble: string, run: () => Promise<void>): void {
    const errand = run()
      .catch((error: unknown) => log.warn({ err: error }, trouble))
      .finally(() => running.delete(errand));
    running.add(errand);
  }
  return {
    begin,
    later(ms: number, trouble: string, run: () => Promise<void>): void {
      const timer = setTimeout(() => {
        timers.delete(timer);
        begin(trouble, run);
      }, ms).unref();
      timers.add(timer);
    },
    async close(): Promise<void> {
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
