import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HeldLetter, LettersDecision } from '../../../core/mail/delivery/holding/contract.ts';
import { openModeration } from '../../../core/mail/delivery/holding/moderate.ts';
import type { ReasonName } from '../../../core/rules/reasons.ts';
import { openTownPages } from '../../testing/served.ts';

const CORRESPONDENT = 'camille.arnoux@musee-des-sciences.example';

const { town, enter } = await openTownPages();
const { moderation } = town.core;
const claire = await enter('claire.lefevre');
const viewer = await town.viewer('claire.lefevre');
// Teachers let every letter go themselves, but for a school with hours.
await town.admin.query(`update class set moderation = 'all' where school_id in (1, 2)`);
await town.admin.query('update school set roster_version = roster_version + 1');

/** Where the letter to Inès, the one to the class and the one from outside are decided about. */
let toInes: string;
let toClass: string;
let fromOutside: string;
let held: readonly HeldLetter[];
const at = ({ school, id }: HeldLetter): string => `/held/${school}/${id}`;
const ticked = (path: string): string => path.split('/').slice(2).join('-');

/** Three letters wait, and no others. */
async function wait(): Promise<void> {
  const before = (await moderation.waiting(viewer)).map(({ school, id }) => ({ school, hold: id }));
  await moderation.decide(viewer, before, { kind: 'release' });
  await town.send('noe.garnier', ['ines.carvalho'], { subject: 'Coucou' });
  await town.send('yanis.hamdi', ['ce1-a.tilleuls'], { subject: 'Regardez' });
  await town.receive(CORRESPONDENT, ['lina.moreau'], { subject: 'Avant votre visite' });
  held = await moderation.waiting(viewer);
  [toInes = '', toClass = '', fromOutside = ''] = held.map(at);
}
afterEach(() => vi.restoreAllMocks());

/** What the page says that comes after an act. */
async function said(act: ReturnType<typeof claire.post>): Promise<string> {
  return (await claire.get(String((await act).headers.location))).body;
}

