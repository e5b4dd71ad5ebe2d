import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, getPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { piecesOf } from '../pieces.ts';
import { SESSION_PRIORITY } from '../session-priority.ts';
import { bytes, count, list, shape, text, type AnswerCheck } from './answers.ts';
import { openSandbox, type JobLimits } from './sandbox.ts';
import type { TRYING_JOBS } from './testing/trying-jobs.ts';

const MIB = 2 ** 20;
const ONCE: JobLimits = { cpuMs: 10_000, ifEnded: 'give-up' };
const TWICE: JobLimits = { cpuMs: 10_000, ifEnded: 'once-more' };

const never: AnswerCheck<never> = (_value): _value is never => false;
const nothing: AnswerCheck<void> = (value): value is undefined => value === undefined;
const ANSWERS = {
  echo: bytes(32 * MIB),
  pid: count(2 ** 32),
  lies: shape<{ readonly pages: number }>({ pages: count(500) }),
  claims: nothing,
  spin: text(10),
  fillHeap: count(MIB),
  fillBuffers: count(MIB),
  throws: never,
  exits: never,
  dies: nothing,
  variables: list(text(100), 100),
  reads: text(100),
};

const open = ({
  processes = 1,
  waiting = 10,
  memoryMib = 256,
  goes = 'first',
}: {
  readonly processes?: number;
  readonly waiting?: number;
  readonly memoryMib?: number;
  readonly goes?: 'first' | 'aside';
} = {}) =>
  openSandbox<typeof TRYING_JOBS>({
    script: new URL('./testing/trying-jobs.ts', import.meta.url),
    memoryBytes: memoryMib * MIB,
    processes,
    waiting,
    goes,
    answers: ANSWERS,
  });

/** One for all, as letters have: what ended a job's process is past when the next is asked. */
const small = open({ memoryMib: 128, waiting: 2 });
/** One for what is large. */
const wide = open({ memoryMib: 512 });

it('carries bytes there and back, in one process for job after job', async () => {
  const sandbox = wide;
  for (const mebibytes of [26, 1, 1]) {
    const bytes = Buffer.alloc(mebibytes * MIB, 'é');
    const ran = await sandbox.run('echo', [bytes], ONCE);
    expect(ran.kind === 'done' && bytes.equals(ran.value)).toBe(true);
  }
  const pids = [await sandbox.run('pid', [], ONCE), await sandbox.run('pid', [], ONCE)];
  expect(pids[0]).toEqual(pids[1]);
});

it('believes no process that answers what its job never says: the job has failed, and it is gone', async () => {
  const before = await small.run('pid', [], ONCE);
  const wrong = { kind: 'ended', by: 'wrong-answer', at: '' };
  expect(await small.run('lies', [{ pages: 501 }], TWICE)).toEqual(wrong);
  expect(await small.run('lies', [{ pages: 500 }], ONCE)).toMatchObject({ kind: 'done' });
  // What it says that it has used would be another job's beyond its limit.
  expect(await small.run('claims', [300_000], ONCE)).toEqual(wrong);
  expect(await small.run('pid', [], ONCE)).not.toEqual(before);
});

/** Where Linux doesn't share the processor out by sessions, the file is missing or empty. */
const hasSessions =
  existsSync('/proc/self/autogroup') && readFileSync('/proc/self/autogroup', 'latin1') !== '';

it.skipIf(!hasSessions)(
  'gives way where nobody waits for it as for a letter, by its session, too',
  async () => {
    const prioritiesOf = async (goes: 'first' | 'aside'): Promise<string> => {
      const sandbox = goes === 'first' ? small : open({ goes });
      const ran = await sandbox.run('pid', [], ONCE);
      if (ran.kind !== 'done') throw new Error(`it came to ${ran.kind}`);
      const session = / nice (-?\d+)/.exec(readFileSync(`/proc/${ran.value}/autogroup`, 'latin1'));
      return `${getPriority(ran.value)} ${session?.[1]}`;
    };
    expect(await prioritiesOf('first')).toBe('5 0');
    expect(await prioritiesOf('aside')).toBe(`19 ${SESSION_PRIORITY.aside}`);
  },
);

it('takes bytes piece by piece, and answers where they end too early or the process does', async () => {
  const sandbox = wide;
  const bytes = Buffer.alloc(2 * MIB + 5, 'é');
  const ran = await sandbox.run('echo', [piecesOf(bytes)], ONCE);
  expect(ran.kind === 'done' && bytes.equals(ran.value)).toBe(true);
  const pid = await sandbox.run('pid', [], ONCE);
  const breaking = async function* () {
    yield bytes.subarray(0, MIB);
    if (pid.kind === 'done') process.kill(pid.value, 'SIGKILL');
    await sleep(100);
    yield bytes.subarray(MIB);
  };
  const broken = { sizeBytes: bytes.length, read: breaking };
  expect(await sandbox.run('echo', [broken], ONCE)).toEqual({ kind: 'lost' });
  const away = {
    sizeBytes: 1,
    async *read(): AsyncGenerator<Buffer> {
      yield bytes.subarray(0, 1);
      throw new Error('the row is gone');
    },
  };
  expect(await sandbox.run('echo', [away], ONCE)).toEqual({ kind: 'lost' });
  expect(await sandbox.run('spin', [1], ONCE)).toEqual({ kind: 'done', value: 'spun' });
});

