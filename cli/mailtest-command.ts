import { setTimeout as pause } from 'node:timers/promises';
import type { Core } from '../core/core.ts';
import { Fault } from '../core/ground/fault.ts';
import type { ReceiversWord } from '../core/letters/message/receivers-word.ts';
import type { MailTest } from '../core/town/readiness/contract.ts';
import { say, type CommandInput } from './command.ts';
import { MAILTEST_SAYS, NO_WAIT } from './texts/mailtest.ts';
import { withCore } from './with-core.ts';

const UNITS_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };
const WAIT_S = 120;
const LOOK_MS = 1_000;
const METHODS = ['spf', 'dkim', 'dmarc'] as const;

/**
 * `preau mailtest ADDRESS`: sends one letter as the town's mail leaves, and waits for what becomes
 * of it. Gives the code to exit with: 0 where it was taken and nothing bad is said of it, or where
 * `--wait 0` asks for no waiting.
 */
export function mailtestCommand({ config, flags, signal, path }: CommandInput): Promise<number> {
  const waitS = waitOf(flags['wait']);
  return withCore(config, signal, async ({ readiness }) => {
    const begun = await readiness.beginMailTest(path);
    if (begun !== 'sent') {
      say(flags, { begun }, MAILTEST_SAYS.notBegun[begun]);
      return 1;
    }
    if (waitS === 0) {
      say(flags, { begun }, MAILTEST_SAYS.sent(waitS));
      return 0;
    }
    if (flags['json'] !== true) console.log(MAILTEST_SAYS.sent(waitS));
    return told(flags, await awaited(readiness, waitS, signal));
  });
}

/** `preau mailtest last`: what became of the last test letter, by now. */
export function lastMailtestCommand({ config, flags, signal }: CommandInput): Promise<number> {
  return withCore(config, signal, async ({ readiness }) =>
    told(flags, await readiness.lastMailTest()),
  );
}

/** Looks again until the letter is refused or a receiver has said a word, or the time is over. */
async function awaited(
  readiness: Pick<Core['readiness'], 'lastMailTest'>,
  waitS: number,
  signal: AbortSignal,
): Promise<MailTest | null> {
  const until = performance.now() + waitS * 1_000;
  for (;;) {
    const test = await readiness.lastMailTest();
    const isOver = test === null || test.state === 'failed' || test.words.length > 0;
    if (isOver || signal.aborted || performance.now() >= until) return test;
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

function told(flags: CommandInput['flags'], test: MailTest | null): number {
  const lines = test === null ? [MAILTEST_SAYS.never] : linesOf(test);
  say(flags, { test }, lines.join('\n'));
  return test !== null && test.state === 'sent' && test.words.every(isUnblamed) ? 0 : 1;
}

function linesOf({ state, recipient, lastReply, isAnswered, words }: MailTest): string[] {
  if (state === 'failed') return [MAILTEST_SAYS.refused(lastReply ?? '')];
  if (state === 'due') return [MAILTEST_SAYS.due(lastReply)];
  const taken = MAILTEST_SAYS.taken(recipient, lastReply ?? '');
  if (!isAnswered) return [taken, MAILTEST_SAYS.noAnswer];
  if (words.length === 0) return [taken, MAILTEST_SAYS.noWord];
  return [taken, ...words.flatMap(linesOfWord)];
}

function linesOfWord(word: ReceiversWord): string[] {
  const wrong = METHODS.filter((method) => isBad(word[method]));
  const todo = wrong.map((method) => `    ${MAILTEST_SAYS.todo[method]}`);
  const allPass = METHODS.every((method) => word[method] === 'pass');
  const praise = allPass ? [`    ${MAILTEST_SAYS.allPass}`] : [];
  return [MAILTEST_SAYS.word(word), ...todo, ...praise];
}

const isUnblamed = (word: ReceiversWord): boolean =>
  METHODS.every((method) => !isBad(word[method]));

/** A method that failed; of one that isn't mentioned nothing is known. */
const isBad = (result: string | null): boolean => result !== null && result !== 'pass';

function waitOf(flag: string | boolean | undefined): number {
  if (flag === undefined) return WAIT_S;
  if (flag === '0') return 0;
  const [, count, unit = ''] = /^(\d{1,4})([smh])$/.exec(String(flag)) ?? [];
  const seconds = UNITS_S[unit];
  if (seconds !== undefined) return Number(count) * seconds;
  throw new Fault('configuration', NO_WAIT(String(flag)), { transient: false });
}
