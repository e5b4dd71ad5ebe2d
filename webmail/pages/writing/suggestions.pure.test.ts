import { expect, it } from 'vitest';
import type { Reachable } from '../../../core/mail/writing/contract.ts';
import { inGroups, marked, typedRecipients } from './suggestions.ts';

it.each<{ when: string; text: string; addresses: readonly string[]; rest: string }>([
  { when: 'one address', text: ' A@B.fr ', addresses: ['a@b.fr'], rest: '' },
  {
    when: 'names before them',
    text: 'Zoé <z@b.fr>, x@y.fr',
    addresses: ['z@b.fr', 'x@y.fr'],
    rest: '',
  },
  {
    when: 'one a line, twice',
    text: 'a@b.fr\r\nc@d.fr\na@b.fr\n',
    addresses: ['a@b.fr', 'c@d.fr'],
    rest: '',
  },
  { when: 'spaces between them', text: 'a@b.fr c@d.fr', addresses: ['a@b.fr', 'c@d.fr'], rest: '' },
  { when: 'a cell of a table', text: 'a@b.fr\tc@d.fr', addresses: ['a@b.fr', 'c@d.fr'], rest: '' },
  { when: 'a name', text: 'robin', addresses: [], rest: 'robin' },
  {
    when: 'a name among them',
    text: 'a@b.fr; Julie Robin',
    addresses: ['a@b.fr'],
    rest: 'Julie Robin',
  },
  { when: 'what only looks like one', text: 'a@b, @c.fr', addresses: [], rest: 'a@b, @c.fr' },
  { when: 'nothing', text: ' ; ', addresses: [], rest: '' },
])('reads $when', ({ text, addresses, rest }) => {
  expect(typedRecipients(text)).toEqual({ addresses, rest });
});

it.each([
  { name: 'Bérénice Aubry', text: 'be', then: '<mark>Bé</mark>rénice Aubry' },
  { name: 'Samira Benali', text: 'BEN', then: 'Samira <mark>Ben</mark>ali' },
  { name: 'Lœuf & fils', text: 'x', then: 'Lœuf &amp; fils' },
  { name: '<b>', text: 'b', then: '&lt;<mark>b</mark>&gt;' },
])('marks « $text » in « $name »', ({ name, text, then }) => {
  expect(String(marked(name, text)).trim()).toBe(then);
});

it('puts a colleague above a parent of the same name, and one’s own families above others', () => {
  const one = (name: string, rest: Partial<Reachable>): Reachable => ({
    kind: 'adult',
    name,
    address: `${name}@ecoles.preau.test`,
    face: 'SB',
    cover: 4,
    group: 'families',
    listKind: null,
    count: 1,
    classes: [],
    title: '',
    ...rest,
  });
  const people = [
    one('Anne Martin', { classes: ['CM2'] }),
    one('Zoé Martin', { classes: ['CE1 A'] }),
    one('Paul Martin', { group: 'team' }),
    one('Lise Jomart', { group: 'team' }),
    one('Martin', { group: 'outside' }),
  ];
  const groups = inGroups(people, { text: 'mar', own: ['CE1 A'] });
  expect(groups.map(({ group, people: found }) => [group, found.map(({ name }) => name)])).toEqual([
    ['team', ['Paul Martin', 'Lise Jomart']],
    ['own-families', ['Zoé Martin']],
    ['families', ['Anne Martin']],
    ['outside', ['Martin']],
  ]);
  expect(inGroups(people, { text: 'mar', own: [], most: 1 })[0]?.people).toHaveLength(1);
});
