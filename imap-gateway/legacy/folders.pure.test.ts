import { describe, expect, it } from 'vitest';
import { keptDate, keptFlags, destinationOf, type OldFolder } from './folders.ts';
import { readMap } from './map-file.ts';

const folder = (path: string, given: Partial<OldFolder> = {}): OldFolder => ({
  path,
  delimiter: '/',
  flags: new Set(),
  specialUse: null,
  useSaidBy: 'server',
  ...given,
});

describe('where an old folder goes', () => {
  it.each([
    ['INBOX', folder('INBOX'), { kind: 'use', use: 'inbox' }],
    ['Sent', folder('Sent', { specialUse: '\\Sent' }), { kind: 'use', use: 'sent' }],
    [
      'INBOX.Éléments envoyés',
      folder('INBOX.Éléments envoyés', { delimiter: '.', specialUse: '\\Sent' }),
      { kind: 'use', use: 'sent' },
    ],
    [
      'a folder of one’s own',
      folder('Projets/Classe verte'),
      { kind: 'path', path: 'Projets/Classe verte' },
    ],
    [
      'below INBOX',
      folder('INBOX.Projets.2025', { delimiter: '.' }),
      { kind: 'path', path: 'Projets/2025' },
    ],
    [
      'a slash in a name',
      folder('Projets.CP/CE1', { delimiter: '.' }),
      { kind: 'path', path: 'Projets/CP-CE1' },
    ],
    ['wildcards', folder('50% *'), { kind: 'path', path: '50- -' }],
    ['a step upwards', folder('Projets/../..'), { kind: 'path', path: 'Projets/-/-' }],
    [
      'an emoji of several, and what draws nothing',
      folder('Fête 👨\u200D👩\u200D👧/\u200Bx'),
      { kind: 'path', path: 'Fête 👨👩👧/x' },
    ],
    ['only what draws nothing', folder('\u200B/x'), { kind: 'path', path: '-/x' }],
    [
      'a name cut within an emoji',
      folder(`x${'🎉'.repeat(40)}`),
      { kind: 'path', path: `x${'🎉'.repeat(29)}` },
    ],
    [
      'where ours are other people’s',
      folder('Partagés/CE1'),
      { kind: 'path', path: 'Partagés -/CE1' },
    ],
    [
      'a bin by its name',
      folder('INBOX.Corbeille', { delimiter: '.', specialUse: '\\Trash', useSaidBy: 'name' }),
      { kind: 'use', use: 'trash' },
    ],
    [
      'a bin of a project, by its name',
      folder('Projets/Corbeille', { specialUse: '\\Trash', useSaidBy: 'name' }),
      { kind: 'path', path: 'Projets/Corbeille' },
    ],
    [
      'a bin that the server says is one',
      folder('[Gmail]/Corbeille', { specialUse: '\\Trash' }),
      { kind: 'use', use: 'trash' },
    ],
    ['without a delimiter', folder('Plat', { delimiter: '' }), { kind: 'path', path: 'Plat' }],
    [
      'fifteen levels',
      folder('a/b/c/d/e/f/g/h/i/j/k/l/m/n/o'),
      { kind: 'path', path: 'a/b/c/d/e/f/g/h - i - j - k - l - m - n - o' },
    ],
  ])('%s', (_name, old, destination) => expect(destinationOf(old)).toEqual(destination));
  it.each([
    ['that only holds folders', folder('Projets', { flags: new Set(['\\Noselect']) })],
    ['all mail once more', folder('[Gmail]/All Mail', { specialUse: '\\All' })],
    ['nothing but separators', folder('///')],
  ])('nowhere: %s', (_name, old) => expect(destinationOf(old)).toBeNull());
  it.each([
    ['2019-06-03T06:00:00Z', 1_559_541_600_000],
    ['9999-12-31T23:59:59Z', 253_402_300_799_000],
    ['+010000-01-01T00:00:00Z', null],
    ['0000-12-31T23:00:00Z', null],
    ['hier', null],
    [undefined, null],
  ] as const)('of the date %s: %s', (given, then) =>
    expect(keptDate(given)?.getTime() ?? null).toBe(then),
  );
  it('keeps flags and keywords, not \\Recent and not \\Deleted', () =>
    expect(
      keptFlags([
        '\\Seen',
        '\\Recent',
        '\\Deleted',
        '$Forwarded',
        'NonJunk',
        '&AMk-cole',
        'a:b',
        '\\Odd',
      ]),
    ).toEqual(['\\Seen', '$Forwarded', 'NonJunk', '&AMk-cole', 'a:b']));
});

