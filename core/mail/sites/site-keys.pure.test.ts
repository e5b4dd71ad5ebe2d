import { describe, expect, it } from 'vitest';
import { normaliseLink } from '../../letters/message/links.ts';
import { entryKey, siteKeys } from './site-keys.ts';
import { targetsOf } from './targets.ts';

/** Whether a list of these entries names what a link leads to. */
function isOn(entries: readonly string[], written: string): boolean {
  const list = new Set(entries.map(entryKey));
  const link = normaliseLink(written);
  return (
    link !== null &&
    targetsOf(link)
      .flatMap(siteKeys)
      .some((key) => list.has(key))
  );
}

describe('a list of interdit.example, 192.0.2.7 and club.example/jeux names', () => {
  const LIST = ['interdit.example', '192.0.2.7', 'www.club.example/Jeux/', 'villé.example'];

  it.each([
    'http://interdit.example',
    'https://INTERDIT.example:8443/page?x#y',
    'http://www.interdit.example/',
    'http://a.b.c.d.e.f.g.h.i.j.k.l.interdit.example/',
    'http://interdit.example./',
    'http://interdit.example../',
    'http://%69nterdit.exam%70le/',
    'http://ｉｎｔｅｒｄｉｔ．ｅｘａｍｐｌｅ/',
    'http://interdit。example/',
    'http://inter\u00addit.example/',
    'http:\\\\interdit.example\\x',
    'http:interdit.example',
    'http:/interdit.example',
    '//interdit.example',
    'ht\ntp://interdit.example',
    'http://ecole.fr@interdit.example/',
    'http://ecole.fr:secret@interdit.example/',
    'http://ecole.fr%2F@interdit.example/',
    // numbers
    'http://192.0.2.7/',
    'http://3221225991/',
    'http://0xc0000207/',
    'http://0300.0.02.07/',
    'http://0xc0.0.519/',
    'http://192.0.519',
    'http://[::ffff:192.0.2.7]/',
    'http://[::ffff:c000:207]/',
    // addresses
    'http://club.example/jeux',
    'http://www.club.example/jeux/',
    'http://m.club.example/JEUX/page.html?x=1',
    'http://club.example//jeux/x',
    'http://club.example/%6Aeux',
    'http://club.example/a/../jeux',
    // Punycode
    'http://villé.example',
    'http://xn--vill-epa.example',
    'http://VILLÉ.example',
    // what leads on
    'https://www.google.com/url?q=http://interdit.example/&sa=D',
    'https://www.google.com/url?sa=t&url=https%3A%2F%2Finterdit.example%2F',
    'https://x.example/out?u=https%253A%252F%252Finterdit.example',
    'https://x.example/out?u=interdit.example/page',
    'https://x.example/out#to=http://interdit.example',
    'https://web.archive.org/web/2020/http://interdit.example/x',
    'https://x.example/https:/interdit.example',
    'https://a.example/?u=http%3A%2F%2Fb.example%2F%3Fu%3Dhttp%253A%252F%252Finterdit.example',
    'https://interdit-example.translate.goog/?_x_tr_sl=en',
  ])('%s', (link) => expect(isOn(LIST, link)).toBe(true));

  it.each([
    'http://example/',
    'http://noninterdit.example/',
    'http://interdit.example.org/',
    'http://ecole.fr/interdit.example',
    'http://interdit.example@ecole.fr/',
    'http://192.0.2.70/',
    'http://192.0.2.7.example/',
    'http://club.example/',
    'http://club.example/jeuxdeballon',
    'http://autre.club.example/jeux',
    'mailto:x@interdit.example',
    'javascript:alert(1)',
    'http://',
  ])('not %s', (link) => expect(isOn(LIST, link)).toBe(false));
});

it.each<[line: string, then: string | null]>([
  ['exemple.fr', 'exemple.fr'],
  [' WWW.Exemple.FR\r', 'www.exemple.fr'],
  ['http://exemple.fr/', 'exemple.fr'],
  ['exemple.fr:8080/a/', 'exemple.fr/a'],
  ['exemple.fr/?Q=1', 'exemple.fr?q=1'],
  ['école.fr', 'xn--cole-9oa.fr'],
  ['010.0.0.1', '8.0.0.1'],
  ['com', null],
  ['# un mot', null],
  ['', null],
  ['a b', null],
])('the line « %s » is %s', (line, then) => expect(entryKey(line)).toBe(then));

it('names of an endless link are as many as they may be', () => {
  const link = `http://${'a.'.repeat(120)}example/${'b/'.repeat(500)}`;
  expect(siteKeys(link).length).toBeLessThan(30);
  const nested = `http://x.example/?u=${encodeURIComponent('http://y.example/?u=').repeat(60)}`;
  expect(targetsOf(nested).length).toBeLessThanOrEqual(20);
});
