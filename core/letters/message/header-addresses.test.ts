import { expect, it } from 'vitest';
import { readAddresses } from './header-addresses.ts';
import { cpuMs } from './testing/corpora.ts';

it.each<{ when: string; given: string; then: string[] }>([
  { when: 'an address', given: 'a@b.fr', then: [' a@b.fr'] },
  { when: 'a name and an address', given: 'Léa Martin <lea@b.fr>', then: ['Léa Martin lea@b.fr'] },
  { when: 'two', given: 'a@b.fr, "C, D" <c@d.fr>', then: [' a@b.fr', 'C, D c@d.fr'] },
  { when: 'a quoted local part with a comma', given: '"a,b"@c.fr', then: [' "a,b"@c.fr'] },
  { when: 'a comment', given: 'a(x(y)z)@b.fr (Anna)', then: [' a@b.fr'] },
  { when: 'a group', given: 'Classe: a@b.fr, c@d.fr;', then: [' a@b.fr', ' c@d.fr'] },
  { when: 'an empty group', given: 'undisclosed-recipients:;', then: [] },
  { when: 'two in angle brackets', given: '<a@b.fr> <c@d.fr>', then: [' a@b.fr', ' c@d.fr'] },
  { when: 'a route', given: 'Anna <@x.fr,@y.fr:a@b.fr>', then: ['Anna a@b.fr'] },
  {
    when: 'an encoded word that would be an address',
    given: '=?utf-8?q?anna=40b.fr?=',
    then: [' '],
  },
  { when: 'a name that is an address', given: '"anna@b.fr" <tom@b.fr>', then: [' tom@b.fr'] },
  { when: 'a wide @ in a name', given: '"anna＠b.fr" <tom@b.fr>', then: [' tom@b.fr'] },
  {
    when: 'a NUL and a line end in a name',
    given: '=?utf-8?Q?Anna=00=0A?= <a@b.fr>',
    then: ['Anna a@b.fr'],
  },
  {
    when: 'a right-to-left override in a name',
    given: '"\u202Eanna\u200B" <a@b.fr>',
    then: ['anna a@b.fr'],
  },
  {
    when: 'a name cut over two words, in the middle of a letter',
    given: '=?utf-8?B?w4k=?= =?utf-8?Q?l=C3?= =?utf-8?Q?=A9a?= <a@b.fr>',
    then: ['Éléa a@b.fr'],
  },
  { when: 'spaces around the at sign', given: 'a @ b . fr', then: [' a@b.fr'] },
  { when: 'an open comment', given: 'a@b.fr (never closed, c@d.fr', then: [' a@b.fr'] },
  { when: 'an open quote', given: '"a@b.fr, c@d.fr', then: [' '] },
  { when: 'nothing', given: '', then: [] },
])('$when', ({ given, then }) => {
  expect(readAddresses(given).map(({ name, address }) => `${name} ${address}`)).toEqual(then);
});

it.each<[string, string]>([
  ['comments in comments', '('.repeat(100_000)],
  ['commas', ','.repeat(100_000)],
  ['dots', 'a . '.repeat(25_000)],
  ['words', 'a '.repeat(50_000)],
  ['ats', 'a@b '.repeat(25_000)],
  ['angles', '<a'.repeat(50_000)],
  ['encoded words', '=?a?q?b?= '.repeat(10_000)],
  ['half encoded words', '=?a?q?b'.repeat(14_000)],
  ['quotes', '"'.repeat(100_000)],
  ['backslashes', `"${'\\'.repeat(100_000)}`],
  ['spaces', `a${' '.repeat(100_000)}b`],
])('reads 100 kB of %s at once', (_, value) => {
  expect(cpuMs(() => readAddresses(value)).ms).toBeLessThan(500);
});
