import { expect, it } from 'vitest';
import { growthOf } from './growth-judged.ts';

const ADULTS = [30, 300, 1_000];
const LETTERS = [1_000, 10_000, 100_000];

it.each([
  { how: 'the same', sizes: ADULTS, costs: [5, 5, 5], then: 'flat' },
  { how: 'less', sizes: ADULTS, costs: [5, 4.2, 3.9], then: 'flat' },
  { how: 'a tenth more', sizes: ADULTS, costs: [5, 5.2, 5.5], then: 'flat' },
  { how: 'as a tree is deep', sizes: LETTERS, costs: [3, 4, 5], then: 'logarithm' },
  { how: 'one step a doubling', sizes: ADULTS, costs: [5, 6, 6.5], then: 'logarithm' },
  { how: 'in a straight line', sizes: ADULTS, costs: [30, 300, 1_000], then: 'faster' },
  { how: 'in a line on a floor', sizes: ADULTS, costs: [1.03, 1.3, 2], then: 'faster' },
  { how: 'only from the second size on', sizes: LETTERS, costs: [5, 5, 6], then: 'faster' },
  { how: 'twice with ten times as much', sizes: LETTERS, costs: [1, 2, 3], then: 'faster' },
  { how: 'as a root does', sizes: LETTERS, costs: [1, 3.2, 10], then: 'faster' },
])('what costs $how is $then', ({ sizes, costs, then }) => {
  expect(growthOf(sizes, costs)).toBe(then);
});
