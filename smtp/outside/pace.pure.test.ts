import { expect, it } from 'vitest';
import { openPace } from './pace.ts';

function paced() {
  const clock = { now: 0 };
  const pace = openPace(
    () => clock.now,
    () => 0,
  );
  const rest = () => (pace.notBefore('a.test')?.getTime() ?? clock.now) - clock.now;
  return { clock, pace, rest };
}

it('begins with two lines and has up to five while all goes well', () => {
  const { pace, rest } = paced();
  const lines = () => {
    const ends: ((went: 'well') => void)[] = [];
    while (rest() === 0) ends.push(pace.begin('a.test'));
    for (const end of ends) end('well');
    return ends.length;
  };
  expect(Array.from({ length: 8 }, lines)).toEqual([2, 3, 4, 5, 5, 5, 5, 5]);
});

it('rests longer each time that a server pushes back, up to half an hour, and no more once it takes', () => {
  const { clock, pace, rest } = paced();
  const rests = Array.from({ length: 9 }, () => {
    clock.now += rest();
    pace.begin('a.test')('pushed-back');
    return rest() / 1_000;
  });
  expect(rests).toEqual([30, 60, 120, 240, 480, 960, 1800, 1800, 1800]);
  clock.now += rest();
  pace.begin('a.test')('well');
  expect(rest()).toBe(0);
  pace.begin('a.test')('unreachable');
  expect(rest()).toBe(30_000);
});

it('takes several that fail together for one setback', () => {
  const { pace, rest } = paced();
  for (const end of [pace.begin('a.test'), pace.begin('a.test')]) end('unreachable');
  expect(rest()).toBe(30_000);
});
