import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { KeyCounts } from './counts.ts';
import { Gate, Gates } from './gate.ts';

const held = () => Promise.withResolvers<void>();

it('lets so many in, and the others in the order in which they came', async () => {
  const gate = new Gate(2);
  const came: string[] = [];
  const ends = [held(), held(), held(), held()];
  const all = ends.map(({ promise }, at) =>
    gate.pass(async () => {
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
  expect([came, gate.isEmpty]).toEqual([['0', '1', '2', '3'], true]);
});

it('lets nobody in whose wait was cut, and gives their place to who comes after', async () => {
  const gate = new Gate(1);
  const [end, cut] = [held(), new AbortController()];
  const first = gate.pass(() => end.promise);
  const second = gate.enter(cut.signal);
  const third = gate.enter();
  cut.abort();
  expect(await second).toBe(false);
  end.resolve();
  await first;
  expect(await third).toBe(true);
  expect(await gate.enter(AbortSignal.abort())).toBe(false);
  gate.leave();
  expect(gate.isEmpty).toBe(true);
});

it('keeps nobody waiting for another key, and goes on after what was thrown', async () => {
  const gates = new Gates(1);
  const end = held();
  const one = gates.pass('a', () => end.promise);
  expect(await gates.pass('b', async () => 'b')).toBe('b');
  const broken = gates.pass('a', () => Promise.reject(new Error('broken')));
  end.resolve();
  await one;
  await expect(broken).rejects.toThrow('broken');
  expect(await gates.pass('a', async () => 'a')).toBe('a');
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
