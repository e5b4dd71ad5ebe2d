/** The pages of those who don't read yet, in a town with a class of GS. */
import { describe, expect, it } from 'vitest';
import type { HoldId, MailboxId, Uid } from '../../../core/ground/ids.ts';
import { ESPEAK } from '../../../core/letters/voice/testing/espeak.ts';
import { tokenIn } from '../../testing/guest.ts';
import { openTownPages } from '../../testing/served.ts';

const TOM = 'tom.moreau';
const TEACHER = 'sylvie.caradec';

const { town, enter } = await openTownPages({ PREAU_VOICE: ESPEAK });
await town.send(TEACHER, [TOM], {
  subject: 'La mer',
  text: 'Demain, nous allons voir la mer. Mets tes bottes !',
  via: 'web',
});
const uid = (await town.rows(TOM))[0]?.uid ?? 0;
const [tom, teacher] = [await enter(TOM), await enter(TEACHER)];

describe('a child of four', { shuffle: false }, () => {
  it('finds a closed envelope with the face of who wrote, opens it, and it is open', async () => {
    const before = (await tom.get('/mail/inbox')).body;
    expect(before).toContain('<body class="little">');
    expect(before).toMatch(/<li class="fresh">.*#lettre.*class="stamp"/s);
    expect(before).not.toMatch(/\/folders|\/settings|\/search|href="\/write"/);
    const letter = (await tom.get(`/mail/inbox/${uid}`)).body;
    expect(letter).toContain('<span data-piece="3">Demain, nous allons voir la mer.</span>');
    expect(letter).toContain(`action="/mail/inbox/${uid}/report"`);
    expect((await tom.get('/mail/inbox')).body).not.toContain('class="fresh"');
  });

  it('hears who wrote, then each piece; a player may ask for a part; nothing comes after', async () => {
    const voice = `/mail/inbox/${uid}/voice`;
    const words = (await tom.get(`${voice}/words`)).json();
    expect(Object.values(words)).toEqual([
      'Maîtresse',
      'La mer',
      'Demain, nous allons voir la mer.',
      'Mets tes bottes !',
    ]);
    const piece = await tom.get(`${voice}/3`);
    expect(piece.headers['content-type']).toBe('audio/wav');
    const part = await tom.get(`${voice}/3`, { range: 'bytes=0-1' });
    expect([part.statusCode, part.body]).toEqual([206, 'RI']);
    expect(part.headers['content-range']).toBe(`bytes 0-1/${piece.rawPayload.length}`);
    const { marks } = (await tom.get(`${voice}/3?marks=1`)).json();
    expect(marks.split(' ')).toHaveLength(6);
    expect((await tom.get(`${voice}/5`)).statusCode).toBe(404);
    expect((await tom.get(voice)).rawPayload.length).toBeGreaterThan(piece.rawPayload.length);
  });

  it('hears what a page is for, and a name; nothing long, and nobody else’s letter', async () => {
    expect((await tom.get('/says/home')).headers['content-type']).toBe('audio/wav');
    expect((await tom.get('/says/constructor')).statusCode).toBe(404);
    const lost = await tom.get('/nothing');
    expect([lost.statusCode, lost.body]).toEqual([404, expect.stringContaining('/says/lost')]);
    const csrf = tokenIn((await tom.get('/mail/inbox')).body);
    expect((await tom.post('/says', { csrf, name: 'Lila' })).statusCode).toBe(200);
    expect((await tom.post('/says', { csrf, name: 'a'.repeat(301) })).statusCode).toBe(400);
    expect((await tom.get('/mail/sent/1/voice/1')).statusCode).toBe(404);
  });

  it('is led home from what they don’t have, and a form there does nothing', async () => {
    for (const path of ['/folders', '/search?q=mer', '/comfort', '/mail/trash'])
      expect((await tom.get(path)).headers.location, path).toBe('/mail/inbox');
    const csrf = tokenIn((await tom.get('/mail/inbox')).body);
    expect((await tom.post('/folders', { csrf, name: 'x' })).statusCode).toBe(404);
  });

  it('calls an adult with a tear, sees whose face the letter has, and takes it back', async () => {
    const csrf = tokenIn((await tom.get(`/mail/inbox/${uid}`)).body);
    const answer = await tom.post(`/mail/inbox/${uid}/report`, { csrf });
    expect(answer.headers.location).toBe('/helped');
    const helped = (await tom.get('/helped')).body;
    expect(helped).toMatch(/class="envelope".*class="stamp"/s);
    expect(helped).not.toContain('3018');
    const undo = /action="(\/helped\/\d+\/undo)"/.exec(helped)?.[1] ?? '';
    const back = await tom.post(undo, { csrf: tokenIn(helped) });
    expect(back.headers.location).toMatch(/^\/mail\/inbox\/\d+\?said=taken-back$/);
  });
});

it('a child is told who has read a letter of theirs: before it went, and to help', async () => {
  const [sylvie, viewer] = [await town.viewer(TEACHER), await town.viewer(TOM)];
  const moderated = (how: string) =>
    town.admin.query(
      `begin; set local preau.school = '${viewer.school}';
      update class set moderation = '${how}' where name = 'GS'; commit`,
    );
  await moderated('all');
  await town.send(TOM, ['lila.ziani'], { subject: '', text: 'Coucou', via: 'web' });
  const [waiting] = await town.core.moderation.waiting(sylvie);
  expect((await tom.get('/mail/inbox')).body).not.toContain('a lu ta lettre');
  await town.letGo(sylvie, sylvie.school, waiting?.id as HoldId);
  expect((await tom.get('/mail/inbox')).body).toContain('data-name="Maîtresse a lu ta lettre."');
  await moderated('open');
  await town.send('malo.tanguy', [TOM], { subject: '', text: 'Tu pues.', via: 'web' });
  const [row] = await town.rows(TOM);
  await town.core.reports.report(viewer, row?.mailbox as MailboxId, row?.uid as Uid);
  await town.admin.query('update report set read_by = array[$1::bigint]', [sylvie.addressId]);
  expect((await tom.get('/helped')).body).toContain(
    'data-name="Maîtresse a lu la lettre pour t’aider."',
  );
});

it('a teacher gives a child the pages of the older ones, and large pictures again', async () => {
  const classId = (await town.core.teaching.classes(await town.viewer(TEACHER)))[0]?.id;
  const child = (await town.viewer('lila.ziani')).account;
  const card = `/classes/${classId}/child/${child}`;
  const choose = async (reads: string) => {
    const csrf = tokenIn((await teacher.get(card)).body);
    await teacher.post(`${card}/reads`, { csrf, reads });
    return (await town.viewer('lila.ziani')).reads;
  };
  expect(await choose('words')).toBe('words');
  expect((await teacher.get(card)).body).toMatch(/value="words" aria-pressed="true"/);
  expect(await choose('pictures')).toBe('pictures');
  const journal = await town.admin.query<{ act: string }>(
    `select act from audit where act = 'child-reads'`,
  );
  expect(journal.rowCount).toBe(2);
});

it('an adult has a portrait from the first day, and chooses another', async () => {
  const first = /#(\w+)"[^<]*<\/svg>\s*<span class="w">Maîtresse/;
  expect(first.exec((await tom.get('/write')).body)?.[1]).toMatch(/^(maitresse|atsem)$/);
  const settings = (await teacher.get('/settings')).body;
  expect(settings).toMatch(/value="(?:maitresse|atsem)"[^>]*checked/);
  await teacher.post('/settings/portrait', { csrf: tokenIn(settings), portrait: 'mamie' });
  town.clock.now = new Date(town.clock.now.getTime() + 2_000);
  await expect.poll(async () => first.exec((await tom.get('/write')).body)?.[1]).toBe('mamie');
});

it('a teacher sees the letter that they write as the first child of it will', async () => {
  const csrf = tokenIn((await teacher.get('/write')).body);
  const write = async (to: string) => {
    const fields = { csrf, act: 'seen', to, subject: 'Le pain', text: 'Apportez un tablier.' };
    const { location } = (await teacher.post('/write', fields)).headers;
    // Offered on a letter that comes to a child, and to nobody else's.
    const writing = (await teacher.get(String(location).replace('/seen', ''))).body;
    expect(/data-as-pupil\s+hidden/.test(writing)).toBe(to.startsWith('mamadou'));
    return (await teacher.get(String(location))).body;
  };
  const little = await write(`gs.tilleuls@${town.core.config.domain}`);
  expect(little).toContain('<body class="little">');
  expect(little).toMatch(/data-name="Maîtresse".*<span data-piece="3">Apportez un tablier\./s);
  // What the child may answer stands beside it, as pictures that nobody presses.
  const offered = (body: string) =>
    [...body.matchAll(/class="say [^>]*>\s*<svg[^>]*>\s*<use href="[^#]*#(\w+)"/g)].map(
      ([, one]) => one,
    );
  const answers = /aria-label="Je réponds à Maîtresse".*?<\/section>/s.exec(little)?.[0] ?? '';
  await town.send(TEACHER, [TOM], { subject: 'Le pain', via: 'web' });
  const came = (await town.rows(TOM))[0]?.uid;
  expect(offered(answers)).toContain('merci');
  expect(offered(answers)).toEqual(offered((await tom.get(`/mail/inbox/${came}`)).body));
  expect(answers).not.toMatch(/<button|<form|<a /);
  const older = await write(`lina.moreau@${town.core.config.domain}`);
  expect(older).toContain('<body class="pupil">');
  expect(older).toContain('Madame Caradec');
  expect(await write(`mamadou.diallo@${town.core.config.domain}`)).toContain('Aucun élève');
});

it('numbers to call are for who reads them: 3018 for a child, 119 and their duty for adults', async () => {
  const [reader, adult] = [await enter('lina.moreau'), await enter('claire.lefevre')];
  // Also before anything is reported: a child who is hurt comes here to find somebody.
  expect((await reader.get('/helped')).body).toContain('href="tel:3018"');
  await town.send('noe.garnier', ['lina.moreau'], { subject: 'Toi', text: 'T’es nulle' });
  const lina = await town.viewer('lina.moreau');
  const [row] = await town.rows('lina.moreau');
  const id = row && (await town.core.reports.report(lina, row.mailbox, row.uid));
  town.clock.now = new Date(town.clock.now.getTime() + 60_000);
  expect((await reader.get('/helped')).body).toContain('href="tel:3018"');
  const page = (await adult.get(`/reports/${lina.school}/${String(id)}`)).body;
  for (const said of ['Appelez le 119', 'article 40 du code de procédure pénale', 'le 3018'])
    expect(page).toContain(said);
  // Who doesn't read has a face, and a child who raises a hand.
  const helped = (await tom.get('/helped')).body;
  expect(helped).not.toMatch(/3018|119/);
});
