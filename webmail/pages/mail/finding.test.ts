/** One's own folders and the search of all mail, in a browser. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing, pageFaults, plainWideFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();
describe.skipIf(!hasChromium())(
  'finding again, in a browser (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    it('a teacher makes folders, two deep, renames and moves them, is told why not, and what becomes of the mail of one that goes', async () => {
      const page = await visits.read('claire.lefevre', '/folders');
      const make = async (name: string, parent = ''): Promise<void> => {
        await page.fill('#name-new', name);
        await page.selectOption('#in-new', parent);
        await page.click('text=Créer le dossier');
      };
      await make('Sorties');
      expect(await text(page, '.banner')).toBe('Le dossier est créé.');
      await make('Musée', 'Sorties');
      await make('Conseil d’école');
      await make('sorties/2026');
      expect(await text(page, '.err')).toContain('Ce nom ne peut pas être celui d’un dossier.');
      await make('Sorties');
      expect(await text(page, '.err')).toContain('Un dossier porte déjà ce nom à cet endroit.');
      expect(await page.locator('.folder b').allTextContents()).toEqual([
        'Conseil d’école',
        'Sorties',
        'Musée',
      ]);
      expect(await plainWideFaults(page, 'folders')).toEqual([]);
      await page.click('.folder:has-text("Conseil") >> text=Renommer');
      await page.fill('.folder:has-text("Conseil") input[name=name]', 'Conseils');
      await page.selectOption('.folder:has-text("Conseil") select', 'Sorties');
      await page.click('.folder:has-text("Conseil") button:has-text("Enregistrer")');
      const viewer = await town.viewer('claire.lefevre');
      const paths = async (): Promise<string[]> =>
        (await town.core.mail.mailboxes(viewer)).flatMap(({ use, name }) =>
          use === null ? [name] : [],
        );
      expect(await paths()).toEqual(['Sorties', 'Sorties/Musée', 'Sorties/Conseils']);
      await town.send('samira.benali', ['claire.lefevre'], { subject: 'Le car' });
      const [row] = await town.rows('claire.lefevre');
      const museum = (await town.core.mail.mailboxes(viewer)).find(({ name }) =>
        name.endsWith('Musée'),
      );
      if (row && museum)
        await town.core.mail.move(viewer, row.mailbox, { uids: [row.uid], to: museum.id });
      await page.reload();
      await page.click('.folder:has-text("Sorties") >> nth=0 >> summary:has-text("Supprimer")');
      expect(await text(page, '.folder >> nth=0')).toContain(
        '1 message va dans la corbeille, où vous les retrouvez tant que vous ne la videz pas. 2 dossiers qu’il contient partent avec lui.',
      );
      await page.click('.folder >> nth=0 >> form button.no');
      expect(await paths()).toEqual([]);
      expect((await town.rows('claire.lefevre', 'trash')).map(({ subject }) => subject)).toEqual([
        'Le car',
      ]);
      await page.goto(`${visits.base}/folders`);
      expect(await text(page)).toContain('Vous n’avez pas encore de dossier.');
      const lina = await visits.read('lina.moreau');
      expect((await lina.goto(`${visits.base}/folders`)).status()).toBe(404);
    });

    it('a message is put into a folder from a menu in which one types its name, and drawn onto it; both can be taken back', async () => {
      const viewer = await town.viewer('karim.haddad');
      for (const path of ['Album', 'Bilans', 'Cantine', 'Devoirs', 'Écoles', 'Sorties/Musée'])
        await town.core.mailboxes.create(viewer, path, null);
      for (const subject of ['Autre chose', 'Le car'])
        await town.send('claire.lefevre', ['karim.haddad'], { subject });
      const lies = async (name: string): Promise<number> =>
        (await town.core.mail.mailboxes(viewer)).find((one) => one.name === name)?.total ?? -1;
      const page = await visits.enter('karim.haddad');
      await page.click('.msg:has-text("Le car")');
      await page.waitForSelector('.paper');
      await page.waitForURL(/\/mail\/inbox\/\d+$/);
      await page.click('.tools summary:has-text("Ranger")');
      const find = page.locator('.tools [data-find-folder]');
      // The script shows it and puts the focus there once the menu has opened.
      await find.waitFor();
      await find.pressSequentially('ecol');
      await expect
        .poll(() => page.locator('.tools [data-folder]:visible').allTextContents())
        .toEqual(['Écoles']);
      await find.press('Enter');
      await page.waitForSelector('.toast');
      expect(await lies('Écoles')).toBe(1);
      await page.click('[data-undo]');
      await page.waitForSelector('.msg:has-text("Le car")');
      expect(await lies('Écoles')).toBe(0);
      await page.dragAndDrop('.msg:has-text("Le car")', '#places a:has-text("Musée")');
      await page.waitForFunction(() => document.querySelectorAll('.msg').length === 1);
      // Nothing on the page says when: what is undone has left its own word there.
      await expect.poll(() => lies('Sorties/Musée')).toBe(1);
    });

    it('shows a conversation once with how many of its letters were found, also where one’s own is the newest', async () => {
      const local = 'helene.bertin';
      await town.send('claire.lefevre', [local], { subject: 'Stand', text: 'Des lutins ?' });
      const viewer = await town.viewer(local);
      const [row] = await town.rows(local);
      const start = row && (await town.core.writings.answer(viewer, row, 'writer'));
      if (!start) throw new Error('no answer');
      const { ref } = await town.core.writings.save(
        viewer,
        { ...start.writing, text: 'Trois lutins.' },
        { previous: null, add: [], drop: [] },
      );
      await town.core.writings.send(viewer, ref);
      const page = await visits.read(local, '/search?q=lutins');
      expect(await text(page, '#lt')).toBe('2 messages, 1 conversation, dans tous les dossiers');
      expect(await page.locator('.msg').count()).toBe(1);
      expect(await text(page, '.msg .n')).toBe('2 messages trouvés');
      expect(await text(page, '.msg .prev')).toBe('Trois lutins.');
    });

    /** Brings somebody three letters; says how many lie in a folder of theirs. */
    async function threeLetters(local: string): Promise<(name: string) => Promise<number>> {
      const viewer = await town.viewer(local);
      for (const subject of ['Le vélo', 'La piscine', 'Le cirque'])
        await town.send('claire.lefevre', [local], { subject });
      return async (name) =>
        (await town.core.mail.mailboxes(viewer)).find((one) => one.name === name)?.total ?? -1;
    }

    it('a folder is made by a script where something is put into it', SOAKED, async () => {
      const lies = await threeLetters('marc.olivier');
      const page = await visits.enter('marc.olivier');
      await page.click('.msg:has-text("Le cirque")');
      await page.waitForSelector('.paper');
      await page.waitForURL(/\/mail\/inbox\/\d+$/);
      await page.click('.tools summary:has-text("Ranger")');
      await page.fill('.tools [data-new-folder]', 'a/b');
      await page.press('.tools [data-new-folder]', 'Enter');
      await page.waitForSelector('.toast:has-text("Rien n’a été rangé.")');
      expect(await page.locator('.msg').count()).toBe(3);
      await page.click('.tools summary:has-text("Ranger")');
      await page.fill('.tools [data-new-folder]', 'Spectacles');
      expect(await pageFaults(page, 'new-folder')).toEqual([]);
      await page.press('.tools [data-new-folder]', 'Enter');
      await page.waitForSelector('.toast:has-text("rangée dans")');
      expect(await page.locator('.msg').count()).toBe(2);
      expect(await page.locator('#places a:has-text("Spectacles")').count()).toBe(1);
      expect(await lies('Spectacles')).toBe(1);
      await page.click('.toast [data-undo]');
      await page.waitForFunction(() => document.querySelectorAll('.msg').length === 3);
    });

    it('a folder is made where something is put into it; a name that can’t be moves nothing', async () => {
      const lies = await threeLetters('fabienne.cordier');
      const plain = await visits.read('fabienne.cordier');
      await plain.check('.rows li:has-text("piscine") .pick');
      await plain.click('.chosen summary:has-text("Ranger")');
      await plain.fill('.chosen [data-new-folder]', ' Sport ');
      await plain.click('.chosen button[value="into-new"]');
      expect(await text(plain, '.toast span')).toBe('1 conversation rangée dans « Sport ».');
      expect(await lies('Sport')).toBe(1);
      await plain.check('.rows li:has-text("vélo") .pick');
      await plain.click('.chosen summary:has-text("Ranger")');
      await plain.fill('.chosen [data-new-folder]', 'Sport');
      await plain.press('.chosen [data-new-folder]', 'Enter');
      expect(await lies('Sport')).toBe(2);
      await plain.check('.rows .pick >> nth=0');
      await plain.click('.chosen summary:has-text("Ranger")');
      await plain.click('.chosen button[value="into-new"]');
      expect(await text(plain, '.toast span')).toContain('Écrivez pour le dossier un nom court');
      expect(await plain.locator('.msg').count()).toBe(1);
    });

    it('finds without script, marks what was looked for, says where it lies, and keeps what was found beside a hit', async () => {
      await letters();
      const page = await visits.read('claire.lefevre');
      await page.fill('#q', 'autorisations musee');
      await page.press('#q', 'Enter');
      await page.waitForURL('**/search?q=*');
      expect(await text(page, '#lt')).toBe('1 message, dans tous les dossiers');
      expect(await page.locator('.msg mark').allTextContents()).toEqual(['musée', 'autorisation']);
      await page.click('.msg');
      expect(await text(page, 'h1')).toBe('Sortie au musée');
      expect(await page.locator('.paper mark').allTextContents()).toEqual([
        'musée',
        'autorisation',
      ]);
      expect(await text(page, '#lt')).toBe('1 message, dans tous les dossiers');
      expect(await page.inputValue('#q')).toBe('autorisations musee');
      await page.goto(
        `${visits.base}/search?q=${encodeURIComponent('de:samira dans:archives avant:bientôt')}`,
      );
      expect(await text(page, '.msg .lies')).toBe('Dans Archives');
      expect(await text(page, '.banner')).toMatch(/« bientôt » n’est pas un jour/);
      expect(await page.locator('.fchip[aria-pressed]').allTextContents()).toEqual([
        'De samira',
        'Dans archives',
        'Avant bientôt',
      ]);
      await page.click('.fchip[aria-pressed] >> nth=2');
      await page.click('.fchip:has-text("Avec fichier")');
      expect(await page.inputValue('#q')).toBe('de:samira dans:archives pièce:oui');
      expect(await text(page)).toContain('Aucun message ne contient tous ces mots.');
    });

    it('finds as one types, and suggests who may be meant', async () => {
      await seeksSamira();
    });

    it('keeps the list while hits open, and goes back to the folder', SOAKED, async () => {
      const page = await seeksSamira();
      expect(await faultsInPassing(page, 'search')).toEqual([]);
      for (const at of [0, 1]) {
        await page.click(`.msg >> nth=${at}`);
        await page.waitForSelector(`li:nth-child(${at + 1}) > .msg[aria-current]`);
        await page.waitForSelector('.paper');
        expect(await page.locator('.msg').count()).toBe(2);
      }
      await page.reload();
      expect(await page.locator('.msg').count()).toBe(2);
      expect(await faultsInPassing(page, 'search-open')).toEqual([]);
      await page.click('.wipe');
      await page.waitForURL('**/mail/inbox');
      await page.locator('#q').pressSequentially('quatre', { delay: 20 });
      await page.waitForURL('**/search?q=quatre');
      await page.goBack();
      await page.waitForFunction(() => document.querySelector('.places [aria-current]') !== null);
      expect(new URL(page.url()).pathname).toBe('/mail/inbox');
    });

    async function seeksSamira(): Promise<Page> {
      await letters();
      const page = await visits.enter('claire.lefevre');
      await page.locator('#q').pressSequentially('samira', { delay: 20 });
      await page.waitForSelector('.hunt .fchip:has-text("De Samira Benali")');
      await page.waitForFunction(() => document.querySelectorAll('.msg').length === 2);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('q');
      await page.click('.fchip:has-text("De Samira Benali")');
      expect(await page.inputValue('#q')).toBe('de:"Samira Benali"');
      return page;
    }

    it('a child has the field on top from the first message on, and comes back to what they found', async () => {
      await lesson();
      const page = await visits.read('lina.moreau');
      await page.fill('#q', 'escar');
      await page.press('#q', 'Enter');
      expect(await page.locator('.msg').count()).toBe(1);
      await page.click('.msg');
      expect(await page.locator('#letter mark').allTextContents()).toEqual(['escargots']);
      await page.click('text=Ce que tu as trouvé');
      expect(await page.locator('.msg').count()).toBe(1);
    });
    it('a child finds as they type', SOAKED, async () => {
      await lesson();
      const page = await visits.enter('lina.moreau');
      expect(await faultsInPassing(page, 'inbox-pupil')).toEqual([]);
      await page.locator('#q').pressSequentially('escar', { delay: 20 });
      await page.waitForSelector('mark');
      expect(await page.locator('.msg').count()).toBe(1);
      expect(await faultsInPassing(page, 'search-pupil')).toEqual([]);
      await page.click('.msg');
      await page.waitForSelector('#letter mark');
      expect(await page.locator('#letter mark').allTextContents()).toEqual(['escargots']);
      await page.click('text=Ce que tu as trouvé');
      expect(await page.locator('.msg').count()).toBe(1);
    });
    const lesson = () =>
      town.send('claire.lefevre', ['lina.moreau'], {
        subject: 'Leçon',
        text: 'Les escargots mangent de la salade.',
      });

    it('a child reads « Madame Lefèvre », « Mamou » as she chose it, and « Maîtresse » where the class says so', async () => {
      await town.admin.query('delete from sending');
      await town.send('claire.lefevre', ['lina.moreau'], { subject: 'De la classe' });
      await town.send('karine.moreau', ['lina.moreau'], { subject: 'De la maison' });
      const child = await visits.read('lina.moreau');
      const who = async (): Promise<readonly string[]> => {
        await child.goto(`${visits.base}/search?q=objet:De`);
        return child.locator('.msg b').allTextContents();
      };
      expect(await who()).toEqual(['Maman', 'Madame Lefèvre']);
      const mother = await visits.read('karine.moreau');
      await mother.click('.places >> text=Mes enfants');
      await mother.fill('form:has-text("Lina") input[name=called]', 'Maîtresse');
      await mother.click('form:has-text("Lina m’appelle") button');
      expect(await text(mother, '.err')).toContain('Ce nom désigne quelqu’un de l’école.');
      await mother.fill('form:has-text("Lina") input[name=called]', 'M4man');
      await mother.click('form:has-text("Lina m’appelle") button');
      expect(await text(mother, '.err')).toContain('Écrivez un nom de vingt lettres au plus');
      await mother.fill('form:has-text("Lina") input[name=called]', 'Mamou');
      await mother.click('form:has-text("Lina m’appelle") button');
      expect(await text(mother, '.banner')).toBe('Le nom est enregistré.');
      const shown = await visits.read('karine.moreau', '/family');
      expect(await pageFaults(shown, 'family')).toEqual([]);
      const teacher = await visits.read('claire.lefevre');
      const [own] = (await town.viewer('claire.lefevre')).classes;
      await teacher.goto(`${visits.base}/classes/${own?.id}/settings`);
      await teacher.click('summary:has-text("Comment les enfants")');
      await teacher.click('text=«\u00a0Maîtresse\u00a0» ou «\u00a0Maître\u00a0»');
      await teacher.click('form[aria-labelledby="teachersCalled"] button');
      expect(await text(teacher, '.banner')).toBe('Les enfants voient leurs enseignants ainsi.');
      expect(await pageFaults(teacher, 'class-names')).toEqual([]);
      expect(await who()).toEqual(['Mamou', 'Maîtresse']);
      await child.goto(`${visits.base}/write`);
      expect(await text(child)).toMatch(/Maîtresse.*Mamou|Mamou.*Maîtresse/);
      // Two of a class with one animal wear rings of different colours.
      await town.admin.query(`
        update account set face = 'lapin-' || n.ring
        from (values ('noe.garnier', 2), ('amine.benali', 3), ('adele.vidal', 4), ('leo.dumont', 5))
          as n (local, ring) join address d on d.local = n.local
        where account.address_id = d.id
      `);
      await town.admin.query('update school set roster_version = roster_version + 1');
      await child.goto(`${visits.base}/write`);
      for (const ring of [2, 3, 4, 5])
        expect(await child.locator(`.face.k${ring}`).count()).toBeGreaterThan(0);
      expect(await pageFaults(child, 'rings')).toEqual([]);
      // An adult still reads whole names.
      await town.send('lina.moreau', ['claire.lefevre'], { subject: 'Merci maîtresse' });
      await teacher.goto(`${visits.base}/mail/inbox`);
      expect(await text(teacher, '.msg b')).toBe('Lina Moreau');
    });

    /** Two letters of a mother, one of them archived. */
    async function letters(): Promise<void> {
      await town.admin.query('delete from entry');
      await town.admin.query('delete from sending');
      await town.repair();
      for (const subject of ['Rien de spécial', 'Sortie au musée'])
        await town.send('samira.benali', ['claire.lefevre'], {
          subject,
          text: `Bonjour Madame,\n\nVoici l’${subject.includes('musée') ? 'autorisation' : 'absence'}.`,
          via: 'web',
        });
      const viewer = await town.viewer('claire.lefevre');
      const old = (await town.rows('claire.lefevre')).find(({ subject }) =>
        subject.startsWith('Rien'),
      );
      if (old) await town.core.mail.move(viewer, old.mailbox, { uids: [old.uid], to: 'archive' });
    }
  },
);
