import { expect, it } from 'vitest';
import { byteRange } from './byte-range.ts';

it.each<[header: string | undefined, then: string]>([
  [undefined, 'all'],
  ['bytes=0-1', '0 to 1'],
  ['bytes=90-', '90 to 99'],
  ['bytes=90-500', '90 to 99'],
  ['bytes=-10', '90 to 99'],
  ['bytes=-500', '0 to 99'],
  ['bytes=100-', 'outside'],
  ['bytes=-0', 'outside'],
  ['bytes=5-2', 'all'],
  ['bytes=0-1,5-6', 'all'],
  ['bytes=-', 'all'],
  ['lines=0-1', 'all'],
])('%s of 100 bytes', (header, then) => {
  const range = byteRange(header, 100);
  const said = range === null || range === 'outside' ? range : `${range.first} to ${range.last}`;
  expect(said ?? 'all').toBe(then);
});
