import { expect, it } from 'vitest';
import { SOAKED, sliced } from '../shared/slice.ts';
import { TAIL, TAILS } from './attacks.ts';
import { growthOf, shown } from './growth.ts';
import type { StrangersReader } from './reader.ts';
import { READERS_OF_FILES } from './readers-of-files.ts';
import { READERS_OF_LETTERS } from './readers-of-letters.ts';
import { READERS_OF_UPLOADS } from './readers-of-uploads.ts';
import { READERS_OF_WIRES } from './readers-of-wires.ts';

const READERS = [
  ...READERS_OF_LETTERS,
  ...READERS_OF_FILES,
  ...READERS_OF_UPLOADS,
  ...READERS_OF_WIRES,
];
const SMALL = { tails: [TAIL], screened: 4_096, slowest: 1, most: 65_536 };
const WHOLE = { tails: TAILS, screened: 32_768, slowest: 3, most: Number.POSITIVE_INFINITY };

it.each(sliced(9, READERS).some)('$name is read in a time that grows as it does', (reader) => {
  const { slowest, steep } = growthOf(reader, SMALL);
  console.log(`${reader.name}: ${slowest.map(shown).join('; ')}`);
  expect(steep.map(shown)).toEqual([]);
});

it.each(READERS)('$name, up to the largest that is read', SOAKED, (reader) => {
  const { slowest, steep } = growthOf(reader, WHOLE);
  console.log(`${reader.name}: ${slowest.map(shown).join('; ')}`);
  expect(steep.map(shown)).toEqual([]);
});

it.each<{ how: string; read: StrangersReader['read']; units?: readonly string[]; then: RegExp }>([
  { how: 'begins anew at each dot', read: (text) => /\.+$/.test(text), then: /^"\.…/ },
  {
    how: 'walks up from each of the tags in one another',
    units: ['<b>'],
    read: (text) => text.split('<b>').reduce<string[]>((above, tag) => [tag, ...above], []),
    then: /^"<b>…/,
  },
])('a reader that $how is found', SOAKED, ({ then, ...reader }) => {
  const { steep } = growthOf({ name: '', largest: 65_536, ...reader }, SMALL);
  expect(steep.map(shown).filter((one) => then.test(one))).not.toEqual([]);
});
