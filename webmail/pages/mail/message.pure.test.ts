import { afterAll, describe, expect, it } from 'vitest';
import { CLAIRE, LINA, openMailPages } from '../../testing/mail-pages.ts';
import { FACES } from '../../testing/people.ts';

const { town, app, lina, claire } = await openMailPages();
afterAll(() => app.close());

it.each([
  { to: 'https://exemple.fr/x', status: 200 },
  { to: 'javascript:alert(1)', status: 404 },
  { to: 'https://ecole@evil.example/', status: 404 },
  { to: '//evil.example', status: 404 },
  { to: 'data:text/html,x', status: 404 },
])('asks before a link leads out: $to', async ({ to, status }) => {
  const answer = await lina.get(`/leave?to=${encodeURIComponent(to)}`);
  expect(answer.statusCode).toBe(status);
  if (status === 200) expect(answer.body).toContain('Demande à un adulte');
});

it('says what became of a message, and offers the way back', async () => {
  const csrf = await claire.csrf('/mail/inbox');
  let at = `/mail/inbox/${town.deliver(CLAIRE, { from: FACES.colleague, subject: 'Le goûter' })}`;
  for (const [to, path, says] of [
    ['archive', 'archive', '1 message archivé.'],
    ['back', 'inbox', '1 message rangé dans «\u00a0Reçus\u00a0».'],
    ['trash', 'trash', '1 message mis à la corbeille.'],
    ['erase', 'trash', 'C’est effacé pour toujours.'],
  ] as const) {
    const { body } = await claire.get(at);
    expect(body.includes(`name="do" value="${to}"`), to).toBe(true);
    const m = /name="m" value="(\d+-\d+)"\/><input type="hidden" name="open"/.exec(body)?.[1] ?? '';
    const moved = await claire.post(at.replace(/\/\d+$/, '/act'), { csrf, do: to, m });
    expect((await claire.get(moved.headers.location ?? '')).body.includes(says), says).toBe(true);
    at =
      /href="(\/mail\/\w+\/\d+)"[^>]*>(?:(?!<\/a>).)*Le goûter/.exec(
        (await claire.get(`/mail/${path}`)).body,
      )?.[1] ?? '';
  }
  expect(at).toBe('');
});

it.each([
  { who: 'a child', reader: lina, address: LINA, says: 'Claire Lefèvre n’attend pas de réponse.' },
  {
    who: 'an adult',
    reader: claire,
    address: CLAIRE,
    says: 'Julie Robin n’attend pas de réponse à ce message.',
  },
])('tells $who that no answer is expected, and offers none', async ({ reader, address, says }) => {
  const from = address === LINA ? FACES.teacher : FACES.colleague;
  const quiet = town.deliver(address, { from, subject: 'Pour info', answers: 'none' });
  const { body } = await reader.get(`/mail/inbox/${quiet}`);
  expect(body).toContain(says);
  expect(body).not.toContain(`/mail/inbox/${quiet}/reply`);
  const usual = town.deliver(address, { from, subject: 'Une question' });
  expect((await reader.get(`/mail/inbox/${usual}`)).body).not.toContain('n’attend pas');
});

describe('who is outside', () => {
  const rowOf = (body: string, subject: string): string =>
    body.split('<li').find((row) => row.includes(subject)) ?? '';

  it('is said in words in the list, in what is found and on the message, and of nobody else', async () => {
    const uid = town.deliver(CLAIRE, {
      from: FACES.inspection,
      subject: 'Le goûter des parents',
      text: 'Bonjour.',
    });
    const list = (await claire.get('/mail/inbox')).body;
    const marked = /class="badge wait[^"]*">(?:(?!<\/span>).)*Extérieur<\/span>/;
    expect(rowOf(list, 'Le goûter des parents')).toMatch(marked);
    expect(rowOf(list, 'Conseil des maîtres')).not.toContain('Extérieur');
    expect(
      rowOf(
        (await claire.get(`/search?q=${encodeURIComponent('goûter des parents')}`)).body,
        'Le goûter des parents',
      ),
    ).toMatch(marked);
    const { body } = await claire.get(`/mail/inbox/${uid}`);
    expect(body.slice(body.indexOf('letter-head'))).toMatch(marked);
    expect(body.slice(body.indexOf('letter-head'))).toContain(
      `<span class="soft mono any">${FACES.inspection.address}</span>`,
    );
    town.deliver(CLAIRE, {
      from: FACES.inspection,
      subject: 'Mis là par elle-même',
      state: 'added',
    });
    expect(rowOf((await claire.get('/mail/inbox')).body, 'Mis là par elle-même')).not.toContain(
      'Extérieur',
    );
  });
  it('is said to a child too, without an address, nor an answer that the rules would refuse', async () => {
    const uid = town.deliver(LINA, {
      from: FACES.inspection,
      subject: 'Le musée vous répond',
      text: 'Bonjour.',
      because: { kind: 'outside', name: '' },
    });
    expect(rowOf((await lina.get('/mail/inbox')).body, 'Le musée vous répond')).toContain(
      'Hors de l’école',
    );
    const { body } = await lina.get(`/mail/inbox/${uid}`);
    expect(body).toContain('Hors de l’école');
    expect(body).not.toContain(FACES.inspection.address);
    expect(body).not.toContain('/reply');
  });
  it('under a name of the school is told to whoever reads', async () => {
    const uid = town.deliver(CLAIRE, {
      from: { ...FACES.inspection, name: 'Mamadou Diallo' },
      subject: 'Urgent',
      namesake: { name: 'Mamadou Diallo', address: FACES.head.address },
    });
    expect((await claire.get(`/mail/inbox/${uid}`)).body).toMatch(
      /est connu ici sous une autre adresse, mamadou\.diallo@/,
    );
  });
});

it('names whom the header names in vain, and never as who got it', async () => {
  const letter = {
    from: FACES.child('Noé'),
    to: [],
    claimed: [FACES.classList, FACES.head],
    subject: 'À toute la classe',
  };
  const lina_ = (await lina.get(`/mail/inbox/${town.deliver(LINA, letter)}`)).body;
  expect(lina_).toContain(
    'Le message nomme aussi CE1 A et Mamadou Diallo. Il ne leur a pas été envoyé.',
  );
  expect(lina_).toMatch(/<b>Noé<\/b> à toi,/);
  expect(lina_).not.toContain('/reply-all');
  const claire_ = (
    await claire.get(`/mail/inbox/${town.deliver(CLAIRE, { ...letter, claimed: [FACES.head] })}`)
  ).body;
  expect(claire_).toMatch(
    /L’en-tête nomme aussi Mamadou Diallo.: cet envoi ne lui était pas adressé\./,
  );
});

it.each([
  { note: null, says: 'n’est pas arrivé à tout le monde', not: 'est revenu vers toi' },
  { note: 'Relis-toi.', says: 'est revenu vers toi', not: 'n’est pas arrivé à tout le monde' },
])(
  'says of a message that came back whether it was a person’s word ($note)',
  async ({ note, says, not }) => {
    const uid = town.deliver(LINA, {
      from: FACES.child('Lina'),
      subject: 'Revenu',
      state: 'given-back',
      note,
    });
    const { body } = await lina.get(`/mail/inbox/${uid}`);
    expect(body).toContain(says);
    expect(body).not.toContain(not);
  },
);
