import { setImmediate } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { KeyCounts } from './counts.ts';
import { Passage, Passages } from './passage.ts';

const held = () => Promise.withResolvers<void>();

it('lets so many in, and the others in the order in which they came', async () => {
  const passage = new Passage(2);
  const came: string[] = [];
  const ends = [held(), held(), held(), held()];
  const all = ends.map(({ promise }, at) =>
    passage.pass(async () => {
      came.push(String(at));
      await promise;
    }),
  );
  await setImmediate();
  expect(came).toEqual(['0', '1']);
  ends[1]?.resolve();
  await setImmediate();
  expect(came).toEqual(['0', '1', '2']);
  for (const { resolve } of ends) resolve();
  await Promise.all(all);
  expect([came, passage.isEmpty]).toEqual([['0', '1', '2', '3'], true]);
});

it('lets nobody in whose wait was cut, and gives their place to who comes after', async () => {
  const passage = new Passage(1);
  const [end, cut] = [held(), new AbortController()];
  const first = passage.pass(() => end.promise);
  const never = vi.fn(async () => {});
  const second = passage.pass(never, cut.signal);
  const third = passage.pass(async () => 'third');
  cut.abort(new Error('cut'));
  await expect(second).rejects.toThrow('cut');
  await expect(passage.pass(never, cut.signal)).rejects.toThrow('cut');
  end.resolve();
  await first;
  expect(await third).toBe('third');
  expect(never).not.toHaveBeenCalled();
  expect(passage.isEmpty).toBe(true);
});

it('keeps nobody waiting for another key, and goes on after what was thrown', async () => {
  const passages = new Passages(1);
  const end = held();
  const one = passages.pass('a', () => end.promise);
  expect(await passages.pass('b', async () => 'b')).toBe('b');
  const broken = passages.pass('a', () => Promise.reject(new Error('broken')));
  end.resolve();
  await one;
  await expect(broken).rejects.toThrow('broken');
  expect(await passages.pass('a', async () => 'a')).toBe('a');
});

it('counts by key, up to a limit, and forgets what has none', () => {
  const counts = new KeyCounts();
  expect([counts.take('a', 2), counts.take('a', 2), counts.take('a', 2)]).toEqual([
    true,
    true,
    false,
  ]);
  counts.add('b', 5);
  counts.add('b', -7);
  expect([[...counts], counts.of('b')]).toEqual([[['a', 2]], 0]);
});
