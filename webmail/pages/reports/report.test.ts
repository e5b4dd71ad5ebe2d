/** What an adult does about a letter that a child has reported, on its page. */
import { expect, it } from 'vitest';
import { DAY_MS } from '../../../core/ground/spans.ts';
import { TAKE_BACK_MS } from '../../../core/mail/reports/parts.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTownPages } from '../../testing/served.ts';

const LINA = 'lina.moreau';
const WORD = 'Noé a compris. Bravo de l’avoir dit.';

const { town, enter } = await openTownPages();
const claire = await enter('claire.lefevre');
const head = await enter('mamadou.diallo');

/** A day from today, `YYYY-MM-DD`. */
const inDays = (days: number): string =>
  new Date(town.clock.now.getTime() + days * DAY_MS).toISOString().slice(0, 10);

/** The page of a letter that Lina has just reported. */
async function reported(subject: string): Promise<string> {
  await town.send('noe.garnier', [LINA], { subject, via: 'web' });
  const row = (await town.rows(LINA)).find((one) => one.subject === subject);
  const lina = await town.viewer(LINA);
  const id = row && (await town.core.reports.report(lina, row.mailbox, row.uid));
  town.clock.now = new Date(town.clock.now.getTime() + TAKE_BACK_MS + 1_000);
  return `/reports/${lina.school}/${id}`;
}

it('keeps the word for the child while something else is done first, and sends it at the end', async () => {
  const path = await reported('D’abord parler');
  const csrf = await claire.csrf(path);
  const talked = await claire.post(path, { csrf, do: 'talked', word: WORD, letter: 'given-back' });
  expect(talked.body).toContain('C’est noté.');
  expect(talked.body).toMatch(new RegExp(`<textarea[^>]*name="word"[^>]*>\\s*${WORD}`));
  expect(talked.body).toMatch(/name="letter"[^>]*checked/);
  const closed = await claire.post(path, { csrf, do: 'closed', word: WORD });
  expect(closed.headers.location).toBe(`${path}?said=done`);
  expect((await claire.get(path)).body).toContain(WORD);
});

it('says at the day what is wrong with it, with the day open and in focus, and keeps the word', async () => {
  const path = await reported('Un jour passé');
  const csrf = await claire.csrf(path);
  const refused = await claire.post(path, { csrf, do: 'rest', back: '2026-02-31', word: WORD });
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toMatch(/<details class="unfold"\s+open/);
  expect(refused.body).toMatch(/name="back"[^>]*autofocus[^>]*aria-invalid="true"/);
  expect(refused.body).toContain('Choisissez un jour de la liste du calendrier.');
  expect(refused.body).toContain(WORD);
});

it('gives back the word of whoever comes after somebody else has closed it', async () => {
  const path = await reported('Deux en même temps');
  const csrf = await claire.csrf(path);
  await head.post(path, { csrf: await head.csrf(path), do: 'closed', word: '' });
  const late = await claire.post(path, { csrf, do: 'closed', word: WORD });
  expect(late.body).toContain('Quelqu’un d’autre l’a clos juste avant vous.');
  expect(late.body).toMatch(new RegExp(`<textarea[^>]*readonly[^>]*>\\s*${WORD}`));
  expect((await claire.post(path, { csrf, do: 'closed', word: '' })).headers.location).toBe(
    `${path}?said=closed`,
  );
});

it(
  'says a refused day above where a colleague has put the child at rest meanwhile, and until when',
  SOAKED,
  async () => {
    const path = await reported('Un jour de trop');
    const csrf = await claire.csrf(path);
    await head.post(path, { csrf: await head.csrf(path), do: 'rest', back: inDays(1) });
    const refused = await claire.post(path, { csrf, do: 'rest', back: 'vendredi' });
    expect(refused.body).toContain('Choisissez un jour de la liste du calendrier.');
    expect(refused.body).toContain('Noé Garnier n’écrit pas jusqu’à demain.');
  },
);

it('writes a step down once that is sent twice', async () => {
  const path = await reported('Deux fois la même');
  const csrf = await claire.csrf(path);
  for (const _ of [1, 2]) await claire.post(path, { csrf, do: 'family', word: WORD });
  const { body } = await claire.get(path);
  expect([...body.matchAll(/a prévenu la famille/g)]).toHaveLength(1);
});
