import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LINKS } from '../message/limits.ts';
import type { SiteChoice } from '../roster/sites.ts';
import { listSites } from '../sites/testing/list.ts';
import { openTestTown, type Letter } from '../testing/town.ts';
import { said } from './testing/hold-town.ts';

const STRANGER = 'camille@musee.example';
const town = await openTestTown();

beforeAll(() =>
  listSites(town.core, {
    adult: ['interdit.example'],
    games: ['jeux.example'],
    phishing: ['banque.example'],
  }),
);
afterAll(() => town.close());

const choose = (school: number, choice: Partial<SiteChoice> | null) =>
  town.admin.query('update school set sites = $2 where id = $1', [
    school,
    choice && JSON.stringify({ pupils: null, adults: null, allowed: [], ...choice }),
  ]);

/**
 * A pupil to a classmate, a teacher to a pupil, a teacher to a colleague, a stranger to a teacher.
 */
async function onAllRoads(letter: Partial<Letter>): Promise<string[]> {
  return [
    said(await town.send('lina.moreau', ['adele.vidal'], letter)),
    said(await town.send('claire.lefevre', ['lina.moreau'], { ...letter, via: 'web' })),
    said(await town.send('claire.lefevre', ['karim.haddad'], letter)),
    said(await town.receive(STRANGER, ['claire.lefevre'], letter)),
  ];
}

const PASSES = ['accepted', 'accepted', 'accepted', 'accepted'];
const STOPPED = [
  'denied forbidden-link',
  'denied forbidden-link',
  'held forbidden-link-held',
  'held forbidden-link-held',
];

describe('a link to a site on the list', () => {
  it.each<[where: string, letter: Partial<Letter>]>([
    ['in the text', { text: 'Va voir http://www.interdit.example/x.' }],
    ['in the subject', { subject: 'interdit.example' }],
    ['in a formatted text', { subtype: 'html', text: '<a href="//interdit.example">x</a>' }],
    ['behind another', { text: 'https://www.google.com/url?q=http%3A%2F%2Finterdit.example' }],
    ['in a file', { file: { name: 'a.txt', bytes: Buffer.from('http://interdit.example') } }],
  ])('%s stops a letter', async (_where, letter) => {
    expect(await onAllRoads(letter)).toEqual(STOPPED);
  });

  it('of a category that the school leaves open lets it pass', async () =>
    expect(await onAllRoads({ text: 'https://www.jeux.example/ ecole.example' })).toEqual(PASSES));

  it('stops it by what the town and the school have chosen, for children and for grown-ups', async () => {
    const text = 'https://jeux.example/';
    await choose(0, { pupils: ['games'] });
    expect(await onAllRoads({ text })).toEqual([...STOPPED.slice(0, 2), ...PASSES.slice(2)]);
    await choose(1, { pupils: [], adults: ['games'] });
    expect(await onAllRoads({ text })).toEqual([...PASSES.slice(0, 2), ...STOPPED.slice(2)]);
    await choose(1, { allowed: ['www.jeux.example'] });
    expect(await onAllRoads({ text })).toEqual([...STOPPED.slice(0, 2), ...PASSES.slice(2)]);
    await choose(1, { allowed: ['jeux.example'] });
    expect(await onAllRoads({ text })).toEqual(PASSES);
    await choose(1, null);
    await choose(0, { allowed: ['interdit.example'] });
    expect(await onAllRoads({ text: 'http://a.interdit.example' })).toEqual(PASSES);
    await choose(0, null);
  });

  it('among more links than are looked up isn’t needed: the letter is stopped', async () => {
    const text = Array.from({ length: LINKS + 1 }, (_, at) => `http://a${at}.example/`).join('\n');
    expect(said(await town.send('lina.moreau', ['adele.vidal'], { text }))).toBe(
      'denied forbidden-link',
    );
  });

  it('to a class stops it for all of it', async () => {
    const text = 'http://interdit.example';
    expect(said(await town.send('claire.lefevre', ['ce1-a.tilleuls'], { text }))).toBe(
      'denied forbidden-link',
    );
  });
});
