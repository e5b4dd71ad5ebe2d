import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { openLog } from '../../../core/ground/log.ts';
import { Silence, watchForSilence, type SilenceTiming } from './silence.ts';

const SECOND = 1_000;
const TIMING: SilenceTiming = {
  everyMs: SECOND,
  patienceMs: 10 * SECOND,
  firstPauseMs: 10 * SECOND,
  longestPauseMs: 60 * SECOND,
  quietMs: 600 * SECOND,
};

/** A process of the table: when it answers, by the second. */
interface Member {
  readonly number: number;
  readonly answers: At;
}
type At = (second: number) => boolean;
const always: At = () => true;
const never: At = () => false;
const until =
  (end: number): At =>
  (second) =>
    second < end;

/** Seconds at which somebody is ended, and who; the launcher sleeps where `sleeps` says. */
function ended(
  members: readonly Member[],
  seconds: number,
  { sleeps = never, comesBackAfter = 5, comesBack = always } = {},
): readonly string[] {
  const silence = new Silence<Member>(TIMING, 0);
  for (const one of members) silence.add(one);
  const said: string[] = [];
  const coming = new Map<number, number>();
  const asked = new Set<Member>();
  for (let second = 1; second <= seconds; second += 1) {
    if (sleeps(second)) continue;
    for (const [number, at] of coming)
      if (second >= at) {
        coming.delete(number);
        silence.add({ number, answers: comesBack });
      }
    const { ask, end } = silence.tick(second * SECOND);
    for (const one of ask) asked.add(one);
    for (const one of asked)
      if (one.answers(second)) {
        asked.delete(one);
        silence.heard(one);
      }
    if (end !== null) {
      said.push(`${second}: ${end.number}`);
      coming.set(end.number, second + comesBackAfter);
    }
  }
  return said;
}

it.each<{ when: string; ends: readonly string[]; then: readonly string[] }>([
  { when: 'all answer', ends: ended([{ number: 1, answers: always }], 100), then: [] },
  {
    when: 'one falls silent',
    ends: ended(
      [
        { number: 1, answers: always },
        { number: 2, answers: until(20) },
      ],
      100,
    ),
    then: ['30: 2'],
  },
  {
    when: 'one is slow and answers before its time is over',
    ends: ended([{ number: 1, answers: (second) => second % 9 === 0 }], 100),
    then: [],
  },
  {
    when: 'all fall silent: one at a time, each once the one before serves',
    ends: ended(
      [1, 2, 3].map((number) => ({ number, answers: until(20) })),
      200,
      {
        comesBackAfter: 15,
      },
    ),
    then: ['30: 1', '45: 2', '65: 3'],
  },
  {
    when: 'the one that takes its place never serves: nobody else is ended',
    ends: ended(
      [1, 2].map((number) => ({ number, answers: until(20) })),
      200,
      {
        comesBackAfter: 10_000,
      },
    ),
    then: ['30: 1'],
  },
  {
    when: 'each that comes falls silent: with growing pauses, up to the longest',
    ends: ended([{ number: 1, answers: never }], 400, { comesBack: never }),
    then: ['11: 1', '26: 1', '46: 1', '86: 1', '146: 1', '206: 1', '266: 1', '326: 1', '386: 1'],
  },
  {
    when: 'after a quiet time pauses begin from the beginning',
    ends: ended([{ number: 1, answers: until(20) }], 2_000, {
      comesBack: (second) => second < 800 || second > 815,
    }),
    then: ['30: 1', '810: 1'],
  },
  {
    when: 'the launcher sleeps for a minute, and everybody with it',
    ends: ended(
      [
        { number: 1, answers: always },
        { number: 2, answers: always },
      ],
      200,
      {
        sleeps: (second: number) => second > 50 && second < 110,
      },
    ),
    then: [],
  },
  {
    when: 'the launcher is late again and again: who is silent has its whole time after that',
    ends: ended([{ number: 1, answers: until(20) }], 60, {
      sleeps: (second: number) => second > 22 && second < 40 && second % 5 !== 0,
    }),
    then: ['50: 1'],
  },
])('$when: $then', ({ ends, then }) => {
  expect(ends).toEqual(then);
});

describe('a process that holds its loop', () => {
  const children: ChildProcess[] = [];
  const closes: (() => void)[] = [];
  afterEach(() => {
    for (const close of closes.splice(0)) close();
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  async function answering(): Promise<ChildProcess> {
    const child = fork(fileURLToPath(new URL('./testing/answering.ts', import.meta.url)));
    children.push(child);
    await once(child, 'message');
    return child;
  }

  it('is ended, which no signal that asks would do; the one beside it isn’t', async () => {
    const said: string[] = [];
    const log = openLog({ to: { write: (line: string) => void said.push(line) } });
    let ends = 0;
    const watch = watchForSilence(
      { log, onEnd: () => (ends += 1) },
      { ...TIMING, everyMs: 100, patienceMs: 1_000 },
    );
    closes.push(() => watch.close());
    const [held, well] = [await answering(), await answering()];
    for (const [index, child] of [held, well].entries()) {
      const asked = {
        number: index + 1,
        ask: () => void child.send('there?'),
        end: () => void child.kill('SIGKILL'),
      };
      child.on('message', () => watch.heard(asked));
      child.on('exit', () => watch.gone(asked));
      watch.add(asked);
    }
    held.send('hold');
    const [, signal] = (await once(held, 'exit')) as [number | null, string | null];
    expect([signal, well.exitCode, well.signalCode]).toEqual(['SIGKILL', null, null]);
    expect(ends).toBe(1);
    expect(said.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 50, process: 1, msg: 'a process does not answer and is replaced' },
    ]);
  }, 30_000);
});
