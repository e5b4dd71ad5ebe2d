import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayInBox, type HandInAct, type PartFacts } from './rights.ts';

const ACTS: readonly HandInAct[] = ['see', 'hand', 'take-back', 'give-back'];
const facts = fc.record({
  stand: fc.constantFrom('child', 'family', 'teacher', 'head', 'aide'),
  isOwn: fc.boolean(),
  isClosed: fc.boolean(),
  state: fc.constantFrom('none', 'handed', 'back', 'again'),
}) satisfies fc.Arbitrary<PartFacts>;

/** What the product says, act by act, as a teacher would list it. */
const SAID: Readonly<Record<HandInAct, (one: PartFacts) => boolean>> = {
  see: ({ stand, isOwn }) => stand === 'teacher' || `${stand} ${isOwn}` === 'child true',
  hand: ({ stand, isOwn, isClosed, state }) =>
    `${stand} ${isOwn} ${isClosed}` === 'child true false' &&
    ['none', 'handed', 'again'].includes(state),
  'take-back': ({ stand, isOwn, isClosed, state }) =>
    `${stand} ${isOwn} ${isClosed} ${state}` === 'child true false handed',
  'give-back': ({ stand, state }) => stand === 'teacher' && state !== 'none',
};

describe('what a pupil hands into a box', () => {
  it('is done with as the product says, and no more', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...ACTS), (given, act) => {
        expect(mayInBox(act, given)).toBe(SAID[act](given));
      }),
    );
  });

  it('is nothing to a classmate, a family, a head, an aide', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...ACTS), (given, act) => {
        fc.pre(given.stand !== 'teacher' && !(given.stand === 'child' && given.isOwn));
        expect(mayInBox(act, given)).toBe(false);
      }),
    );
  });
});
