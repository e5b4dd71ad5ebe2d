import { expect, it } from 'vitest';
import { LIMITS, limitsOf } from './limits.ts';

const MAX_MESSAGE_BYTES = 26_214_400;

it('one process has all of every limit', () => {
  expect(limitsOf({ processes: 1, machines: 1, maxMessageBytes: MAX_MESSAGE_BYTES })).toEqual(
    LIMITS,
  );
});

it.each([2, 3, 4, 8, 32])('%i processes share connections and memory', (processes) => {
  const one = limitsOf({ processes, machines: 1, maxMessageBytes: MAX_MESSAGE_BYTES });
  for (const name of ['connections', 'connectionsPerPeer'] as const) {
    expect(one[name] * processes).toBeGreaterThanOrEqual(LIMITS[name]);
    expect(one[name] * processes).toBeLessThan(LIMITS[name] + processes);
  }
  // The largest message must come in from whoever sends it, however many processes there are.
  for (const name of ['bytesInFlight', 'bytesInFlightOutside', 'bytesInFlightEach'] as const)
    expect(one[name]).toBeGreaterThanOrEqual(
      Math.max(LIMITS[name] / processes, 2 * MAX_MESSAGE_BYTES),
    );
  expect(one.recipients).toBe(LIMITS.recipients);
});

it('three machines share what a network may have, and not their memory', () => {
  const one = limitsOf({ processes: 2, machines: 3, maxMessageBytes: MAX_MESSAGE_BYTES });
  const alone = limitsOf({ processes: 2, machines: 1, maxMessageBytes: MAX_MESSAGE_BYTES });
  expect(one).toEqual({ ...alone, connectionsPerPeer: 42 });
});
