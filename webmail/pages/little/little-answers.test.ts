/** What a child who doesn't write yet sends, without a script: phrases, a drawing, a voice. */
import { describe, expect, it } from 'vitest';
import { mp4Of, webmOf } from '../../../core/letters/message/testing/recordings.ts';
import { drawnPicture } from '../../../core/mail/phrases/drawings.ts';
import { sendWaitingDraft } from '../../../core/mail/writing/waiting-drafts.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { bringFile, type PostedFile } from '../../testing/bring-file.ts';
import { tokenIn } from '../../testing/guest.ts';
import { openTownPages } from '../../testing/served.ts';

const TOM = 'tom.moreau';
const TEACHER = 'sylvie.caradec';
const LATER_MS = 11_000;

const { town, app, enter } = await openTownPages({ PREAU_UNDO_SECONDS: '10' });
await town.send(TEACHER, [TOM], { subject: 'La mer', text: 'Demain, la mer.', via: 'web' });
const uid = (await town.rows(TOM))[0]?.uid ?? 0;
const [tom, lina] = [await enter(TOM), await enter('lina.moreau')];

const nothing = (): Promise<void> => Promise.resolve();

/** Presses a button of a form of a page, `meanwhile` something happens; where that leads. */
async function press(
  url: string,
  action: string,
  fields: Readonly<Record<string, string>>,
  meanwhile = nothing,
) {
  const csrf = tokenIn((await tom.get(url)).body);
  await meanwhile();
  const answer = await tom.post(action, { csrf, ...fields });
  return { status: answer.statusCode, to: String(answer.headers.location ?? '') };
}

/** Sends a file as the page's own form does. */
async function bring(url: string, file: PostedFile, meanwhile = nothing) {
  const page = (await tom.get(url)).body;
  await meanwhile();
  const answer = await bringFile(app, tom, { url, page, file });
  return { status: answer.statusCode, to: String(answer.headers.location ?? '') };
}

/** What the worker does once the seconds are over. */
async function secondsPass(): Promise<void> {
  const { rows } = await town.admin.query<{ school_id: number; row_id: string }>(
    `select school_id, row_id from due where kind = 'draft' and at <= $1`,
    [new Date(town.clock.now.getTime() + LATER_MS)],
  );
  const parts = { ...town.parts, writings: town.core.writings };
  for (const row of rows) await sendWaitingDraft(parts, row.school_id as never, Number(row.row_id));
}

const letterOf = (path: string): string => /\/write\/\w+\/([0-9a-f-]{36})/.exec(path)?.[1] ?? '';

/** What the whom page says in its form for a person's first name. */
async function towards(name: string): Promise<string> {
  const page = (await tom.get('/write')).body;
  const before = page.slice(0, page.indexOf(`<span class="w">${name}</span>`));
  return [...before.matchAll(/name="who"\s+value="([^"]+)"/g)].at(-1)?.[1] ?? '';
}

/** A head has everybody say yes to the charter, once more. */
async function forgetCharter(): Promise<void> {
  await town.admin.query(
    `update account set charter_at = null where role = 'pupil' and given_name = 'Tom'`,
  );
  await town.admin.query('update school set roster_version = roster_version + 1');
  town.clock.now = new Date(town.clock.now.getTime() + LATER_MS);
}

