/**
 * A head's September on the running whole: two classes made, pupils spread over them, and what a
 * child sees of it at once.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageFaults } from '../shared/page-faults.ts';
import { text, type AnyPage } from '../shared/plain/page.ts';
import { SOAKED } from '../shared/slice.ts';
import { visit } from './http-visitor.ts';
import type { Story } from './story.ts';
import { must, until } from './whole.ts';

const BOARD = '/school/1';

const column = (name: string): string => `.col:has(h2 a:text-is("${name}"))`;
const inColumn = (name: string, pupil: string): string => `${column(name)} li:has-text("${pupil}")`;

async function newClass(page: AnyPage, name: string, teacher: string): Promise<void> {
  await page.click('text=Nouvelle classe');
  await page.fill('#name', name);
  await page.click(`label:has-text("${teacher}")`);
  await page.click('text=Créer la classe');
  await page.waitForURL('**?said=created');
}

/** Two classes are made and filled, printed, given a replacement, ended; an agent looks in. */
export function arrangeClasses(story: Story): void {
  const { enter, read } = story;

  it('makes two classes, moves a child by keyboard and one by a list; pages of the child follow without signing in again', async () => {
    const [lina, plain] = [await read('lina.moreau'), await read('mamadou.diallo')];
    await plain.click('nav >> text=École');
    await newClass(plain, 'CE2 A', 'Claire Lefèvre');
    await newClass(plain, 'CM1', 'Marc Olivier');

    const head = await enter('mamadou.diallo');
    await head.goto(story.whole.base + BOARD);
    await head.locator(inColumn('CE1 A', 'Lina Moreau')).locator('.grip').focus();
    await head.keyboard.press('Enter');
    await head.keyboard.press('ArrowRight');
    expect(await text(head, '#voice')).toBe('CE1-CE2, 22 élèves');
    await head.keyboard.press('ArrowRight');
    expect(await text(head, '#voice')).toBe('CE2 A, 0 élève');
    await head.keyboard.press('Enter');
    await head.locator(inColumn('CE2 A', 'Lina Moreau')).waitFor();
    expect(
      await head.evaluate(() => document.activeElement?.closest('li')?.getAttribute('data-name')),
    ).toBe('Lina Moreau');

    await lina.goto(`${story.whole.base}/write`);
    expect(await text(lina, '#own-class')).toBe('CE2 A');
    expect(await text(lina, '#picker')).not.toContain('Noé');
    await plain.goto(story.whole.base + BOARD);
    await plain.check(`${inColumn('CE1 A', 'Noé Garnier')} input`);
    await plain.selectOption('#to', { label: 'CE2 A' });
    await plain.click('.bar >> text=Déplacer');
    expect(await text(plain, '.bar')).toContain('Noé Garnier : en CE2 A');
    await lina.reload();
    expect(await text(lina, '#picker')).toContain('Noé');
    expect(await pageFaults(plain, plain.url())).toEqual([]);
  });

  it(
    'a child who is lifted is put back by Escape, and moved by drag; open pages of the child follow',
    SOAKED,
    async () => {
      const jade = await enter('jade.morel');
      await jade.goto(`${story.whole.base}/write`);
      expect(await text(jade, '#own-class')).toBe('CE1-CE2');
      const before = await text(jade, '#picker');
      const head = await enter('mamadou.diallo');
      await head.click('nav >> text=École');
      await newClass(head, 'CM2 C', 'Marc Olivier');

      await head.locator(inColumn('CE1-CE2', 'Jade Morel')).locator('.grip').focus();
      await head.keyboard.press('Enter');
      expect(await text(head, '#voice')).toBe(
        'Jade Morel est soulevé. Flèches gauche et droite pour changer de classe, Entrée pour poser, Échap pour annuler.',
      );
      await head.keyboard.press('ArrowLeft');
      expect(await text(head, '#voice')).toMatch(/^CE1 A, \d+ élèves$/);
      await head.keyboard.press('Escape');
      expect(await text(head, '#voice')).toBe('Rien n’a changé.');

      await head
        .locator(inColumn('CE1-CE2', 'Jade Morel'))
        .dragTo(head.locator(`${column('CM2 C')} header`));
      await head.locator(inColumn('CM2 C', 'Jade Morel')).waitFor();
      expect(await text(head, '.bar')).toContain('Jade Morel : en CM2 C');
      await jade.waitForSelector('#own-class:text-is("CM2 C")');
      await until(
        'the open page of the child offers the new class',
        async () => (await text(jade, '#picker')) !== before,
      );
      expect(await text(jade, '#picker')).toContain('CM2 C');
      expect(await pageFaults(head, head.url())).toEqual([]);
    },
  );

  it('several at once without script, a second class, the last change undone', async () => {
    const head = await read('mamadou.diallo');
    await head.goto(story.whole.base + BOARD);
    for (const name of ['Émile Conte', 'Léo Dumont'])
      await head.check(`${inColumn('CE1 A', name)} input`);
    await head.selectOption('#to', { label: 'CM1' });
    await head.click('.bar >> text=Déplacer');
    expect(await head.locator(inColumn('CM1', 'Émile Conte')).count()).toBe(1);
    await head.check(`${inColumn('CM1', 'Émile Conte')} input`);
    await head.selectOption('#to', { label: 'CE1 A' });
    await head.click('.bar >> text=Ajouter aussi');
    expect(await text(head, inColumn('CE1 A', 'Émile Conte'))).toContain('aussi CM1');
    await head.click('.bar >> text=Annuler');
    expect(await head.locator(inColumn('CE1 A', 'Émile Conte')).count()).toBe(0);
    await head.click('.bar >> text=Annuler');
    expect(await head.locator(inColumn('CE1 A', 'Léo Dumont')).count()).toBe(1);
    await head.click('.bar >> text=Déplacer');
    expect(await text(head)).toContain('Cochez au moins un élève et choisissez une classe.');
    await head.click('summary >> text=Arrêter les messages de tous les élèves');
    await head.click('text=Arrêter maintenant');
    expect(await text(head)).toContain('Les messages des élèves sont arrêtés.');
    await head.click('text=Laisser repartir');
    expect(await text(head)).toContain('Les messages des élèves repartent.');
  });

  it('prints the sheets of the new class, gives it a replacement, ends it; the journal says who did it', async () => {
    const head = await read('mamadou.diallo');
    await head.goto(story.whole.base + BOARD);
    await head.click('.col h2 >> text=CE2 A');
    expect(await text(head)).toContain(story.whole.address('ce2-a.tilleuls'));
    await head.click('text=Codes et feuilles de la classe');
    const { bytes } = await head.download('text=Feuille à imprimer (PDF)');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    await head.goBack();
    await head.click('summary >> text=Ajouter quelqu’un');
    await head.fill('#else', 'personne@ecoles.preau.test');
    await head.click('text=Ajouter à la classe');
    expect(await text(head)).toContain(
      'Cette adresse n’est pas celle d’un adulte d’une école de la ville.',
    );
    await head.fill('#else', story.whole.address('nora.belkacem'));
    await head.click('text=Ajouter à la classe');
    await head.waitForSelector('.line:has-text("Nora Belkacem")');
    expect(await pageFaults(head, head.url())).toEqual([]);
    await head.click('text=Finir la classe');
    expect(await text(head)).toContain(
      '2 élèves seront sans classe si vous ne leur en donnez pas une autre avant.',
    );
    expect(await pageFaults(head, head.url())).toEqual([]);
    await head.click('text=Finir la classe CE2 A >> nth=-1');
    await head.waitForSelector('text=Continuer la classe');
    await head.click('text=Continuer la classe');
    await head.waitForSelector('text=La classe continue.');
    await head.goto(`${story.whole.base}${BOARD}/trail?person=Lina`);
    expect(await text(head)).toContain(
      'Mamadou Diallo a mis Lina Moreau en CE2 A (avant : CE1 A).',
    );
    await head.goto(`${story.whole.base}${BOARD}/trail`);
    for (const said of [
      'a créé la classe CM1, avec Marc Olivier.',
      'a fait 2 nouveaux codes pour la classe CE2 A, sur une feuille.',
      'a confié la classe CE2 A à Nora Belkacem',
    ])
      expect(await text(head)).toContain(said);
    expect(await pageFaults(head, head.url())).toEqual([]);
    await head.goto(`${story.whole.base}${BOARD}/new`);
    expect(await pageFaults(head, head.url())).toEqual([]);
  });

  it('an agent says why before anything is shown, and it is written down', async () => {
    const agent = await read('leila.brahimi');
    await agent.click('nav >> text=Écoles');
    expect(await pageFaults(agent, agent.url())).toEqual([]);
    await agent.click('main >> text=École Pasteur');
    expect(await agent.locator('.col').count()).toBe(0);
    expect(await pageFaults(agent, agent.url())).toEqual([]);
    await agent.fill('#why', 'La directrice est absente');
    await agent.click('text=Ouvrir l’école pendant une heure');
    await agent.waitForSelector('.col');
    await agent.goto(`${story.whole.base}/agents/trail`);
    expect(await text(agent)).toMatch(
      /Leïla Brahimi.*a ouvert l’école pour une heure : « La directrice est absente ».*École Pasteur/,
    );
    expect(await pageFaults(agent, agent.url())).toEqual([]);
  });
}

