import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodedFields } from './encoded-fields.ts';

const read = (body: string) => encodedFields(body, 1500).values;

it.each<{ body: string; then: readonly (readonly [string, readonly string[]])[] }>([
  { body: '', then: [] },
  {
    body: 'a=1&b=2&a=3',
    then: [
      ['a', ['1', '3']],
      ['b', ['2']],
    ],
  },
  {
    body: 'a&b=&=c&&',
    then: [
      ['a', ['']],
      ['b', ['']],
      ['', ['c']],
    ],
  },
  { body: 'a=b=c%3D', then: [['a', ['b=c=']]] },
  { body: 'a=%C3%A9+%2B', then: [['a', ['é +']]] },
  {
    body: 'a=100%&b=%E9&c=%zz',
    then: [
      ['a', ['100%']],
      ['b', ['%E9']],
      ['c', ['%zz']],
    ],
  },
  {
    body: '__proto__=a&constructor=b',
    then: [
      ['__proto__', ['a']],
      ['constructor', ['b']],
    ],
  },
])('$body', ({ body, then }) => expect(read(body)).toEqual(new Map(then)));

it('reads what a browser wrote', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string({ unit: 'grapheme' }))), (fields) => {
      const body = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
      const values = Map.groupBy(new URLSearchParams(body), ([name]) => name);
      const wanted = [...values].map(([name, all]) => [name, all.map(([, value]) => value)]);
      expect(read(body)).toEqual(new Map(wanted as [string, string[]][]));
    }),
  ));

it.each([
  { what: 'names', body: Array.from({ length: 250_000 }, (_, at) => `k${at}=`).join('&') },
  { what: 'one name', body: 'a&'.repeat(1_000_000) },
  { what: 'nothing', body: '&'.repeat(2_000_000) },
])('two million signs of $what are too many, and no work', ({ body }) => {
  const begun = process.threadCpuUsage();
  expect(read(body)).toBe('too-many');
  expect(process.threadCpuUsage(begun).user).toBeLessThan(50_000);
});
