/**
 * What files brought into cupboards cost mail beside them: letters at a steady pace alone, and
 * while a hundred files of a megabyte are brought at once over the pages, in turns. The 50th and
 * 99th of a hundred of each, between which bounds their ratio lies nine times in ten, and how long
 * the hundred take. One JSON line. The town lies in memory, as for the proof of isolation.
 *
 *   npm run bench -- uploads [--turns 6]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setSessionPriority } from '../../core/ground/session-priority.ts';
import { median, ninetyPercent, percentile, print, rounded } from './figures.ts';
import { benchOf, startOurs } from './ours.ts';
import { runBench } from './run.ts';
import { startScanner } from './scanner.ts';
import { openSteadyLetters, READERS } from './steady-letters.ts';

const WHOLE_MS = 15 * 60_000;
/** As long as the hundred take, or so. */
const ALONE_MS = 20_000;
const UPLOADER = fileURLToPath(new URL('./uploader.ts', import.meta.url));

const { values: flags } = parseArgs({
  args: process.argv.slice(3),
  options: { turns: { type: 'string', default: '6' } },
});

/** How long letters took alone, and beside the hundred files after that. */
interface Turn {
  readonly alone: readonly number[];
  readonly beside: readonly number[];
}

interface Uploader {
  /** Brings a hundred files at once; in how many seconds they were put away. */
  bring(): Promise<number>;
  close(): Promise<void>;
}

/** Those who bring files are elsewhere: here they give way to all that is measured. */
async function openUploader(webPort: number): Promise<Uploader> {
  const child = fork(UPLOADER, [String(webPort)], { detached: true });
  setSessionPriority(child.pid, 'byNight');
  const answer = async (): Promise<number> => {
    const [said] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('those who bring files have gone');
      }),
    ]);
    return Number(said);
  };
  await answer();
  return {
    bring() {
      child.send('bring');
      return answer();
    },
    async close() {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

const p99Ratio = (turns: readonly Turn[]): number =>
  percentile(all(turns, 'beside'), 0.99) / percentile(all(turns, 'alone'), 0.99);

const all = (turns: readonly Turn[], kind: keyof Turn): readonly number[] =>
  turns.flatMap((turn) => turn[kind]);

const figuresOf = (kind: keyof Turn, turns: readonly Turn[]): Readonly<Record<string, number>> => ({
  [`${kind}_letters`]: all(turns, kind).length,
  [`${kind}_ms_p50`]: rounded(percentile(all(turns, kind), 0.5)),
  [`${kind}_ms_p99`]: rounded(percentile(all(turns, kind), 0.99)),
});

await runBench({ name: 'uploads', wholeMs: WHOLE_MS, place: 'memory' }, async (bench) => {
  const scanner = await startScanner(join(bench.folder, 'clamd'), 'small');
  bench.atEnd(scanner.stop);
  const ours = await startOurs(join(bench.folder, 'ours'), {
    clamdSocket: scanner.socket,
    processes: '1',
    nodeFlags: [],
    demos: [['--schools', '12', '--pupils', '1400', '--teachers', '60'], benchOf(READERS)],
  });
  bench.atEnd(() => ours.stop());
  const uploader = await openUploader(ours.webPort);
  bench.atEnd(uploader.close);
  const letters = await openSteadyLetters(ours.smtpPort);
  const turns: Turn[] = [];
  const seconds: number[] = [];
  // The first hundred warm what they go through.
  await letters.send(uploader.bring());
  for (let at = 0; at < Number(flags.turns); at += 1) {
    const alone = await letters.send(sleep(ALONE_MS));
    const beside = await letters.send(uploader.bring().then((one) => seconds.push(one)));
    turns.push({ alone: alone.map(({ ms }) => ms), beside: beside.map(({ ms }) => ms) });
  }
  print({
    figure: 'mail beside a hundred files brought at once',
    ...figuresOf('alone', turns),
    ...figuresOf('beside', turns),
    p99_ratio: rounded(p99Ratio(turns)),
    p99_ratio_90: ninetyPercent(turns, p99Ratio),
    hundred_s: rounded(median(seconds)),
  });
});
