import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LINE_BYTES } from './limits.ts';
import type { Unreadable } from './message.ts';
import { checkBytes } from './wire.ts';

const SEED = Date.now() & 0x7fffffff;
console.log(`seed ${SEED}`);

const PIECES = [
  ...['\r\n', '\r\n', '\r\n', '\r', '\n', '\0'],
  ...['\x01', '\t', '\v', '\x0E', ' ', 'a', '\x7F', '\x80', '\x8D', '\xFF'],
  'YWJj'.repeat(19),
];
/** Where a word may begin within the bytes that these stand among. */
const SHIFTS = [0, 1, 2, 3];

/** The bytes of a text behind so many others, and before what would be wrong. */
const among = (text: string, shift: number): Buffer =>
  Buffer.from(`${'\r'.repeat(shift)}${text}\n\0`, 'latin1').subarray(shift, -2);

it('says of the first byte that is wrong what is wrong with it, wherever words begin', () => {
  const found = new Set<Unreadable | null>();
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }),
      fc.constantFrom(...SHIFTS),
      (pieces, shift) => {
        const text = pieces.join('');
        const wrong = byByte(text);
        found.add(wrong);
        expect(checkBytes(among(text, shift))).toBe(wrong);
      },
    ),
    { seed: SEED, numRuns: 3_000 },
  );
  expect(found).toEqual(new Set(['bare-cr', 'bare-lf', 'nul', null]));
});

function byByte(text: string): Unreadable | null {
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\r' && text[at + 1] !== '\n') return 'bare-cr';
    if (character === '\0') return 'nul';
    if (character === '\n' && text[at - 1] !== '\r') return 'bare-lf';
  }
  return null;
}

it.each(SHIFTS)('counts the bytes of a line, %i bytes behind the begin of a word', (shift) => {
  for (const [most, wrong] of [
    [LINE_BYTES, null],
    [LINE_BYTES + 1, 'line-too-long'],
  ] as const) {
    const line = 'a'.repeat(most);
    expect(checkBytes(among(line, shift))).toBe(wrong);
    expect(checkBytes(among(`b\r\n${line}\r\nb`, shift))).toBe(wrong);
  }
});
