/**
 * What the proof of isolation costs mail beside it: letters at a steady pace into a whole town,
 * while the proof runs, as by night, and while it is stopped, in turns of a few seconds. The 50th
 * and 99th of a hundred of each, between which bounds their ratio lies nine times in ten, and how
 * long a proof takes. One JSON line. The town lies in memory: of a disk that others use too one
 * write in a hundred takes longer than seven letters.
 *
 *   npm run bench -- beside                     128 schools, 15,000 pupils
 *   npm run bench -- beside --schools 16 --pupils 1900 --turns 10
 */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startByNight } from '../../cli/nights/own-process.ts';
import { ninetyPercent, percentile, print, rounded } from './figures.ts';
import { benchOf, startOurs } from './ours.ts';
import { cpuMs } from './processes.ts';
import { runBench } from './run.ts';
import { startScanner } from './scanner.ts';
import { openSteadyLetters, READERS } from './steady-letters.ts';

const WHOLE_MS = 25 * 60_000;
const TURN_MS = 3_000;
/** What a statement that has begun takes to end is in the turn before. */
const BETWEEN_MS = 700;

const { values: flags } = parseArgs({
  args: process.argv.slice(3),
  options: {
    schools: { type: 'string', default: '128' },
    pupils: { type: 'string', default: '15000' },
    turns: { type: 'string', default: '40' },
  },
});
/** As many with the proof as without. */
const TURNS = Number(flags.turns);

/** A school of a real town has five. */
const teachersOf = (schools: string): string => String(5 * Number(schools));

const KINDS = ['alone', 'beside'] as const;
type Kind = (typeof KINDS)[number];

/** The proof, over and over; stopped from its start on. */
interface Proving {
  turn(kind: Kind): void;
  /** How long those took that came to their end, less what they were stopped. */
  readonly seconds: readonly number[];
  close(): Promise<void>;
}

function openProving(dataDir: string): Proving {
  const seconds: number[] = [];
  let now: Kind = 'alone';
  let child: ChildProcess | null = null;
  let ranMs = 0;
  let since = performance.now();
  const signal = (name: NodeJS.Signals): void => {
    if (child?.pid !== undefined && child.exitCode === null) process.kill(-child.pid, name);
  };
  const start = (): void => {
    ranMs = 0;
    child = startByNight(['prove-isolation', '--json'], { PREAU_DATA: dataDir });
    child.once('exit', (code) => {
      if (code === 0) seconds.push((ranMs + performance.now() - since) / 1_000);
      child = null;
      if (now === 'beside') start();
    });
  };
  return {
    seconds,
    turn(kind) {
      if (now === 'beside') ranMs += performance.now() - since;
      since = performance.now();
      now = kind;
      if (kind === 'alone') signal('SIGSTOP');
      else if (child === null) start();
      else signal('SIGCONT');
    },
    async close() {
      now = 'alone';
      signal('SIGCONT');
      signal('SIGTERM');
      while (child !== null) await sleep(50);
    },
  };
}

/** How long the letters of a turn took, and those of the one after it, with the proof. */
type Pair = Readonly<Record<Kind, number[]>>;

const all = (pairs: readonly Pair[], kind: Kind): readonly number[] =>
  pairs.flatMap((pair) => pair[kind]);

const p99Ratio = (pairs: readonly Pair[]): number =>
  percentile(all(pairs, 'beside'), 0.99) / percentile(all(pairs, 'alone'), 0.99);

await runBench({ name: 'beside', wholeMs: WHOLE_MS, place: 'memory' }, async (bench) => {
  const scanner = await startScanner(join(bench.folder, 'clamd'), 'small');
  bench.atEnd(scanner.stop);
  const { schools, pupils } = flags;
  const dataDir = join(bench.folder, 'ours');
  const ours = await startOurs(dataDir, {
    clamdSocket: scanner.socket,
    processes: '1',
    nodeFlags: [],
    demos: [
      ['--schools', schools, '--pupils', pupils, '--teachers', teachersOf(schools)],
      benchOf(READERS),
    ],
  });
  bench.atEnd(() => ours.stop());
  const letters = await openSteadyLetters(ours.smtpPort);
  const proving = openProving(dataDir);
  bench.atEnd(proving.close);
  const pairs: Pair[] = [];
  const postgresMs: Record<Kind, number> = { alone: 0, beside: 0 };
  for (let at = 0; at < TURNS; at += 1) {
    const pair: Pair = { alone: [], beside: [] };
    for (const kind of KINDS) {
      const cpu = cpuMs([ours.pids.postgres]);
      proving.turn(kind);
      const counted = performance.now() + BETWEEN_MS;
      const sent = await letters.send(sleep(TURN_MS));
      pair[kind].push(...sent.filter(({ at }) => at >= counted).map(({ ms }) => ms));
      postgresMs[kind] += cpuMs([ours.pids.postgres]) - cpu;
    }
    pairs.push(pair);
  }
  print({
    figure: 'mail beside the proof of isolation',
    schools: Number(schools),
    pupils: Number(pupils),
    letters: all(pairs, 'beside').length,
    ...figuresOf('alone', pairs, postgresMs),
    ...figuresOf('beside', pairs, postgresMs),
    p99_ratio: rounded(p99Ratio(pairs)),
    p99_ratio_90: ninetyPercent(pairs, p99Ratio),
    proof_s: proving.seconds.map((one) => Math.round(one)),
  });
});

/** PostgreSQL's part of a processor too. */
function figuresOf(
  kind: Kind,
  pairs: readonly Pair[],
  postgresMs: Readonly<Record<Kind, number>>,
): Readonly<Record<string, number>> {
  return {
    [`${kind}_ms_p50`]: rounded(percentile(all(pairs, kind), 0.5)),
    [`${kind}_ms_p99`]: rounded(percentile(all(pairs, kind), 0.99)),
    [`${kind}_postgres_share`]: rounded(postgresMs[kind] / (TURNS * TURN_MS)),
  };
}
