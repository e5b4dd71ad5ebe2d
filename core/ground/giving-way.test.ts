import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { giveWay, goingFirst, restAfter } from './giving-way.ts';

/** Beyond any test. */
const LONG_MS = 60_000;

it('what can wait goes on once nothing goes first', async () => {
  await giveWay(LONG_MS);
  const letter = Promise.withResolvers<void>();
  const sent = goingFirst(() => letter.promise);
  const went: string[] = [];
  const files = ['one', 'two'].map(async (name) => {
    await giveWay(LONG_MS);
    went.push(name);
  });
  await sleep(0);
  expect(went).toEqual([]);
  letter.resolve();
  await sent;
  await Promise.all(files);
  expect(went).toEqual(['one', 'two']);
});

it('it waits no longer than it may, and a letter that fails is over', async () => {
  const letter = Promise.withResolvers<void>();
  const sent = goingFirst(() => letter.promise);
  await giveWay(5);
  letter.reject(new Error('away'));
  await expect(sent).rejects.toThrow('away');
  await giveWay(LONG_MS);
});

it('it rests for a multiple of its work while letters come, and not where none comes', async () => {
  const restedMs = async (workedMs: number): Promise<number> => {
    const begun = performance.now();
    await restAfter(workedMs);
    return performance.now() - begun;
  };
  await goingFirst(async () => {});
  expect(await restedMs(20)).toBeGreaterThan(55);
  await sleep(1_100);
  expect(await restedMs(60_000)).toBeLessThan(500);
});
