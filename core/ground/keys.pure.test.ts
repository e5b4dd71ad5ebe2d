import { expect, it } from 'vitest';
import { isKeyOf } from './keys.ts';

const SAID = { saved: 'C’est enregistré.', moved: 'C’est déplacé.' } as const;

it.each(['saved', 'moved'])('takes %s, a key of the record, for one', (word) => {
  expect(isKeyOf(SAID, word)).toBe(true);
});

it.each(['', 'Saved', 'constructor', 'toString', '__proto__', 0, null, undefined, ['saved']])(
  'takes %j, which an address may say, for none',
  (word) => expect(isKeyOf(SAID, word)).toBe(false),
);
