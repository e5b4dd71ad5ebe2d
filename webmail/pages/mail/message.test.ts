import { describe, expect, it } from 'vitest';
import { bring } from '../../../core/mail/mailboxes/testing/letters.ts';
import { rawLetter } from '../../../tests/shared/town.ts';
import { openTownPages } from '../../testing/served.ts';

const INSPECTION = 'inspection@exemple.fr';
const { town, enter, write, newest } = await openTownPages();
const [lina, claire] = [await enter('lina.moreau'), await enter('claire.lefevre')];
// of a class where a teacher lets the first letter to somebody go
const eliott = await enter('eliott.marchal');

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
  await town.send('julie.robin', ['claire.lefevre'], { subject: 'Le goûter' });
  let at = await newest('claire.lefevre');
  for (const [to, path, says] of [
    ['archive', 'archive', '1 conversation archivée.'],
    ['back', 'inbox', '1 conversation rangée dans «\u00a0Reçus\u00a0».'],
    ['trash', 'trash', '1 conversation mise à la corbeille.'],
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
  {
    who: 'a child',
    reader: lina,
    from: 'claire.lefevre',
    list: 'ce1-a.tilleuls',
    to: 'lina.moreau',
    says: 'Madame Lefèvre n’attend pas de réponse.',
  },
  {
    who: 'an adult',
    reader: claire,
    from: 'mamadou.diallo',
    list: 'equipe.tilleuls',
    to: 'claire.lefevre',
    says: 'Mamadou Diallo n’attend pas de réponse à ce message.',
  },
])(
  'tells $who that no answer is expected, and offers none',
  async ({ reader, from, list, to, says }) => {
    await write(from, [list], { subject: 'Pour info', text: 'Un mot.', answers: 'none' });
    const quiet = await newest(to);
    const { body } = await reader.get(quiet);
    expect(body).toContain(says);
    expect(body).not.toContain(`${quiet}/reply`);
    await write(from, [list], { subject: 'Une question', text: 'Un mot.' });
    expect((await reader.get(await newest(to))).body).not.toContain('n’attend pas');
  },
);

describe('who is outside', () => {
  function rowOf(body: string, words: string): string {
    const found = body.split('<li').find((row) => row.includes(words));
    if (found === undefined) throw new Error(`no row with ${words}`);
    return found;
  }

  it('is said in words in the list, in what is found and on the message, and of nobody else', async () => {
    await town.send('mamadou.diallo', ['claire.lefevre'], { subject: 'Conseil des maîtres' });
    const header = { from: `Inspection Nord <${INSPECTION}>` };
    for (const subject of ['Bonjour', 'Le goûter des parents'])
      await town.receive(INSPECTION, ['claire.lefevre'], { subject, header });
    const at = await newest('claire.lefevre');
    const list = (await claire.get('/mail/inbox')).body;
    const marked = /class="badge wait[^"]*">(?:(?!<\/span>).)*Extérieur<\/span>/;
    expect(rowOf(list, 'Le goûter des parents')).toMatch(marked);
    expect(rowOf(list, 'Conseil des maîtres')).not.toContain('Extérieur');
    expect(
      rowOf(
        (await claire.get(`/search?q=${encodeURIComponent('goûter des parents')}`)).body,
        'Inspection Nord', // what was looked for is marked
      ),
    ).toMatch(marked);
    const { body } = await claire.get(at);
    expect(body.slice(body.indexOf('letter-head'))).toMatch(marked);
    expect(body.slice(body.indexOf('letter-head'))).toContain(
      `<span class="soft mono">${INSPECTION}</span>`,
    );
    const viewer = await town.viewer('claire.lefevre');
    await bring(town, viewer, await town.mailbox(viewer, 'inbox'), {
      raw: rawLetter(INSPECTION, [viewer.address], { subject: 'Mis là par elle-même' }),
    });
    expect(rowOf((await claire.get('/mail/inbox')).body, 'Mis là par elle-même')).not.toContain(
      'Extérieur',
    );
  });

  it('is said to a child too, without an address, nor an answer that the rules would refuse', async () => {
    const friend = 'camille.arnoux@musee-des-sciences.example';
    await town.receive(friend, ['lina.moreau'], {
      subject: 'Le musée vous répond',
      header: { from: `Camille Arnoux <${friend}>` },
    });
    const viewer = await town.viewer('claire.lefevre');
    for (const { school, id } of await town.core.moderation.waiting(viewer))
      await town.letGo(viewer, school, id);
    await town.admin.query('delete from correspondent');
    await town.admin.query('update school set roster_version = roster_version + 1');
    expect(rowOf((await lina.get('/mail/inbox')).body, 'Le musée vous répond')).toContain(
      'Hors de l’école',
    );
    const { body } = await lina.get(await newest('lina.moreau'));
    expect(body).toContain('Hors de l’école');
    expect(body).not.toContain(friend);
    expect(body).not.toContain('/reply');
  });
});

it('names whom the header names in vain, and never as who got it', async () => {
  const [list, head] = ['ce1-a.tilleuls', 'mamadou.diallo'].map(town.address);
  await town.send('noe.garnier', ['lina.moreau'], { header: { to: `${list}, ${head}` } });
  const childs = (await lina.get(await newest('lina.moreau'))).body;
  expect(childs).toContain(
    'Le message nomme aussi CE1 A et Monsieur Diallo. Il ne leur a pas été envoyé.',
  );
  expect(childs).toMatch(/Noé<\/b> à toi,/);
  expect(childs).not.toContain('/reply-all');
  await town.send('noe.garnier', ['claire.lefevre'], { header: { to: `${head}` } });
  expect((await claire.get(await newest('claire.lefevre'))).body).toMatch(
    /L’en-tête nomme aussi Mamadou Diallo.: cet envoi ne lui était pas adressé\./,
  );
});

it.each([
  { note: null, says: 'n’est pas arrivé à tout le monde', not: 'est revenu vers toi' },
  { note: 'Relis-toi.', says: 'est revenu vers toi', not: 'n’est pas arrivé à tout le monde' },
])(
  'says of a message that came back whether it was a person’s word ($note)',
  async ({ note, says, not }) => {
    await write('eliott.marchal', ['kenza.rahmani'], { text: 'Viens.' });
    await town.admin.query(`update hold set state = 'given-back', note = $1`, [note]);
    const [sent] = await town.rows('eliott.marchal', 'sent');
    const { body } = await eliott.get(`/mail/sent/${sent?.uid}`);
    expect(body).toContain(says);
    expect(body).not.toContain(not);
  },
);
