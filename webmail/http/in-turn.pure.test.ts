import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { NO_TURN, openTurns } from './in-turn.ts';

it('does as much at once as may be in hand, the rest in the order in which it was asked for', async () => {
  const turns = openTurns({ bytesInHand: 10, waitMs: 1_000 });
  const log: string[] = [];
  const act = (name: string, ms: number) => async (): Promise<string> => {
    log.push(`+${name}`);
    await pause(ms);
    log.push(`-${name}`);
    return name;
  };
  const all = await Promise.all([
    turns.take(6, act('a', 40)),
    turns.take(4, act('b', 20)),
    turns.take(5, act('c', 20)),
    turns.take(1, act('d', 1)),
    turns.take(0, act('e', 1)),
  ]);
  expect(all).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(log.slice(0, 3).toSorted()).toEqual(['+a', '+b', '+e']);
  expect(log.indexOf('+c')).toBeGreaterThan(log.indexOf('-a')); // 4 + 5 + 6 is more than 10
  expect(log.indexOf('+d')).toBeGreaterThan(log.indexOf('+c'));
});

it('does alone what is bigger than that, and goes on after what failed', async () => {
  const turns = openTurns({ bytesInHand: 10, waitMs: 1_000 });
  let inHand = 0;
  const alone = async (): Promise<number> => {
    inHand += 1;
    await pause(5);
    inHand -= 1;
    return inHand;
  };
  await expect(turns.take(25, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(
    await Promise.all([turns.take(25, alone), turns.take(10, alone), turns.take(11, alone)]),
  ).toEqual([0, 0, 0]);
});

it('lets nobody wait for ever', async () => {
  const turns = openTurns({ bytesInHand: 10, waitMs: 30 });
  const long = turns.take(10, () => pause(90, 'done'));
  expect(await turns.take(10, async () => 'never')).toBe(NO_TURN);
  expect(await long).toBe('done');
  expect(await turns.take(10, async () => 'again')).toBe('again');
});