describe('a child who doesn’t write', { shuffle: false }, () => {
  it('answers by a picture; nothing goes before one look at it, nor twice; ten seconds to regret', async () => {
    const letter = `/mail/inbox/${uid}`;
    const looked = await press(letter, '/write', { uid: String(uid), phrase: 'merci' });
    expect(looked.to).toMatch(/^\/write\/letter\/[0-9a-f-]{36}\?made=phrase$/);
    expect(await town.rows(TEACHER)).toEqual([]);
    const look = (await tom.get(looked.to)).body;
    expect(look).toContain('On l’envoie');
    expect(look).toMatch(/class="go".*Maîtresse/s);
    const action = looked.to.replace(/\?.*/, '');
    const sent = await press(looked.to, action, { made: 'phrase' });
    expect(sent.to).toBe(`/write/sent/${letterOf(action)}?made=phrase`);
    expect((await press(sent.to, action, { made: 'phrase' })).to).toBe(sent.to);
    const back = await press(sent.to, sent.to.replace(/\?.*/, ''), { made: 'phrase' });
    expect(back.to).toBe(looked.to);
    await secondsPass();
    expect(await town.rows(TEACHER)).toEqual([]);
    await press(looked.to, action, { made: 'phrase' });
    await secondsPass();
    const [row, ...others] = await town.rows(TEACHER);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ subject: 'Re: La mer', preview: 'Merci !' });
    expect(row?.attachments).toMatchObject([{ name: 'merci.png', mediaType: 'image/png' }]);
    // Once it has gone it can't come back.
    expect((await press(sent.to, sent.to.replace(/\?.*/, ''), {})).to).toContain('/write/sent/');
    expect((await tom.get(sent.to)).body).not.toContain('data-until');
  });

  it('sends a drawing to a friend, which lies on the paper again as one goes back', async () => {
    const who = await towards('Malo');
    const studio = (await press('/write', '/write', { who, act: 'draw' })).to;
    // The history of a shared PC tells nobody's address.
    expect(studio).toMatch(/^\/write\/draw\?who=[\w-]{16}$/);
    const drawn = await bring(studio, { name: 'dessin.png', bytes: drawnPicture('dessin') });
    const again = `/write/draw?letter=${letterOf(drawn.to)}`;
    expect((await tom.get(drawn.to)).body).toContain(`href="${again}"`);
    const before = /data-before\s+src="([^"]+)"/.exec((await tom.get(again)).body)?.[1] ?? '';
    // As it was drawn, with our mark, by which the rules know it from a photo.
    const { bytes } = town.core.writings.drawing({
      name: 'dessin.png',
      mediaType: 'image/png',
      bytes: drawnPicture('dessin'),
    });
    expect((await tom.get(before)).rawPayload.equals(bytes)).toBe(true);
    const anew = await bring(again, { name: 'dessin.png', bytes: drawnPicture('maison') });
    expect(letterOf(anew.to)).toBe(letterOf(drawn.to));
    await press(anew.to, anew.to.replace(/\?.*/, ''), { made: 'draw' });
    await secondsPass();
    const [sent] = await town.rows(TOM, 'sent');
    expect(sent).toMatchObject({ subject: 'Un dessin', attachments: [{ name: 'dessin.png' }] });
    expect(sent?.to).toMatchObject([{ name: 'Malo' }]);
  });

  const voices = sliced(2, [
    { where: 'an iPhone', name: 'voix.m4a', bytes: mp4Of('soun'), type: 'audio/mp4' },
    { where: 'a PC', name: 'voix.webm', bytes: webmOf(2), type: 'audio/webm' },
  ]);
  it.each(voices.some)('speaks on $where, and hears it before it goes', speaks);
  it.each(voices.rest)('speaks on $where too', SOAKED, speaks);

  async function speaks({ name, bytes, type }: (typeof voices)['some'][number]): Promise<void> {
    const booth = `/write/voice?uid=${uid}`;
    const page = await tom.get(booth);
    expect(page.headers['permissions-policy']).toContain('microphone=(self)');
    expect((await tom.get('/write')).headers['permissions-policy']).toContain('microphone=()');
    const spoken = await bring(booth, { name, bytes });
    const look = await tom.get(spoken.to);
    const sound = /<audio[^>]+src="([^"]+)"/.exec(look.body)?.[1] ?? '';
    const heard = await tom.get(sound, { range: 'bytes=0-1' });
    expect([heard.statusCode, heard.headers['content-type']]).toEqual([206, type]);
    await press(spoken.to, spoken.to.replace(/\?.*/, ''), { made: 'voice' });
    await secondsPass();
    expect((await town.rows(TEACHER))[0]?.attachments).toMatchObject([{ name, mediaType: type }]);
  }

  const made = sliced(3, [
    {
      what: 'a drawing for a friend',
      to: 'Malo',
      make: async () => {
        const who = await towards('Malo');
        const studio = (await press('/write', '/write', { who, act: 'draw' })).to;
        const file = { name: 'dessin.png', bytes: drawnPicture('dessin') };
        return bring(studio, file, forgetCharter);
      },
    },
    {
      what: 'a voice that answers the teacher',
      to: 'Maîtresse',
      make: () =>
        bring(`/write/voice?uid=${uid}`, { name: 'voix.webm', bytes: webmOf(2) }, forgetCharter),
    },
    {
      what: 'a phrase that answers the teacher',
      to: 'Maîtresse',
      make: () => {
        const who = town.address(TEACHER);
        const fields = { uid: String(uid), who, phrase: 'bravo' };
        return press(`/mail/inbox/${uid}`, '/write', fields, forgetCharter);
      },
    },
  ]);
  it.each(made.some)(
    'finds $what again, for whom it was, once the charter is said yes to',
    isFoundAgain,
  );
  it.each(made.rest)('so is $what', SOAKED, isFoundAgain);

  async function isFoundAgain({ make, to }: (typeof made)['some'][number]): Promise<void> {
    const { to: look } = await make();
    const charter = await tom.get(look);
    expect(charter.headers.location).toBe(`/charter?back=${encodeURIComponent(look)}`);
    const yes = await press(String(charter.headers.location), '/charter', { back: look });
    expect(yes.to).toBe(look);
    const again = (await tom.get(look)).body;
    expect(again).toContain(`Envoyer à ${to}`);
    expect(again).toMatch(/<img src="\/mail\/drafts|<audio id="voice"/);
  }

  it('is told what can’t go, and loses nothing', async () => {
    const booth = `/write/voice?uid=${uid}`;
    const no = await bring(booth, { name: 'voix.webm', bytes: Buffer.from('MZ\x90\0') });
    expect(no.status).toBe(422);
    expect((await bring(booth, { name: 'voix.webm', bytes: Buffer.alloc(0) })).status).toBe(422);
    // Nobody of another class, whatever a form says; and no draft of somebody else's.
    expect((await press('/write', '/write', { who: 'x'.repeat(16), phrase: 'merci' })).to).toBe(
      '/write',
    );
    const letter = letterOf(
      (await press('/write', '/write', { uid: String(uid), phrase: 'fini' })).to,
    );
    expect((await lina.get(`/write/sent/${letter}`)).statusCode).toBe(404);
    expect((await lina.get('/write/draw?uid=1')).statusCode).toBe(404);
  });
});
