import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AccountId, SchoolId } from '../../../ground/ids.ts';
import type { ScanFor, Scanner } from '../clamd.ts';
import { EICAR, letter, parcel } from './letters.ts';
import { emptyEntries } from './zip.ts';

/** Hostile messages at once. */
export const FLOOD = 10;
const PACE_MS = 20;
const VIRUS_EVERY = 5;

interface Figures {
  readonly count: number;
  readonly p99Ms: number;
  readonly mostMs: number;
}

/** What became of everything that was scanned while the flood was. */
interface Crowd {
  /** By kind of answer, one each. */
  readonly hostile: readonly string[];
  readonly viruses: readonly string[];
  readonly strangers: Figures;
  readonly own: Figures;
  readonly seconds: number;
}

/**
 * Sends `FLOOD` archives of empty entries at once, from so many networks, and beside them ordinary
 * letters of a stranger and of one of our own, one after another, with a virus among the stranger's
 * now and then. Ends when the last hostile one has its answer.
 */
export async function crowd(
  scanner: Scanner,
  { entries, networks }: { readonly entries: number; readonly networks: number },
): Promise<Crowd> {
  const files = Array.from({ length: FLOOD }, (_unused, at) =>
    emptyEntries(entries, `${randomUUID()}-${at}`),
  );
  const begun = performance.now();
  let isOver = false;
  const flood = Promise.all(
    files.map(async (file, at) => {
      const peer: ScanFor = { kind: 'peer', ip: `203.0.${at % networks}.66` };
      return sayOf(await scanner.scan(parcel('f.zip', file), peer));
    }),
  ).finally(() => {
    isOver = true;
  });
  const viruses: string[] = [];
  const beside = async (who: ScanFor): Promise<Figures> => {
    const times: number[] = [];
    for (let at = 1; !isOver; at += 1) {
      const since = performance.now();
      const said = await scanner.scan(letter(`Bonjour ${at}`), who);
      times.push(performance.now() - since);
      if (said.kind !== 'clean') throw new Error(`an ordinary letter: ${sayOf(said)}`);
      if (who.kind === 'peer' && at % VIRUS_EVERY === 1)
        viruses.push((await scanner.scan(parcel('f.bin', EICAR), who)).kind);
      await pause(PACE_MS);
    }
    return figuresOf(times);
  };
  const [strangers, own, hostile] = await Promise.all([
    beside({ kind: 'peer', ip: '192.0.2.1' }),
    beside({ kind: 'own', school: 1 as SchoolId, account: 7 as AccountId }),
    flood,
  ]);
  return { hostile, viruses, strangers, own, seconds: (performance.now() - begun) / 1_000 };
}

function sayOf(result: Awaited<ReturnType<Scanner['scan']>>): string {
  return 'why' in result ? `${result.kind} ${result.why}` : result.kind;
}

function figuresOf(times: number[]): Figures {
  const sorted = times.sort((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { count: sorted.length, p99Ms: at(0.99), mostMs: at(1) };
}
