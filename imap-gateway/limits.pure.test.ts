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

it('three machines share what an account and a network may have', () => {
  expect(limitsOf({ processes: 1, machines: 1 })).toEqual(LIMITS);
  expect(limitsOf({ processes: 2, machines: 3 })).toMatchObject({
    connections: LIMITS.connections / 2,
    connectionsPerPeer: 1_334,
    connectionsPerAccount: 14,
  });
});
