/** What comes before a pupil writes, page by page: the charter, and the family's yes. */
import { describe, expect, it } from 'vitest';
import { drawnPicture } from '../../../core/mail/phrases/drawings.ts';
import type { Upload } from '../../../core/mail/writing/contract.ts';
import { firstPageOf } from '../../here.ts';
import { tokenIn } from '../../testing/guest.ts';
import { openTownPages } from '../../testing/served.ts';
import { EMPTY } from '../writing/writing-page.ts';

const { town, enter } = await openTownPages();
await town.admin.query(
  `update account set charter_at = null where given_name in ('Lina', 'Tom') and role = 'pupil'`,
);
await town.admin.query('update school set family_first = true where id > 0');
await town.admin.query('update school set roster_version = roster_version + 1');

it('a child is offered an answer once their family has said yes, and not while they rest', async () => {
  const offers = async (local: string): Promise<boolean> => {
    const child = await enter(local);
    const [row] = await town.rows(local);
    return (await child.get(`/mail/inbox/${row?.uid}`)).body.includes('Répondre');
  };
  const claire = await town.viewer('claire.lefevre');
  const [own] = (await town.core.teaching.classes(claire)).filter(({ teaches }) => teaches);
  if (own === undefined) throw new Error('no class');
  const children = [(await town.viewer('adele.vidal')).account];
  const agrees = (says: boolean) =>
    town.core.teaching.notePaper(claire, { class: own.id, children, agrees: says });
  const rests = async (until: string): Promise<void> => {
    const paused = `update account set paused_until = ${until} where id = $1`;
    await town.admin.query(paused, children);
    await town.admin.query('update school set roster_version = roster_version + 1');
  };
  await town.send('claire.lefevre', ['adele.vidal'], { subject: 'Bravo' });
  await town.send('sylvie.caradec', ['alice.kone'], { subject: 'Bravo' });
  expect(await offers('adele.vidal')).toBe(false);
  const little = await enter('alice.kone');
  const [letter] = await town.rows('alice.kone');
  expect((await little.get(`/mail/inbox/${letter?.uid}`)).body).toContain('class="opened alone"');
  await agrees(true);
  expect(await offers('adele.vidal')).toBe(true);
  await rests(`now() + interval '1 day'`);
  expect(await offers('adele.vidal')).toBe(false);
  await rests('null');
  expect(await offers('adele.vidal')).toBe(true);
  await agrees(false);
});

it('what a child has made before the yes isn’t lost: they are told, and see it', async () => {
  const keep = async (local: string, text: string, add: readonly Upload[]) => {
    const viewer = await town.viewer(local);
    const letter = { ...EMPTY, to: [town.address('sylvie.caradec')], text };
    return town.core.writings.save(viewer, letter, { previous: null, add, drop: [] });
  };
  const adele = await enter('adele.vidal');
  expect((await adele.get('/mail/inbox')).body).not.toContain('t’attend');
  await keep('adele.vidal', 'Coucou Noé', []);
  for (const path of ['/mail/inbox', '/write'])
    expect((await adele.get(path)).body).toMatch(/ton texte t’attend\..*href="\/mail\/drafts"/s);
  expect((await adele.get('/mail/drafts')).body).toContain('Coucou Noé');

  const little = await enter('alice.kone');
  expect((await little.get('/write')).body).not.toContain('t’attend');
  const { ref } = await keep('alice.kone', '', [
    { name: 'dessin.png', mediaType: 'image/png', bytes: drawnPicture('coucou') },
  ]);
  const page = (await little.get('/write')).body;
  expect(page).toContain('On n’a rien perdu\u00a0: ce que tu as fait t’attend.');
  const picture = /\/mail\/drafts\/\d+\/picture\/[\d.]+/.exec(page)?.[0] ?? '';
  expect(picture).toContain(`/mail/drafts/${ref.uid}/`);
  expect((await little.get(picture)).headers['content-type']).toBe('image/png');
});

