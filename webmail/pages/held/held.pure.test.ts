import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReasonName } from '../../../core/rules/reasons.ts';
import { openMailPages } from '../../testing/mail-pages.ts';
import { FACES } from '../../testing/people.ts';

const { town, app, lina, claire } = await openMailPages();
const { held } = town;
beforeEach(() => {
  town.held = [...held];
});
afterAll(() => app.close());

/** What the page says that comes after an act. */
async function said(act: ReturnType<typeof claire.post>): Promise<string> {
  return (await claire.get(String((await act).headers.location))).body;
}

describe('held mail', () => {
  it('says of a held message when it leaves', async () => {
    town.next = {
      kind: 'held',
      message: null,
      held: [
        { address: 'x', rule: 'school-closed', words: { until: '2026-11-25T08:00:00+01:00' } },
      ],
    };
    const sent = await lina.post('/write', {
      csrf: await lina.csrf('/write'),
      act: 'send',
      to: 'noe@ecoles.preau.test',
      subject: 'x',
      text: 'y',
    });
    expect((await lina.get(sent.headers.location ?? '')).body).toContain(
      'Ton message partira demain à',
    );
    expect((await lina.get('/mail/sent')).body).toContain('Pas encore parti');
  });

  it.each<{
    sent?: number;
    left?: number;
    waiting?: readonly ReasonName[];
    refused?: readonly ReasonName[];
    says: readonly string[];
    not: readonly string[];
  }>([
    { sent: 1, says: ['Le message est parti.'], not: ['ne peut plus'] },
    {
      sent: 24,
      left: 1,
      says: ['Le message est parti à 24 personnes.', 'Une personne a quitté la liste depuis'],
      not: ['ne peut plus partir'],
    },
    {
      sent: 2,
      refused: ['not-in-your-class'],
      says: [
        'Le message est parti à 2 personnes.',
        'Pas à Kenza\u00a0: les classes ont changé depuis.',
      ],
      not: ['ne peut plus partir'],
    },
    {
      refused: ['not-in-your-class'],
      says: ['Ce message ne peut plus partir'],
      not: ['est parti'],
    },
    {
      waiting: ['school-closed'],
      says: ['le message partira à l’ouverture'],
      not: ['attend encore l’accord'],
    },
    {
      sent: 1,
      waiting: ['class-moderated'],
      says: ['Le message est parti.', 'attend encore l’accord'],
      not: [],
    },
  ])(
    'says of one let go what became of it: $says',
    async ({ sent = 0, left = 0, waiting = [], refused = [], says, not }) => {
      const refusals = (rules: readonly ReasonName[]) =>
        rules.map((rule) => ({ address: 'x', rule, words: { name: 'Kenza' } }));
      town.letGo = { sent, left, waiting: refusals(waiting), refused: refusals(refused) };
      const answer = await claire.post('/held/1/1/release', { csrf: await claire.csrf('/held') });
      expect(answer.headers.location).toMatch(/^\/held\?act=/);
      const { body } = await claire.get(String(answer.headers.location));
      for (const one of says) expect(body).toContain(one);
      for (const one of not) expect(body).not.toContain(one);
    },
  );

  it('says to whoever comes too late that it is decided', async () => {
    expect(
      (await claire.post('/held/1/99/release', { csrf: await claire.csrf('/held') })).headers
        .location,
    ).toBe('/held?said=already');
    expect((await claire.get('/held?said=already')).body).toContain('déjà été décidé');
    const { body } = await claire.get('/held?act=%3Cb%3E&missed=1e9&said=%3Cb%3E');
    expect(body).not.toContain('class="banner');
  });

  it('shows of a stranger’s held message the address, what proves it, and whose name it bears', async () => {
    expect((await claire.get('/held')).body).toMatch(
      /inspection@exemple\.fr[^]*Adresse vérifiée \(DMARC\)/,
    );
    expect((await claire.get('/held')).body).not.toContain('Non prouvé');
    town.held = held.map((one) =>
      one.stranger === null
        ? one
        : {
            ...one,
            rule: 'unproven-correspondent',
            stranger: {
              provedBy: null,
              namesake: { name: 'Mamadou Diallo', address: FACES.head.address },
            },
          },
    );
    const { body } = await claire.get('/held');
    expect(body).toMatch(
      /Extérieur<\/span><span class="mono any">inspection@exemple\.fr<\/span><span class="badge stop">/,
    );
    for (const words of [
      'Non prouvé',
      'Quelqu’un a pu imiter cette adresse',
      'est connu ici sous une autre adresse',
      FACES.head.address,
    ])
      expect(body).toContain(words);
    expect(body).not.toContain('Adresse vérifiée');
  });

  it('lets one go, and gives one back with a word', async () => {
    const csrf = await claire.csrf('/held');
    expect((await claire.post('/held/1/1/give-back', { csrf, note: ' ' })).headers.location).toBe(
      '/held?said=noteMissing',
    );
    expect(
      await said(claire.post('/held/1/1/give-back', { csrf, note: 'Dis bonjour d’abord.' })),
    ).toContain('Le message est revenu à qui l’a écrit, avec votre mot.');
    expect(await said(claire.post('/held/1/3/give-back', { csrf }))).toContain(
      'Le message n’est pas remis.',
    );
    expect(await said(claire.post('/held/1/2/release', { csrf }))).toContain(
      'Le message est parti.',
    );
    expect((await claire.get('/held')).body).toContain('Aucun message en attente');
    const { body } = await claire.get('/held/decided');
    expect(body).toMatch(/Parti<[^]*Rendu<[^]*Dis bonjour d’abord\./);
  });

  it('decides about several at once, which can be taken back for some seconds', async () => {
    const csrf = await claire.csrf('/held');
    expect((await claire.post('/held/act', { csrf, do: 'release' })).headers.location).toBe(
      '/held?said=nothingChosen',
    );
    expect(
      (await claire.post('/held/act', { csrf, do: 'give-back', h: '1-1', note: ' ' })).headers
        .location,
    ).toBe('/held?said=noteMissing');
    town.undoUntil = new Date(town.now.getTime() + 10_000);
    const done = await claire.post('/held/act', { csrf, do: 'release', h: ['1-1', '1-3', '1-99'] });
    town.undoUntil = null;
    const { body } = await claire.get(String(done.headers.location));
    expect(body).toContain('2 messages partent dans 10\u00a0s.');
    expect(body).toContain('1 message avait déjà été décidé ou repris.');
    const act = /name="act" value="([^"]+)"/.exec(body)?.[1] ?? '';
    const undone = await claire.post('/held/undo', { csrf, act });
    expect((await claire.get(String(undone.headers.location))).body).toContain(
      'C’est annulé\u00a0: 2 messages attendent de nouveau votre accord.',
    );
    expect((await claire.post('/held/undo', { csrf, act: 'x' })).headers.location).toBe(
      '/held?said=tooLate',
    );
  });

  it('shows a head apart what waits for the teachers first', async () => {
    town.held = held.map((one, at) => ({ ...one, isPutBefore: at === 0 }));
    const { body } = await claire.get('/held');
    expect(body).toMatch(/<h1>Un message attend votre accord<[^]*2 messages attendent d’abord/);
    town.held = held.map((one) => ({ ...one, isPutBefore: false }));
    expect((await claire.get('/held')).body).toContain('Aucun message n’attend');
  });

  it('names the school of a letter that waits in another than the reader’s own', async () => {
    town.held = held.map((one, at) => (at === 0 ? { ...one, otherSchool: 'École Prévert' } : one));
    expect((await claire.get('/held')).body.match(/École Prévert/g)).toHaveLength(1);
  });
});
