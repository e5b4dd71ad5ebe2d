import { expect, it } from 'vitest';
import { REMEMBER_MS } from './limits.ts';
import { openSlowBytes } from './slow-bytes.ts';

const bytes = (text: string): Buffer[] => [Buffer.from(text)];

it('knows the same bytes again, in whatever pieces they come', () => {
  const slow = openSlowBytes(() => 1);
  slow.remember(bytes('abcdef'), 'among-others');
  expect(slow.of([Buffer.from('abc'), Buffer.from('def')])).toBe('among-others');
  expect(slow.of(bytes('abcdeg'))).toBe('never');
  slow.remember(bytes('abcdef'), 'alone');
  expect(slow.of(bytes('abcdef'))).toBe('alone');
});

it('forgets the oldest for one more, and all after some days', () => {
  let now = 1;
  const slow = openSlowBytes(() => now, 2);
  for (const text of ['a', 'b', 'c']) slow.remember(bytes(text), 'among-others');
  expect(['a', 'b', 'c'].map((text) => slow.of(bytes(text)))).toEqual([
    'never',
    'among-others',
    'among-others',
  ]);
  now += REMEMBER_MS + 1;
  expect(slow.of(bytes('c'))).toBe('never');
});
