import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayInCupboard, type CupboardAct, type Lying } from './rights.ts';

const STANDS = ['child', 'family', 'teacher', 'head', 'aide'] as const;
const ACTS: readonly CupboardAct[] = ['see', 'put', 'divide', 'arrange', 'show'];

const lying = fc.record({
  isOwn: fc.boolean(),
  sees: fc.constantFrom('author', 'pupils', 'families'),
  isFolder: fc.constant(true),
  isOpen: fc.boolean(),
}) satisfies fc.Arbitrary<Lying>;
const stand = fc.constantFrom(...STANDS);
const around = fc.array(lying, { maxLength: 3 });
const file = lying.map((one) => ({ ...one, isFolder: false, isOpen: false }));

describe('what may be done in the cupboard of a class', () => {
  it('is seen through folders that are seen, by whom its author or a teacher lets', () => {
    fc.assert(
      fc.property(stand, around, file, (who, folders, it) => {
        const sees = (one: Lying) =>
          one.isOwn || one.sees === 'families' || (one.sees === 'pupils' && who !== 'family');
        expect(mayInCupboard('see', who, { around: folders, it })).toBe(
          [...folders, it].every(sees),
        );
      }),
    );
  });

  it('is nothing to those who don’t see it', () => {
    fc.assert(
      fc.property(stand, around, file, fc.constantFrom(...ACTS), (who, folders, it, act) => {
        fc.pre(!mayInCupboard('see', who, { around: folders, it }));
        expect(mayInCupboard(act, who, { around: folders, it })).toBe(false);
      }),
    );
  });

  it('is changed by teachers, and by a pupil where a teacher opened a folder, theirs alone', () => {
    fc.assert(
      fc.property(stand, around, file, (who, folders, it) => {
        const may = mayInCupboard('arrange', who, { around: folders, it });
        if (who === 'child') expect(may && !(it.isOwn && folders.at(-1)?.isOpen)).toBe(false);
        else if (who !== 'teacher') expect(may).toBe(false);
      }),
    );
  });

  it.each([
    ['teacher', null, true],
    ['child', null, false],
    ['head', null, false],
    ['aide', null, false],
    ['family', null, false],
    ['child', { isOwn: false, sees: 'pupils', isFolder: true, isOpen: true }, true],
    ['child', { isOwn: false, sees: 'author', isFolder: true, isOpen: true }, false],
    ['family', { isOwn: false, sees: 'families', isFolder: true, isOpen: true }, false],
  ] as const)('%s puts a file into %j: %s', (who, it, may) =>
    expect(mayInCupboard('put', who, { around: [], it })).toBe(may),
  );

  it('is shown to others, and divided, by teachers alone', () => {
    fc.assert(
      fc.property(stand, around, lying, (who, folders, it) => {
        for (const act of ['show', 'divide'] as const)
          if (who !== 'teacher')
            expect(mayInCupboard(act, who, { around: folders, it })).toBe(false);
      }),
    );
  });
});
