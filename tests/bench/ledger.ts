import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Commit } from './trees.ts';

const LEDGER = fileURLToPath(new URL('./ledger.json', import.meta.url));

/** One figure of one tree against another: above 1 is quicker than it was. */
export interface SpeedLine {
  readonly figure: string;
  /** The median of the pairs; nine times of ten it lies between `low` and `high`. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** A message, on the clock and in processor time. */
  readonly ms_then: number;
  readonly ms_now: number;
  readonly node_ms_then: number;
  readonly node_ms_now: number;
  readonly postgres_ms_then: number;
  readonly postgres_ms_now: number;
}

/** A landing that touched the path of a letter, as it was measured then. */
interface Landing {
  readonly commit: string;
  readonly date: string;
  readonly against: string;
  readonly ratios: Readonly<Record<string, readonly [low: number, median: number, high: number]>>;
  /** Processor time of a letter of 5 kB to one, in milliseconds. */
  readonly cpu_ms: { readonly node: number; readonly postgres: number };
  readonly memory_mib: Readonly<Record<string, number>>;
}

/** Adds the line of a landing, or says anew what was said of the same commit. */
export function noteLanding(
  commit: Commit,
  against: Commit,
  lines: readonly SpeedLine[],
  memoryMib: Readonly<Record<string, number>>,
): void {
  const short = ({ name }: Commit): string => name.slice(0, 8);
  const one = lines.find(({ figure }) => figure.startsWith('5k to 1,'));
  const landing: Landing = {
    commit: short(commit),
    date: commit.date,
    against: short(against),
    ratios: Object.fromEntries(
      lines.map(({ figure, low, ratio, high }) => [figure, [low, ratio, high] as const]),
    ),
    cpu_ms: { node: one?.node_ms_now ?? 0, postgres: one?.postgres_ms_now ?? 0 },
    memory_mib: memoryMib,
  };
  const before = existsSync(LEDGER)
    ? (JSON.parse(readFileSync(LEDGER, 'utf8')) as readonly Landing[])
    : [];
  const others = before.filter(
    (line) => line.commit !== landing.commit || line.against !== landing.against,
  );
  const text = [...others, landing].map((line) => `  ${JSON.stringify(line)}`).join(',\n');
  writeFileSync(LEDGER, `[\n${text}\n]\n`);
}
