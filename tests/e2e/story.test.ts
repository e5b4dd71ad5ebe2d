import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
/**
 * The story that a newcomer tries first, in a real browser on the running whole: children, a
 * teacher, another school.
 */
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../shared/chromium.ts';
import { axeFaults } from '../shared/page-faults.ts';
import { openYard, type Visitor, type Yard } from './browser.ts';
import { visit } from './http-visitor.ts';
import { must, startWhole, until, type Whole } from './whole.ts';
import { deliver, letter, ready } from './wire.ts';

/** A picture that draws nothing: one white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
);
/** A roster that was changed by hand is read anew after a second. */
const ROSTER_AGE_MS = 1_500;
const NO_SCRIPT = { javaScriptEnabled: false };
const PUPIL_PAGES = [
  '/mail/inbox',
  '/write',
  '/write/help',
  '/mail/sent',
  '/mail/starred',
  '/mail/trash',
  '/write/done',
];
const TEACHER_PAGES = [
  '/mail/inbox',
  '/mail/drafts',
  '/mail/archive',
  '/write',
  '/classes',
  '/search?q=mus%C3%A9e',
  '/held',
  '/demo/outside',
  '/nothing',
];

let whole: Whole;
let yard: Yard;
const visitors: Visitor[] = [];

async function enter(local: string, options = {}): Promise<Page> {
  const visitor = await yard.enter(whole.account(local), options);
  visitors.push(visitor);
  return visitor.page;
}

/** Chooses somebody; a child may stand behind « Voir les autres ». */
async function tick(page: Page, local: string): Promise<void> {
  const card = page.locator(`label[for="to-${whole.address(local)}"]`);
  if (!(await card.isVisible())) await page.click('fieldset > details > summary');
  await card.click();
}

const open = (page: Page, subject: string) => page.click(`.msg:has-text("${subject}") >> nth=0`);
/** Stays on a page that is never loaded again. */
const marked = (page: Page) =>
  page.evaluate(() => document.documentElement.setAttribute('data-kept', 'yes'));
const isKept = (page: Page) =>
  page.evaluate(() => document.documentElement.getAttribute('data-kept') === 'yes');
const text = async (page: Page, selector = 'main') =>
  ((await page.textContent(selector)) ?? '').replace(/\s+/g, ' ').trim();
const stored = (subject: string) =>
  whole.count('select count(*) as n from message where subject = $1', [subject]);

