import { expect, it } from 'vitest';
import { mapInTurns } from './map-in-turns.ts';

/** Holds the loop, by the processor's own clock. */
function hold(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it('maps in order, and lets others have their turns where it takes long', async () => {
  let turns = 0;
  const others = setInterval(() => (turns += 1));
  const doubled = await mapInTurns([1, 2, 3, 4, 5], (item, index) => {
    hold(25);
    return `${index}: ${2 * item}`;
  });
  clearInterval(others);
  expect(doubled).toEqual(['0: 2', '1: 4', '2: 6', '3: 8', '4: 10']);
  expect(turns).toBeGreaterThanOrEqual(3);
});

it('does what is short in one turn, and passes on what is thrown', async () => {
  let turns = 0;
  setImmediate(() => (turns += 1));
  expect(await mapInTurns(new Set(['a', 'b']), (item) => item)).toEqual(['a', 'b']);
  expect(turns).toBe(0);
  await expect(
    mapInTurns([1], () => {
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
});