describe('held mail', () => {
  beforeEach(wait);

  it('says of a held message when it leaves', async () => {
    const morning = town.clock.now;
    // Monday evening, where the school has opening hours
    town.clock.now = new Date('2026-11-23T19:00:00+01:00');
    const noemie = await enter('noemie.guichard');
    const sent = await noemie.post('/write', {
      csrf: await noemie.csrf('/write'),
      act: 'send',
      to: town.address('issa.konate'),
      subject: 'x',
      text: 'y',
    });
    const { body } = await noemie.get(sent.headers.location ?? '');
    const list = (await noemie.get('/mail/sent')).body;
    town.clock.now = morning;
    expect(body).toContain('Ton message partira demain à');
    expect(list).toContain('Pas encore parti');
  });

  it('says to the head, and not to a teacher, where the log of the service has it', async () => {
    const head = await enter('mamadou.diallo');
    const traces = held.flatMap(({ trace }) => trace ?? []);
    expect(traces).toHaveLength(2);
    const shown = (body: string) => traces.filter((trace) => body.includes(trace));
    expect(shown((await head.get('/held')).body)).toEqual(traces);
    expect(shown((await claire.get('/held')).body)).toEqual([]);
    await claire.post(`${toInes}/release`, { csrf: await claire.csrf('/held') });
    expect(shown((await head.get('/held/decided')).body)).toEqual(traces.slice(0, 1));
  });

  it('says to whoever comes too late that it is decided', async () => {
    for (const act of ['release', 'give-back'])
      expect(
        (
          await claire.post(`/held/1/999999/${act}`, {
            csrf: await claire.csrf('/held'),
          })
        ).headers.location,
      ).toBe('/held?said=already');
    expect((await claire.get('/held?said=already')).body).toContain('déjà été décidé');
    const { body } = await claire.get('/held?act=%3Cb%3E&missed=1e9&said=%3Cb%3E');
    expect(body).not.toContain('class="banner');
  });

  it('shows of a stranger’s held message the address, what proves it, and whose name it bears', async () => {
    const proven = (await claire.get('/held')).body;
    expect(proven).toMatch(
      /camille\.arnoux@musee-des-sciences\.example[^]*Adresse vérifiée \(DMARC\)/,
    );
    expect(proven).not.toContain('Non prouvé');
    await claire.post(`${fromOutside}/give-back`, { csrf: await claire.csrf('/held') });
    await town.receive(CORRESPONDENT, ['lina.moreau'], {
      header: { from: `Mamadou Diallo <${CORRESPONDENT}>` },
      proof: { authentication: 'none', headers: '', server: [] },
    });
    const { body } = await claire.get('/held');
    expect(body).toMatch(
      /Extérieur<\/span><span class="mono">camille\.arnoux@musee-des-sciences\.example<\/span><span class="badge stop">/,
    );
    for (const words of [
      'Non prouvé',
      'Quelqu’un a pu imiter cette adresse',
      'est connu ici sous une autre adresse',
      town.address('mamadou.diallo'),
    ])
      expect(body).toContain(words);
    expect(body).not.toContain('Adresse vérifiée');
  });

  it('lets one go, and gives one back with a word', async () => {
    const csrf = await claire.csrf('/held');
    expect((await claire.post(`${toInes}/give-back`, { csrf, note: ' ' })).headers.location).toBe(
      '/held?said=noteMissing',
    );
    expect(
      await said(claire.post(`${toInes}/give-back`, { csrf, note: 'Dis bonjour d’abord.' })),
    ).toContain('Le message est revenu à qui l’a écrit, avec votre mot.');
    expect(await said(claire.post(`${fromOutside}/give-back`, { csrf }))).toContain(
      'Le message n’est pas remis.',
    );
    expect(await said(claire.post(`${toClass}/release`, { csrf }))).toContain(
      'Le message est parti à 24 personnes.',
    );
    expect((await claire.get('/held')).body).toContain('Aucun message en attente');
    const { body } = await claire.get('/held/decided');
    expect(body).toMatch(/Parti<[^]*Rendu<[^]*Dis bonjour d’abord\./);
  });

  it('decides about several at once, which can be taken back for some seconds', async () => {
    const h = [ticked(toInes), ticked(fromOutside)];
    const { decide } = openModeration({ ...town.parts, undoMs: 10_000 });
    const csrf = await claire.csrf('/held');
    expect((await claire.post('/held/act', { csrf, do: 'release' })).headers.location).toBe(
      '/held?said=nothingChosen',
    );
    expect(
      (await claire.post('/held/act', { csrf, do: 'give-back', h, note: ' ' })).headers.location,
    ).toBe('/held?said=noteMissing');
    vi.spyOn(moderation, 'decide').mockImplementationOnce(decide);
    const done = await claire.post('/held/act', { csrf, do: 'release', h: [...h, '1-999999'] });
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

  it.each([
    { why: 'all are decided already', gone: true, status: 404, says: 'déjà été décidé' },
    { why: 'none is ticked', gone: false, status: 422, says: 'Cochez d’abord' },
  ])('gives back several: where $why the word stays', async ({ gone, status, says }) => {
    const csrf = await claire.csrf('/held');
    const h = gone ? [ticked(toInes), ticked(toClass)] : [];
    if (gone) await claire.post('/held/act', { csrf, do: 'release', h });
    const note = 'Écris à Inès seule, <demain>.';
    const answer = await claire.post('/held/act', { csrf, do: 'give-back', h, note });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(says);
    expect(answer.body).toContain('Écris à Inès seule, &lt;demain&gt;.</textarea>');
  });

  it('counts a line end of a word once, as the browser does', async () => {
    const csrf = await claire.csrf('/held');
    const note = `${'Relis.\n'.repeat(142)}Fini.`;
    await claire.post(`${toInes}/give-back`, { csrf, note: note.replaceAll('\n', '\r\n') });
    const { rows } = await town.admin.query('select note from hold where id = $1', [
      toInes.split('/').at(-1),
    ]);
    expect(note).toHaveLength(999);
    expect(rows).toEqual([{ note }]);
  });

  it('shows a head apart what waits for the teachers first', async () => {
    const shown = async (isPutBefore: (at: number) => boolean): Promise<string> => {
      const waiting = held.map((one, index) => ({ ...one, isPutBefore: isPutBefore(index) }));
      vi.spyOn(moderation, 'waiting').mockResolvedValueOnce(waiting);
      return (await claire.get('/held')).body;
    };
    expect(await shown((index) => index === 0)).toMatch(
      /<h1>Un message attend votre accord<[^]*2 messages attendent d’abord/,
    );
    expect(await shown(() => false)).toContain('Aucun message n’attend');
  });

  it('names the school of a letter that waits in another than the reader’s own', async () => {
    await town.send('lucie.okafor', ['hugo.de-la-tour'], { subject: 'Coucou' });
    const nadege = await enter('nadege.colas');
    expect((await nadege.get('/held')).body.match(/École Pasteur/g)).toHaveLength(1);
  });
});

describe('held mail that was let go', () => {
  let act: string;
  let decided: LettersDecision;
  beforeAll(async () => {
    await wait();
    const answer = await claire.post(`${toInes}/release`, { csrf: await claire.csrf('/held') });
    [, act = ''] = /^\/held\?act=(.+)$/.exec(String(answer.headers.location)) ?? [];
    const found = await moderation.decided(viewer, act);
    if (found === null) throw new Error('nothing was decided');
    decided = found;
    expect(decided.letters.map(({ came }) => came.sent)).toEqual([1]);
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
      waiting: ['on-the-road'],
      says: ['La lettre prend la route', 'le prochain jour d’école à 8\u00a0h'],
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
      const came = { sent, left, waiting: refusals(waiting), refused: refusals(refused) };
      vi.spyOn(moderation, 'decided').mockResolvedValueOnce({
        ...decided,
        letters: decided.letters.map((one) => ({ ...one, came })),
      });
      const { body } = await claire.get(`/held?act=${act}`);
      for (const one of says) expect(body).toContain(one);
      for (const one of not) expect(body).not.toContain(one);
    },
  );
});
