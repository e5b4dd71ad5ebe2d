import { describe, expect, it } from 'vitest';
import { readMessage } from '../message/parse.ts';
import { leadsElsewhere, looksLikeOurs } from './look-alike.ts';
import { junkSigns, type JunkTraits } from './signs.ts';
import { hasLyingLink, letterTraits } from './traits.ts';

const HONEST: JunkTraits = {
  domainAlike: false,
  colleaguesName: false,
  answerElsewhere: false,
  linkElsewhere: false,
  unproven: false,
  serverWithoutName: false,
  serverUnknown: false,
  rspamd: false,
  firstTime: true,
  trusted: false,
};

describe('a letter from outside', () => {
  it.each<{ when: string; given: Partial<JunkTraits>; junk: boolean }>([
    { when: 'a parent’s first', given: {}, junk: false },
    { when: 'a small museum’s, without SPF', given: { unproven: true }, junk: false },
    {
      when: 'the same from a server that nobody knows',
      given: { unproven: true, serverUnknown: true, serverWithoutName: true },
      junk: true,
    },
    {
      when: 'a newsletter’s, with counted links',
      given: { linkElsewhere: true, answerElsewhere: true },
      junk: false,
    },
    { when: 'a colleague’s from home', given: { colleaguesName: true }, junk: false },
    {
      when: 'somebody’s in a colleague’s name that nothing proves',
      given: { colleaguesName: true, unproven: true },
      junk: true,
    },
    { when: 'one from a domain like ours', given: { domainAlike: true }, junk: true },
    {
      when: 'the same, once one has said that it is none',
      given: { domainAlike: true, firstTime: false, trusted: true },
      junk: false,
    },
    { when: 'what rspamd calls so', given: { rspamd: true, firstTime: false }, junk: true },
  ])('$when: $junk', ({ given, junk }) =>
    expect(junkSigns({ ...HONEST, ...given }).isJunk).toBe(junk),
  );

  it('has its signs named, the weightiest first', () =>
    expect(junkSigns({ ...HONEST, unproven: true, colleaguesName: true }).signs).toEqual([
      'colleagues-name',
      'unproven',
      'first-time',
    ]));
});

describe('a domain like ours', () => {
  const ours = ['ecoles.valmont.fr'];
  it.each([
    ['ecoles.valmont.fr', false],
    ['mairie.valmont.fr', false],
    ['valmont.com', false],
    ['va1mont.com', true],
    ['vaImont.fr'.toLowerCase(), true],
    ['va1mont.fr', true],
    ['xn--valmnt-zqf.fr', true], // valmоnt, its o Cyrillic
    ['vamlont.fr', true],
    ['valrnont.fr', true],
    ['vallmont.fr', true],
    ['clermont.fr', false],
    ['gmail.com', false],
    ['', false],
  ])('%s: %s', (domain, isLike) => expect(looksLikeOurs(domain, ours)).toBe(isLike));
});

it.each([
  ['https://banque.fr/espace', 'http://pirate.example/', true],
  ['www.banque.fr', 'https://clients.banque.fr/x', false],
  ['Cliquez ici', 'http://pirate.example/', false],
  ['claire@banque.fr', 'mailto:claire@banque.fr', false],
  [' banque.fr ', 'https://banque.fr.pirate.example/', true],
])('on a link %s, to %s: elsewhere %s', (text, href, elsewhere) =>
  expect(leadsElsewhere({ text, href })).toBe(elsewhere),
);

it('what a letter says of itself is read from its header and its links', () => {
  const raw = Buffer.from(
    [
      'From: Claire <x@pirate.example>',
      'Reply-To: other@elsewhere.example',
      'Subject: x',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Voir <a href="http://pirate.example/">www.<b>banque</b>.fr</a></p>',
    ].join('\r\n'),
  );
  const read = readMessage(raw);
  if (read.kind !== 'read') throw new Error('not read');
  const around = { ourDomains: ['ecoles.valmont.fr'], isProved: true, rspamd: false } as const;
  const { message } = read;
  const letter = { read: message, hasLyingLink: hasLyingLink(raw, message.structure) };
  const traits = letterTraits(letter, { ...around, server: ['unknown'] });
  expect(traits).toEqual({
    domainAlike: false,
    answerElsewhere: true,
    linkElsewhere: true,
    unproven: false,
    serverWithoutName: false,
    serverUnknown: true,
    rspamd: false,
  });
});
