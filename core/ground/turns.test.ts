import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ALONE,
  NO_TURN,
  openTurns,
  shareOf,
  turnsOfOne,
  type Turn,
  type TurnLimits,
  type Turns,
} from './turns.ts';

const LIMITS: TurnLimits = { atOnce: 3, each: 2, waiting: 10, waitingEach: 4, waitMs: 1_000 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Asks for turns by name and notes in what order they come. */
function crowd(turns: Turns) {
  const served: string[] = [];
  const refused: string[] = [];
  const held = new Map<string, Turn>();
  return {
    served,
    refused,
    async ask(name: string, wanted = 1) {
      void turns.take(name.replace(/\d+$/, ''), wanted).then((turn) => {
        if (!turn) return void refused.push(name);
        served.push(name);
        held.set(name, turn);
      });
      await vi.advanceTimersByTimeAsync(0);
    },
    async end(name: string) {
      held.get(name)?.();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

it('one peer has its part and no more, though nobody else is there', async () => {
  const { ask, served, end } = crowd(openTurns(LIMITS));
  for (const name of ['a1', 'a2', 'a3']) await ask(name);
  expect(served).toEqual(['a1', 'a2']);
  await end('a1');
  expect(served).toEqual(['a1', 'a2', 'a3']);
});

it('a turn is there at once for somebody else, however many of the first wait', async () => {
  const { ask, served } = crowd(openTurns(LIMITS));
  for (const name of ['a1', 'a2', 'a3', 'a4', 'b1']) await ask(name);
  expect(served).toEqual(['a1', 'a2', 'b1']);
});

it('peers take turns, each in their own order', async () => {
  const { ask, served, end } = crowd(openTurns({ ...LIMITS, atOnce: 2, each: 1 }));
  for (const name of ['a1', 'b1', 'a2', 'a3', 'b2', 'c1']) await ask(name);
  for (const name of ['a1', 'b1', 'a2', 'b2', 'c1']) await end(name);
  expect(served).toEqual(['a1', 'b1', 'a2', 'b2', 'c1', 'a3']);
});

it('one more than may wait is told so at once: of one peer, and of all', async () => {
  const { ask, refused } = crowd(openTurns({ ...LIMITS, waiting: 5 }));
  for (let n = 1; n <= 7; n += 1) await ask(`a${n}`);
  expect(refused).toEqual(['a7']);
  for (const name of ['b1', 'b2', 'c1']) await ask(name);
  expect(refused).toEqual(['a7', 'c1']);
});

it('nobody waits longer than the limit, and the others go on', async () => {
  const { ask, refused, served, end } = crowd(openTurns(LIMITS));
  for (const name of ['a1', 'a2', 'a3']) await ask(name);
  await vi.advanceTimersByTimeAsync(LIMITS.waitMs - 1);
  await ask('a4');
  expect(refused).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(refused).toEqual(['a3']);
  await end('a1');
  expect(served).toEqual(['a1', 'a2', 'a4']);
});

it('alone is alone: after those who have a turn, and before those who come later', async () => {
  const { ask, served, end } = crowd(openTurns(LIMITS));
  for (const name of ['a1', 'b1']) await ask(name);
  await ask('s1', ALONE);
  await ask('c1');
  expect(served).toEqual(['a1', 'b1']);
  await end('a1');
  expect(served).toEqual(['a1', 'b1']);
  await end('b1');
  expect(served).toEqual(['a1', 'b1', 's1']);
  await end('s1');
  expect(served).toEqual(['a1', 'b1', 's1', 'c1']);
});

it('who gives up being alone lets those behind through', async () => {
  const { ask, served, refused } = crowd(openTurns(LIMITS));
  await ask('a1');
  await ask('s1', ALONE);
  await vi.advanceTimersByTimeAsync(LIMITS.waitMs - 1);
  await ask('b1');
  expect(served).toEqual(['a1']);
  await vi.advanceTimersByTimeAsync(1);
  expect({ served, refused }).toEqual({ served: ['a1', 'b1'], refused: ['s1'] });
});

it('who wants many comes once there are as many, and those behind them after', async () => {
  const { ask, served, end } = crowd(openTurns({ ...LIMITS, atOnce: 10, each: 10 }));
  for (const [name, wanted] of Object.entries({ a1: 6, a2: 4, a3: 5, a4: 1 }))
    await ask(name, wanted);
  expect(served).toEqual(['a1', 'a2']);
  await end('a2');
  expect(served).toEqual(['a1', 'a2']);
  await end('a1');
  expect(served).toEqual(['a1', 'a2', 'a3', 'a4']);
});

it('who wants more than there are comes alone', async () => {
  const { ask, served, end } = crowd(openTurns({ ...LIMITS, atOnce: 10, each: 10 }));
  for (const [name, wanted] of Object.entries({ a1: 25, a2: 10, a3: 11 })) await ask(name, wanted);
  expect(served).toEqual(['a1']);
  await end('a1');
  expect(served).toEqual(['a1', 'a2']);
  await end('a2');
  expect(served).toEqual(['a1', 'a2', 'a3']);
});

it('gives a turn back after what was done in it, or failed', async () => {
  const turns = openTurns({ ...LIMITS, atOnce: 1, each: 1 });
  await expect(turns.pass('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await turns.pass('a', async () => 'done')).toBe('done');
  turns.close();
  expect(await turns.pass('a', async () => 'never')).toBe(NO_TURN);
});

it('a turn given back twice counts once', async () => {
  const turns = openTurns({ ...LIMITS, atOnce: 1, each: 1 });
  const first = await turns.take('a');
  first?.();
  first?.();
  const { ask, served } = crowd(turns);
  for (const name of ['b1', 'c1']) await ask(name);
  expect(served).toEqual(['b1']);
});

it('closed, it lets nobody wait', async () => {
  const turns = openTurns(LIMITS);
  const { ask, refused } = crowd(turns);
  for (const name of ['a1', 'a2', 'a3']) await ask(name);
  turns.close();
  await vi.advanceTimersByTimeAsync(0);
  await ask('b1');
  expect(refused).toEqual(['a3', 'b1']);
  expect(vi.getTimerCount()).toBe(0);
});

describe('of several processes', () => {
  it.each([
    { processes: 1, each: 250 },
    { processes: 3, each: 84 },
    { processes: 32, each: 8 },
  ])('each of $processes has its share of a limit', ({ processes, each }) => {
    expect(shareOf(250, processes)).toBe(each);
  });

  it.each([1, 2, 3, 4])('%i have no more turns together than one has alone', (processes) => {
    const limits = { atOnce: 4, each: 2, waiting: 100, waitingEach: 10, waitMs: 60_000 };
    const one = turnsOfOne(limits, processes);
    expect(one.atOnce * processes).toBeLessThanOrEqual(limits.atOnce);
    expect(one.each).toBeGreaterThanOrEqual(1);
    expect(one.each).toBeLessThanOrEqual(one.atOnce);
    expect(one.waitMs).toBe(limits.waitMs);
  });

  it('each has a turn at least', () => {
    expect(turnsOfOne(LIMITS, 32)).toMatchObject({ atOnce: 1, each: 1 });
  });
});
