import { print, rounded } from './figures.ts';
import type { LoadMedians } from './rounds.ts';
import type { SignatureSet } from './scanner.ts';

/** What a ratio or a number should at least, or at most, be. */
interface Aim {
  readonly aim: string;
  readonly value: number;
  readonly met: boolean;
}

/** Prints every aim with what was found; without peers only those that need none. */
export function judgeAims(
  set: SignatureSet,
  found: readonly LoadMedians[],
  waitedMs: number | null,
): void {
  const of = (stack: LoadMedians['stack'], name: string) =>
    found.find((one) => one.stack === stack && one.load.name === name);
  const ratio = (name: string, better: (one: LoadMedians) => number): number | null => {
    const [ours, peer] = [of('ours', name), of('peer', name)];
    return ours && peer ? better(ours) / better(peer) : null;
  };
  const aims: Aim[] = [];
  const atLeast = (aim: string, value: number | null, least: number) => {
    if (value !== null) aims.push({ aim, value, met: value >= least });
  };
  const below = (aim: string, value: number | null | undefined, most: number) => {
    if (value !== null && value !== undefined) aims.push({ aim, value, met: value < most });
  };
  const rate = ({ deliveriesPerSecond }: LoadMedians) => deliveriesPerSecond;
  const sooner = ({ visibleSeconds }: LoadMedians) => 1 / visibleSeconds;
  atLeast('5k to 1: delivered at least 2x the peer', ratio('5k to 1, 10 connections', rate), 2);
  atLeast('class stream: deliveries at least 8x the peer', ratio('5k to 30, stream', rate), 8);
  below(
    '5k to 1,000: visible in under 0.25 s',
    of('ours', '5k to 1000, single')?.visibleSeconds,
    0.25,
  );
  atLeast('5k to 1,000: at least 5x sooner than the peer', ratio('5k to 1000, single', sooner), 5);
  below(
    '2M to 1,000: visible in under 0.4 s',
    of('ours', '2M to 1000, single')?.visibleSeconds,
    0.4,
  );
  below('2M to 1,000: one stored copy', of('ours', '2M to 1000, single')?.copies, 2);
  below(
    'no delivery put off',
    found.filter(({ stack }) => stack === 'ours').reduce((sum, { putOff }) => sum + putOff, 0),
    1,
  );
  below('waiting page: p50 under 20 ms after the 250', waitedMs, 20);
  for (const { aim, value, met } of aims)
    print({ figure: 'aim', aim, signatures: set, value: rounded(value), met });
  for (const name of new Set(found.map(({ load }) => load.name))) {
    const [faster, less] = [
      ratio(name, rate),
      ratio(name, ({ bytesPerRecipient }) => 1 / bytesPerRecipient),
    ];
    if (faster !== null && less !== null)
      print({
        figure: 'ratio',
        of: name,
        signatures: set,
        deliveries_ours_to_peer: rounded(faster),
        stored_bytes_peer_to_ours: rounded(less),
      });
  }
}
