/**
 * The story that a newcomer tries first, in a real browser on the running whole: children, their
 * letters, and what is refused to them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { axeFaults } from '../shared/page-faults.ts';
import { text, type PlainPage } from '../shared/plain/page.ts';
import { SOAKED } from '../shared/slice.ts';
import { codesOnPaper, openClass, touchPictures } from './class-door.ts';
import { copiesGoByIt, midnightPasses, pagesGoByIt, refusalsGoByIt } from './clock-acts.ts';
import { visit } from './http-visitor.ts';
import { OPENED, isKept, marked, open, type Story } from './story.ts';
import { must, until } from './whole.ts';

/** A picture that draws nothing: one white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
);
/** A roster that was changed by hand is read anew after a second. */
const ROSTER_AGE_MS = 1_500;
const PUPIL_PAGES = [
  '/mail/inbox',
  '/write',
  '/write/help',
  '/mail/sent',
  '/mail/starred',
  '/mail/trash',
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

/** Tells it; in a town elsewhere over its midnight, too. */
export function tellStory(story: Story): void {
  const { enter, read, tick } = story;

  it('a pupil writes to a classmate, whose open page shows it without reloading, and who answers', async () => {
    const [noe, lina] = [await enter('noe.garnier'), await read('lina.moreau')];
    await marked(noe);
    await lina.click('text=Écrire');
    await tick(lina, 'noe.garnier');
    await lina.fill('#s', 'La cabane');
    await lina.fill('#b', 'Tu viens jouer près du tilleul ?');
    await lina.click('[data-send]');
    await lina.waitForSelector('.toast');
    expect(await text(lina, '.toast')).toContain('Ton message est parti à Noé');
    await noe.waitForSelector('.new:has-text("La cabane") .dot');
    expect(await isKept(noe)).toBe(true);
    await open(noe, 'La cabane');
    expect(await text(noe)).toContain('Tu viens jouer près du tilleul');
    await noe.click('text=Répondre à Lina');
    await noe.fill('#b', 'Oui, à la récré !');
    await noe.click('[data-send]');
    await noe.waitForSelector('.toast');
    await lina.goto(`${story.whole.base}/mail/inbox`);
    await lina.waitForSelector('.new:has-text("La cabane") .dot');
  });

  it('answering a child who has changed class is refused with a sentence for children, and so is a forged form', async () => {
    const lina = await read('lina.moreau');
    const before = await story.whole.count('select count(*) as n from message');
    await open(lina, 'Je change de classe');
    await lina.click('footer a.main');
    await lina.waitForSelector('h1:text-is("Tu ne peux plus répondre à Jade.")');
    expect(await text(lina)).toContain('Jade est en CE1-CE2. Toi, tu es en CE1 A.');
    expect(await axeFaults(lina)).toEqual([]);
    expect(await story.whole.count('select count(*) as n from message')).toBe(before);
    await lina.goto(`${story.whole.base}/write`);
    await tick(lina, 'noe.garnier');
    await lina.fill('#s', 'Par la fenêtre');
    await lina.fill('#b', 'Coucou Rosa');
    lina.tamper('input[name="to"]:checked', { value: story.whole.address('rosa.fernandes') });
    await lina.click('[data-send]');
    await lina.waitForSelector('h1:has-text("Rosa")');
    expect(await text(lina, 'h1')).toBe('Ton message pour Rosa n’est pas parti.');
    expect(await text(lina)).toContain('Ton texte est enregistré. Rien n’est perdu.');
    const forged = await (
      await visit(story.whole.base, story.whole.account('lina.moreau'))
    ).post('/write', {
      act: 'send',
      to: story.whole.address('jade.morel'),
      subject: 'Forgé',
      text: 'Coucou',
    });
    expect(forged.status).toBe(403);
    expect(await forged.text()).toContain('Jade est en CE1-CE2');
    const rosa = await visit(story.whole.base, story.whole.account('rosa.fernandes'));
    expect(await rosa.text('/mail/inbox')).not.toContain('Par la fenêtre');
    const jade = await visit(story.whole.base, story.whole.account('jade.morel'));
    expect(await jade.text('/mail/inbox')).not.toContain('Forgé');
  });

  it('works without script: a draft with a file, sent later, fetched, thrown away, put back, signed out', async () => {
    const sofia = await read('sofia.marques');
    await sofia.goto(`${story.whole.base}/write`);
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
    await sofia.goto(`${story.whole.base}/mail/drafts`);
    await open(sofia, 'Mon dessin');
    expect(await sofia.inputValue('#b')).toBe('Voici mon dessin.');
    expect(await text(sofia, '.file')).toContain('dessin.png');
    await sofia.click('[data-send]');
    await sofia.waitForSelector('.toast');
    const theo = await read('theo.jourdain');
    await open(theo, 'Mon dessin');
    const file = await theo.getAttribute('figure a[download]', 'href');
    const answer = await theo.get(must(file, 'a file'));
    expect({
      disposition: answer.headers()['content-disposition'],
      sniff: answer.headers()['x-content-type-options'],
      bytes: await answer.body(),
    }).toEqual({
      disposition: 'attachment; filename=dessin.png',
      sniff: 'nosniff',
      bytes: PNG,
    });
    await theo.click('text=Jeter');
    expect(await text(theo, '.toasts')).toContain('Le message est dans la corbeille.');
    await theo.goto(`${story.whole.base}/mail/trash`);
    await open(theo, 'Mon dessin');
    await theo.click('text=Remettre dans les reçus');
    await theo.goto(`${story.whole.base}/mail/inbox`);
    expect(await text(theo)).toContain('Mon dessin');
    await theo.click('text=Quitter');
    await theo.waitForURL('**/signin');
    await theo.goto(`${story.whole.base}/mail/inbox`);
    expect(new URL(theo.url()).pathname).toBe('/signin');
  });

  it('a file that may not go is left out with a sentence, the rest is kept', SOAKED, async () => {
    const lina = await enter('lina.moreau');
    await lina.goto(`${story.whole.base}/write`);
    await tick(lina, 'noe.garnier');
    await lina.setInputFiles('input[type=file]', [
      { name: 'dessin.png', mimeType: 'image/png', buffer: PNG },
      {
        name: 'jeu.exe',
        mimeType: 'application/octet-stream',
        buffer: Buffer.from('MZ\x90\0 and more'),
      },
    ]);
    await lina.waitForSelector('[role=alert]:visible');
    expect(await text(lina, '[role=alert]:visible')).toContain('jeu.exe');
    expect(await text(lina, '.file')).toContain('dessin.png');
    expect(await axeFaults(lina)).toEqual([]);
  });

  it('outside its hours a school keeps what its pupils send, and says when it leaves', async () => {
    // Set from outside, so that it is closed whatever the clock says: opened for the one minute
    // that is furthest away.
    const before = await story.whole.rows<{ opening: unknown }>(
      'select opening from school where slug = $1',
      ['jules-ferry'],
    );
    expect(before[0]?.opening).not.toBeNull();
    const hour = new Date(Date.now() + 12 * 3_600_000)
      .toLocaleTimeString('fr-FR', { hour: '2-digit', timeZone: story.whole.timeZone })
      .slice(0, 2);
    // Of CP-CE1, as their teacher would say of those who read.
    await story.whole.rows("update account set reads = 'words' where given_name = any($1)", [
      ['Lise', 'Aylan'],
    ]);
    await story.whole.rows('update school set opening = $2 where slug = $1', [
      'jules-ferry',
      JSON.stringify({ days: [1, 2, 3, 4, 5, 6, 7], from: `${hour}:00`, to: `${hour}:01` }),
    ]);
    const lise = await read('lise.perret');
    await lise.goto(`${story.whole.base}/write`);
    await tick(lise, 'aylan.kaya');
    expect(await text(lise, '.banner')).toContain('L’école est fermée.');
    await lise.fill('#s', 'Le soir');
    await lise.fill('#b', 'Bonne nuit');
    await lise.click('[data-send]');
    await lise.waitForSelector('.toast');
    expect(await text(lise, '.toast')).toContain('L’école est fermée. Ton message partira');
    expect(await axeFaults(lise)).toEqual([]);
    await lise.goto(`${story.whole.base}/mail/sent`);
    expect(await text(lise, '.msg:has-text("Le soir")')).toContain('Pas encore parti');
    const aylan = await visit(story.whole.base, story.whole.account('aylan.kaya'));
    expect(await aylan.text('/mail/inbox')).not.toContain('Le soir');
    // The clock can't be turned from outside: the opening comes by the moment that is written
    // down.
    await story.whole.rows('update school set opening = null where slug = $1', ['jules-ferry']);
    await sleep(ROSTER_AGE_MS);
    await story.whole.rows("update due set at = now() where kind = 'hold' and at > now()");
    await until('the message has left by itself', async () =>
      (await aylan.text('/mail/inbox')).includes('Le soir'),
    );
  });

  it('a child of five comes in by pictures: the name, three touches; a new sheet voids the old one', () =>
    comesInByPictures(story));

  it(
    'a child of five comes in by pictures in a browser, where a letter is heard',
    SOAKED,
    async () => {
      const sylvie = await enter('sylvie.caradec');
      const faults: string[] = [];
      const { base } = story.whole;
      const head = await read('mamadou.diallo');
      const child = must((await codesOnPaper(head, base, 'GS'))[0], 'a child');
      await openClass(sylvie, base, 'GS');
      const names = sylvie.url();
      faults.push(...(await axeFaults(sylvie)));
      await touchPictures(sylvie, { name: child.name, pictures: [] });
      faults.push(...(await axeFaults(sylvie)));
      await sylvie.goto(names);
      await touchPictures(sylvie, child);
      await sylvie.waitForURL('**/mail/inbox');
      faults.push(...(await axeFaults(sylvie)));
      await sylvie.click('.letters .fresh .open >> nth=0');
      await sylvie.click('.ear.huge');
      await sylvie.waitForSelector('.words .now');
      faults.push(...(await axeFaults(sylvie)));
      await sylvie.click('text=Quitter');
      await sylvie.click('text=Je pars');
      await sylvie.waitForURL(names);
      expect(faults).toEqual([]);
    },
  );

  it('says each hour by the clock of the school: on pages, in refusals, in copies', async () => {
    await pagesGoByIt(story.whole);
    await refusalsGoByIt(story.whole);
    await copiesGoByIt(story.whole);
  });

  it('axe finds nothing serious on any page', { tags: 'soak' }, async () => {
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
          await page.goto(`${story.whole.base}${path}`);
          faults.push(...(await axeFaults(page)));
        }
        await page.goto(`${story.whole.base}/mail/inbox`);
        await page.click('.msg >> nth=0');
        await page.waitForSelector(OPENED);
        faults.push(...(await axeFaults(page)));
      }),
    );
    await claire.goto(`${story.whole.base}/classes`);
    await claire.click('text=Écrire à la classe');
    faults.push(...(await axeFaults(claire)));
    await claire.context().clearCookies();
    await claire.goto(`${story.whole.base}/signin`);
    faults.push(...(await axeFaults(claire)));
    expect(faults).toEqual([]);
  });
  if (story.isElsewhere)
    it('midnight passes at the school, and letters, lists and days with it', async () => {
      await midnightPasses(story.whole, story.turnTo);
    });
}

