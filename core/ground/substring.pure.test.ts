import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { substringSearch } from './substring.ts';

const SEED = Date.now() & 0x7fffffff;
console.log(`seed ${SEED}`);

/** A text of few letters, which repeats itself and so nearly holds much. */
const repeated = (characters: number): fc.Arbitrary<string> =>
  fc
    .array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 40 }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) =>
      parts.map((part) => part.repeat(characters / (parts.length * part.length))).join(''),
    );

describe('a substring', () => {
  it('is found where includes finds it', () => {
    fc.assert(
      fc.property(
        repeated(40_000),
        repeated(2_000),
        fc.nat(37_000),
        fc.nat(999),
        (text, other, from, at) => {
          const own = text.slice(from, from + 1_000);
          const turned = own[at] === 'a' ? 'b' : 'a';
          const changed = own.slice(0, at) + turned + own.slice(at + 1);
          for (const pattern of [own, changed, own + other, other])
            expect(substringSearch(pattern)(text)).toBe(text.includes(pattern));
        },
      ),
      { seed: SEED, numRuns: 100 },
    );
  });

  it.each([
    ['', '', true],
    ['', 'a', false],
    ['à la cantine', 'cantine', true],
    ['à la cantine', '', true],
    ['à la cantin', 'cantine', false],
  ])('in %j: %j is %s', (text, pattern, then) => expect(substringSearch(pattern)(text)).toBe(then));

  it('is looked for in a time that no pattern makes long', () => {
    const text = 'a'.repeat(3_800_000);
    const holds = substringSearch(`${'a'.repeat(1_023)}b${'a'.repeat(1_024)}`);
    holds(text.slice(0, 100_000));
    const before = process.cpuUsage();
    expect(holds(text)).toBe(false);
    expect(process.cpuUsage(before).user).toBeLessThan(500_000); // includes: more than a second
  });
});
