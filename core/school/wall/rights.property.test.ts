import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mayOnWall, mayReadBook, type GiftFacts, type Stand, type WallAct } from './rights.ts';

const STANDS: readonly Stand[] = ['child', 'family', 'teacher', 'head', 'aide'];
const ACTS: readonly WallAct[] = ['see', 'hang', 'refuse', 'take-back'];

/** What the product says, act by act, as a teacher would list it. */
const SAID: Readonly<Record<WallAct, (facts: GiftFacts) => boolean>> = {
  see: ({ state, isOwn, stand }) => [state === 'hung', isOwn, stand === 'teacher'].includes(true),
  hang: ({ stand, state }) => `${stand} ${state}` in { 'teacher asked': 1, 'teacher refused': 1 },
  refuse: ({ stand, state }) => `${stand} ${state}` in { 'teacher asked': 1, 'teacher hung': 1 },
  'take-back': ({ isOwn, stand }) => isOwn && stand === 'child',
};

const facts = fc.record({
  stand: fc.constantFrom(...STANDS),
  isOwn: fc.boolean(),
  state: fc.constantFrom('asked', 'hung', 'refused'),
  isAuthorHere: fc.boolean(),
});

it('lets nobody do more with a gift than the product says', () => {
  fc.assert(
    fc.property(facts, fc.constantFrom(...ACTS), (given, act) => {
      expect(mayOnWall(act, given)).toBe(given.isAuthorHere && SAID[act](given));
    }),
  );
});

it('never shows a gift that no teacher hung to anybody but its child and a teacher', () => {
  fc.assert(
    fc.property(facts, (given) => {
      fc.pre(given.state !== 'hung' && !given.isOwn && given.stand !== 'teacher');
      expect(ACTS.some((act) => mayOnWall(act, given))).toBe(false);
    }),
  );
});

it('gives the book to families where a teacher said so, and to no child', () => {
  const has = (forFamilies: boolean) =>
    STANDS.filter((stand) => mayReadBook(stand, { forFamilies }));
  expect([has(false), has(true)]).toEqual([
    ['teacher', 'head'],
    ['family', 'teacher', 'head'],
  ]);
});
