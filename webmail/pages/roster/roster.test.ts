import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openCodeTown, type CodeTown } from '../../../core/entry/accounts/testing/code-town.ts';
import type { SchoolId } from '../../../core/ground/ids.ts';
import { unpack } from '../../../core/roster/reading/archive.ts';
import type { Viewer } from '../../../core/rules/viewer.ts';
import { zipped } from '../../../core/school/imports/testing/reading.ts';
import { csv, pupil } from '../../../core/school/imports/testing/school-files.ts';
import { own } from '../../../core/store/own.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { showInBrowser } from '../../../tests/shared/plain/shown.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

/** Where to put the report, to look at it; nowhere in a usual run. */
const SHOTS = process.env['PREAU_TEST_SHOTS'];

let town: CodeTown;
let visits: Visits;
let head: Viewer;
let otherHead: Viewer;
const faults: string[] = [];

/** Keeps what axe finds serious and what is wider than its window for the end. */
async function look(page: Page | PlainPage, what: string): Promise<void> {
  faults.push(...(await pageFaults(page, what)));
}

interface Named {
  readonly name: string;
  readonly className: string;
  readonly birthDate?: string;
}

/** The pupils of a school as ONDE writes them, homonyms apart, and what a test makes of them. */
async function pupilsOf(
  school: SchoolId,
  change: (all: Named[]) => Named[] = (same) => same,
): Promise<Buffer> {
  const rows = await town.store.read(school, async (tx) =>
    tx.db
      .selectFrom('account as a')
      .innerJoin('membership as m', (join) =>
        join.onRef('m.school_id', '=', 'a.school_id').onRef('m.address_id', '=', 'a.address_id'),
      )
      .innerJoin('class as c', (join) =>
        join.onRef('c.school_id', '=', 'm.school_id').onRef('c.id', '=', 'm.class_id'),
      )
      .select(['a.id', 'a.display_name', 'a.given_name', 'a.family_name', 'c.name'])
      .where('a.school_id', '=', school)
      .where('a.role', '=', 'pupil')
      .where('a.state', '=', 'active')
      .where('m.role', '=', 'pupil')
      .where('m.until_date', 'is', null)
      .orderBy('a.id')
      .execute(),
  );
  const once = [
    ...new Map(
      rows.map((row) => [
        row.id,
        { name: `${row.given_name} ${row.family_name}`, className: row.name },
      ]),
    ).values(),
  ];
  const single = once.filter(({ name }) => once.filter((one) => one.name === name).length === 1);
  return csv.pupils(
    change(single).map(({ name, className, birthDate }) =>
      pupil(name, className, { birthDate: birthDate ?? '2018-05-04' }),
    ),
  ).bytes;
}

const accounts = () =>
  town.store.read(
    head.school,
    async (tx) => (await own(tx).selectFrom('account').select('id').execute()).length,
  );
const give = (page: PlainPage, name: string, bytes: Buffer) =>
  page.setInputFiles('#f', { name, mimeType: 'text/csv', buffer: bytes });
/** Nine who leave, three in another class, four who arrive, and a day that there isn't. */
const withMistakes = (all: Named[]): Named[] => [
  ...all.slice(0, -9).map((one, index) => (index < 3 ? { ...one, className: 'CP' } : one)),
  ...['Hugo', 'Kenza', 'Nour'].map((name) => ({ name: `${name} Nouveau`, className: 'CP' })),
  { name: 'Rayan Mercier', className: '=SOMME(A1:A9)' },
  { name: 'Axel Dumont', className: 'CP', birthDate: '2019-02-31' },
];

