import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  canonicalAddress,
  canonicalLocal,
  canonicalOutside,
  domainOf,
  isWithin,
} from './address.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/corpora/addresses-isemail/tests.xml');

describe('our own addresses', () => {
  it.each<{ when: string; given: string; then: string | null }>([
    { when: 'as it is written', given: 'lea.martin@ecoles.test', then: 'lea.martin@ecoles.test' },
    { when: 'upper case', given: 'Lea.Martin@Ecoles.TEST', then: 'lea.martin@ecoles.test' },
    { when: 'a tag', given: 'lea+x@ecoles.test', then: null },
    { when: 'a full stop at the end', given: 'lea.@ecoles.test', then: null },
    { when: 'a full stop at the start', given: '.lea@ecoles.test', then: null },
    { when: 'two full stops', given: 'lea..martin@ecoles.test', then: null },
    { when: 'the root of the domain', given: 'lea@ecoles.test.', then: null },
    { when: 'quotes', given: '"lea"@ecoles.test', then: null },
    { when: 'a comment', given: 'lea(x)@ecoles.test', then: null },
    { when: 'a comma', given: 'lea,tom@ecoles.test', then: null },
    { when: 'a semicolon', given: 'lea;tom@ecoles.test', then: null },
    { when: 'a NUL', given: 'lea\0@ecoles.test', then: null },
    { when: 'a line end', given: 'lea@ecoles.test\r\nRCPT TO:<x@y.z>', then: null },
    { when: 'a space', given: ' lea@ecoles.test', then: null },
    { when: 'wide letters', given: 'ｌｅａ@ecoles.test', then: null },
    { when: 'a Cyrillic letter', given: 'lеa@ecoles.test', then: null },
    { when: 'the Kelvin sign, which lower-cases to k', given: 'ni\u212Ao@ecoles.test', then: null },
    { when: 'a zero-width letter', given: 'le\u200Ba@ecoles.test', then: null },
    { when: 'angle brackets', given: '<lea@ecoles.test>', then: null },
    { when: 'no domain', given: 'lea', then: null },
    {
      when: 'a local part of 64',
      given: `${'a'.repeat(64)}@ecoles.test`,
      then: `${'a'.repeat(64)}@ecoles.test`,
    },
    { when: 'a local part of 65', given: `${'a'.repeat(65)}@ecoles.test`, then: null },
  ])('$when', ({ given, then }) => {
    const address = canonicalLocal(given);
    expect(address === null ? null : `${address.local}@${address.domain}`).toBe(then);
  });
});

/**
 * Spellings by which relays were opened (decision 28, "Open relay"). None may become an address at
 * us, nor at the other.
 */
it.each([
  'u%d.test@us.test',
  'd.test!u@us.test',
  '"u@d.test"@us.test',
  '@us.test:u@d.test',
  '@us.test,@d.test:u@d.test',
  'u@d.test@us.test',
  'u@d.test.',
  'u@[127.0.0.1]',
  'u@[IPv6:::1]',
  'u@us.test\0@d.test',
  '<u@d.test>',
  'u@d.test ',
  'u@',
  '@d.test',
  'u@d.test%us.test',
  'u@d_x.test',
])('no relay by %j', (given) => {
  expect(canonicalAddress(given)).toBeNull();
});

describe('addresses outside', () => {
  it.each<{ when: string; given: string; then: string | null }>([
    { when: 'a tag', given: 'Jean+ecole@Example.ORG', then: 'Jean+ecole@example.org' },
    { when: 'an IDN domain', given: 'jean@exämple.fr', then: 'jean@xn--exmple-cua.fr' },
    {
      when: 'letters beyond ASCII (SMTPUTF8)',
      given: 'émilie@example.fr',
      then: 'émilie@example.fr',
    },
    { when: 'a wide full stop', given: 'jean@example．fr', then: null },
    { when: 'a number for a domain', given: 'jean@127.0.0.1', then: null },
    { when: 'a domain of one label', given: 'jean@localhost', then: null },
    {
      when: '254 bytes',
      given: `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(6)}`,
      then: `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(6)}`,
    },
    {
      when: '255 bytes',
      given: `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(7)}`,
      then: null,
    },
  ])('$when', ({ given, then }) => {
    const address = canonicalOutside(given);
    expect(address === null ? null : `${address.local}@${address.domain}`).toBe(then);
  });
});

it('compares domains', () => {
  expect(domainOf('Anna@Ecoles.TEST.')).toBe('ecoles.test');
  expect([
    isWithin('a.ecoles.test', 'ecoles.test'),
    isWithin('evilecoles.test', 'ecoles.test'),
  ]).toEqual([true, false]);
});

describe.skipIf(!existsSync(CORPUS))(
  'isemail (skipped where the corpora are not beside the repository)',
  () => {
    it('takes no address that isemail calls an error, in any spelling', () => {
      const tests = [
        ...readFileSync(CORPUS, 'utf8').matchAll(
          /<address>([\s\S]*?)<\/address>[\s\S]*?<category>(\w+)<\/category>/g,
        ),
      ].map(([, address = '', category = '']) => ({ address: unescaped(address), category }));
      const taken = tests.filter(({ address }) => canonicalAddress(address) !== null);
      const wrong = taken.filter(({ category }) => category === 'ISEMAIL_ERR');
      const valid = tests.filter(({ category }) => category === 'ISEMAIL_VALID_CATEGORY');
      console.log(
        `isemail: ${tests.length} addresses, ${taken.length} taken; ${valid.length} valid, ${valid.filter((test) => taken.includes(test)).length} of them taken; ${wrong.length} errors taken`,
      );
      expect(wrong).toEqual([]);
      expect(taken.every(({ address }) => !/["()\[\]:,;<>\s%!]/.test(address))).toBe(true);
    });
  },
);

function unescaped(text: string): string {
  return text
    .replace(/&#x([0-9A-Fa-f]+);/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))
    .replace(/[\u2400-\u2421]/g, (picture) => String.fromCharCode(picture.charCodeAt(0) - 0x2400))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