describe('the map of old accounts', () => {
  it('is read with any delimiter, a BOM, and columns in any order', () => {
    expect(
      readMap(
        '\uFEFFaddress;user;password;note\r\nClaire.Lefevre@Ecoles.preau.test;clefevre;s;x\r\n\r\n',
        { admin: false },
      ),
    ).toEqual({
      kind: 'map',
      journeys: [
        { line: 2, user: 'clefevre', password: 's', address: 'claire.lefevre@ecoles.preau.test' },
      ],
    });
  });
  it('needs no passwords with an administrator', () =>
    expect(readMap('user\taddress\na\ta@b.fr\n', { admin: true })).toMatchObject({
      kind: 'map',
      journeys: [{ user: 'a', password: null }],
    }));
  it('names every line that can’t be used, and nothing is begun', () => {
    expect(
      readMap(
        'user,address,password\n,a@b.fr,x\n\nb,,x\nc,pas une adresse,x\nd,d@b.fr,\ne,e@b.fr,x\ne,f@b.fr,x\n',
        { admin: false },
      ),
    ).toEqual({
      kind: 'faults',
      faults: [
        { line: 2, why: 'no-user' },
        { line: 4, why: 'no-address' },
        { line: 5, why: 'bad-address' },
        { line: 6, why: 'no-password' },
        { line: 8, why: 'twice' },
      ],
    });
  });
  it.each([
    ['another delimiter', 'user;address;password\na;a@b.fr;x,y\tz\n', 'x,y\tz'],
    ['the delimiter, in quotation marks', 'user;address;password\na;a@b.fr;"x;y"\n', 'x;y'],
    ['a quotation mark', 'user,address,password\na,a@b.fr,x"y\n', 'x"y'],
    ['spaces around it', 'user , address , password\n a , a@b.fr , xy \n', 'xy'],
    ['spaces that are its own', 'user,address,password\na,a@b.fr," xy "\n', ' xy '],
  ])('takes a password with %s', (_with, text, password) =>
    expect(readMap(text, { admin: false })).toEqual({
      kind: 'map',
      journeys: [{ line: 2, user: 'a', address: 'a@b.fr', password }],
    }),
  );
  it.each([
    [
      'no column of passwords',
      'user,address\na,a@b.fr\nb,b@b.fr\n',
      [{ line: 1, why: 'no-password-column' }],
    ],
    [
      'a quotation mark that stays open',
      'user,address,password\na,a@b.fr,x\nb,b@b.fr,"y\nc,c@b.fr,z\n',
      [{ line: 3, why: 'open-quote' }],
    ],
  ] as const)('says once, and where: %s', (_what, text, faults) =>
    expect(readMap(text, { admin: false })).toEqual({ kind: 'faults', faults }),
  );
  it.each(['user,address,password\n', 'user,address,password\r\n\r\n,,\r\n'])(
    '%j names nobody',
    (text) => expect(readMap(text, { admin: false })).toEqual({ kind: 'empty' }),
  );
  it.each(['', 'nom,prénom\na,b\n'])('%j is no map', (text) =>
    expect(readMap(text, { admin: false })).toEqual({ kind: 'not-a-map' }),
  );
});
