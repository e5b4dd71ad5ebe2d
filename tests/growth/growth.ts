import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { attacksOn, type Attack } from './attacks.ts';
import type { StrangersReader } from './reader.ts';

/** Time that a reader took of the processor for a text of so many characters. */
interface Step {
  readonly characters: number;
  readonly ms: number;
}

/** How far a reader is tried. */
interface Reach {
  /** What may stand behind each repetition. */
  readonly tails: readonly string[];
  /** The size at which every attack is tried. */
  readonly screened: number;
  /** So many, the slowest of them, are tried up to `most`, or what the reader is given at most. */
  readonly slowest: number;
  readonly most: number;
}

/** What became of one attack: its steps, and whether the time grew faster than the text. */
interface Tried {
  readonly attack: Attack;
  readonly steps: readonly Step[];
  readonly isSteep: boolean;
}

/** A text twice as long may take so many times as long: linear is 2, quadratic 4. */
const MOST = 2.5;
/** Where judging begins: of what takes less a clock and a collector of garbage say more. */
const JUDGED_MS = 5;
/** Whatever half of the text takes. */
const NEVER_STEEP_MS = MOST * JUDGED_MS;
const TRIES = 5;
const ROUNDS = 3;
const FIRST_CHARACTERS = 4_096;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as (wish: { type: 'major' | 'minor' }) => void;

/** The attacks on a reader that took it longest, the slowest first; and all that are steep. */
export function growthOf(
  reader: StrangersReader,
  { tails, screened, slowest, most }: Reach,
): { readonly slowest: readonly Tried[]; readonly steep: readonly Tried[] } {
  const screen = Math.min(screened, reader.largest);
  const all = [...attacksOn(reader, tails)].map((attack) =>
    tried(reader, attack, sizes(FIRST_CHARACTERS, screen)),
  );
  const worst = all.toSorted(bySlowness).slice(0, slowest);
  const further = worst
    .filter(({ isSteep }) => !isSteep)
    .map(({ attack }) => tried(reader, attack, sizes(screen, Math.min(most, reader.largest))));
  return {
    slowest: worst.map((one, at) => further[at] ?? one),
    steep: [...all, ...further].filter(({ isSteep }) => isSteep),
  };
}

const bySlowness = (one: Tried, other: Tried): number => lastMs(other) - lastMs(one);
const lastMs = ({ steps }: Tried): number => steps.at(-1)?.ms ?? 0;

/** `"<b>…" 64 kB 1.2 ms, 128 kB 2.5 ms` */
export function shown({ attack, steps }: Tried): string {
  const times = steps.map(
    ({ characters, ms }) => `${(characters / 1_024).toFixed()} kB ${ms.toFixed(1)} ms`,
  );
  return `${attack.name} ${times.join(', ')}`;
}

/** Doubled from the first to the last, which is always among them. */
function sizes(first: number, last: number): number[] {
  const all = [last];
  for (let size = last / 2; size >= first; size /= 2) all.unshift(Math.ceil(size));
  return all;
}

/** Stops where it is too steep, and so before it takes hours. */
function tried(reader: StrangersReader, attack: Attack, characters: readonly number[]): Tried {
  const steps: Step[] = [];
  for (const size of characters) {
    const before = steps.at(-1)?.ms ?? null;
    const ms = msOf(reader, attack.of(size));
    steps.push({ characters: size, ms });
    if (ms <= NEVER_STEEP_MS) continue;
    const half = before ?? msOf(reader, attack.of(size / 2));
    if (isMoreThanDouble(half, ms) && isSteepAt(reader, attack, size))
      return { attack, steps, isSteep: true };
  }
  return { attack, steps, isSteep: false };
}

const isMoreThanDouble = (halfMs: number, wholeMs: number): boolean =>
  wholeMs > MOST * Math.max(halfMs, JUDGED_MS);

/**
 * Whether it was the reader that grew, and not the machine that was busy: the best of some tries by
 * turns, each on a collected heap, since a collector has more to do from one size on. What is still
 * too steep is measured as a whole once more, and again; the last time what is old is collected
 * too, which takes longer than most of what is measured.
 */
function isSteepAt(reader: StrangersReader, attack: Attack, size: number): boolean {
  const half = attack.of(size / 2);
  const whole = attack.of(size);
  for (let round = 1; round <= ROUNDS; round++) {
    const type = round === ROUNDS ? 'major' : 'minor';
    let halfMs = Number.POSITIVE_INFINITY;
    let wholeMs = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < TRIES; tries++) {
      collectGarbage({ type });
      halfMs = Math.min(halfMs, msOf(reader, half));
      collectGarbage({ type });
      wholeMs = Math.min(wholeMs, msOf(reader, whole));
      if (wholeMs <= NEVER_STEEP_MS) return false;
    }
    if (!isMoreThanDouble(halfMs, wholeMs)) return false;
  }
  return true;
}

/** The processor's time: others may have it meanwhile. */
function msOf({ read }: StrangersReader, text: string): number {
  const begun = process.cpuUsage();
  read(text);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000;
}