describe.skipIf(!hasChromium())(
  'the story, in a browser (skipped where chromium is not installed)',
  () => {
    beforeAll(async () => {
      whole = await startWhole();
      yard = await openYard(whole.base);
    });
    afterAll(async () => {
      await yard?.close();
      await whole?.stop();
    });
    afterEach(async () => {
      for (const { context } of visitors.splice(0)) await context.close();
      expect(yard.complaints()).toEqual([]);
      expect(yard.strangers()).toEqual([]);
    });

    it('a pupil writes to a classmate, whose open page shows it without reloading, and who answers', async () => {
      const [noe, lina] = [await enter('noe.garnier'), await enter('lina.moreau')];
      await marked(noe);
      await lina.click('text=Écrire');
      await tick(lina, 'noe.garnier');
      await lina.fill('#s', 'La cabane');
      await lina.fill('#b', 'Tu viens jouer près du tilleul ?');
      expect(await text(lina, '[data-send]')).toMatch(/^Envoyer à Noé/);
      await lina.click('[data-send]');
      await lina.waitForURL('**/write/done');
      expect(await text(lina)).toContain('Ton message est parti à Noé');
      await noe.waitForSelector('.new:has-text("La cabane") .dot');
      expect(await isKept(noe)).toBe(true);
      await lina.goto(`${whole.base}/mail/inbox`);
      await marked(lina);
      await open(noe, 'La cabane');
      expect(await text(noe)).toContain('Tu viens jouer près du tilleul');
      await noe.click('text=Répondre à Lina');
      await noe.fill('#b', 'Oui, à la récré !');
      await noe.click('[data-send]');
      await noe.waitForURL('**/write/done');
      await lina.waitForSelector('.new:has-text("La cabane") .dot');
      expect(await isKept(lina)).toBe(true);
    });

    it('answering a child who has changed class is refused with a sentence for children, and so is a forged form', async () => {
      const lina = await enter('lina.moreau');
      const before = await whole.count('select count(*) as n from message');
      await open(lina, 'Je change de classe');
      await lina.click('footer a.main');
      expect(await text(lina, 'h1')).toBe('Tu ne peux plus répondre à Jade.');
      expect(await text(lina)).toContain('Jade est en CE1-CE2. Toi, tu es en CE1 A.');
      expect(await axeFaults(lina)).toEqual([]);
      expect(await whole.count('select count(*) as n from message')).toBe(before);
      await lina.goto(`${whole.base}/write`);
      await tick(lina, 'noe.garnier');
      await lina.fill('#s', 'Par la fenêtre');
      await lina.fill('#b', 'Coucou Rosa');
      await lina.evaluate(
        (address) =>
          document.querySelector('input[name="to"]:checked')?.setAttribute('value', address),
        whole.address('rosa.fernandes'),
      );
      await lina.click('[data-send]');
      await lina.waitForSelector('h1:has-text("Rosa")');
      expect(await text(lina, 'h1')).toBe('Ton message pour Rosa n’est pas parti.');
      expect(await text(lina)).toContain('Ton texte est gardé. Rien n’est perdu.');
      const forged = await (
        await visit(whole.base, whole.account('lina.moreau'))
      ).post('/write', {
        act: 'send',
        to: whole.address('jade.morel'),
        subject: 'Forgé',
        text: 'Coucou',
      });
      expect(forged.status).toBe(403);
      expect(await forged.text()).toContain('Jade est en CE1-CE2');
      const rosa = await visit(whole.base, whole.account('rosa.fernandes'));
      expect(await rosa.text('/mail/inbox')).not.toContain('Par la fenêtre');
      const jade = await visit(whole.base, whole.account('jade.morel'));
      expect(await jade.text('/mail/inbox')).not.toContain('Forgé');
    });

    it('a teacher mails a class in one step, and every child can open the file', async () => {
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
      await claire.waitForURL('**/write/done');
      await lina.waitForSelector('.new:has-text("La sortie au musée")');
      expect(await isKept(lina)).toBe(true);
      const pupils = whole.town.accounts.filter(
        ({ role, classes }) =>
          role === 'pupil' && classes.includes(whole.address('ce1-a.tilleuls')),
      );
      const inboxes = await whole.count(`
          select count(*) as n
          from entry e
            join message m on m.school_id = e.school_id
            and m.id = e.message_id
            join mailbox b on b.school_id = e.school_id
            and b.id = e.mailbox_id
            join account a on a.school_id = b.school_id
            and a.id = b.account_id
          where m.subject = 'La sortie au musée' and b.use = 'inbox' and a.role = 'pupil'
        `);
      expect(inboxes).toBe(pupils.length);
      expect(await stored('La sortie au musée')).toBe(1);
      await open(lina, 'La sortie au musée');
      const [download] = await Promise.all([
        lina.waitForEvent('download'),
        lina.click('figure a[download]'),
      ]);
      expect(download.suggestedFilename()).toBe('plan du musée.png');
      expect(readFileSync(must(await download.path(), 'the file'))).toEqual(PNG);
      await claire.goto(`${whole.base}/classes`);
      await claire.click('text=Écrire à la classe');
      expect(await text(claire, '[aria-labelledby=last]')).toMatch(
        /« La sortie au musée », .*1 élève sur \d+ l’a lu/s,
      );
      await claire.click(`text=Relancer ces ${pupils.length - 1} élèves`);
      expect(await text(claire, '[data-send]')).toContain(`${pupils.length - 1} personnes`);
      expect(await text(claire, '.chips')).not.toContain('Lina');
    });

    it('what a class asks to be read first is let go by the teacher, or given back with a word', async () => {
      const [kenza, head, eliott] = [
        await enter('kenza.rahmani'),
        await enter('beatrice.vasseur'),
        await enter('eliott.marchal'),
      ];
      await marked(kenza);
      await head.goto(`${whole.base}/held`);
      expect(await axeFaults(head)).toEqual([]);
      await head.click(
        'li:has-text("est-ce que tu veux être dans mon groupe") >> text=Laisser partir',
      );
      await head.waitForURL(/said=went&sent=1/);
      await kenza.waitForSelector('.new:has-text("Coucou")');
      expect(await isKept(kenza)).toBe(true);
      await eliott.goto(`${whole.base}/write`);
      await tick(eliott, 'octave.schmitt');
      await eliott.fill('#s', 'Ton cartable');
      await eliott.fill('#b', 'Il est trop nul ton cartable.');
      await eliott.click('[data-send]');
      await eliott.waitForURL('**/write/done');
      expect(await text(eliott, 'h1')).toBe('Ton message est bien gardé.');
      await head.reload();
      await head.click('li:has-text("Ton cartable") >> summary');
      await head.fill('li:has-text("Ton cartable") >> textarea', 'Dis-le autrement, Eliott.');
      await head.click('li:has-text("Ton cartable") >> text=Rendre le message');
      await head.waitForURL(/said=givenBack/);
      await eliott.goto(`${whole.base}/mail/sent`);
      expect(await text(eliott, '.msg:has-text("Ton cartable")')).toContain('Revenu vers toi');
      await open(eliott, 'Ton cartable');
      expect(await text(eliott)).toContain('Dis-le autrement, Eliott.');
      expect(await axeFaults(eliott)).toEqual([]);
      const octave = await visit(whole.base, whole.account('octave.schmitt'));
      expect(await octave.text('/mail/inbox')).not.toContain('Ton cartable');
    });

    it('works without script: a draft with a file, sent later, fetched, thrown away, put back, signed out', async () => {
      const sofia = await enter('sofia.marques', NO_SCRIPT);
      await sofia.goto(`${whole.base}/write`);
      await tick(sofia, 'theo.jourdain');
      await sofia.fill('#s', 'Mon dessin');
      await sofia.fill('#b', 'Voici mon dessin.');
      await sofia.setInputFiles('input[type=file]', {
        name: 'dessin.png',
        mimeType: 'image/png',
        buffer: PNG,
      });
      await sofia.click('[data-keep]');
      await sofia.waitForURL('**/write/letter/*');
      await sofia.goto(`${whole.base}/mail/drafts`);
      await open(sofia, 'Mon dessin');
      expect(await sofia.inputValue('#b')).toBe('Voici mon dessin.');
      expect(await text(sofia, '.file')).toContain('dessin.png');
      await sofia.click('[data-send]');
      await sofia.waitForURL('**/write/done');
      const theo = await enter('theo.jourdain', NO_SCRIPT);
      await open(theo, 'Mon dessin');
      const file = await theo.getAttribute('figure a[download]', 'href');
      const answer = await theo.context().request.get(`${whole.base}${must(file, 'a file')}`);
      expect({
        disposition: answer.headers()['content-disposition'],
        sniff: answer.headers()['x-content-type-options'],
        bytes: await answer.body(),
      }).toEqual({
        disposition: 'attachment; filename="dessin.png"; filename*=UTF-8\'\'dessin.png',
        sniff: 'nosniff',
        bytes: PNG,
      });
      await theo.click('text=Jeter');
      expect(await text(theo)).toContain('Le message est dans la corbeille.');
      await theo.goto(`${whole.base}/mail/trash`);
      await open(theo, 'Mon dessin');
      await theo.click('text=Remettre dans les reçus');
      await theo.goto(`${whole.base}/mail/inbox`);
      expect(await text(theo)).toContain('Mon dessin');
      await theo.click('text=Quitter');
      await theo.waitForURL('**/signin');
      await theo.goto(`${whole.base}/mail/inbox`);
      expect(new URL(theo.url()).pathname).toBe('/signin');
    });

    it('a file that may not go is left out with a sentence, the rest is kept', async () => {
      const lina = await enter('lina.moreau');
      await lina.goto(`${whole.base}/write`);
      await tick(lina, 'noe.garnier');
      await lina.setInputFiles('input[type=file]', [
        { name: 'dessin.png', mimeType: 'image/png', buffer: PNG },
        {
          name: 'jeu.exe',
          mimeType: 'application/octet-stream',
          buffer: Buffer.from('MZ\x90\0 and more'),
        },
      ]);
      await lina.click('[data-send]');
      expect(await text(lina, '[role=alert]')).toContain('jeu.exe');
      expect(await text(lina, '.file')).toContain('dessin.png');
      expect(await axeFaults(lina)).toEqual([]);
    });

    it('outside its hours a school keeps what its pupils send, and says when it leaves', async () => {
      // Set from outside, so that it is closed whatever the clock says: opened for the one minute
      // that is furthest away.
      const before = await whole.rows<{ opening: unknown }>(
        'select opening from school where slug = $1',
        ['jules-ferry'],
      );
      expect(before[0]?.opening).not.toBeNull();
      const hour = new Date(Date.now() + 12 * 3_600_000)
        .toLocaleTimeString('fr-FR', { hour: '2-digit', timeZone: 'Europe/Paris' })
        .slice(0, 2);
      await whole.rows('update school set opening = $2 where slug = $1', [
        'jules-ferry',
        JSON.stringify({ days: [1, 2, 3, 4, 5, 6, 7], from: `${hour}:00`, to: `${hour}:01` }),
      ]);
      const lise = await enter('lise.perret');
      await lise.goto(`${whole.base}/write`);
      await tick(lise, 'aylan.kaya');
      await lise.fill('#s', 'Le soir');
      await lise.fill('#b', 'Bonne nuit');
      await lise.click('[data-send]');
      await lise.waitForURL('**/write/done');
      expect(await text(lise)).toContain('L’école est fermée. Ton message partira');
      expect(await axeFaults(lise)).toEqual([]);
      await lise.goto(`${whole.base}/mail/sent`);
      expect(await text(lise, '.msg:has-text("Le soir")')).toContain('Pas encore parti');
      const aylan = await visit(whole.base, whole.account('aylan.kaya'));
      expect(await aylan.text('/mail/inbox')).not.toContain('Le soir');
      // The clock can't be turned from outside: the opening comes by the moment that is written
      // down.
      await whole.rows('update school set opening = null where slug = $1', ['jules-ferry']);
      await sleep(ROSTER_AGE_MS);
      await whole.rows("update due set at = now() where kind = 'hold' and at > now()");
      await until('the message has left by itself', async () =>
        (await aylan.text('/mail/inbox')).includes('Le soir'),
      );
    });

    it('a teacher’s mail to outside leaves, and the demo shows it', async () => {
      const claire = await enter('claire.lefevre');
      await claire.goto(`${whole.base}/write`);
      await claire.fill('#f', 'musee@example.org');
      await claire.fill('#o', 'Notre visite');
      await claire.fill('#b', 'Nous serons vingt-quatre.');
      await claire.click('[data-send]');
      await claire.waitForURL('**/write/done');
      await until('the message on the page of what left', async () => {
        await claire.goto(`${whole.base}/demo/outside`);
        return (await text(claire)).includes('Notre visite');
      });
      expect(await text(claire, 'li:has-text("Notre visite")')).toContain('musee@example.org');
      const lina = await visit(whole.base, whole.account('lina.moreau'));
      expect((await lina.get('/demo/outside')).status).toBe(404);
    });

    it('a teacher puts a child’s sending at rest: the child’s open page says until when, and no way out is left', async () => {
      const [claire, zoe] = [await enter('claire.lefevre'), await enter('zoe.lambert')];
      await claire.click('nav >> text=Mes classes');
      await claire.click('.books .cahier >> nth=0');
      await claire.click('.line:has-text("Zoé Lambert") >> summary');
      expect(await axeFaults(claire)).toEqual([]);
      await claire.click('.line:has-text("Zoé Lambert") >> text=Demain');
      await zoe.waitForSelector(
        'text=Tu peux lire tes messages. Tu pourras écrire de nouveau demain.',
      );
      const forged = await (
        await visit(whole.base, whole.account('zoe.lambert'))
      ).post('/write', {
        act: 'send',
        to: whole.address('noe.garnier'),
        subject: 'Au repos',
        text: 'Coucou',
      });
      expect(forged.status).toBe(403);
      expect(await forged.text()).toContain('Tu pourras écrire de nouveau demain.');
      const from = whole.account('zoe.lambert');
      const wire = await ready(whole.ports.submissions, from);
      expect(
        await deliver(
          wire,
          { from: from.address, to: [whole.address('noe.garnier')] },
          letter({
            from: from.address,
            to: whole.address('noe.garnier'),
            subject: 'Au repos',
            text: 'Coucou',
          }),
        ),
      ).toMatch(/^550[- ]5\.7\.1 .*Tu pourras ecrire de nouveau demain/);
      wire.cut();
      expect(
        await (await visit(whole.base, whole.account('noe.garnier'))).text('/mail/inbox'),
      ).not.toContain('Au repos');
      await claire.click('.line:has-text("Zoé Lambert") >> text=Finir le repos');
      await zoe.waitForSelector('main:not(:has-text("Tu pourras écrire de nouveau"))');
    });

    it('two teachers of two schools link their classes, whose children then write to one another, until one ends it', async () => {
      const [karim, remi] = [await enter('karim.haddad'), await enter('remi.le-guen', NO_SCRIPT)];
      await karim.goto(`${whole.base}/classes`);
      await karim.click('text=Ouvrir la classe');
      await karim.click('text=Proposer une correspondance');
      await karim.fill('#la', 'ce2.jules-ferry');
      await karim.uncheck('input[name="moderated"]');
      await karim.click('text=Envoyer la proposition');
      expect(await text(karim)).toContain('Attend leur accord');
      expect(await axeFaults(karim)).toEqual([]);
      await remi.goto(`${whole.base}/mail/inbox`);
      expect(await text(remi)).toContain('Karim Haddad propose une correspondance');
      await remi.goto(`${whole.base}/classes`);
      await remi.click('text=1 proposition à décider');
      await remi.uncheck('input[name="moderated"]');
      await remi.click('text=Accepter');
      const jade = await enter('jade.morel');
      await jade.goto(`${whole.base}/write`);
      await tick(jade, 'naomi.cohen-solal');
      await jade.fill('#s', 'Nos deux classes');
      await jade.fill('#b', 'Bonjour Naomi');
      await jade.click('[data-send]');
      await jade.waitForURL('**/write/done');
      const naomi = await visit(whole.base, whole.account('naomi.cohen-solal'));
      expect(await naomi.text('/mail/inbox')).toContain('Nos deux classes');
      await remi.click('.line:has-text("CE1-CE2") >> summary');
      await remi.click('text=Arrêter la correspondance');
      const refused = await naomi.post('/write', {
        act: 'send',
        to: whole.address('jade.morel'),
        subject: 'Trop tard',
        text: 'Bonjour Jade',
      });
      expect(refused.status).toBe(403);
      expect(
        await (await visit(whole.base, whole.account('jade.morel'))).text('/mail/inbox'),
      ).not.toContain('Trop tard');
    });

    it('somebody outside whom a teacher approved writes to the children of that class, once the teacher has read it', async () => {
      const guide = 'guide@musee.example';
      const mail = async (to: string): Promise<string> => {
        const wire = await ready(whole.ports.mx);
        const reply = await deliver(
          wire,
          { from: guide, to: [whole.address(to)] },
          letter({
            from: guide,
            to: whole.address(to),
            subject: 'Votre visite',
            text: 'Que voulez-vous voir ?',
          }),
        );
        wire.cut();
        return reply;
      };
      expect(await mail('nina.lopez')).toMatch(/^550[- ]5\.1\.1/);
      const helene = await enter('helene.bertin', NO_SCRIPT);
      await helene.goto(`${whole.base}/classes`);
      await helene.click('text=Ouvrir la classe');
      await helene.fill('#oa', guide);
      await helene.click('text=Approuver >> nth=-1');
      expect(await text(helene)).toContain('Cette personne peut écrire à la classe.');
      expect(await mail('nina.lopez')).toMatch(/^250/);
      expect(await mail('rosa.fernandes')).toMatch(/^550[- ]5\.1\.1/);
      const nina = await visit(whole.base, whole.account('nina.lopez'));
      expect(await nina.text('/mail/inbox')).not.toContain('Votre visite');
      await helene.goto(`${whole.base}/held`);
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

    it('a child of five comes in by pictures: the name, three touches, the inbox; a new sheet voids the old one', async () => {
      const [head, sylvie, other] = [
        await enter('mamadou.diallo'),
        await enter('sylvie.caradec'),
        await enter('sylvie.caradec'),
      ];
      await head.goto(`${whole.base}/codes`);
      await head.click('.books .cahier:has-text("GS")');
      const paper = async (): Promise<{
        readonly name: string;
        readonly pictures: readonly string[];
      }> => {
        const [download] = await Promise.all([
          head.waitForEvent('download'),
          head.click('text=Fichier pour publipostage'),
        ]);
        const [row] = parse<Record<string, string>>(readFileSync(await download.path()), {
          bom: true,
          columns: true,
        });
        return {
          name: must(row?.['Élève']?.split(' ')[0], 'a name'),
          pictures: row?.['Code']?.split(', ') ?? [],
        };
      };
      const old = await paper();
      const openGs = async (page: Page): Promise<void> => {
        await page.goto(`${whole.base}/codes`);
        await page.click('.books .cahier:has-text("GS")');
        await page.click('form[action$="/open"] button');
        await page.waitForURL('**/class/*');
      };
      await openGs(sylvie);
      const names = sylvie.url();
      const touch = async (pictures: readonly string[]): Promise<void> => {
        await sylvie.click(`.names a:has-text("${old.name}") >> nth=0`);
        for (const picture of pictures) await sylvie.click(`.code button:has-text("${picture}")`);
      };
      const faults = [...(await axeFaults(sylvie))];
      await touch([]);
      faults.push(...(await axeFaults(sylvie)));
      await sylvie.goto(names);
      await touch(old.pictures);
      await sylvie.waitForURL('**/mail/inbox');
      expect(await text(sylvie, 'header')).toContain(old.name);
      faults.push(...(await axeFaults(sylvie)));
      await sylvie.click('text=Quitter');
      await sylvie.waitForURL(names);
      const fresh = await paper();
      await touch(old.pictures);
      expect(await text(sylvie, '#trouble')).toContain('Ce ne sont pas les bonnes images.');
      await sylvie.goto(names);
      await touch(fresh.pictures);
      await sylvie.waitForURL('**/mail/inbox');
      await other.click('header form[action="/language"] button');
      await openGs(other);
      expect(await text(other, 'h1')).toBe('Who are you?');
      await other.click(`.names a:has-text("${old.name}") >> nth=0`);
      expect(await text(other)).toContain('Touch your three pictures');
      faults.push(...(await axeFaults(other)));
      expect(faults).toEqual([]);
    });

    it('axe finds nothing serious on any page', async () => {
      const [lina, claire] = [await enter('lina.moreau'), await enter('claire.lefevre')];
      const faults: string[] = [];
      await Promise.all(
        (
          [
            [lina, PUPIL_PAGES],
            [claire, TEACHER_PAGES],
          ] as const
        ).map(async ([page, paths]) => {
          for (const path of paths) {
            await page.goto(`${whole.base}${path}`);
            faults.push(...(await axeFaults(page)));
          }
          await page.goto(`${whole.base}/mail/inbox`);
          await page.click('.msg >> nth=0');
          faults.push(...(await axeFaults(page)));
        }),
      );
      await claire.goto(`${whole.base}/classes`);
      await claire.click('text=Écrire à la classe');
      faults.push(...(await axeFaults(claire)));
      await claire.context().clearCookies();
      await claire.goto(`${whole.base}/signin`);
      faults.push(...(await axeFaults(claire)));
      expect(faults).toEqual([]);
    });
  },
);