describe.skipIf(!hasChromium())(
  'rosters from files (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    beforeAll(async () => {
      town = await openCodeTown();
      head = await town.viewer('mamadou.diallo');
      otherHead = await town.viewer('beatrice.vasseur');
      visits = await openVisits(town);
    });
    afterEach(() => visits.leave());
    afterAll(async () => {
      await visits?.close();
      await town?.close();
      expect(faults).toEqual([]);
    });

    describe('a head, without script,', { shuffle: false }, () => {
      let page: PlainPage;
      let before = 0;
      let done = '';
      beforeAll(async () => {
        page = await visits.read('mamadou.diallo');
        before = await accounts();
      });

      it('gives files and sees who arrives and what is refused, a formula as text', async () => {
        await page.click('text=Rentrée');
        await look(page, 'school');
        await page.click('text=Voir ce qui changera'); // no file, and no bubble of a browser
        expect(await text(page, '[role=alert], .banner.stop')).toContain('fichier');
        await give(page, 'vide.csv', Buffer.alloc(0));
        await page.click('text=Voir ce qui changera');
        expect(await text(page, '.banner.stop')).toContain('vide.csv : Ce fichier est vide');
        await give(page, 'CSVExtraction.csv', await pupilsOf(head.school, withMistakes));
        await page.click('text=Voir ce qui changera');
        expect(await text(page)).toContain('Rien n’est encore changé.');
        expect(await text(page)).toContain('la date de naissance 2019-02-31 n’existe pas');
        expect(await text(page)).toContain('=SOMME(A1:A9)');
        expect(await text(page, '.bar')).toContain('Appliquer les');
        await look(page, 'preview');
      });

      it('applies them: everybody who arrives has an account', async () => {
        await page.click('.bar .main');
        done = page.url();
        expect(await text(page, 'h1')).toBe('C’est fait');
        expect(await accounts()).toBe(before + 4);
        await look(page, 'done');
      });

      it('takes the codes of who arrived along, sheets and tables, once', async () => {
        await page.goto(done);
        expect(await text(page)).toContain('4 personnes n’ont pas encore de quoi se connecter');
        const other = page.beside();
        await other.goto(done);
        const zip = await page.download('text=Faire 4 codes');
        expect(zip.name).toBe('Codes École des Tilleuls.zip');
        const inside = unpack({ name: 'codes.zip', bytes: zip.bytes }, () => true, { most: 50 });
        if ('kind' in inside) throw new Error('no archive');
        const bytesOf = (name: string) => inside.find(({ path }) => path === name)?.bytes;
        expect(inside.map(({ path }) => path).sort()).toEqual([
          '=SOMME(A1-A9).csv',
          '=SOMME(A1-A9).pdf',
          'CP.csv',
          'CP.pdf',
        ]);
        expect(
          bytesOf('CP.csv')
            ?.toString('utf8')
            .split('\r\n')
            .filter((line) => line.includes('Nouveau')),
        ).toHaveLength(3);
        expect(bytesOf('CP.pdf')?.subarray(0, 5).toString()).toBe('%PDF-');
        await page.reload();
        expect(await text(page)).not.toContain('de quoi se connecter');
        await other.click('text=Faire 4 codes');
        expect(await text(other)).toContain('Ces codes ont déjà été donnés, une seule fois.');
      });

      it('keeps the report, as a table and on paper', async () => {
        await page.goto(done);
        const csv = await page.download('text=Tableau (CSV)');
        expect(csv.name).toMatch(/^Import École des Tilleuls \d{4}-\d\d-\d\d\.csv$/);
        expect(csv.bytes.toString()).toContain(`"'=SOMME(A1:A9)"`);
        const pdf = await page.download('text=À imprimer (PDF)');
        expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
        if (SHOTS !== undefined) writeFileSync(`${SHOTS}/report.pdf`, pdf.bytes);
      });

      it('undoes it', async () => {
        await page.goto(done);
        await page.click('text=Annuler cet import >> nth=-1');
        expect(await text(page)).toContain('L’import est annulé. Tout est comme avant.');
        expect(await text(page, 'h1')).toContain('Import annulé de');
        expect(await accounts()).toBe(before);
        await page.click('text=Retour aux imports');
        expect(await text(page)).toContain('Annulé');
      });
    });

    it('a reason why a line is refused is in view on a phone', SOAKED, async () => {
      const page = await visits.read('mamadou.diallo', `/roster/${head.school}`);
      await give(page, 'CSVExtraction.csv', await pupilsOf(head.school, withMistakes));
      await page.click('text=Voir ce qui changera');
      const shown = await showInBrowser(page, { script: false });
      await shown.setViewportSize({ width: 390, height: 844 });
      const reason = await shown.locator('td:has-text("n’existe pas")').boundingBox();
      expect((reason?.x ?? 0) + (reason?.width ?? 999)).toBeLessThanOrEqual(390);
      await page.click('text=Abandonner');
    });

    it('an agent: the guard of the fifth, the number typed again, a reason, undo; the same file changes nothing and says so', async () => {
      const page = await visits.read('hugues.armand');
      await page.click('text=Rentrée');
      await look(page, 'town');
      await page.click('text=École Pasteur');
      const half = await pupilsOf(otherHead.school, (all) =>
        all.slice(0, Math.ceil(all.length / 2)),
      );
      await give(page, 'eleves.csv', half);
      await page.click('text=Voir ce qui changera');
      await page.fill('#why', 'Départs de la semaine');
      await page.click('.bar .main');
      expect(await text(page)).toContain('Rien n’est appliqué');
      const leaving = Number(/^(\d+) départs/.exec(await text(page, '#many-retyped h2'))?.[1]);
      await page.fill('#n-retyped', String(leaving + 1));
      await page.fill('#why', 'Départs de la semaine');
      await page.click('.bar .main');
      expect(await text(page)).toContain('Ce n’est pas ce nombre');
      await look(page, 'guard');
      await page.fill('#n-retyped', String(leaving));
      await page.fill('#why', 'Départs de la semaine');
      await page.click('.bar .main');
      expect(await text(page, 'h1')).toBe('C’est fait');
      await page.click('text=Retour aux imports');
      await give(page, 'eleves.csv', half);
      await page.click('text=Voir ce qui changera');
      expect(await text(page)).toContain('Ce sont les mêmes fichiers que ceux appliqués');
      await look(page, 'nothing');
      await page.click('text=Fermer');
      await page.click('tbody a >> nth=0');
      await page.fill('#why', 'Fichier de juin');
      await page.click('button.no');
      expect(await text(page)).toContain('Tout est comme avant.');
    });

    it('columns of an unknown table are named; a homonym is decided; another school’s import is not there', async () => {
      const page = await visits.read('mamadou.diallo', `/roster/${head.school}`);
      const twin = await pupilsOf(head.school, (all) => [
        ...all,
        { name: 'Lucas Martin', className: 'CM1' },
      ]);
      const renamed = twin
        .toString('latin1')
        .replace('Nom élève', 'Patronyme')
        .replace('Prénom élève', 'Petit nom')
        .replace('Libellé classe', 'Groupe')
        .replace('Date naissance', 'Né le');
      await give(page, 'notre liste.csv', Buffer.from(renamed, 'latin1'));
      await page.click('text=Voir ce qui changera');
      expect(await text(page, 'h1')).toBe('Quelle colonne est laquelle ?');
      expect(await page.inputValue('#c-familyName')).toBe('Patronyme');
      await look(page, 'columns');
      await page.click('text=Lire le fichier ainsi');
      expect(await text(page)).toContain('Sans réponse, sa ligne attend');
      await look(page, 'homonyms');
      for (const group of await page.locator('tbody fieldset').all())
        await group.locator('label').first().click();
      await page.click('text=Enregistrer mes réponses');
      expect(await text(page)).toContain('Vos réponses sont enregistrées.');
      const here = new URL(page.url()).pathname;
      const other = await visits.read('beatrice.vasseur');
      const status = async (path: string) => (await other.goto(`${visits.base}${path}`)).status();
      for (const path of [
        here,
        `/roster/${head.school}`,
        `/roster/${head.school}/import/1`,
        `/roster/${head.school}/import/1/report.csv`,
        `/roster/${head.school}/next`,
        '/roster/town/1',
        '/roster/999',
      ])
        expect([path, await status(path)]).toEqual([path, 404]);
      await page.click('text=Abandonner');
    });

    it(
      'a table of guardians, one child a line: its columns are named, who has two children comes once',
      SOAKED,
      async () => {
        const page = await visits.read('mamadou.diallo');
        const children: string[][] = [];
        await pupilsOf(head.school, (all) => {
          children.push(
            ...all
              .slice(0, 2)
              .map(({ name, className }) => [
                name.split(' ').slice(1).join(' '),
                name.split(' ')[0] ?? '',
                className ?? '',
              ]),
          );
          return all;
        });
        const table = [
          'Parent;Petit nom;Mail;Nom enfant suivi;Prénom enfant suivi;Groupe',
          ...children.map((child) =>
            ['Quernec', 'Maëlle', 'maelle.quernec@ext.test', ...child].join(';'),
          ),
        ].join('\n');
        await page.goto(`${visits.base}/roster/${head.school}`);
        await give(page, 'parents.csv', Buffer.from(table));
        await page.click('text=Voir ce qui changera');
        expect(await text(page, 'h1')).toBe('Quelle colonne est laquelle ?');
        await page.check('input[name=of][value=guardians]');
        await page.selectOption('#c-familyName', 'Parent');
        await page.selectOption('#c-childFamilyName', '');
        await page.click('text=Lire le fichier ainsi');
        expect(await text(page)).toContain('pour des responsables, aussi celles de l’enfant');
        await page.check('input[name=of][value=guardians]');
        await page.selectOption('#c-familyName', 'Parent');
        await page.selectOption('#c-className', 'Groupe');
        await look(page, 'columns-guardians');
        await page.click('text=Lire le fichier ainsi');
        expect((await text(page)).split('Maëlle Quernec')).toHaveLength(2);
        await look(page, 'preview-guardians');
        await page.click('text=Abandonner');
      },
    );

    it('next year is rehearsed, seen by a colleague, and its day moved', async () => {
      const page = await visits.read('mamadou.diallo', `/roster/${head.school}`);
      await give(
        page,
        'juin.csv',
        await pupilsOf(head.school, (all) =>
          all.map((one, index) => ({ ...one, className: `CM${1 + (index % 2)}` })),
        ),
      );
      await page.click('text=l’année prochaine');
      await page.click('text=Voir ce qui changera');
      await look(page, 'rehearsal');
      await page.click('text=Enregistrer pour la rentrée');
      await page.goto(`${visits.base}/roster/${head.school}`);
      await page.click('text=Voir les classes de l’année prochaine');
      await look(page, 'next');
      const day = `${(await page.inputValue('#d')).slice(0, 8)}03`;
      await page.fill('#d', '2026-12-24');
      await page.click('text=Enregistrer cette date');
      // from the first of July, or from today in the holidays
      expect(await text(page, '#d-trouble')).toMatch(/du \d+(er)? \S+ \d{4} au 31 juillet \d{4}/);
      expect(await page.inputValue('#d')).toBe('2026-12-24');
      const agent = await visits.read('hugues.armand', `/roster/${head.school}/next`);
      await agent.fill('#d', day);
      await agent.click('text=Enregistrer cette date');
      expect(await text(agent, '#why-trouble')).toContain('Écrivez pourquoi');
      expect(await text(agent, 'label[for=why]')).toBe('Pourquoi une autre date ?');
      expect(await agent.inputValue('#d')).toBe(day);
      await page.fill('#d', day);
      await page.click('text=Enregistrer cette date');
      expect(await text(page)).toContain('La date est changée.');
      const colleague = await visits.read('claire.lefevre', '/classes');
      await colleague.click('text=Voir les classes de l’année prochaine');
      expect(await text(colleague)).toContain(
        'elles commencent le 3 septembre'.replace('elles', 'Elles'),
      );
      expect(await colleague.locator('#d').count()).toBe(0);
      expect((await colleague.goto(`${visits.base}/roster`)).status()).toBe(404);
    });

    it('an agent gives a school’s files in an archive and follows it: read, applied with progress', async () => {
      const page = await visits.enter('hugues.armand', { at: '/roster' });
      const files = [
        {
          name: 'ville/tilleuls/eleves.csv',
          bytes: await pupilsOf(head.school, (all) => [
            ...all,
            { name: 'Lou Benamar', className: 'CP' },
          ]),
        },
        { name: 'ville/ecole inconnue/eleves.csv', bytes: Buffer.from('x') },
      ];
      await page.setInputFiles('#f', {
        name: 'rentree.zip',
        mimeType: 'application/zip',
        buffer: zipped(files),
      });
      await page.click('text=Voir ce qui changera');
      await page.waitForSelector('.bar .main');
      expect(await text(page)).toContain('ecole inconnue');
      await page.fill('#why', 'Rentrée');
      await page.click('.bar .main');
      await page.waitForSelector('.badge.ok');
      expect(await page.locator('.badge.ok').count()).toBe(1);
    });

    it('an agent gives all schools at once: read, decided, applied', SOAKED, async () => {
      const page = await visits.enter('hugues.armand', { at: '/roster' });
      const ferry = (
        await town.core.pendingImports.schools(await town.viewer('hugues.armand'))
      ).find(({ slug }) => slug === 'jules-ferry')?.id as SchoolId;
      const bytes = zipped([
        {
          name: 'ville/tilleuls/eleves.csv',
          bytes: await pupilsOf(head.school, (all) => [
            ...all,
            { name: 'Aya Benamar', className: 'CP' },
          ]),
        },
        {
          name: 'ville/pasteur/eleves.csv',
          bytes: await pupilsOf(otherHead.school, (all) => all.slice(0, 4)),
        },
        {
          name: 'ville/jules-ferry/eleves.csv',
          bytes: await pupilsOf(ferry, (all) => [
            ...all,
            { name: 'Omar Belkacem', className: 'CP' },
          ]),
        },
        { name: 'ville/ecole inconnue/eleves.csv', bytes: Buffer.from('x') },
      ]);
      const mimeType = 'application/zip';
      await page.setInputFiles('#f', { name: 'rentree.zip', mimeType, buffer: bytes });
      await page.click('text=Voir ce qui changera');
      await page.waitForSelector('.bar .main');
      expect(await text(page)).toContain('ecole inconnue');
      expect(await text(page)).toContain('plus d’un sur cinq part');
      await look(page, 'batch');
      await page.fill('#why', 'Rentrée');
      await page.click('.bar .main');
      await page.waitForSelector('.badge.ok');
      await page.waitForSelector('.bar');
      expect(await page.locator('.badge.ok').count()).toBe(2);
      await look(page, 'batch-over');
      await page.fill('#why-codes', 'Rentrée');
      const [zip] = await Promise.all([
        page.waitForEvent('download', { timeout: 30_000 }),
        page.click('text=Faire les codes des 2 écoles'),
      ]);
      const archive = readFileSync(await zip.path());
      const inside = unpack({ name: 'codes.zip', bytes: archive }, () => true, { most: 50 });
      if ('kind' in inside) throw new Error('no archive');
      expect(inside.map(({ path }) => path).sort()).toEqual([
        'École Jules-Ferry/CP.csv',
        'École Jules-Ferry/CP.pdf',
        'École des Tilleuls/CP.csv',
        'École des Tilleuls/CP.pdf',
      ]);
      await page.fill('#why-codes', 'Rentrée');
      await page.click('text=Faire les codes des 2 écoles');
      expect(await text(page)).toContain('Ces codes ont déjà été donnés, une seule fois.');
    });

    it('a child of another school in a head’s file: the town sees the wish, refuses or agrees with a reason, the head reads it', async () => {
      const { pendingImports: imports } = town.core;
      const ilan = { name: 'Ilan Belkacem', className: 'CM2 A' };
      const year = (await imports.ofSchool(otherHead, otherHead.school))?.runningYear ?? '';
      for (const whose of [head, otherHead]) {
        const bytes = await pupilsOf(whose.school, (all) => [...all, ilan]);
        const files = [{ name: 'eleves.csv', bytes }];
        const given = await imports.upload(whose, whose.school, { year, files });
        const id = given?.kind === 'draft' ? given.id : 0;
        const applied = await imports.apply(whose, whose.school, { id, reason: '' });
        expect(applied).toMatchObject({ kind: 'applied' });
      }
      const page = await visits.read('hugues.armand', '/roster');
      expect(await text(page)).toContain('Un enfant attend votre accord pour changer d’école.');
      await page.click('text=Décider');
      expect(await text(page)).toContain('ilan.belkacem@ecoles.preau.test');
      await look(page, 'moves');
      await page.check('input[name=move]');
      await page.fill('#why', 'La famille n’a pas confirmé');
      await page.click('.bar button.no');
      expect(await text(page)).toContain('Le refus est noté.');
      const office = await visits.read('beatrice.vasseur', `/roster/${otherHead.school}`);
      expect(await text(office)).toContain('La famille n’a pas confirmé');
      await page.check('input[name=move]');
      await page.fill('#why', 'La famille a confirmé');
      await page.click('.bar button.main');
      expect(await text(page)).toContain('l’enfant est dans sa nouvelle école');
      expect((await town.viewer('beatrice.vasseur')).heads).toBe(true);
      for (const who of [office, await visits.read('claire.lefevre')])
        expect((await who.goto(`${visits.base}/roster/moves`)).status()).toBe(404);
    });

    it.each(['moves', 'questions'])(
      'no %s are said in the measure of a text',
      SOAKED,
      async (what) => {
        const page = await visits.read('hugues.armand', `/roster/${what}`);
        const shown = await showInBrowser(page, { script: true });
        const box = await shown.locator('main .state').boundingBox();
        expect(box?.width).toBeLessThanOrEqual(960);
      },
    );
  },
);
