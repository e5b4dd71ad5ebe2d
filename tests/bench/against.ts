/**
 * This tree against another commit's, by today's driver and the same clamd, in turns: whether
 * mail has become slower, and by how much it is quicker than it was.
 *
 *   npm run bench -- --against COMMIT             seven pairs; ratios above 1 are better
 *   npm run bench -- --against COMMIT --pairs N   so many
 *   npm run bench -- --against COMMIT --loads one,class,list,big   of the loads these alone
 *   npm run bench -- --against COMMIT --note      and a line of tests/bench/ledger.json
 *
 * A start is no figure: both are warm before the first one. A pair beside which others took more
 * than a tenth of the processors is done again.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, print, rounded } from './figures.ts';
import { noteLanding, type SpeedLine } from './ledger.ts';
import { run, waitings, type BenchLoad } from './load.ts';
import { CLASS_STREAM, loadsOf } from './loads.ts';
import { startOurs, type Ours } from './ours.ts';
import { measureScanner } from './parts.ts';
import { busyMs, cpuMs } from './processes.ts';
import { runBench, type Bench } from './run.ts';
import { startScanner, type BenchScanner } from './scanner.ts';
import { commitOf, treeOf } from './trees.ts';

/** The bench ends by then, whatever hangs. */
const WHOLE_MS = 40 * 60_000;
/** Letters before the first figure: what has just started is slower by half for a thousand. */
const WARM_LETTERS = 2_000;
const WARM_CLASS_LETTERS = 100;
const WAITINGS = 40;
/** Of the processors' time, what others may take beside a pair; and how often it is done again. */
const MOST_OTHERS = 0.1;
const MOST_TRIES = 3;

const { values: flags } = parseArgs({
  args: process.argv.slice(2),
  options: {
    against: { type: 'string', default: 'HEAD' },
    pairs: { type: 'string', default: '7' },
    loads: { type: 'string', default: 'one,class,list,big' },
    note: { type: 'boolean', default: false },
  },
});

/** A load may be asked for by these names. */
const NAMES: Readonly<Record<string, RegExp>> = {
  one: /^5k to 1,/,
  class: /^5k to 30/,
  list: /^5k to 1000/,
  big: /^2M /,
};

interface Two {
  readonly now: Ours;
  readonly then: Ours;
  readonly scanner: BenchScanner;
}

/** What one tree took for one load, or for what a page hears. */
interface Taken {
  /** Seconds a message. */
  readonly seconds: number;
  /** Processor time a message, in milliseconds, by kind of process. */
  readonly cpu: Readonly<Record<string, number>>;
}

async function main(bench: Bench): Promise<void> {
  const other = commitOf(flags.against);
  const scanner = await startScanner(join(bench.folder, 'clamd'), 'small');
  bench.atEnd(scanner.stop);
  const start = async (name: string, root?: string): Promise<Ours> => {
    const ours = await startOurs(join(bench.folder, name), {
      clamdSocket: scanner.socket,
      processes: '1',
      nodeFlags: [],
      ...(root === undefined ? {} : { root }),
    });
    bench.atEnd(() => ours.stop());
    return ours;
  };
  const two: Two = {
    then: await start('then', treeOf(other)),
    now: await start('now'),
    scanner,
  };
  const wanted = flags.loads.split(',').flatMap((name) => NAMES[name] ?? []);
  const loads = loadsOf('whole').filter(({ name }) => wanted.some((one) => one.test(name)));
  for (const ours of [two.then, two.now]) await warmUp(ours);
  const lines: SpeedLine[] = [];
  for (const load of loads) lines.push(await compare(load.name, two, (ours) => take(ours, load)));
  // The ceiling of what is large: no letter is quicker than its scan.
  if (loads.some(({ attachmentBytes }) => attachmentBytes > 0))
    await measureScanner(scanner.socket, 'small');
  lines.push(await compare('250 to event', two, heard));
  for (const [name, ours] of Object.entries({ then: two.then, now: two.now }))
    print({ figure: 'memory (PSS)', tree: name, ...ours.memory() });
  if (flags.note) noteLanding(commitOf('HEAD'), other, lines, two.now.memory());
}

