/** A child leaves in the middle of something: a sentence each, and nothing is lost. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { LetterId } from '../../../core/ground/ids.ts';
import { mp4Of } from '../../../core/letters/message/testing/recordings.ts';
import { drawnPicture } from '../../../core/mail/phrases/drawings.ts';
import { returnDue } from '../../../core/mail/reading/later.ts';
import type { Upload, Writing } from '../../../core/mail/writing/contract.ts';
import { bringFile } from '../../testing/bring-file.ts';
import { eraseDrafts } from '../../testing/drafts.ts';
import { tokenIn } from '../../testing/guest.ts';
import { openTownPages } from '../../testing/served.ts';

const [TOM, LILA, CLAIRE, ONDINE] = [
  'tom.moreau',
  'lila.ziani',
  'claire.lefevre',
  'ondine.le-bihan', // of the class that Claire's is linked with
] as const;
const { town, app, enter, write } = await openTownPages();
const { writings, mail } = town.core;
const HOUR_MS = 3_600_000;
const STAYS = 'Tu ne peux plus écrire à cette personne. Ta lettre est encore là.';

/** Somebody's last day of school was yesterday; null: they are back. */
const lastDayOf = (local: string, day: string | null): Promise<unknown> =>
  town.admin.query(
    `begin; set local preau.school = '${local === ONDINE ? 2 : 1}';
     update membership m set until_date = ${day === null ? 'null' : `'${day}'`}
     from address a where a.id = m.address_id and a.local = '${local}'; commit`,
  );
const leaves = (local: string): Promise<unknown> => lastDayOf(local, '2026-11-23');

afterEach(async () => {
  for (const one of [TOM, LILA, ONDINE]) await lastDayOf(one, null);
  for (const one of [TOM, CLAIRE]) await eraseDrafts(town, one);
});

const empty = { cc: [], answers: 'sender', answerTo: null } as const;

/** A letter of Tom's that isn't sent yet. */
async function begun(writing: Partial<Writing>, ...files: readonly Upload[]): Promise<LetterId> {
  const letter = randomUUID() as LetterId;
  const hand = { letter, previous: null, window: randomUUID(), turn: 1 };
  const whole = { ...empty, to: [town.address(LILA)], subject: 'Voix', text: 'Voix', ...writing };
  await writings.keep(await town.viewer(TOM), whole, { hand, add: files, drop: [] });
  return letter;
}

const voice = () =>
  writings.recording({ name: 'voix.m4a', mediaType: 'audio/mp4', bytes: mp4Of('soun') });
const drawing = () =>
  writings.drawing({ name: 'dessin.png', mediaType: 'image/png', bytes: drawnPicture('maison') });

async function draftOf(local: string, letter: LetterId) {
  const draft = await writings.draftOfLetter(await town.viewer(local), letter);
  if (draft === null) throw new Error('the letter is lost');
  return draft;
}

it('the friend of a little one whose dictée waits for the press: words and voice are kept', async () => {
  const letter = await begun({}, voice());
  const tom = await enter(TOM);
  const page = `/write/voice/${letter}`;
  const csrf = await tom.csrf(page);
  await leaves(LILA);
  const adult = town.address('sylvie.caradec');
  const typed = await tom.post(page, { csrf, words: 'Lila, tu viens ?', adult });
  const look = typed.headers.location ?? '';
  const { statusCode, body } = await tom.get(look);
  expect([statusCode, look]).toEqual([200, `/write/letter/${letter}?made=voice`]);
  for (const shown of [STAYS, 'Lila, tu viens ?', '(Dicté à Madame Caradec.)', '<audio'])
    expect(body).toContain(shown);
  expect(body).toContain(`data-name="${STAYS}`); // and it is read out
  const pressed = await tom.post(`/write/letter/${letter}`, { csrf, made: 'voice' });
  expect(pressed.statusCode).toBe(422);
  expect(pressed.body).toContain('Ta lettre est encore là');
  expect((await draftOf(TOM, letter)).attachments).toMatchObject([{ mediaType: 'audio/mp4' }]);
  await lastDayOf(LILA, null);
  expect((await tom.get(look)).body).toContain('On l’envoie');
});

