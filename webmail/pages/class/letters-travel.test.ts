import { afterAll, expect, it } from 'vitest';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { openTownPages } from '../../testing/served.ts';
import { openVisits } from '../../testing/visits.ts';

const { town, enter, write } = await openTownPages();
const visits = await openVisits(town, () => town.clock.now);
afterAll(() => visits.close());

/** What axe finds on a page as somebody has it. */
async function faultsOn(local: string, path: string): Promise<readonly string[]> {
  const page = await visits.read(local, path);
  return pageFaults(page, path);
}

const WRITTEN = new Date('2026-11-24T09:00:00Z'); // a Tuesday
const BROUGHT = new Date('2026-11-26T07:00:00Z');

/** CE1 A of the Tilleuls (Lina, Madame Lefèvre) and CE1 of Pasteur (Ondine, Julie Robin). */
async function linkOf(local: string): Promise<string> {
  const somebody = await enter(local);
  const [own] = await town.core.teaching.classes(await town.viewer(local));
  const { body } = await somebody.get(`/classes/${own?.id}/links`);
  return /action="(\/classes\/\d+\/link\/\d+)\/travel"/.exec(body)?.[1] ?? '';
}

it('each class says for what comes to it, and sees what the other has said', async () => {
  const [julie, claire] = [await enter('julie.robin'), await enter('claire.lefevre')];
  const [link, other] = [await linkOf('julie.robin'), await linkOf('claire.lefevre')];
  const csrf = await julie.csrf(link.replace(/\/link\/\d+$/, '/links'));
  const { headers } = await julie.post(`${link}/travel`, { csrf, travels: 'yes' });
  const { body } = await julie.get(headers.location ?? '');
  expect(body).toContain('arrivent maintenant le prochain jour d’école à 8\u00a0h.');
  expect(body).toContain('leurs lettres voyagent jusqu’à vous');
  expect(body).toContain('Ne plus les faire voyager');
  expect(body).toContain('Les lettres en route reviennent à ceux qui les ont écrites.');
  const theirs = await claire.get(other.replace(/\/link\/\d+$/, '/links'));
  expect(theirs.body).toContain('vos lettres voyagent jusqu’à eux');
  expect(theirs.body).toContain('Faire voyager les lettres');
  const page = link.replace(/\/link\/\d+$/, '/links');
  expect(await faultsOn('julie.robin', page)).toEqual([]);
});

const others = sliced(2, [
  ...['claire.lefevre', 'karine.moreau', 'lina.moreau', 'marc.olivier', 'hugues.armand'],
]);
it.each(others.some)('is not for somebody else to say: %s', isNotTheirs);
it.each(others.rest)('is not for somebody else to say either: %s', SOAKED, isNotTheirs);

async function isNotTheirs(local: string): Promise<void> {
  const link = await linkOf('julie.robin');
  const somebody = await enter(local);
  const csrf = await somebody.csrf('/mail/inbox');
  for (const travels of ['yes', 'no', 'peut-être'])
    expect((await somebody.post(`${link}/travel`, { csrf, travels })).statusCode).toBe(404);
}

it('a child sees the road of what they sent, may take it back, and of what came', async () => {
  const setSide = (travels: boolean): Promise<unknown> =>
    town.admin.query(
      `begin; set local preau.school = '2';
       update class_link set travels = ${travels} where school_id = 2;
       set local preau.school = '1'; update class_link set moderated = false where school_id = 1;
       commit`,
    );
  await setSide(true);
  town.clock.now = WRITTEN;
  const gone = await write('lina.moreau', ['ondine.le-bihan'], { subject: 'Loin', text: 'Coucou' });
  expect(gone.kind).toBe('held');
  const lina = await enter('lina.moreau');
  const sent = `/mail/sent/${(await town.rows('lina.moreau', 'sent'))[0]?.uid}`;
  expect((await lina.get('/mail/sent')).body).toMatch(/#bus"[^>]*\/?>(?:<\/use>)?<\/svg>En route/);
  const onTheWay = (await lina.get(sent)).body;
  expect(onTheWay).toContain('class="road"');
  expect(onTheWay).toMatch(/Ta lettre est en route\. Partie [^,]+, elle arrivera /);
  expect(onTheWay).toContain('Reprendre mon message');
  expect(await faultsOn('lina.moreau', sent)).toEqual([]);
  town.clock.now = BROUGHT;
  const jobs = await town.core.jobs.start(null);
  await expect
    .poll(async () => (await town.rows('ondine.le-bihan'))[0]?.subject, { timeout: 8_000 })
    .toBe('Loin');
  await jobs.close();
  const { body } = await (await enter('lina.moreau')).get(sent);
  expect(body).toMatch(/Ta lettre a voyagé\. Partie [^,]+, arrivée [^<]* à 8.h\./);
  expect(body).not.toContain('Reprendre mon message');
  const ondine = await enter('ondine.le-bihan');
  const came = await ondine.get(`/mail/inbox/${(await town.rows('ondine.le-bihan'))[0]?.uid}`);
  expect(came.body).toMatch(
    /Cette lettre a voyagé\. Partie de CE1 A, École des Tilleuls mardi 24 novembre, arrivée /,
  );
  await setSide(false);
});

it('is drawn and said to a little one who answers over such a link', SOAKED, async () => {
  const { teaching } = town.core;
  town.clock.now = new Date('2026-11-30T09:00:00Z');
  const [thomas, sylvie] = [
    await town.viewer('thomas.verdier'),
    await town.viewer('sylvie.caradec'),
  ];
  const [ours] = await teaching.classes(sylvie);
  const [theirs] = await teaching.classes(thomas);
  if (ours === undefined || theirs === undefined) throw new Error('no classes');
  const done = { kind: 'done' };
  const wish = {
    class: theirs.id,
    other: { kind: 'address', address: ours.address },
    from: '2026-11-30',
    until: '2027-01-29',
    moderated: false,
  } as const;
  expect(await teaching.proposeLink(thomas, wish)).toEqual(done);
  const [link] = (await teaching.classDetails(sylvie, ours.id))?.links ?? [];
  const there = { class: ours.id, other: link?.other ?? (0 as never) };
  expect(await teaching.answerLink(sylvie, { ...there, agree: true, moderated: false })).toEqual(
    done,
  );
  const [back] = (await teaching.classDetails(thomas, theirs.id))?.links ?? [];
  const here = { class: theirs.id, other: back?.other ?? (0 as never), travels: true };
  expect(await teaching.travelLink(thomas, here)).toEqual(done);
  await town.send('fatou.n-diaye', ['tom.moreau'], { subject: 'Salut', via: 'web' });
  const tom = await enter('tom.moreau');
  const letter = `/mail/inbox/${(await town.rows('tom.moreau'))[0]?.uid}`;
  const uid = letter.slice(letter.lastIndexOf('/') + 1);
  const csrf = await tom.csrf(letter);
  const looked = await tom.post('/write', { csrf, uid, phrase: 'merci' });
  const look = looked.headers.location ?? '';
  const sent = await tom.post(look.replace(/\?.*/, ''), {
    csrf: await tom.csrf(look),
    made: 'phrase',
  });
  const { body } = await tom.get(sent.headers.location ?? '');
  expect(body).toContain('Ta lettre est en route');
  expect(body).toMatch(/data-name="Ta lettre est en route\. Elle arrivera [^"]+"/);
  expect(body).toContain('stroke-dasharray'); // its road
  expect((await town.rows('fatou.n-diaye'))[0]?.subject).not.toBe('Re: Salut');
});