async function warmUp(ours: Ours): Promise<void> {
  const [one] = loadsOf('whole');
  if (one) await run(ours, { ...one, messages: WARM_LETTERS });
  await run(ours, { ...CLASS_STREAM, messages: WARM_CLASS_LETTERS });
  await ours.settle();
}

async function take(ours: Ours, load: BenchLoad): Promise<Taken> {
  const before = ours.cpuMs();
  // a short load is all noise: its middle one of three
  const times = load.messages === 1 ? 3 : 1;
  const seconds: number[] = [];
  let accepted = 0;
  for (let time = 0; time < times; time += 1) {
    const measured = await run(ours, load);
    seconds.push(measured.visibleSeconds / load.messages);
    accepted += measured.accepted;
    await ours.settle();
  }
  const cpu = Object.entries(ours.cpuMs()).map(
    ([kind, ms]) => [kind, (ms - (before[kind] ?? 0)) / accepted] as const,
  );
  return { seconds: median(seconds), cpu: Object.fromEntries(cpu) };
}

async function heard(ours: Ours): Promise<Taken> {
  return { seconds: median(await waitings(ours, WAITINGS)) / 1_000, cpu: {} };
}

/** Pair by pair, each time the other one first. Prints the figure. */
async function compare(
  name: string,
  two: Two,
  measure: (ours: Ours) => Promise<Taken>,
): Promise<SpeedLine> {
  const pairs: { readonly then: Taken; readonly now: Taken }[] = [];
  let again = 0;
  for (let pair = 0; pair < Number(flags.pairs); pair += 1) {
    for (let tries = 1; ; tries += 1) {
      const alone = watchOthers(two);
      const first = pair % 2 === 0 ? 'then' : 'now';
      const one = await measure(two[first]);
      const other = await measure(two[first === 'then' ? 'now' : 'then']);
      const others = alone();
      if (others > MOST_OTHERS && tries < MOST_TRIES) {
        again += 1;
        continue;
      }
      pairs.push(first === 'then' ? { then: one, now: other } : { then: other, now: one });
      break;
    }
  }
  const line = lineOf(name, pairs);
  print({ ...line, figure: name, done_again: again });
  return line;
}

/** Which share of the processors' time others than the two and the bench take from here on. */
function watchOthers({ now, then, scanner }: Two): () => number {
  const own = (): number => {
    const trees = [now, then].flatMap((ours) => Object.values(ours.cpuMs()));
    const { user, system } = process.cpuUsage();
    return trees.reduce((sum, ms) => sum + ms, cpuMs([scanner.pid]) + (user + system) / 1_000);
  };
  const begun = { at: performance.now(), own: own(), busy: busyMs() };
  return () => {
    const passed = (performance.now() - begun.at) * availableParallelism();
    return (busyMs() - begun.busy - (own() - begun.own)) / passed;
  };
}

function lineOf(
  figure: string,
  pairs: readonly { readonly then: Taken; readonly now: Taken }[],
): SpeedLine {
  const ratios = pairs.map(({ then, now }) => then.seconds / now.seconds).sort((a, b) => a - b);
  // of seven pairs the second and the last but one: nine tenths of the time the median lies between
  const cut = Math.floor(ratios.length / 7);
  const ms = (of: 'then' | 'now') => rounded(1_000 * median(pairs.map((pair) => pair[of].seconds)));
  const cpu = (of: 'then' | 'now', kind: string) =>
    rounded(median(pairs.map((pair) => pair[of].cpu[kind] ?? 0)));
  return {
    figure,
    ratio: rounded(median(ratios)),
    low: rounded(ratios[cut] ?? NaN),
    high: rounded(ratios.at(-1 - cut) ?? NaN),
    ms_then: ms('then'),
    ms_now: ms('now'),
    node_ms_then: cpu('then', 'node'),
    node_ms_now: cpu('now', 'node'),
    postgres_ms_then: cpu('then', 'postgres'),
    postgres_ms_now: cpu('now', 'postgres'),
  };
}

await runBench({ name: 'against', wholeMs: WHOLE_MS }, main);
