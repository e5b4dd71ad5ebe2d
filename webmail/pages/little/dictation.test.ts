/** A child of the GS speaks, a grown-up of the class types under the sound. Without a script. */

import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import type { LetterId } from '../../../core/ground/ids.ts';
import { mp4Of } from '../../../core/letters/message/testing/recordings.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { eraseDrafts } from '../../testing/drafts.ts';
import { openTownPages } from '../../testing/served.ts';

const [TOM, LILA, TEACHER] = ['tom.moreau', 'lila.ziani', 'sylvie.caradec'];
const { town, enter } = await openTownPages();
const [tom, teacher] = [await enter(TOM), await enter(TEACHER)];
beforeEach(() => eraseDrafts(town, TOM));

/** A voice that somebody has spoken, kept and not sent; a drawing where it says so. */
async function spoken(local: string, to: string, kind: 'voice' | 'words' = 'voice') {
  const { writings } = town.core;
  const letter = randomUUID() as LetterId;
  const file = writings.recording({
    name: 'voix.m4a',
    mediaType: 'audio/mp4',
    bytes: mp4Of('soun'),
  });
  await writings.keep(
    await town.viewer(local),
    {
      to: [town.address(to)],
      cc: [],
      subject: 'Ma voix',
      text: 'Écoute ma voix.',
      answers: 'sender',
      answerTo: null,
    },
    {
      hand: { letter, previous: null, window: randomUUID(), turn: 1 },
      add: kind === 'voice' ? [file] : [],
      drop: [],
    },
  );
  return letter;
}

async function press(letter: string, fields: Readonly<Record<string, string>>) {
  const page = `/write/voice/${letter}`;
  return tom.post(page, { csrf: await tom.csrf(page), ...fields });
}

it('the child looks, a grown-up writes, the child hears it and sends sound and words', async () => {
  const letter = await spoken(TOM, LILA);
  const look = `/write/letter/${letter}?made=voice`;
  expect((await tom.get(look)).body).toContain(`href="/write/voice/${letter}"`);
  const page = (await tom.get(`/write/voice/${letter}`)).body;
  expect(page).toContain('<audio');
  expect(page).toContain('Madame Caradec');
  expect(page).toContain('Madame Prigent'); // who helps the class
  expect(page).not.toContain('Madame Lefèvre'); // of another class
  const adult = town.address(TEACHER);
  const words = 'Lila, tu viens jouer ?\r\nJ’ai un bateau.';
  const { headers } = await press(letter, { words, adult });
  expect(headers.location).toBe(look);
  const heard = (await tom.get(look)).body;
  expect(heard).toContain('J’ai un bateau.');
  expect(heard).toContain('(Dicté à Madame Caradec.)');
  expect(heard).toMatch(/data-letter="\/mail\/drafts\/\d+\/voice"/);
  const [row] = await town.rows(TOM, 'drafts');
  const said = await tom.get(`/mail/drafts/${row?.uid}/voice/words`);
  expect(said.json()).toMatchObject({ '3': 'Lila, tu viens jouer ?' });
  // Written on by whoever comes next, under the same name.
  const again = (await tom.get(`/write/voice/${letter}`)).body;
  expect(again).toMatch(/Lila, tu viens jouer \?\nJ’ai un bateau\.<\/textarea>/);
  expect(again).toMatch(new RegExp(`value="${adult.replace(/\./g, '\\.')}"\\s+checked`));
  const csrf = await tom.csrf(look);
  await tom.post(`/write/letter/${letter}`, { csrf, made: 'voice' });
  await expect.poll(() => town.rows(LILA)).toHaveLength(1);
  const [came] = await town.rows(LILA);
  const viewer = await town.viewer(LILA);
  const read = came && (await town.core.mail.read(viewer, came.mailbox, came.uid));
  expect(read?.text?.replace(/\r\n/g, '\n').trim()).toBe(
    'Lila, tu viens jouer ?\nJ’ai un bateau.\n\n(Dicté à Madame Caradec.)',
  );
  expect(read?.attachments).toMatchObject([{ mediaType: 'audio/mp4' }]);
  expect(read?.from.name).toBe('Tom'); // it stays the child's letter
});

interface Wrong {
  readonly what: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly says: string;
}
const wrong = sliced<Wrong>(3, [
  {
    what: 'somebody of another class',
    fields: { adult: town.address('claire.lefevre') },
    says: 'Dites qui écrit',
  },
  { what: 'nobody named', fields: { adult: '' }, says: 'Dites qui écrit' },
  { what: 'nothing typed', fields: { words: '  ' }, says: 'Écrivez ce que dit l’enfant' },
  { what: 'too much', fields: { words: 'a'.repeat(5_001) }, says: 'trop long' },
  { what: 'a stranger', fields: { adult: 'x@example.org' }, says: 'Dites qui écrit' },
  { what: 'a child', fields: { adult: town.address(LILA) }, says: 'Dites qui écrit' },
]);
it.each(wrong.some)('$what: a sentence, and what was typed stays', refused);
it.each(wrong.rest)('$what: a sentence, and what was typed stays too', SOAKED, refused);

async function refused({ fields, says }: Wrong): Promise<void> {
  const letter = await spoken(TOM, LILA);
  const typed = { words: 'Mon <b>bateau</b>', adult: town.address(TEACHER), ...fields };
  const { statusCode, body } = await press(letter, typed);
  expect(statusCode).toBe(422);
  expect(body).toContain(says);
  if (typed.words.startsWith('Mon')) expect(body).toContain('Mon &lt;b&gt;bateau&lt;/b&gt;');
  const draft = await town.core.writings.draftOfLetter(await town.viewer(TOM), letter);
  expect(draft?.text.trim()).toBe('Écoute ma voix.');
}

it('is for who speaks, in a letter of their own that has not gone', async () => {
  const silent = await spoken(TOM, LILA, 'words');
  const theirs = await spoken(LILA, TOM);
  for (const letter of [silent, theirs, randomUUID()]) {
    const page = await tom.get(`/write/voice/${letter}`);
    expect([page.statusCode, page.headers.location]).toEqual([
      303,
      `/write/letter/${letter}?made=voice`,
    ]);
  }
  await eraseDrafts(town, LILA);
  expect((await tom.get('/write/voice/no-uuid')).statusCode).toBe(404);
  expect((await teacher.get(`/write/voice/${theirs}`)).statusCode).toBe(404);
});

it('is offered from GS to CP, and to nobody who writes', async () => {
  const levels = (level: string): Promise<unknown> =>
    town.admin.query(
      `begin; set local preau.school = '1';
       update class set levels = array['${level}'] where school_id = 1 and name = 'GS'; commit`,
    );
  const letter = await spoken(TOM, LILA);
  const offers = async (): Promise<boolean> =>
    (await (await enter(TOM)).get(`/write/letter/${letter}?made=voice`)).body.includes(
      '/write/voice/',
    );
  for (const [level, isOffered] of [
    ['PS', false],
    ['CP', true],
    ['MS', false],
    ['GS', true],
  ] as const) {
    await levels(level);
    expect([level, await offers()]).toEqual([level, isOffered]);
  }
});
