import { setImmediate as others } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openTurns } from './turns.ts';

/** Asks for keys and notes, by name, when the turn comes. */
function ask(turns: ReturnType<typeof openTurns>, name: string, keys: readonly number[], heard: string[]) {
  return turns.take(keys).then((done) => { heard.push(name); return done; });
}

it('lets those wait who share a key, in the order in which they asked, and nobody else', async () => {
  const turns = openTurns();
  const heard: string[] = [];
  const first = await ask(turns, 'first', [1, 2], heard);
  const second = ask(turns, 'second', [2, 3], heard);
  const third = ask(turns, 'third', [3, 4], heard);
  const other = await ask(turns, 'other', [9], heard);
  expect(heard).toEqual(['first', 'other']);
  first();
  (await second)();
  (await third)();
  expect(heard).toEqual(['first', 'other', 'second', 'third']);
  other();
});

it('comes through when everybody wants everything in another order', async () => {
  const turns = openTurns();
  let busy = 0;
  let most = 0;
  await Promise.all(Array.from({ length: 50 }, async (_, at) => {
    const done = await turns.take(at % 2 === 0 ? [1, 2, 3] : [3, 2, 1]);
    most = Math.max(most, busy += 1);
    await others();
    busy -= 1;
    done();
  }));
  expect(most).toBe(1);
});