it('the little one who made it: it is there, and heard, with a sentence', async () => {
  const letter = await begun({ text: 'Viens !\n\n(Dicté à Madame Caradec.)' }, voice());
  await leaves(TOM);
  const tom = await enter(TOM);
  const { body } = await tom.get(`/write/letter/${letter}?made=voice`);
  const [uid] = (await town.rows(TOM, 'drafts')).map((row) => row.uid);
  const shown = body === '' ? (await tom.get(`/write/${uid}`)).body : body;
  expect(shown.includes('Une personne ne peut plus recevoir tes messages.')).toBe(true);
  expect(shown.includes('Viens !')).toBe(true);
  expect(shown.includes('<audio')).toBe(true);
});

it('the friend on whose drawing one is drawing: the sheet is kept, and a sentence says why it stays', async () => {
  const first = { to: [town.address(TOM)], subject: 'Ma maison', text: 'Ma maison', ...empty };
  const lila = await town.viewer(LILA);
  const given = { previous: null, add: [drawing()], drop: [] };
  expect((await writings.send(lila, (await writings.save(lila, first, given)).ref)).kind).toBe(
    'accepted',
  );
  const [came] = await town.rows(TOM);
  const tom = await enter(TOM);
  const sheet = await tom.get(`/write/draw?uid=${came?.uid}&on=${came?.attachments[0]?.path}`);
  expect(sheet.body).toContain('data-on');
  await leaves(LILA);
  const file = { name: 'dessin.png', bytes: drawnPicture('maison') };
  const kept = await bringFile(app, tom, { url: '/write/draw', page: sheet.body, file });
  const look = kept.headers.location ?? '';
  const shown = (await tom.get(look)).body;
  expect(shown).toContain(STAYS);
  expect(shown).toMatch(/class="shot"[\s\S]*\/mail\/drafts\/\d+\/picture\//);
  const [row] = await town.rows(TOM, 'drafts');
  const home = await tom.get(`/write/${row?.uid}`);
  expect((await tom.get(home.headers.location ?? '')).headers.location).toBe(look);
});

it('the little one whose drawing is older than letters that they can’t be shown: it is at home', async () => {
  await begun({}, drawing());
  const [drawn] = await town.rows(TOM, 'drafts');
  for (const text of ['Un', 'Deux', 'Trois']) await begun({ text });
  const tom = await enter(TOM);
  expect((await tom.get('/mail/inbox')).body).toContain(`<a href="/write/${drawn?.uid}">`);
});

it('a child to whom a formatted letter is being written: it stays as it was typed', async () => {
  const claire = await enter(CLAIRE);
  const page = (await claire.get('/write')).body;
  const [letter = ''] = /[\da-f]{8}-[\da-f-]{27}/.exec(page) ?? [];
  await leaves(ONDINE);
  const answer = await claire.post('/write', {
    csrf: tokenIn(page),
    letter,
    act: 'send',
    to: town.address(ONDINE),
    subject: 'La fresque',
    text: 'Pour vendredi',
    html: '<div>Pour <b>vendredi</b></div>',
  });
  expect(answer.statusCode).toBe(403);
  expect(answer.body.includes('n’est pas parti')).toBe(true);
  const draft = /href="(\/write\/\d+)"/.exec(answer.body)?.[1] ?? '';
  expect((await claire.get(draft)).body.includes('&lt;b&gt;vendredi&lt;/b&gt;')).toBe(true);
});

it('a child whose letter its teacher has put off: it comes back at its hour, and is answered by no mistake', async () => {
  expect((await write(ONDINE, [CLAIRE], { subject: 'Ma dent', text: 'Tombée !' })).kind).toBe(
    'accepted',
  );
  const claire = await town.viewer(CLAIRE);
  const messages = (await town.rows(CLAIRE)).filter(({ subject }) => subject === 'Ma dent');
  const until = new Date(town.clock.now.getTime() + HOUR_MS);
  await mail.putOff(claire, { which: { kind: 'these', messages }, by: 'message' }, until);
  await leaves(ONDINE);
  const { rows } = await town.admin.query<{ row_id: string }>(
    `select row_id from due where kind = 'put-off'`,
  );
  for (const { row_id: row } of rows)
    await returnDue({ ...town.parts, clock: () => until }, claire.school, Number(row));
  const [back] = await town.rows(CLAIRE);
  expect(back).toMatchObject({ subject: 'Ma dent', seen: false });
  const somebody = await enter(CLAIRE);
  expect((await somebody.get(`/mail/inbox/${back?.uid}`)).body).toContain('Tombée');
  const reply = await somebody.get(`/mail/inbox/${back?.uid}/reply`);
  expect(reply.statusCode).toBe(403);
  expect(/<h1[^>]*>([^<]*)/.exec(reply.body)?.[1]).toBe('Vous ne pouvez plus répondre.');
});
