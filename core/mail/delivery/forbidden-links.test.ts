import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TownLetter } from '../../../tests/shared/town.ts';
import { LINKS } from '../../letters/message/limits.ts';
import { NO_CHOICE, type SiteChoice } from '../../roster/sites.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { listSites } from '../sites/testing/list.ts';
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

const waitingFor = async (local: string) => town.core.moderation.waiting(await town.viewer(local));

const choose = (school: number, choice: Partial<SiteChoice> | null) =>
  town.admin.query('update school set sites = $2 where id = $1', [
    school,
    choice && JSON.stringify({ ...NO_CHOICE, ...choice }),
  ]);

/**
 * A pupil to a classmate, a teacher to a pupil, a teacher to a colleague, a stranger to a teacher.
 */
async function onAllRoads(letter: Partial<TownLetter>): Promise<string[]> {
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
  it.each<[where: string, letter: Partial<TownLetter>]>([
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

  it(
    'among more links than are looked up isn’t needed: the letter is stopped',
    SOAKED,
    async () => {
      const text = Array.from({ length: LINKS + 1 }, (_, at) => `http://a${at}.example/`).join(
        '\n',
      );
      expect(said(await town.send('lina.moreau', ['adele.vidal'], { text }))).toBe(
        'denied forbidden-link',
      );
    },
  );

  it('is named to adults, and not to children', async () => {
    const text = 'http://www.interdit.example/x';
    const own = await town.send('claire.lefevre', ['karim.haddad'], { text });
    const sites = own.kind === 'held' ? own.held.map(({ words }) => words['site']) : [];
    expect(sites).toEqual(['www.interdit.example']);
    const childs = await town.send('lina.moreau', ['adele.vidal'], { text });
    expect(childs.kind === 'denied' && childs.refusals[0]?.words['site']).toBeUndefined();
  });

  it('waits for the head of its writer’s school, who sees which site it is', async () => {
    const subject = 'Pour la tête de l’école';
    const text = 'http://interdit.example';
    await town.send('claire.lefevre', ['karim.haddad', 'helene.bertin'], {
      subject,
      text,
      via: 'web',
    });
    const one = (await waitingFor('mamadou.diallo')).find((held) => held.subject === subject);
    expect(one).toMatchObject({ rule: 'forbidden-link-held', site: 'interdit.example' });
    expect((await waitingFor('karim.haddad')).map((held) => held.subject)).not.toContain(subject);
    if (one === undefined) return;
    const head = await town.viewer('mamadou.diallo');
    expect(said(await town.letGo(head, one.school, one.id))).toBe('2 sent');
  });

  it('waits for its writer where the town says so, who must say why', async () => {
    const subject = 'Une raison';
    const text = 'http://interdit.example';
    await choose(0, { release: 'writer' });
    await town.send('claire.lefevre', ['karim.haddad'], { subject, text, via: 'web' });
    await choose(0, null);
    const claire = await town.viewer('claire.lefevre');
    const row = (await town.rows('claire.lefevre', 'sent')).find(
      (sent) => sent.subject === subject,
    );
    if (row === undefined) throw new Error('no copy');
    const letGo = (who: Viewer, reason: string) =>
      town.core.sent.release(who, { mailbox: row.mailbox, uid: row.uid, reason });
    expect((await waitingFor('mamadou.diallo')).map((held) => held.subject)).not.toContain(subject);
    expect((await town.core.sent.fate(claire, row.mailbox, row.uid))?.held?.isOwn).toBe(true);
    expect(await letGo(await town.viewer('karim.haddad'), 'x')).toBeNull();
    expect(await letGo(claire, '  ')).toBe(false);
    expect(await letGo(claire, 'La fiche du musée')).toBe(true);
    expect(await letGo(claire, 'encore')).toBe(false);
    expect((await town.rows('karim.haddad')).map((got) => got.subject)).toContain(subject);
    const { rows } = await town.admin.query(
      `select subject from audit where act = 'release' order by id desc limit 1`,
    );
    expect(rows[0]).toMatchObject({ subject: { reason: 'La fiche du musée', recipients: 1 } });
  });

  it('waits for its writer also where their program put no copy into Sent', SOAKED, async () => {
    const subject = 'Sans copie';
    await choose(0, { release: 'writer' });
    await town.send('claire.lefevre', ['karim.haddad'], {
      subject,
      text: 'http://interdit.example',
    });
    await town.send('claire.lefevre', ['karim.haddad'], {
      subject: 'Repris',
      text: 'http://interdit.example',
    });
    await choose(0, null);
    const claire = await town.viewer('claire.lefevre');
    const karim = await town.viewer('karim.haddad');
    const { sent } = town.core;
    const own = (await sent.waiting(claire)).filter((one) => one.isOwn);
    const named = (name: string) => own.find((one) => one.subject === name)?.letter;
    const [letter, other] = [named(subject), named('Repris')];
    if (letter === undefined || other === undefined) throw new Error('nothing waits');
    expect(await sent.waiting(karim)).toEqual([]);
    expect(await sent.releaseLetter(karim, letter, 'x')).toBe(false);
    expect(await sent.withdrawLetter(karim, letter)).toBe(0);
    expect(await sent.releaseLetter(claire, letter, 'La fiche du musée')).toBe(true);
    expect(await sent.withdrawLetter(claire, other)).toBe(1);
    const got = (await town.rows('karim.haddad')).map((row) => row.subject);
    expect([got.includes(subject), got.includes('Repris')]).toEqual([true, false]);
  });

  it('of a parent waits in their own school, be it for a teacher of another, until they take it back', async () => {
    const subject = 'De l’autre école';
    await town.admin.query(`
      begin;
      set local preau.school = '2';
      insert into guardianship (school_id, child_address_id, guardian_address_id)
      select 2, p.address_id, g.id
      from account p, address g
      where p.school_id = 2 and p.role = 'pupil' and g.local = 'sandra.vidal'
      order by p.id
      limit 1;
      commit
    `);
    const held = await town.send('sandra.vidal', ['julie.robin'], {
      subject,
      text: 'http://interdit.example',
    });
    expect(said(held)).toBe('held forbidden-link-held');
    const sandra = await town.viewer('sandra.vidal');
    const own = async () =>
      (await town.core.sent.waiting(sandra)).filter((one) => one.subject === subject);
    const [letter] = await own();
    expect(letter?.to.map(({ name }) => name)).toEqual(['Julie Robin']);
    expect(letter?.by.map(({ name }) => name)).toEqual(['Mamadou Diallo']);
    if (letter === undefined) return;
    expect(await town.core.sent.withdrawLetter(sandra, letter.letter)).toBe(1);
    expect(await own()).toEqual([]);
    expect((await town.rows('julie.robin')).map((row) => row.subject)).not.toContain(subject);
  });

  it('of a head’s own letter waits for themselves', SOAKED, async () => {
    await town.send('mamadou.diallo', ['karim.haddad'], { text: 'http://interdit.example' });
    const { rows } = await town.admin.query('select decider from hold order by id desc limit 1');
    expect(rows).toEqual([{ decider: 'writer' }]);
  });

  it('to a class stops it for all of it', async () => {
    const text = 'http://interdit.example';
    expect(said(await town.send('claire.lefevre', ['ce1-a.tilleuls'], { text }))).toBe(
      'denied forbidden-link',
    );
  });
});

it(
  'links within links by the thousand are looked up a few at a time, and said to be too many',
  SOAKED,
  async () => {
    const folders = Array.from({ length: 16 }, (_, at) => `/${at}`).join('');
    const links = Array.from({ length: LINKS }, (_, at) => {
      const within = Array.from({ length: 19 }, (_all, one) => `${at}-${one}`);
      const sites = within.map((name) => `http://a.b.c.d.e.f.g.h.i.x${name}.example${folders}`);
      return `http://a.example/${sites.join('&')}`;
    });
    let longestMs = 0;
    let before = process.cpuUsage();
    const watch = setInterval(() => {
      const { user, system } = process.cpuUsage(before);
      longestMs = Math.max(longestMs, (user + system) / 1_000);
      before = process.cpuUsage();
    }, 0);
    const found = await town.core.sites.lookUp({ links, areMore: false, filesCut: false });
    clearInterval(watch);
    expect(found).toEqual({ sites: [], tooManyLinks: true });
    expect(longestMs).toBeLessThan(200);
  },
);