const JOBS = [
  { title: 'spins on', job: 'spin', given: [60_000], by: 'processor-time' },
  { title: 'fills its heap', job: 'fillHeap', given: [], by: 'memory' },
  {
    title: 'fills buffers, which V8 doesn’t count',
    job: 'fillBuffers',
    given: [512 * MIB],
    by: 'memory',
  },
  { title: 'throws', job: 'throws', given: ['secret'], by: 'error' },
  { title: 'ends its process', job: 'exits', given: [], by: 'error' },
  { title: 'crashes it', job: 'dies', given: ['SIGSEGV'], by: 'error' },
] as const;
/** What `npm test` asks: each process that is ended costs half a second. */
const ASKED = ['spin', 'fillBuffers'];
it.each(JOBS.filter(({ job }) => ASKED.includes(job)))(
  'a job that $title is ended by $by, and the next one is done',
  isEnded,
);
it.each(JOBS.filter(({ job }) => !ASKED.includes(job)))(
  'so is, by $by, a job that $title',
  SOAKED,
  isEnded,
);

async function isEnded({ job, given, by }: (typeof JOBS)[number]): Promise<void> {
  const cpuMs = job === 'spin' ? 300 : ONCE.cpuMs;
  const ran = await small.run(job, given as never, { ...ONCE, cpuMs });
  expect(ran).toMatchObject({ kind: 'ended', by });
  expect(JSON.stringify(ran)).not.toContain('secret');
  expect(await small.run('spin', [1], ONCE)).toEqual({ kind: 'done', value: 'spun' });
}

it(
  'counts processor time, not the wall’s: a job that waits for its turn is not ended',
  SOAKED,
  async () => {
    // twice as many as there are processors, each of more than half its limit
    const processes = 2 * availableParallelism();
    const sandbox = open({ processes });
    const limits: JobLimits = { cpuMs: 600, ifEnded: 'give-up' };
    const all = Array.from({ length: processes }, (_, i) => i);
    await Promise.all(all.map(() => sandbox.run('spin', [1], ONCE))); // started
    const begun = performance.now();
    const ran = await Promise.all(all.map(() => sandbox.run('spin', [400], limits)));
    expect(performance.now() - begun).toBeGreaterThan(limits.cpuMs);
    expect(new Set(ran.map(({ kind }) => kind))).toEqual(new Set(['done']));
  },
);

it('counts each job by itself, however much the process has used before', SOAKED, async () => {
  const sandbox = open();
  for (let i = 0; i < 3; i++)
    expect(await sandbox.run('spin', [300], { ...ONCE, cpuMs: 500 })).toMatchObject({
      kind: 'done',
    });
});

it('tries a job once more in a fresh process, and says what that one came to', async () => {
  const sandbox = small;
  const first = await sandbox.run('pid', [], ONCE);
  if (first.kind !== 'done') throw new Error('no process');
  const busy = sandbox.run('spin', [100], TWICE);
  process.kill(first.value, 'SIGKILL'); // somebody ends the process in the middle
  expect(await busy).toEqual({ kind: 'done', value: 'spun' });
});

it('gives up a job that ends two processes', SOAKED, async () => {
  const sandbox = small;
  expect(await sandbox.run('dies', ['SIGKILL'], TWICE)).toEqual({ kind: 'lost' });
  expect(await sandbox.run('exits', [], TWICE)).toMatchObject({ kind: 'ended' });
});

it('lets so many wait, and tells the next at once', async () => {
  const sandbox = small;
  const three = [1, 2, 3].map(() => sandbox.run('spin', [50], ONCE));
  expect(await sandbox.run('spin', [50], ONCE)).toEqual({ kind: 'busy' });
  for (const one of three) expect(await one).toEqual({ kind: 'done', value: 'spun' });
});

it.skipIf(!existsSync('/proc/self/oom_score_adj'))(
  'goes before all others where the machine has no more memory',
  async () => {
    const ran = await small.run('pid', [], ONCE);
    const pid = ran.kind === 'done' ? ran.value : 0;
    expect(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8').trim()).toBe('1000');
  },
);

it('has no variable of ours and reads no file but its own program', async () => {
  const sandbox = small;
  const of = async (path: string) => sandbox.run('reads', [path], ONCE);
  expect(await sandbox.run('variables', [], ONCE)).toEqual({ kind: 'done', value: [] });
  expect(await of('/etc/passwd')).toEqual({ kind: 'done', value: 'ERR_ACCESS_DENIED' });
  const readme = new URL('../../../README.md', import.meta.url).pathname;
  expect(await of(readme)).toEqual({ kind: 'done', value: 'ERR_ACCESS_DENIED' });
});
