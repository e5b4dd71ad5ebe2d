/**
 * What teachers do for their classes, in a real browser on the running whole: mail to a class,
 * moderation, rest, correspondents outside and in another school.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { axeFaults } from '../shared/page-faults.ts';
import { text } from '../shared/plain/page.ts';
import { SOAKED } from '../shared/slice.ts';
import { visit } from './http-visitor.ts';
import { isKept, marked, open, type Story } from './story.ts';
import { must, until } from './whole.ts';
import { deliver, letter, ready } from './wire.ts';

/** A picture that draws nothing: one white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
);

/** Has them do it, each what only their own class sees. */
export function teach(story: Story): void {
  const { enter, read, tick } = story;

  it('a teacher mails a class in one step, and every child can open the file', () =>
    mailsClass(story));

  it(
    'an open page of a child shows the letter to the class, which its teacher sends again to who has not read it',
    SOAKED,
    async () => {
      const [claire, lina] = [await enter('claire.lefevre'), await enter('lina.moreau')];
      await marked(lina);
      await claire.click('nav >> text=Mes classes');
      await claire.click('text=Écrire à la classe');
      await claire.fill('#o', 'La sortie au musée');
      await claire.fill('#b', 'Jeudi, mettez de bonnes chaussures.');
      await claire.setInputFiles('input[type=file]', {
        name: 'plan du musée.png',
        mimeType: 'image/png',
        buffer: PNG,
      });
      await claire.click('[data-send]');
      await claire.waitForSelector('.toast');
      await lina.waitForSelector('.new:has-text("La sortie au musée")');
      expect(await isKept(lina)).toBe(true);
      const others = pupilsOf(story) - 1;
      await open(lina, 'La sortie au musée');
      const [download] = await Promise.all([
        lina.waitForEvent('download'),
        lina.click('figure a[download]'),
      ]);
      expect(download.suggestedFilename()).toBe('plan du musée.png');
      expect(readFileSync(must(await download.path(), 'the file'))).toEqual(PNG);
      await claire.goto(`${story.whole.base}/classes`);
      await claire.click('text=Écrire à la classe');
      expect(await text(claire, '[aria-labelledby=last]')).toMatch(
        /« La sortie au musée », .*1 élève sur \d+ l’a lu/s,
      );
      await claire.click(`text=Relancer ces ${others} élèves`);
      expect(await text(claire, '[data-send]')).toContain(`${others} personnes`);
      const folded = claire.locator('.chosen-many');
      expect(await folded.textContent()).not.toContain('Lina');
      expect(await text(claire, '.chosen-many summary')).toBe(
        `${others} élèves n’ont pas encore lu`,
      );
      await folded.locator('summary').click();
      await folded.locator('label').first().click();
      expect(await text(claire, '.chosen-many summary')).toContain(`${others - 1} élèves`);
      expect(await text(claire, '[data-send]')).toContain(`${others - 1} personnes`);
    },
  );

  it('what a class asks to be read first is let go by the teacher, or given back with a word', async () => {
    const [kenza, head, eliott] = [
      await enter('kenza.rahmani'),
      await read('beatrice.vasseur'),
      await read('eliott.marchal'),
    ];
    await marked(kenza);
    await head.goto(`${story.whole.base}/held`);
    expect(await axeFaults(head)).toEqual([]);
    await head.click(
      'li:has-text("est-ce que tu veux être dans mon groupe") >> text=Laisser partir',
    );
    await head.waitForURL(/[?]act=/);
    await kenza.waitForSelector('.new:has-text("Coucou")');
    expect(await isKept(kenza)).toBe(true);
    await eliott.goto(`${story.whole.base}/write`);
    await tick(eliott, 'octave.schmitt');
    await eliott.fill('#s', 'Ton cartable');
    await eliott.fill('#b', 'Il est tout troué ton cartable.');
    await eliott.click('[data-send]');
    await eliott.waitForSelector('.toast');
    expect(await text(eliott, '.toast')).toContain('lit ton message d’abord');
    await head.reload();
    await head.click('li:has-text("Ton cartable") >> summary');
    await head.fill('li:has-text("Ton cartable") >> textarea', 'Dis-le autrement, Eliott.');
    await head.click('li:has-text("Ton cartable") >> text=Rendre le message');
    await head.waitForSelector('#told:has-text("est revenu à qui l’a écrit")');
    await eliott.goto(`${story.whole.base}/mail/sent`);
    expect(await text(eliott, '.msg:has-text("Ton cartable")')).toContain('Revenu vers toi');
    await open(eliott, 'Ton cartable');
    expect(await text(eliott)).toContain('Dis-le autrement, Eliott.');
    expect(await axeFaults(eliott)).toEqual([]);
    const octave = await visit(story.whole.base, story.whole.account('octave.schmitt'));
    expect(await octave.text('/mail/inbox')).not.toContain('Ton cartable');
  });

  it('a teacher’s mail to outside leaves, and the demo shows it', async () => {
    const claire = await read('claire.lefevre');
    await claire.goto(`${story.whole.base}/write`);
    await claire.fill('#f', 'musee@example.org');
    await claire.fill('#o', 'Notre visite');
    await claire.fill('#b', 'Nous serons vingt-quatre.');
    await claire.click('[data-send]');
    await claire.waitForSelector('.toast');
    await until('the message on the page of what left', async () => {
      await claire.goto(`${story.whole.base}/demo/outside`);
      return (await text(claire)).includes('Notre visite');
    });
    expect(await text(claire, 'li:has-text("Notre visite")')).toContain('musee@example.org');
    const lina = await visit(story.whole.base, story.whole.account('lina.moreau'));
    expect((await lina.get('/demo/outside')).status).toBe(404);
  });

  it('a teacher puts a child’s sending at rest: the child’s open page says until when, and no way out is left', async () => {
    const [claire, zoe] = [await read('claire.lefevre'), await enter('zoe.lambert')];
    await claire.click('nav >> text=Mes classes');
    await claire.click('.pupils a:has-text("Zoé")');
    expect(await axeFaults(claire)).toEqual([]);
    await claire.click('.seg >> text=Demain');
    await zoe.waitForSelector(
      'text=Tu peux lire tes messages. Tu pourras écrire de nouveau demain.',
    );
    const forged = await (
      await visit(story.whole.base, story.whole.account('zoe.lambert'))
    ).post('/write', {
      act: 'send',
      to: story.whole.address('noe.garnier'),
      subject: 'Au repos',
      text: 'Coucou',
    });
    expect(forged.status).toBe(403);
    expect(await forged.text()).toContain('Tu pourras écrire de nouveau demain.');
    const from = story.whole.account('zoe.lambert');
    const wire = await ready(story.whole.ports.submissions, from);
    expect(
      await deliver(
        wire,
        { from: from.address, to: [story.whole.address('noe.garnier')] },
        letter({
          from: from.address,
          to: story.whole.address('noe.garnier'),
          subject: 'Au repos',
          text: 'Coucou',
        }),
      ),
    ).toMatch(/^550[- ]5\.7\.1 .*Tu pourras ecrire de nouveau demain/);
    wire.cut();
    expect(
      await (await visit(story.whole.base, story.whole.account('noe.garnier'))).text('/mail/inbox'),
    ).not.toContain('Au repos');
    await claire.click('text=Finir le repos');
    await zoe.waitForSelector('main:not(:has-text("Tu pourras écrire de nouveau"))');
  });

  it('a child says that a letter bothers them: the teacher helps at once and keeps the two apart, the head closes it with a word', async () => {
    const noe = await visit(story.whole.base, story.whole.account('noe.garnier'));
    const writes = (subject: string) =>
      noe.post('/write', {
        act: 'send',
        to: story.whole.address('lina.moreau'),
        subject,
        text: 'Je garde ta gomme pour toujours.',
      });
    await writes('Un mot méchant');
    const [lina, claire, head] = [
      await read('lina.moreau'),
      await read('claire.lefevre'),
      await read('mamadou.diallo'),
    ];
    await open(lina, 'Un mot méchant');
    await lina.click('text=Ça me gêne'); // one tap, and no question
    await lina.waitForURL('**/helped');
    expect(await text(lina)).toContain('Qui va la lire : Madame Lefèvre et Monsieur Diallo.');
    await lina.click('text=J’ai besoin d’aide maintenant');
    expect(await text(lina)).toContain('Un adulte sait que tu as besoin de lui maintenant.');
    await lina.goto(`${story.whole.base}/mail/inbox`);
    expect(await lina.locator('.msg:has-text("Un mot méchant")').count()).toBe(0);

    await claire.reload();
    await claire.click('.banner:has-text("Un enfant dit qu’une lettre le gêne.") >> text=Ouvrir');
    expect(await text(claire)).toMatch(/Lina Moreau.*demande de l’aide maintenant/);
    await claire.click('li:has-text("Lina Moreau") >> text=Ouvrir');
    expect(await text(claire, 'article')).toContain('Je garde ta gomme pour toujours.');
    expect(await axeFaults(claire)).toEqual([]);
    await claire.click('text=Je m’en occupe');
    await claire.click('summary:has-text("Les tenir à distance")');
    await claire.click('button[value="apart"]');
    await claire.waitForSelector('text=Les laisser s’écrire');
    await lina.reload();
    await lina.click('.banner:has-text("Madame Lefèvre s’occupe de la lettre") >> text=Voir');
    expect(await text(lina)).toContain('Madame Lefèvre a lu cette lettre pour t’aider.');
    const refused = await writes('Encore un mot');
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('Entre Lina et toi, les lettres font une pause.');

    await head.goto(`${story.whole.base}/reports`);
    expect(await text(head)).toContain('Claire Lefèvre s’en occupe');
    await head.click('li:has-text("Lina Moreau") >> text=Ouvrir');
    await head.fill('#word', 'Nous avons parlé avec lui. Tu as bien fait.');
    await head.click('text=C’est réglé');
    await head.waitForSelector('text=C’est noté.');
    await lina.goto(`${story.whole.base}/mail/inbox`);
    await lina.click(
      '.banner.ok:has-text("C’est fini, avec l’aide de Monsieur Diallo.") >> text=Voir',
    );
    expect(await text(lina)).toContain('Nous avons parlé avec lui. Tu as bien fait.');
    expect(await axeFaults(lina)).toEqual([]);
    await lina.click('text=J’ai lu');
    expect(await lina.locator('.banner.ok').count()).toBe(0);
    await head.goto(`${story.whole.base}/reports`);
    await head.click('text=Les laisser s’écrire');
    await head.waitForSelector('text=Ces deux enfants peuvent de nouveau s’écrire.');
  });

  it('two teachers of two schools link their classes, whose children then write to one another, until one ends it', async () => {
    const [karim, remi] = [await read('karim.haddad'), await read('remi.le-guen')];
    await karim.goto(`${story.whole.base}/classes`);
    await karim.click('.class-tabs >> text=Correspondances');
    await karim.click('text=Proposer une correspondance');
    await karim.fill('#la', 'ce2.jules-ferry');
    await karim.uncheck('input[name="moderated"]');
    await karim.click('text=Envoyer la proposition');
    expect(await text(karim)).toContain('Attend leur accord');
    expect(await axeFaults(karim)).toEqual([]);
    await remi.goto(`${story.whole.base}/mail/inbox`);
    expect(await text(remi)).toContain('Karim Haddad propose une correspondance');
    await remi.goto(`${story.whole.base}/classes`);
    await remi.click('.class-tabs >> text=Correspondances');
    await remi.uncheck('input[name="moderated"]');
    await remi.click('text=Accepter');
    const jade = await read('jade.morel');
    await jade.goto(`${story.whole.base}/write`);
    await tick(jade, 'naomi.cohen-solal');
    await jade.fill('#s', 'Nos deux classes');
    await jade.fill('#b', 'Bonjour Naomi');
    await jade.click('[data-send]');
    await jade.waitForSelector('.toast');
    const naomi = await visit(story.whole.base, story.whole.account('naomi.cohen-solal'));
    expect(await naomi.text('/mail/inbox')).toContain('Nos deux classes');
    await remi.click('.line:has-text("CE1-CE2") >> summary');
    await remi.click('text=Arrêter la correspondance');
    const refused = await naomi.post('/write', {
      act: 'send',
      to: story.whole.address('jade.morel'),
      subject: 'Trop tard',
      text: 'Bonjour Jade',
    });
    expect(refused.status).toBe(403);
    expect(
      await (await visit(story.whole.base, story.whole.account('jade.morel'))).text('/mail/inbox'),
    ).not.toContain('Trop tard');
  });

  it('somebody outside whom a teacher approved writes to the children of that class, once the teacher has read it', async () => {
    const guide = 'guide@musee.example';
    const mail = async (to: string): Promise<string> => {
      const wire = await ready(story.whole.ports.mx);
      const reply = await deliver(
        wire,
        { from: guide, to: [story.whole.address(to)] },
        letter({
          from: guide,
          to: story.whole.address(to),
          subject: 'Votre visite',
          text: 'Que voulez-vous voir ?',
        }),
      );
      wire.cut();
      return reply;
    };
    expect(await mail('nina.lopez')).toMatch(/^550[- ]5\.1\.1/);
    const helene = await read('helene.bertin');
    await helene.goto(`${story.whole.base}/classes`);
    await helene.click('.class-tabs >> text=Correspondances');
    await helene.fill('#oa', guide);
    await helene.click('text=Approuver >> nth=-1');
    expect(await text(helene)).toContain('Cette personne peut écrire à la classe.');
    expect(await mail('nina.lopez')).toMatch(/^250/);
    expect(await mail('rosa.fernandes')).toMatch(/^550[- ]5\.1\.1/);
    await helene.click('.class-tabs >> text=La classe');
    await helene.click('a:has-text("Nina")');
    await helene.click('text=Comme les grands');
    const nina = await visit(story.whole.base, story.whole.account('nina.lopez'));
    expect(await nina.text('/mail/inbox')).not.toContain('Votre visite');
    await helene.goto(`${story.whole.base}/held`);
    await helene.click('li:has-text("Votre visite") >> text=Laisser partir');
    expect(await nina.text('/mail/inbox')).toContain('Votre visite');
    expect(
      (
        await nina.post('/write', {
          act: 'send',
          to: guide,
          subject: 'Réponse',
          text: 'Les dinosaures',
        })
      ).status,
    ).toBe(403);
  });
}

