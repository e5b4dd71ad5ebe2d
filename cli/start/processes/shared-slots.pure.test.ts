import { expect, it } from 'vitest';
import { openSharedSlots } from './shared-slots.ts';

it('counts a key over all holders, and another key by itself', () => {
  const slots = openSharedSlots<string>();
  expect(['a', 'b', 'a'].map((holder) => slots.take(holder, 'claire', 2))).toEqual([
    true,
    true,
    false,
  ]);
  expect(slots.take('a', 'lina', 2)).toBe(true);
  slots.giveBack('b', 'claire');
  expect(slots.take('a', 'claire', 2)).toBe(true);
});

it('takes back what an ended holder had, and nothing that it hadn’t', () => {
  const slots = openSharedSlots<string>();
  slots.take('a', 'claire', 3);
  slots.take('a', 'claire', 3);
  slots.take('b', 'claire', 3);
  slots.giveBack('c', 'claire');
  expect(slots.take('c', 'claire', 3)).toBe(false);
  slots.forget('a');
  slots.giveBack('a', 'claire'); // said before it ended, and heard after
  expect([slots.take('c', 'claire', 3), slots.take('c', 'claire', 3)]).toEqual([true, true]);
  expect(slots.take('b', 'claire', 3)).toBe(false);
});