/** What is no page of theirs is one and the same 404 to everybody, and nothing happens by it. */
export function keepOthersOut(story: Story): void {
  describe('another school, its classes and pupils, and what never was', () => {
    /** A class and a pupil of another school, and a class of ours. */
    let theirs = '';
    let pupil = '';
    let ours = '';
    beforeAll(async () => {
      const one = async (sql: string): Promise<string> =>
        must((await story.whole.rows<{ id: string }>(`${sql} limit 1`))[0], sql).id;
      theirs = await one('select id from class where school_id = 2');
      ours = await one("select id from class where school_id = 1 and name = 'CE1 A'");
      pupil = await one(
        "select address_id as id from account where school_id = 2 and role = 'pupil'",
      );
    });
    afterAll(async () => {
      expect(
        await story.whole.count(
          "select count(*) as n from audit where act in ('create-class', 'change-class', 'end-class', 'move-pupils') and school_id <> 1",
        ),
      ).toBe(0);
    });

    type Posts = readonly (readonly [string, Readonly<Record<string, string>>])[];

    /** What somebody is answered, tokens left out, each answer once. */
    async function shown(who: string, paths: readonly string[], posts: Posts): Promise<string[]> {
      const visitor = await visit(story.whole.base, story.whole.account(who));
      const answers = [
        ...(await Promise.all(paths.map((path) => visitor.get(path)))),
        ...(await Promise.all(posts.map(([path, fields]) => visitor.post(path, fields)))),
      ];
      const said = answers.map(
        async (answer) => `${answer.status} ${(await answer.text()).replace(/value="[^"]+"/g, '')}`,
      );
      return [...new Set(await Promise.all(said))];
    }
    const statuses = (answers: readonly string[]) => answers.map((one) => one.slice(0, 4));

    const pages = (school: number, id: string): string[] =>
      ['', '/new', '/trail', `/class/${id}`, `/class/${id}/end`].map(
        (rest) => `/school/${school}${rest}`,
      );
    const acts = (school: number, id: string, who: string): Posts => [
      [`/school/${school}/new`, { name: 'CM1 B' }],
      [`/school/${school}/spread`, { p: `${who}-${id}`, way: 'take-out' }],
      [`/school/${school}/undo`, {}],
      [`/school/${school}/pupil-mail`, { stopped: '1' }],
      [`/school/${school}/class/${id}`, { name: 'X', level: 'CP' }],
      [`/school/${school}/class/${id}/adult`, { adult: who }],
      [`/school/${school}/class/${id}/end`, { day: '2027-07-01' }],
    ];

    /** Its page gives back the reason that was typed. */
    const opening = (school: number): Posts[number] => [
      `/school/${school}/open`,
      { reason: 'pour voir' },
    ];

    it('are one and the same 404 to a head', async () => {
      const paths = [
        ...pages(2, theirs),
        ...pages(999, '999'),
        `/school/1/class/${theirs}`,
        '/school/1/class/999999',
        '/school/0',
        '/agents/trail',
      ];
      const answers = await shown('mamadou.diallo', paths, [
        ...acts(2, theirs, pupil),
        ...acts(999, '999', '999'),
        ['/school/1/spread', { p: `${pupil}-0`, way: 'move', to: ours }],
        ['/school/1/spread', { p: '999999-0', way: 'move', to: ours }],
      ]);
      expect(statuses(answers)).toEqual(['404 ']);
      const opened = await shown('mamadou.diallo', [], [2, 999].map(opening));
      expect(statuses(opened)).toEqual(['404 ']);
    });

    it.each(['claire.lefevre', 'lina.moreau', 'karine.moreau', 'beatrice.vasseur'])(
      'and so is all of a school to who isn’t its head: %s',
      async (local) => {
        const own = local === 'beatrice.vasseur' ? [] : ['/school'];
        const paths = [...pages(1, ours), '/agents/trail', ...own];
        expect(statuses(await shown(local, paths, acts(1, ours, pupil)))).toEqual(['404 ']);
        expect(statuses(await shown(local, [], [1, 999].map(opening)))).toEqual(['404 ']);
      },
    );
  });
}
