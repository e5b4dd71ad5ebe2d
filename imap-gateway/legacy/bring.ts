import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../core/fault.ts';
import { bringAccount, type AccountTally, type Bringing } from './bring-account.ts';
import type { Journey } from './map-file.ts';

/** What became of one account. */
export type AccountOutcome =
  | { readonly journey: Journey; readonly kind: 'brought'; readonly tally: AccountTally }
  /** `address` is nobody's here. */
  | { readonly journey: Journey; readonly kind: 'no-such-address' }
  /** The old server refused the sign-in. */
  | { readonly journey: Journey; readonly kind: 'sign-in-refused' }
  /** The old server did not answer, or broke off, three times; what came is kept and the next run goes on from there. */
  | { readonly journey: Journey; readonly kind: 'old-server'; readonly detail: string };

export interface BringAll extends Omit<Bringing, 'progress'> {
  readonly journeys: readonly Journey[];
  /** Accounts at the same time, each with one connection to the old server. */
  readonly parallel: number;
  /** How long to wait before each new try at a server that broke off; `PAUSES_MS` where nothing is said. */
  readonly pausesMs?: readonly number[];
  readonly accountDone: (outcome: AccountOutcome, done: number) => void;
  readonly messagesDone: (messages: number) => void;
}

/** Before the second try and the third; there is no fourth. */
const PAUSES_MS = [2_000, 10_000] as const;

/** Brings every account of a map, some at a time. An abort lets what is being stored be finished, then rejects with the signal's reason. */
export async function bringAll(given: BringAll): Promise<AccountOutcome[]> {
  const waiting = [...given.journeys.entries()];
  const outcomes: AccountOutcome[] = [];
  let done = 0;
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      given.signal.throwIfAborted();
      const [place, journey] = next;
      const outcome = await bringOne(given, journey);
      outcomes[place] = outcome;
      done += 1;
      given.accountDone(outcome, done);
    }
  }
  await Promise.all(Array.from({ length: Math.min(given.parallel, waiting.length) }, work));
  return outcomes;
}

async function bringOne(given: BringAll, journey: Journey): Promise<AccountOutcome> {
  const viewer = await given.core.oldMail.owner(journey.address);
  if (!viewer) return { journey, kind: 'no-such-address' };
  const pauses = [...given.pausesMs ?? PAUSES_MS];
  for (;;) {
    try {
      return { journey, kind: 'brought', tally: await bringAccount({ ...given, progress: given.messagesDone }, journey, viewer) };
    } catch (error) {
      given.signal.throwIfAborted();
      if (!(error instanceof Error) || !isOldServers(error)) throw error;
      if ('authenticationFailed' in error && error.authenticationFailed === true) return { journey, kind: 'sign-in-refused' };
      const ms = pauses.shift();
      if (ms === undefined) return { journey, kind: 'old-server', detail: detailOf(error) };
      await pause(ms, undefined, { signal: given.signal });
    }
  }
}

/** Whether the old server is to blame: its client's errors have a code or what it answered. A fault of ours is thrown on. */
function isOldServers(error: Error): boolean {
  if (error instanceof Fault) return false;
  return 'code' in error || 'responseStatus' in error || 'authenticationFailed' in error;
}

function detailOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const said = 'responseText' in error && typeof error.responseText === 'string' ? error.responseText : '';
  return [code, said].filter((one) => one !== '').join(' ').slice(0, 200) || error.name;
}
