import { setTimeout as pause } from 'node:timers/promises';
import { errorCode, Fault } from '../../core/ground/fault.ts';
import {
  bringAccount,
  nothingYet,
  type AccountTally,
  type BringParts,
  type BringCounts,
} from './bring-account.ts';
import { Doubts } from './doubts.ts';
import type { Journey } from './map-file.ts';
import { troubleOf, type ConnectTrouble } from './old-server.ts';

/** What became of one account. */
export type AccountOutcome =
  | { readonly journey: Journey; readonly kind: 'brought'; readonly tally: AccountTally }
  /** `address` is nobody's here. */
  | { readonly journey: Journey; readonly kind: 'no-such-address' }
  /** The old server refused the sign-in. */
  | { readonly journey: Journey; readonly kind: 'sign-in-refused' }
  /**
   * The old server did not answer, or broke off, three times or at too many letters; what came is
   * kept and the next run goes on from there.
   */
  | {
      readonly journey: Journey;
      readonly kind: 'old-server';
      readonly detail: string;
      readonly tally: AccountTally;
    };

interface BringAll extends Omit<BringParts, 'progress' | 'reached' | 'tally' | 'doubts'> {
  readonly journeys: readonly Journey[];
  /** Accounts at the same time, each with one connection to the old server. */
  readonly parallel: number;
  /**
   * How long to wait before each new try at a server that broke off; `PAUSES_MS` where nothing is
   * said.
   */
  readonly pausesMs?: readonly number[];
  readonly accountDone: (outcome: AccountOutcome, done: number) => void;
  readonly messagesDone: (messages: number) => void;
}

/** Before the second try and the third; there is no fourth. */
const PAUSES_MS = [2_000, 10_000] as const;
/**
 * How often more it is tried where it broke off at letters that the next try asks for otherwise: so
 * many letters that it can't give, at most, keep nobody's others.
 */
const MOST_LESSONS = 40;

/**
 * Says that nothing was begun, since the old server can't be spoken to; the words are in
 * `sentences.ts`.
 */
export class OldServerUnreachable extends Error {
  override readonly name = 'OldServerUnreachable';
  readonly trouble: ConnectTrouble;

  constructor(trouble: ConnectTrouble, cause: Error) {
    super(trouble, { cause });
    this.trouble = trouble;
  }
}

/**
 * Brings every account of a map, some at a time. An abort lets what is being stored be finished,
 * then rejects with the signal's reason; rejects with `OldServerUnreachable` where the old server
 * couldn't be spoken to from the beginning.
 */
export async function bringAll(given: BringAll): Promise<AccountOutcome[]> {
  const waiting = [...given.journeys.entries()];
  const outcomes: AccountOutcome[] = [];
  const broken = new AbortController();
  const run: Run = {
    ...given,
    signal: AbortSignal.any([given.signal, broken.signal]),
    wasReached: false,
  };
  let done = 0;
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      run.signal.throwIfAborted();
      const [index, journey] = next;
      const outcome = await bringOne(run, journey);
      outcomes[index] = outcome;
      done += 1;
      given.accountDone(outcome, done);
    }
  }
  const workers = Array.from({ length: Math.min(given.parallel, waiting.length) }, () =>
    work().catch((error: unknown) => {
      broken.abort(error);
    }),
  );
  await Promise.all(workers);
  run.signal.throwIfAborted();
  return outcomes;
}

interface Run extends BringAll {
  wasReached: boolean;
}

async function bringOne(run: Run, journey: Journey): Promise<AccountOutcome> {
  const viewer = await run.core.oldMail.owner(journey.address);
  if (!viewer) return { journey, kind: 'no-such-address' };
  const pauses = [...(run.pausesMs ?? PAUSES_MS)];
  const [shortest] = pauses;
  const reached = () => {
    run.wasReached = true;
  };
  const tally = nothingYet();
  const doubts = new Doubts();
  for (let lessons = 0; ;) {
    const before = tally.brought;
    const doubted = doubts.size;
    try {
      Object.assign(tally, { folders: 0, known: 0, refused: [] } satisfies Partial<BringCounts>);
      const progress = run.messagesDone;
      await bringAccount({ ...run, reached, tally, doubts, progress }, journey, viewer);
      // What an earlier try of this run brought was found here by this one.
      return { journey, kind: 'brought', tally: { ...tally, known: tally.known - before } };
    } catch (error) {
      run.signal.throwIfAborted();
      if (!(error instanceof Error) || !isOldServers(error)) throw error;
      const trouble = troubleOf(error);
      if (trouble !== null && !run.wasReached) throw new OldServerUnreachable(trouble, error);
      reached();
      if ('authenticationFailed' in error && error.authenticationFailed === true)
        return { journey, kind: 'sign-in-refused' };
      if (doubts.size > doubted) lessons += 1;
      const isTaught = doubts.size > doubted && lessons <= MOST_LESSONS;
      const ms = isTaught ? shortest : pauses.shift();
      if (ms === undefined) return { journey, kind: 'old-server', detail: detailOf(error), tally };
      await pause(ms, undefined, { signal: run.signal });
    }
  }
}

/**
 * Whether the old server is to blame: its client's errors have a code or what it answered. A fault
 * of ours is thrown on.
 */
function isOldServers(error: Error): boolean {
  if (error instanceof Fault) return false;
  return (
    'code' in error ||
    'responseStatus' in error ||
    'authenticationFailed' in error ||
    troubleOf(error) !== null
  );
}

function detailOf(error: Error): string {
  const code = errorCode(error);
  const said =
    'responseText' in error && typeof error.responseText === 'string' ? error.responseText : '';
  return (
    [code, said]
      .filter((one) => one !== '')
      .join(' ')
      .slice(0, 200) || error.name
  );
}
