/** What the pages' scripts read of what the server tells them. */
import { expect, it } from 'vitest';
import { keepAnswerIn, toldIn } from '../../assets/scripts/told.ts';

it('takes words, and nothing else, out of an answer', () => {
  expect(toldIn({ people: '3', marks: 7, to: null, of: { is: 'kept' } })).toEqual({ people: '3' });
  for (const nothing of [null, undefined, 4]) expect(toldIn(nothing)).toEqual({});
});

it('knows what became of a letter by the words that it knows alone', () => {
  expect(keepAnswerIn({ is: 'kept', say: 'Gardé', draft: 12 })).toEqual({
    is: 'kept',
    say: 'Gardé',
  });
  for (const strange of [{ is: 'stolen' }, { say: 'Gardé' }, ['kept'], 'kept', null])
    expect(keepAnswerIn(strange)).toBeNull();
});
