import { expect, it } from 'vitest';
import type { AccountId } from '../../ground/ids.ts';
import { openAllowance } from './allowance.ts';
import { SPOKEN_ANEW } from './limits.ts';
import { marksOf, RATE } from './marks.ts';

it('finds where words begin by their silences, and shares time out where it can’t', () => {
  const sound = (ms: number) => new Array<number>((ms * RATE) / 1_000).fill(900);
  const silence = (ms: number) => new Array<number>((ms * RATE) / 1_000).fill(0);
  const samples = (700 * RATE) / 1_000;
  const apart = Int16Array.from([...sound(200), ...silence(300), ...sound(400), ...silence(400)]);
  expect(marksOf(['la', 'mer'], { samples, apart })).toEqual([0, 200]);
  expect(marksOf(['la', 'grande', 'mer'], { samples, apart })).toEqual([0, 127, 509]);
});

it('stops an account that has everything said anew, and nobody else', () => {
  const allowance = openAllowance(() => new Date(0));
  const takes = (account: number) => allowance.takes(account as AccountId);
  for (let n = 0; n < SPOKEN_ANEW.pieces; n += 1) expect(takes(1)).toBe(true);
  expect(takes(1)).toBe(false);
  expect(takes(2)).toBe(true);
});
