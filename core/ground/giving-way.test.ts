import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SOAKED } from '../../tests/shared/slice.ts';
import {
  FIRST_IN_LINE,
  giveWay,
  goingFirst,
  inLine,
  restAfter,
  takePlaceInLine,
} from './giving-way.ts';

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

it(
  'it rests for a multiple of its work while letters come, and not where none comes',
  SOAKED,
  async () => {
    const restedMs = async (workedMs: number): Promise<number> => {
      const begun = performance.now();
      await restAfter(workedMs);
      return performance.now() - begun;
    };
    await goingFirst(async () => {});
    expect(await restedMs(20)).toBeGreaterThan(155);
    await sleep(1_100);
    expect(await restedMs(60_000)).toBeLessThan(500);
  },
);

it('steps in the line are done one after the other, each with a rest after it, though one fails', async () => {
  const log: string[] = [];
  const step = (name: string) =>
    inLine(async () => {
      log.push(`${name} begins`);
      await sleep(5);
      log.push(`${name} ends`);
      if (name === 'two') throw new Error('no disk');
      return name;
    });
  await goingFirst(async () => {});
  const begun = performance.now();
  const done = await Promise.allSettled(['one', 'two', 'three'].map(step));
  expect(log).toEqual(
    ['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
  expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  // Three steps, and two rests of eight times as long.
  expect(performance.now() - begun).toBeGreaterThan(85);
});

it('a step in the line begins once no letter is under way', async () => {
  const letter = Promise.withResolvers<void>();
  const sent = goingFirst(() => letter.promise);
  let hasBegun = false;
  const done = inLine(async () => {
    hasBegun = true;
  });
  await sleep(20);
  expect(hasBegun).toBe(false);
  letter.resolve();
  await Promise.all([sent, done]);
  expect(hasBegun).toBe(true);
});

it('a step in the line comes through beside a letter that takes long', async () => {
  const letter = Promise.withResolvers<void>();
  const sent = goingFirst(() => letter.promise);
  const steps = await Promise.all([1, 2].map((place) => inLine(async () => place)));
  expect(steps).toEqual([1, 2]);
  letter.resolve();
  await sent;
});

it('whoever came first goes on before others, and what lets go of memory before all', async () => {
  const went: string[] = [];
  const [first, second] = [takePlaceInLine(), takePlaceInLine()];
  const step = (name: string, place: number) => inLine(async () => void went.push(name), place);
  const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const underWay = inLine(() => {
    begun.resolve();
    return over.promise;
  });
  await begun.promise;
  const waiting = [
    step('second', second),
    step('first', first),
    step('lets go', FIRST_IN_LINE),
    step('second again', second),
    step('first again', first),
  ];
  over.resolve();
  await Promise.all([underWay, ...waiting]);
  expect(went).toEqual(['lets go', 'first', 'first again', 'second', 'second again']);
});
