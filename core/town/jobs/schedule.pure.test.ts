import { expect, it } from 'vitest';
import { SCHEDULE, nextTry } from './schedule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const createdAt = new Date('2026-11-24T08:00:00Z');
const at = (ageMs: number) => new Date(createdAt.getTime() + ageMs);
const delay = (attempt: number, random: number, ageMs = 0) => {
  const now = at(ageMs);
  const next = nextTry(SCHEDULE, { attempt, createdAt, now, random });
  return next === null ? null : next.getTime() - now.getTime();
};

it.each<{ attempt: number; minutes: number }>([
  { attempt: 1, minutes: 2 },
  { attempt: 2, minutes: 6 },
  { attempt: 3, minutes: 18 },
  { attempt: 4, minutes: 54 },
  { attempt: 5, minutes: 162 },
  { attempt: 6, minutes: 240 },
  { attempt: 7, minutes: 240 },
  { attempt: 1_000, minutes: 240 },
])('after attempt $attempt it waits about $minutes minutes', ({ attempt, minutes }) => {
  expect(delay(attempt, 0.5)).toBe(minutes * MINUTE);
  expect(delay(attempt, 0)).toBe(Math.round(minutes * MINUTE * 0.8));
  expect(delay(attempt, 0.999)).toBeLessThan(minutes * MINUTE * 1.2);
});

it.each<{ when: string; attempt: number; ageMs: number; gone: boolean }>([
  { when: 'three days old', attempt: 30, ageMs: 72 * HOUR, gone: false },
  { when: 'four days old', attempt: 30, ageMs: 96 * HOUR, gone: true },
  {
    when: 'five days old, having waited for a smarthost',
    attempt: 1,
    ageMs: 120 * HOUR,
    gone: false,
  },
  { when: 'five days old, at its fourth attempt', attempt: 4, ageMs: 120 * HOUR, gone: true },
  { when: 'young, after many crashes', attempt: 500, ageMs: HOUR, gone: false },
])('$when: given up is $gone', ({ attempt, ageMs, gone }) => {
  expect(delay(attempt, 0.5, ageMs) === null).toBe(gone);
});
