/**
 * With what the acts of every day grow: the adults of a school, the letters of a mailbox, the
 * schools of a town. Three wholes of three sizes in turns, processor time and the clock an act. One
 * JSON line for each: flat, by the logarithm, or faster, which then has its reason beside it.
 *
 *   npm run bench -- growth                 all of it; ten minutes
 *   npm run bench -- growth --of adults     or letters, or schools
 *   npm run bench -- growth --rounds N      medians of N rounds, not of 5
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SchoolId } from '../../core/ground/ids.ts';
import { median, print, rounded } from './figures.ts';
import {
  ACTS,
  costOf,
  enterPlace,
  READERS,
  SMALL_BOX,
  warmUp,
  type Cost,
  type Place,
} from './growth-acts.ts';
import { growthOf } from './growth-judged.ts';
import { fillBoxes } from './growth-mail.ts';
import { benchOf, startOurs, type Ours } from './ours.ts';
import { runBench, type Bench } from './run.ts';
import { startScanner } from './scanner.ts';
import { addressOf } from './stack.ts';

const WHOLE_MS = 25 * 60_000;
/** A class, and who writes to it. */
const ADULTS = 31;
/** A school of a real town has so many; without them a class, and its least pupils. */
const [TEACHERS_A_SCHOOL, PUPILS_A_SCHOOL] = [5, 117];

interface Axis {
  readonly of: string;
  readonly sizes: readonly number[];
  readonly demos: (size: number) => readonly (readonly string[])[];
  /** Letters in a reader's box. */
  readonly letters: (size: number) => number;
}

const AXES: readonly Axis[] = [
  {
    of: 'adults',
    sizes: [ADULTS, 300, 1_000],
    demos: (size) => [benchOf(size)],
    letters: () => SMALL_BOX,
  },
  {
    of: 'letters',
    sizes: [SMALL_BOX, 10_000, 100_000],
    demos: () => [benchOf(ADULTS)],
    letters: (size) => size,
  },
  {
    of: 'schools',
    sizes: [12, 128, 480],
    demos: (size) => [townOf(size), benchOf(ADULTS)],
    letters: () => SMALL_BOX,
  },
];

/** Why something may grow faster than the logarithm, by what it is and what it grows with. */
const REASONS: Readonly<Record<string, string>> = {
  'a search for a common word, letters':
    'the index reads all that it has of a word to say that it is common; then the newest 4,000 letters are looked at, and no more',
};

const { values: flags } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== 'growth'),
  options: {
    of: { type: 'string', default: AXES.map(({ of }) => of).join(',') },
    rounds: { type: 'string', default: String(READERS) },
  },
});

function townOf(schools: number): readonly string[] {
  const sizes = { pupils: schools * PUPILS_A_SCHOOL, teachers: schools * TEACHERS_A_SCHOOL };
  return Object.entries({ schools, ...sizes }).flatMap(([name, size]) => [`--${name}`, `${size}`]);
}

async function main(bench: Bench): Promise<void> {
  const begun = Date.now();
  const scanner = await startScanner(join(bench.folder, 'clamd'), 'small');
  bench.atEnd(scanner.stop);
  for (const axis of AXES.filter(({ of }) => flags.of.split(',').includes(of)))
    await measure(bench, axis, scanner.socket);
  print({ figure: 'end', seconds: Math.round((Date.now() - begun) / 1_000) });
}

async function measure(bench: Bench, axis: Axis, clamdSocket: string): Promise<void> {
  const places: Place[] = [];
  const stops: (() => Promise<void>)[] = [];
  for (const size of axis.sizes) {
    const folder = join(bench.folder, `${axis.of}-${size}`);
    const demos = axis.demos(size);
    const ours = await startOurs(folder, { clamdSocket, processes: '1', nodeFlags: [], demos });
    stops.push(bench.atEnd(() => ours.stop()));
    const letters = axis.letters(size);
    await fill(ours, letters);
    places.push(await enterPlace(ours, letters));
  }
  for (const place of places) await warmUp(place);
  for (const act of ACTS) {
    const taken = new Map<Place, Cost[]>(places.map((place) => [place, []]));
    for (let round = 0; round < Number(flags.rounds); round += 1)
      for (const place of round % 2 === 0 ? places : places.toReversed())
        taken.get(place)?.push(await costOf(act, place, round));
    tell(act.name, axis, [...taken.values()]);
  }
  for (const stop of stops) await stop();
}

/** Those who read have a box of the size, the rest of the class a small one, the writer none. */
async function fill({ db, appUrl }: Ours, letters: number): Promise<void> {
  const { rows } = await db.query<{ id: number }>("select id from school where slug = 'bench'");
  const boxes = new Map(
    Array.from({ length: ADULTS - 1 }, (_, at) => [
      addressOf(at + 1),
      at < READERS ? letters : SMALL_BOX,
    ]),
  );
  await fillBoxes(appUrl, { school: (rows[0]?.id ?? 0) as SchoolId, boxes });
  // PostgreSQL does it by itself within some minutes, in the midst of one figure or another.
  await db.query('vacuum analyze');
}

/** One line: what an act costs at each size, and how that grows. */
function tell(act: string, { of, sizes }: Axis, taken: readonly (readonly Cost[])[]): void {
  const medians = (value: (cost: Cost) => number): number[] =>
    taken.map((costs) => rounded(median(costs.map(value))));
  const cpu = medians(({ node, postgres }) => node + postgres);
  const wall = medians((cost) => cost.wall);
  const grows = growthOf(sizes, cpu);
  const why = REASONS[`${act}, ${of}`];
  print({
    figure: 'growth',
    act,
    of,
    sizes,
    cpu_ms: cpu,
    node_ms: medians(({ node }) => node),
    postgres_ms: medians(({ postgres }) => postgres),
    wall_ms: wall,
    grows,
    grows_on_the_clock: growthOf(sizes, wall),
    met: grows !== 'faster' || why !== undefined,
    ...(why === undefined ? {} : { why }),
  });
}

await runBench({ name: 'growth', wholeMs: WHOLE_MS }, main);
