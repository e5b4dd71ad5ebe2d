/** The page of limits says what the code does. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LIMITS, limitsOf } from './limits.ts';
import * as wire from './wire/limits.ts';

/** Of the server, not of clients. */
const OUR_OWN = ['wakingAtOnce', 'lookMs', 'lookAgainMs', 'welcomeMs', 'closingMs'];

it('every limit stands on its page, with its number', () => {
  const page = readFileSync(
    new URL('../core/decisions/0019-limits-of-imap.md', import.meta.url),
    'utf8',
  );
  const told = Object.fromEntries(
    [...page.matchAll(/^\| `(\w+)` \| ([\d,]+) /gm)].map(([, name, number]) => [
      name,
      Number(number?.replaceAll(',', '')),
    ]),
  );
  const kept = Object.fromEntries(
    Object.entries({ ...LIMITS, ...wire }).filter(([name]) => !OUR_OWN.includes(name)),
  );
  expect(told).toEqual(kept);
});

it('however many processes there are, each has room for one whole APPEND', () =>
  expect(limitsOf({ processes: 64, machines: 1, maxMessageBytes: 1_000_000 })).toMatchObject({
    bytesInFlight: wire.APPEND_BYTES,
    bytesInFlightEach: wire.APPEND_BYTES,
  }));

it('three machines share what an account and a network may have', () => {
  const maxMessageBytes = 25_000_000;
  expect(limitsOf({ processes: 1, machines: 1, maxMessageBytes })).toEqual(LIMITS);
  expect(limitsOf({ processes: 2, machines: 3, maxMessageBytes })).toMatchObject({
    connections: LIMITS.connections / 2,
    connectionsPerPeer: 1_334,
    connectionsPerAccount: 14,
    bytesInFlight: LIMITS.bytesInFlight / 2,
  });
});
