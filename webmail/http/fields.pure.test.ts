import { expect, it } from 'vitest';
import { fieldsFrom } from './fields.ts';

it('no field has a sign in it that the store can’t hold', () => {
  const fields = fieldsFrom(
    new Map([
      ['q', ['1\0', 'a\0b']],
      ['of\0x', ['\0']],
    ]),
  );
  expect(fields.first('q')).toBe('1\uFFFD');
  expect(fields.all('q')).toEqual(['1\uFFFD', 'a\uFFFDb']);
  expect(fields.under('of')).toEqual([['\uFFFDx', '\uFFFD']]);
});
