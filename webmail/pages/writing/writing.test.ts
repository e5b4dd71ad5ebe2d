import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { SESSION_COOKIE } from '../../http/guard.ts';
import { guest, HOST, tokenIn, type Guest } from '../../testing/guest.ts';
import { openTownPages } from '../../testing/served.ts';

const { town, app, enter, write, newest } = await openTownPages();
const [LINA, CLAIRE] = [town.address('lina.moreau'), town.address('claire.lefevre')];
const [lina, claire] = [await enter('lina.moreau'), await enter('claire.lefevre')];
const [ce1a] = (await town.viewer('claire.lefevre')).classes;
afterEach(() => vi.restoreAllMocks());

describe('writing', () => {
  it('asks the rules for a forged form as for any other, and keeps the text', async () => {
    const answer = await lina.post('/write', {
      csrf: await lina.csrf('/write'),
      act: 'send',
      to: town.address('rosa.fernandes'),
      subject: 'Coucou',
      text: 'On joue ?',
    });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('Rosa est en CM2 B. Toi, tu es en CE1 A.');
    const draft = /href="(\/write\/\d+)"/.exec(answer.body)?.[1] ?? '';
    expect((await lina.get(draft)).body).toContain('On joue ?');
  });

  it.each<{ answers: 'everyone' | 'sender' | 'none'; then: readonly string[] }>([
    { answers: 'everyone', then: ['/reply', '/reply-all'] },
    { answers: 'sender', then: ['/reply'] },
    { answers: 'none', then: [] },
  ])('offers the answers that a letter to the class lets: $answers', async ({ answers, then }) => {
    const list = ['ce1-a.tilleuls'];
    if (answers === 'everyone') await town.send('noe.garnier', list);
    else await write('claire.lefevre', list, { text: 'Les mots', answers });
    const page = (await lina.get(await newest('lina.moreau'))).body;
    expect(
      [...page.matchAll(/href="\/mail\/inbox\/\d+(\/reply[^"]*)"/g)].map(([, way]) => way),
    ).toEqual(then);
  });

  it.each([
    { from: '/mail/sent?only=unseen', back: '/mail/sent?only=unseen' },
    // What a form is sent to answers with its own page, and is no page to come back to.
    { from: '/held/act', back: '/mail/inbox' },
    { from: '/mail/inbox/act', back: '/mail/inbox' },
    { from: '/nowhere', back: '/mail/inbox' },
  ])('leads back to a page alone: from $from to $back', async ({ from, back }) => {
    const { body } = await claire.get('/write', { referer: `http://${HOST}${from}` });
    expect(body).toContain(`name="back" value="${back}"`);
  });

  it('begins a letter to whom a link names, where they may be written to', async () => {
    const samira = await enter('samira.benali');
    const named = async (address: string): Promise<boolean> => {
      const { body } = await samira.get(`/write?to=${encodeURIComponent(address)}`);
      // Those in a template are offered, and not chosen.
      return body
        .replace(/<template>[^]*?<\/template>/g, '')
        .includes(`name="to" value="${address}"`);
    };
    expect(await named(CLAIRE)).toBe(true);
    expect(await named(town.address('lucie.okafor'))).toBe(false);
    expect(await named('inconnue@exemple.fr')).toBe(false);
  });

  it('shows the refusal when an old conversation can’t go on', async () => {
    const agathe = await enter('agathe.caron');
    await town.send('bilal.ziani', ['agathe.caron']);
    await town.admin.query(
      `
        update membership m
        set until_date = '2026-11-23'
        from address a
        where a.id = m.address_id and a.local = 'bilal.ziani'
      `,
    );
    await town.admin.query('update school set roster_version = roster_version + 1');
    const answer = await agathe.get(`${await newest('agathe.caron')}/reply`);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('Tu ne peux plus répondre à Bilal.');
  });

  it.each([
    { when: 'a line end in the title', fields: { subject: 'a\r\nBcc: x@y.fr' } },
    { when: 'a line end in an address', fields: { to: 'a@b.fr\nx' } },
  ])('$when: 400', async ({ fields }) => {
    expect(
      (await lina.post('/write', { csrf: await lina.csrf('/write'), act: 'send', ...fields }))
        .statusCode,
    ).toBe(400);
  });

  it.each<{ words: string; then: readonly string[] }>([
    { words: 'benali SAMIRA', then: ['samira.benali@ecoles.preau.test'] },
    { words: 'rob JULIE', then: ['julie.robin@ecoles.preau.test'] },
    {
      words: 'noe garnier',
      then: ['elodie.garnier@ecoles.preau.test', 'noe.garnier@ecoles.preau.test'],
    },
    { words: 'équipe tilleuls', then: ['equipe.tilleuls@ecoles.preau.test'] },
    { words: 'eliott', then: [] },
  ])('finds those within reach and adults of the town: $words', async ({ words, then }) => {
    const kept = await claire.post('/write', {
      csrf: await claire.csrf('/write'),
      act: 'find',
      find: words,
      subject: 'x',
      text: 'y',
    });
    const found =
      /class="line found"[\s\S]*?id="ql"/.exec(
        (await claire.get(kept.headers.location ?? '')).body,
      )?.[0] ?? '';
    expect([...found.matchAll(/value="([^"]+)"/g)].map(([, address]) => address)).toEqual(then);
    if (then.length === 0) expect(found).toContain('Personne à qui vous pouvez écrire');
  });

  it('sends to whom was chosen among those found, the name still in its field', async () => {
    const kept = await claire.post('/write', {
      csrf: await claire.csrf('/write'),
      act: 'find',
      find: 'samira',
      subject: 'x',
      text: 'y',
    });
    const page = (await claire.get(kept.headers.location ?? '')).body;
    const fields = {
      csrf: tokenIn(page),
      draft: /name="draft" value="(\d+)"/.exec(page)?.[1] ?? '',
      find: /name="find" value="([^"]*)"/.exec(page)?.[1] ?? '',
      found: /name="found" value="([^"]*)"/.exec(page)?.[1] ?? '',
      subject: 'x',
      text: 'y',
      to: 'samira.benali@ecoles.preau.test',
    };
    expect(fields).toMatchObject({ find: 'samira', found: 'samira' });
    const other = await claire.post('/write', { ...fields, act: 'send', find: 'robin' });
    expect(other.headers.location).toContain('?find=robin');
    const found = (await claire.get(other.headers.location ?? '')).body;
    const again = /name="draft" value="(\d+)"/.exec(found)?.[1] ?? '';
    expect(
      (await claire.post('/write', { ...fields, draft: again, act: 'send' })).headers.location,
    ).toMatch(/^\/mail\/inbox\?sent=/);
  });

  it.each<{ when: string; lose: (somebody: Guest) => Promise<unknown> }>([
    {
      when: 'the session is over',
      lose: async (somebody) => {
        const cookie = somebody.cookies.get(SESSION_COOKIE) ?? '';
        await somebody.post('/signout', { csrf: await somebody.csrf('/mail/inbox') });
        somebody.cookies.set(SESSION_COOKIE, cookie);
      },
    },
    {
      when: 'somebody signed in anew beside it',
      lose: async (somebody) =>
        somebody.post('/signin', {
          csrf: await somebody.csrf('/signin'),
          address: CLAIRE,
          password: DEMO_PASSWORD,
        }),
    },
  ])('gives back what was typed where $when', async ({ lose }) => {
    const somebody = await enter('claire.lefevre');
    const csrf = await somebody.csrf('/write');
    await lose(somebody);
    const kept = somebody.cookies.get(SESSION_COOKIE);
    const letter = {
      csrf,
      act: 'send',
      to: LINA,
      subject: 'Long',
      text: 'Une heure <b>de travail</b>',
    };
    const form = new FormData();
    for (const [name, value] of Object.entries(letter)) form.append(name, value);
    form.append('file', new Blob([Buffer.alloc(1_000_000)]), 'gros.bin');
    const packed = new Response(form);
    const whole = await app.inject({
      method: 'POST',
      url: '/write',
      headers: {
        host: HOST,
        cookie: `${SESSION_COOKIE}=${kept}`,
        'content-type': packed.headers.get('content-type') ?? '',
      },
      payload: Buffer.from(await packed.arrayBuffer()),
    });
    for (const answer of [
      await somebody.post('/write', letter),
      await somebody.post('/mail/inbox/1/reply', { csrf, text: letter.text }),
      whole,
      await guest(app).post('/write', letter),
    ]) {
      expect(answer.statusCode).toBe(403);
      expect(answer.body).toContain('Une heure &lt;b&gt;de travail&lt;/b&gt;</textarea>');
    }
    expect((await guest(app).post('/write', { csrf })).headers.location).toBe('/signin');
  });

  it('mails a class in one step, with the number on the button', async () => {
    const page = await claire.get(`/classes/${ce1a?.id}/write`);
    expect(page.body).toContain('Envoyer à 24 personnes');
    const sent = await claire.post('/write', {
      csrf: tokenIn(page.body),
      act: 'send',
      to: town.address('ce1-a.tilleuls'),
      subject: 'Musée',
      text: 'Jeudi',
      answers: 'sender',
    });
    expect(sent.headers.location).toMatch(/^\/mail\/inbox\?sent=/);
    expect((await claire.get(sent.headers.location ?? '')).body).toContain(
      'Votre message est parti à CE1 A.',
    );
  });

  it.each([
    {
      outcome: { kind: 'infected', signature: 'Eicar' } as const,
      status: 422,
      says: 'virus (Eicar)',
    },
    {
      outcome: { kind: 'scanner-silent' } as const,
      status: 202,
      says: 'L’antivirus ne répond pas',
    },
    {
      outcome: { kind: 'too-big', limitBytes: 25_000_000 } as const,
      status: 413,
      says: '25\u00a0Mo',
    },
    {
      outcome: { kind: 'mailbox-full', address: 'x', permanent: false } as const,
      status: 422,
      says: 'pleine',
    },
  ])('$outcome.kind: $status', async ({ outcome, status, says }) => {
    vi.spyOn(town.core.writings, 'handIn').mockResolvedValueOnce(outcome);
    const answer = await claire.post('/write', {
      csrf: await claire.csrf('/write'),
      act: 'send',
      to: LINA,
      subject: 'x',
      text: 'y',
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(says);
  });
});
