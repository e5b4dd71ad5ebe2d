/** A formatted signature where a letter is forwarded, and where it is seen as a child sees it. */
import { expect, it } from 'vitest';
import { tokenIn } from '../../testing/guest.ts';
import { openTownPages } from '../../testing/served.ts';

const { town, enter } = await openTownPages();
const CLAIRE = 'claire.lefevre';
const SIGNATURE = '<div><b>Claire Lefèvre</b></div><div>CE1 A, le jeudi</div>';
const claire = await enter(CLAIRE);

/** Writes a signature with some, and letters with some from now on, or with none. */
async function writes(on: 'on' | ''): Promise<void> {
  const csrf = await claire.csrf('/settings');
  await claire.post('/settings/signature', {
    csrf,
    signature: 'Claire Lefèvre\nCE1 A, le jeudi',
    html: SIGNATURE,
  });
  await claire.post('/write/format', { csrf, on });
}

/** The formatting that a page of writing begins with; null: none. */
const htmlIn = (page: string): string | null => {
  const [, kept] = /data-html="([^"]*)"/.exec(page) ?? [];
  return kept?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"') ?? null;
};

it('stands above what is forwarded, whose words stay lines', async () => {
  await writes('on');
  await town.send('karim.haddad', [CLAIRE], { subject: 'La sortie', text: 'Le car est <là>.' });
  const letter = `/mail/inbox/${(await town.rows(CLAIRE))[0]?.uid}`;
  const csrf = await claire.csrf(letter);
  const { headers } = await claire.post(`${letter}/forward`, { csrf });
  const { body } = await claire.get(headers.location ?? '');
  const shown = htmlIn(body) ?? '';
  expect(shown.indexOf('<b>Claire Lefèvre</b>')).toBeGreaterThan(0);
  expect(shown.indexOf('Le car est')).toBeGreaterThan(shown.indexOf('CE1 A, le jeudi'));
  expect(shown).toContain('&amp;lt;là&amp;gt;');
});

it('stands above a formatted letter, which is forwarded as it was written', async () => {
  await writes('on');
  const karim = await town.viewer('karim.haddad');
  const { writings } = town.core;
  const html =
    '<div>Départ <b>vendredi</b>.</div><ul><li>bottes</li><li>goûter</li></ul><div>À vendredi</div>';
  const written = { to: [town.address(CLAIRE)], cc: [], subject: 'Bottes', text: '', html };
  const { ref } = await writings.save(
    karim,
    { ...written, answers: 'sender', answerTo: null },
    { previous: null, add: [], drop: [] },
  );
  expect((await writings.send(karim, ref)).kind).toBe('accepted');
  const letter = `/mail/inbox/${(await town.rows(CLAIRE))[0]?.uid}`;
  const csrf = await claire.csrf(letter);
  const { headers } = await claire.post(`${letter}/forward`, { csrf });
  const { body } = await claire.get(headers.location ?? '');
  const shown = htmlIn(body) ?? '';
  const signed = shown.indexOf('<b>Claire Lefèvre</b>');
  expect(signed).toBeGreaterThan(0);
  expect(shown.indexOf('---------- ')).toBeGreaterThan(signed);
  expect(shown.replaceAll('\n', '')).toContain(html);
  expect(body).toContain('Départ vendredi.\n- bottes\n- goûter\n\nÀ vendredi');
});

it('is forwarded in plain lines by who writes with none', async () => {
  await writes('');
  await town.send('karim.haddad', [CLAIRE], { subject: 'Le goûter', text: 'À quatre heures.' });
  const letter = `/mail/inbox/${(await town.rows(CLAIRE))[0]?.uid}`;
  const csrf = await claire.csrf(letter);
  const { headers } = await claire.post(`${letter}/forward`, { csrf });
  const { body } = await claire.get(headers.location ?? '');
  expect(htmlIn(body)).toBeNull();
  expect(body.includes('-- \nClaire Lefèvre\nCE1 A, le jeudi')).toBe(true);
});

it('is bold where the letter is seen as a child sees it', async () => {
  await writes('on');
  const page = (await claire.get('/write')).body;
  const html = htmlIn(page) ?? '';
  const [, letter = ''] = /name="letter" value="([^"]+)"/.exec(page) ?? [];
  const [, text = ''] = /<textarea[^>]*name="text"[^>]*>([^<]*)/.exec(page) ?? [];
  const { headers } = await claire.post('/write', {
    csrf: tokenIn(page),
    letter,
    act: 'seen',
    to: town.address('lina.moreau'),
    subject: 'Demain',
    text: `À demain !${text}`,
    html: `<div>À demain !</div>${html}`,
  });
  expect(headers.location).toMatch(/\/seen$/);
  const seen = (await claire.get(headers.location ?? '')).body;
  expect(/<b>Claire Lefèvre<\/b>/.test(seen)).toBe(true);
  expect(seen.includes('CE1 A, le jeudi')).toBe(true);
});
