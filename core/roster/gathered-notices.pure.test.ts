import { describe, expect, it } from 'vitest';
import { nextGathering } from './gathered-notices.ts';

describe('when gathered notices are told next, on the clock of the school', () => {
  it.each([
    { now: '2026-11-26T07:20:00Z', at: '2026-11-26T11:00:00Z', since: '2026-11-25T15:30:00Z' },
    { now: '2026-11-26T11:00:00Z', at: '2026-11-26T15:30:00Z', since: '2026-11-26T11:00:00Z' },
    { now: '2026-11-26T19:00:00Z', at: '2026-11-27T11:00:00Z', since: '2026-11-26T15:30:00Z' },
    // Clocks go back in the night to 25 October.
    { now: '2026-10-24T20:00:00Z', at: '2026-10-25T11:00:00Z', since: '2026-10-24T14:30:00Z' },
  ])('at $now: at $at', ({ now, at, since }) => {
    expect(nextGathering(new Date(now), 'Europe/Paris')).toEqual({
      at: new Date(at),
      since: new Date(since),
    });
  });
});