/** Two sheets of codes, one after the other, and which of them lets a child in. */
async function comesInByPictures({ whole, read }: Story): Promise<void> {
  const { base } = whole;
  const [head, sylvie, other] = [
    await read('mamadou.diallo'),
    await read('sylvie.caradec'),
    await read('sylvie.caradec'),
  ];
  const old = must((await codesOnPaper(head, base, 'GS'))[0], 'a child');
  await openClass(sylvie, base, 'GS');
  const door = sylvie.url();
  await touchPictures(sylvie, old);
  await sylvie.waitForURL('**/mail/inbox');
  expect(await text(sylvie, 'header')).toContain(old.name);
  const fresh = must((await codesOnPaper(head, base, 'GS'))[0], 'the same child');
  await sylvie.goto(door);
  await touchPictures(sylvie, old);
  expect(await text(sylvie, '#trouble')).toContain('Ce ne sont pas les bonnes images.');
  await sylvie.goto(door);
  await touchPictures(sylvie, fresh);
  await sylvie.waitForURL('**/mail/inbox');
  await changeLanguage(other);
  await openClass(other, base, 'GS');
  expect(await text(other, 'h1')).toBe('Who are you?');
  await other.click(`.names a:has-text("${old.name}") >> nth=0`);
  expect(await text(other)).toContain('Touch your three pictures');
  await changeLanguage(await read('sylvie.caradec'));
}

/** From French to English, or back: the account keeps it. */
async function changeLanguage(adult: PlainPage): Promise<void> {
  await adult.click('.me summary');
  await adult.click('.me form[action="/language"] button');
}