describe('before a pupil writes', { shuffle: false }, () => {
  it('a child who reads finds the charter at the door, and says yes by one tap', async () => {
    expect(firstPageOf(await town.viewer('lina.moreau'))).toBe('/charter');
    const lina = await enter('lina.moreau');
    expect((await lina.get('/mail/inbox')).body).toMatch(/dis oui à la charte.*href="\/charter"/s);
    const page = (await lina.get('/charter')).body;
    expect(page).toContain('<li>J’écris des mots gentils.</li>');
    const said = await lina.post('/charter', { csrf: tokenIn(page) });
    expect(said.headers.location).toBe('/mail/inbox');
    expect((await lina.get('/charter')).body).toContain('Tu as dit oui à cette charte.');
    // Now it is the family's turn: what to do is said, on the page of writing too.
    for (const path of ['/mail/inbox', '/write'])
      expect((await lina.get(path)).body).toContain('il faut le oui de ta famille');
  });

  it('is shown a way to help where an answer can go to nobody yet', async () => {
    await town.send('claire.lefevre', ['lina.moreau']);
    const lina = await enter('lina.moreau');
    const [letter] = await town.rows('lina.moreau');
    const { statusCode, body } = await lina.get(`/mail/inbox/${letter?.uid}/reply`);
    expect(statusCode).toBe(403);
    expect(body).toContain('Tu ne peux pas écrire en ce moment.');
    expect(body).toMatch(/class="btn main big" href="\/write\/help"/);
    expect(body).not.toContain('Choisir quelqu’un de ma classe');
  });

  it('leads back to the letter that waited for the yes, with every word of it', async () => {
    const notYet = async () => {
      await town.admin.query(`update account set charter_at = null where given_name = 'Noé'`);
      await town.admin.query('update school set roster_version = roster_version + 1');
    };
    await notYet();
    const noe = await enter('noe.garnier');
    const page = (await noe.get('/write')).body;
    const hidden = (name: string) =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
    const typed = {
      csrf: tokenIn(page),
      letter: hidden('letter'),
      to: 'lina.moreau@ecoles.preau.test',
      subject: '',
      text: 'Tu viens jouer ?',
    };
    const asked = await noe.post('/write', { ...typed, act: 'charter' });
    const charter = new URL(String(asked.headers.location), 'http://preau.test');
    expect(charter.pathname).toBe('/charter');
    const form = (await noe.get(`${charter.pathname}${charter.search}`)).body;
    const back = /name="back" value="([^"]*)"/.exec(form)?.[1] ?? '';
    const said = await noe.post('/charter', { csrf: typed.csrf, back });
    const draft = await noe.get(String(said.headers.location));
    expect(draft.body).toContain('Tu viens jouer ?');
    // A letter that the rule stopped says the same way.
    await notYet();
    const refused = await noe.post('/write', { ...typed, letter: '', act: 'send' });
    expect(refused.statusCode).toBe(403);
    expect(refused.body).toMatch(/href="\/charter\?back=%2Fwrite%2F\d+"/);
  });

  it('a child who doesn’t read hears four pictures, each by itself, before anything else', async () => {
    const tom = await enter('tom.moreau');
    expect((await tom.get('/mail/inbox')).headers.location).toBe('/charter');
    const page = (await tom.get('/charter')).body;
    expect(page.match(/class="say" href="\/says\/charter\w+" data-hear/g)).toHaveLength(4);
    expect((await tom.post('/charter', { csrf: tokenIn(page) })).headers.location).toBe(
      '/mail/inbox',
    );
    expect((await tom.get('/mail/inbox')).statusCode).toBe(200);
    expect((await tom.get('/write')).body).toContain('/says/family');
  });

  it('the teacher prints the paper and notes those that came back; a parent answers in their account', async () => {
    const claire = await enter('claire.lefevre');
    const own = (await town.core.teaching.classes(await town.viewer('claire.lefevre')))[0];
    const desk = `/classes/${own?.id}`;
    const settings = `${desk}/settings`;
    const before = (await claire.get(settings)).body;
    expect(before).toContain('Familles\u00a0: 0 sur 24 a dit oui.');
    const paper = await claire.get(`${desk}/paper.pdf`);
    expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const noe = (await town.viewer('noe.garnier')).account;
    const csrf = tokenIn(before);
    const noted = await claire.post(`${desk}/paper`, { csrf, whose: 'ticked', child: String(noe) });
    expect(noted.headers.location).toBe(`${settings}?said=paperNoted`);
    const card = (await claire.get(`${desk}/child/${noe}`)).body;
    expect(card).toMatch(/Oui de la famille, sur papier, noté le.*Reprendre ce oui/s);
    await claire.post(`${desk}/child/${noe}/paper`, { csrf, says: 'back' });

    const karine = await enter('karine.moreau');
    expect((await karine.get('/mail/inbox')).body).toContain('L’école attend votre accord');
    const family = (await karine.get('/family')).body;
    expect(family).toContain('Acceptez-vous que Lina écrive\u00a0?');
    const lina = await town.viewer('lina.moreau');
    const answer = (agrees: string) =>
      karine.post('/family/agree', {
        csrf: tokenIn(family),
        school: String(lina.school),
        child: String(lina.addressId),
        agrees,
      });
    expect((await answer('yes')).headers.location).toBe('/family?said=answered');
    expect((await town.viewer('lina.moreau')).writesAfter).toBeNull();
    expect((await claire.get(settings)).body).toContain('Familles\u00a0: 1 sur 24 a dit oui.');
    await answer('no');
    expect((await town.viewer('lina.moreau')).writesAfter).toBe('family');
    expect((await claire.get(settings)).body).toContain(
      'dit non depuis son compte\u00a0: Lina Moreau.',
    );
  });
});
