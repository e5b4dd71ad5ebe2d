import { KeyCounts } from '../core/ground/counts.ts';
import { networkOf } from '../core/ground/networks.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import type { SmtpLimits } from './limits.ts';

/**
 * Bytes of the messages that are being read at one moment, over every listener, as one sender sees
 * them.
 */
export interface Flight {
  /** Whether there is room for so many more; then they are counted. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** Whose bytes they are: of somebody signed in, or of a stranger's network. */
export type Flights = (who: { readonly viewer: Viewer | null; readonly ip: string }) => Flight;

/**
 * Room for all, of which strangers together never have everything, nor one sender more than a part.
 */
export function openFlights(
  limits: Pick<SmtpLimits, 'bytesInFlight' | 'bytesInFlightOutside' | 'bytesInFlightEach'>,
): Flights {
  const by = new KeyCounts();
  let all = 0;
  let outside = 0;
  return ({ viewer, ip }) => {
    const key = viewer ? `${viewer.school}.${viewer.account}` : networkOf(ip);
    const count = (bytes: number): void => {
      all += bytes;
      if (!viewer) outside += bytes;
      by.add(key, bytes);
    };
    return {
      take(bytes) {
        if (all + bytes > limits.bytesInFlight || by.of(key) + bytes > limits.bytesInFlightEach)
          return false;
        if (!viewer && outside + bytes > limits.bytesInFlightOutside) return false;
        count(bytes);
        return true;
      },
      give: (bytes) => count(-bytes),
    };
  };
}
