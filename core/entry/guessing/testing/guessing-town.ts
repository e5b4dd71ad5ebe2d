import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import { openLog } from '../../../ground/log.ts';
import { openMetrics } from '../../../ground/metrics.ts';
import { readNetworks } from '../../../ground/networks.ts';
import type { SignIn } from '../../accounts/contract.ts';
import { openGuessing, type Attempt, type GuessLimiter, type GuessingParts } from '../guessing.ts';

export const MORNING = new Date('2026-11-24T09:00:00Z');
export const SECRET = Buffer.alloc(32, 7);
/** Where all computers of the schools come from. */
export const SCHOOL = '192.0.2.8';

export type GuessAnswer = { readonly kind: string; readonly seconds?: number };

interface Limiter extends GuessLimiter {
  readonly lines: string[];
  readonly paused: number[];
  readonly told: () => number;
  readonly figures: () => Promise<string>;
  try(
    given: Partial<Attempt> & { readonly address: string; readonly ip: string },
  ): ReturnType<GuessLimiter['take']>;
  /** Answers of so many wrong tries. */
  wrong(
    given: Partial<Attempt> & { readonly address: string; readonly ip: string },
  ): Promise<GuessAnswer>;
}

/** The right password, where the limiter lets somebody try one; what it said. */
export async function comeIn(guessing: Limiter, address: string, ip: string): Promise<string> {
  const taken = await guessing.try({ address, ip });
  if (taken.kind === 'go') await taken.right();
  return taken.kind;
}

/**
 * A town whose schools come from one network, and limiters on its database. Each test begins on the
 * same morning with no wrong password counted and no place known; put away after the tests of the
 * file.
 */
export async function openGuessingTown() {
  const town = await openTestTown({ env: { PREAU_SCHOOL_NETWORKS: SCHOOL } });
  // What a test has opened: nothing of it writes into the next one's counters.
  const opened: GuessLimiter[] = [];
  beforeEach(async () => {
    town.clock.now = MORNING;
    await town.admin.query('delete from throttle; delete from known_place');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  });
  afterAll(() => town.close());
  return { town, pass, signIn, limiter, counters };

  function pass(seconds: number): void {
    town.clock.now = new Date(town.clock.now.getTime() + seconds * 1_000);
  }

  function signIn(
    local: string,
    password: string,
    from: { readonly ip: string; readonly devices?: string },
  ): Promise<SignIn> {
    return town.core.accounts.signIn(town.address(local), password, { ...from, way: 'web' });
  }

  /** The limiter by itself, on the town's database: one process of several. */
  function limiter(given: Partial<GuessingParts> = {}): Limiter {
    const lines: string[] = [];
    const paused: number[] = [];
    let told = 0;
    const to = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const metrics = openMetrics();
    const guessing = openGuessing({
      store: town.store,
      secret: SECRET,
      clock: () => town.clock.now,
      log: openLog({ to }),
      metrics,
      pause: async (ms) => {
        paused.push(ms);
      },
      schoolNetworks: readNetworks(SCHOOL),
      tellAgents: async () => {
        told += 1;
      },
      ...given,
    });
    opened.push(guessing);
    const take: Limiter['try'] = (attempt) =>
      guessing.take({ way: 'web', apart: '', devices: '', ...attempt });
    return {
      ...guessing,
      lines,
      paused,
      told: () => told,
      try: take,
      figures: () => metrics.text(),
      async wrong(attempt) {
        const taken = await take(attempt);
        return taken.kind === 'wait' ? taken : taken.wrong();
      },
    };
  }

  /** How many wrong tries each counter has, the fewest first. */
  async function counters(): Promise<number[]> {
    const { rows } = await town.admin.query<{ failures: number }>(
      'select failures from throttle order by failures',
    );
    return rows.map(({ failures }) => failures);
  }
}
