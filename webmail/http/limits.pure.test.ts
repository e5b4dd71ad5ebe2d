/** The page of limits says what the code does. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MAX_FIELDS_BYTES } from './forms.ts';
import { LIMITS, limitsOf } from './limits.ts';

/** What a message may have with all its files. */
const LARGEST_MESSAGE_BYTES = 26_214_400;
/** Of the house, not of visitors. */
const OUR_OWN = ['lookMs'];

it('every limit of the pages stands on its page, with its number', () => {
  const page = readFileSync(
    new URL('../../core/decisions/0026-limits-of-the-pages.md', import.meta.url),
    'utf8',
  );
  const told = Object.fromEntries(
    [...page.matchAll(/^\| `(\w+)` \| ([\d,]+) /gm)].map(([, name, number]) => [
      name,
      Number(number?.replaceAll(',', '')),
    ]),
  );
  expect(told).toEqual(
    Object.fromEntries(Object.entries(LIMITS).filter(([name]) => !OUR_OWN.includes(name))),
  );
});

it('several processes have together what one has alone, and each has room for the largest form', () => {
  expect(limitsOf({ processes: 1, machines: 1 })).toEqual(LIMITS);
  for (let processes = 2; processes <= 32; processes += 1) {
    const one = limitsOf({ processes, machines: 1 });
    for (const name of ['connections', 'connectionsPerPeer', 'streams', 'requestsPerPeer'] as const)
      expect(Math.abs(one[name] * processes - LIMITS[name]), name).toBeLessThan(
        Math.max(processes, LIMITS.streamsPerAccount * processes),
      );
    expect(Math.min(one.filesPerPeer, one.filesInFlight)).toBeGreaterThan(LARGEST_MESSAGE_BYTES);
    expect(Math.min(one.formBytesPerPeer, one.formBytes)).toBeGreaterThan(MAX_FIELDS_BYTES);
    expect(one.streamsPerPeer).toBeGreaterThanOrEqual(one.streamsPerAccount);
  }
});

it('three machines have together what a peer has of one, and each its own memory', () => {
  const one = limitsOf({ processes: 2, machines: 3 });
  expect([one.connectionsPerPeer, one.streamsPerPeer, one.requestsPerSchool]).toEqual([
    67, 34, 1_000,
  ]);
  const alone = limitsOf({ processes: 2, machines: 1 });
  for (const name of ['connections', 'streams', 'filesInFlight', 'formBytesPerPeer'] as const)
    expect(one[name], name).toBe(alone[name]);
});
