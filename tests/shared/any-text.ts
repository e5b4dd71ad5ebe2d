import fc from 'fast-check';

const MOST_CODE_POINT = 0x10ffff;
/** Halves of a character are none. */
const [FIRST_HALF, HALVES] = [0xd800, 0x800];

/**
 * A text of any characters, small ones before all, as controls are. fast-check's own
 * (`unit: 'binary'`) takes most of a second before its first.
 */
export const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: MOST_CODE_POINT - HALVES }), { maxLength })
    .map((numbers) =>
      String.fromCodePoint(...numbers.map((one) => (one < FIRST_HALF ? one : one + HALVES))),
    );