/** How many children of CE1 A have an account. */
const pupilsOf = ({ whole }: Story): number =>
  whole.town.accounts.filter(
    ({ role, classes }) => role === 'pupil' && classes.includes(whole.address('ce1-a.tilleuls')),
  ).length;

/** One letter is stored, and lies in every child's inbox with its file. */
async function mailsClass(story: Story): Promise<void> {
  const { whole, read, stored } = story;
  const claire = await read('claire.lefevre');
  await claire.click('nav >> text=Mes classes');
  await claire.click('text=Écrire à la classe');
  await claire.fill('#o', 'Le plan du musée');
  await claire.fill('#b', 'Jeudi, mettez de bonnes chaussures.');
  const file = { name: 'plan du musée.png', mimeType: 'image/png', buffer: PNG };
  await claire.setInputFiles('input[type=file]', file);
  await claire.click('[data-send]');
  await claire.waitForSelector('.toast');
  const inboxes = await whole.count(`
        select count(*) as n
        from entry e
          join message m on m.school_id = e.school_id
          and m.id = e.message_id
          join mailbox b on b.school_id = e.school_id
          and b.id = e.mailbox_id
          join account a on a.school_id = b.school_id
          and a.id = b.account_id
        where m.subject = 'Le plan du musée' and b.use = 'inbox' and a.role = 'pupil'
      `);
  expect(inboxes).toBe(pupilsOf(story));
  expect(await stored('Le plan du musée')).toBe(1);
  const lina = await read('lina.moreau');
  await open(lina, 'Le plan du musée');
  const download = await lina.download('figure a[download]');
  expect(download.name).toBe('plan du musée.png');
  expect(download.bytes).toEqual(PNG);
  await claire.goto(`${whole.base}/classes`);
  await claire.click('text=Écrire à la classe');
  expect(await text(claire, '[aria-labelledby=last]')).toMatch(
    /« Le plan du musée », .*1 élève sur \d+ l’a lu/s,
  );
  const others = pupilsOf(story) - 1;
  await claire.click(`text=Relancer ces ${others} élèves`);
  expect(await text(claire, '.chosen-many summary')).toBe(`${others} élèves n’ont pas encore lu`);
  expect(await text(claire, '.chosen-many')).not.toContain('Lina');
}
