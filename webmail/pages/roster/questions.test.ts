import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCodeTown, type CodeTown } from '../../../core/entry/accounts/testing/code-town.ts';
import type { Viewer } from '../../../core/rules/viewer.ts';
import { zipped } from '../../../core/school/imports/testing/reading.ts';
import { csv, guardian, pupil } from '../../../core/school/imports/testing/school-files.ts';
import { updateSchool } from '../../../core/store/town/schools.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

let town: CodeTown;
let visits: Visits;
let head: Viewer;
let otherHead: Viewer;
const faults: string[] = [];

const look = async (page: PlainPage, what: string): Promise<void> => {
  faults.push(...(await pageFaults(page, what)));
};

/** Two mothers of one name for one child, and a father who may have moved. */
async function importDoubts(viewer: Viewer): Promise<void> {
  const { pendingImports: imports } = town.core;
  const own = viewer.school === head.school ? 'Quernec' : 'Tanguy';
  const children = ['Maëlle', 'Ewen', 'Nolwenn'].map((name, at) =>
    pupil(`${name} ${own}`, 'CP des hermines', { birthDate: `2019-0${at + 1}-11` }),
  );
  const [first, second] = children;
  if (first === undefined || second === undefined) throw new Error('no children');
  const guardians = csv.guardians([
    guardian(`Camille ${own}`, [first], 'camille@exemple.fr', '06 47 11 93 20'),
    guardian(
      `Camille ${own}`,
      [first, second],
      'c.quernec@exemple.fr',
      viewer === head ? '06 47 11 93 21' : '',
    ),
    guardian(`Ronan ${own}`, [second], 'ronan@exemple.fr'),
    guardian(`Ronan ${own}`, [second], 'ronan.q@exemple.fr'),
  ]);
  // One address for both lines of the father: that is what speaks for one person.
  const lines = guardians.bytes.toString('latin1').replace('4 rue des', '3 rue des');
  const year = (await imports.ofSchool(viewer, viewer.school))?.runningYear ?? '';
  const given = await imports.upload(viewer, viewer.school, {
    year,
    files: [csv.pupils(children), { ...guardians, bytes: Buffer.from(lines, 'latin1') }],
  });
  const id = given?.kind === 'draft' ? given.id : 0;
  const shown = await imports.draft(viewer, viewer.school, id);
  const many =
    shown?.kind === 'preview'
      ? shown.preview.stops.find((stop) => stop.kind === 'many-leave')
      : undefined;
  await imports.choose(viewer, viewer.school, { id, choices: { retyped: many?.leaving ?? null } });
  const applied = await imports.apply(viewer, viewer.school, { id, reason: '' });
  expect(applied).toMatchObject({ kind: 'applied' });
}

describe.skipIf(!hasChromium())(
  'lines in doubt (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    const openDoubts = async (): Promise<void> => {
      town = await openCodeTown();
      head = await town.viewer('mamadou.diallo');
      otherHead = await town.viewer('beatrice.vasseur');
      visits = await openVisits(town);
      await importDoubts(head);
      await importDoubts(otherHead);
    };
    const close = async (): Promise<void> => {
      await visits?.close();
      await town?.close();
      expect(faults.splice(0)).toEqual([]);
    };

    describe('while nobody answers, until a head does', { shuffle: false }, () => {
      beforeAll(openDoubts);
      afterAll(close);

      it('the menu counts them, the report of the import leads there, the page says in words who it may be', async () => {
        const page = await visits.read('mamadou.diallo');
        await page.click('nav >> text=Rentrée');
        expect(await text(page, 'nav [aria-current]')).toMatch(/^Rentrée ?2 ?questions à régler$/);
        await page.click('tbody a >> nth=0');
        expect(await text(page)).toContain('2 questions attendent votre réponse.');
        await page.click('text=Répondre');
        expect(await text(page, 'h1')).toBe('Qui est qui ?');
        expect(await text(page)).toContain('Deux Camille Quernec : la même personne ?');
        expect(await text(page)).toContain('c.quernec@exemple.fr');
        expect(await text(page)).toContain('autre téléphone');
        expect(await text(page)).toContain('même adresse postale');
        await look(page, 'questions');
        await page.click('.me summary');
        await page.click('.me button[name=language][value=en]');
        expect(await text(page, 'h1')).toBe('Who is who?');
        await look(page, 'questions-en');
        await page.click('.me summary');
        await page.click('.me button[name=language][value=fr]');
      });

      it('another school’s questions are not there, to read or to answer', async () => {
        const page = await visits.read('beatrice.vasseur');
        const status = async (path: string) => (await page.goto(`${visits.base}${path}`)).status();
        expect(await status(`/roster/${head.school}/questions`)).toBe(404);
        expect(await status('/roster/questions')).toBe(404);
        expect(
          await town.core.pendingImports.answer(otherHead, {
            answers: [{ school: head.school, id: 1, word: 'new' }],
            reason: '',
          }),
        ).toBeNull();
      });

      it('a column that says a role is said loudly, many arrivals ask for their number, and a batch asks whose files are', async () => {
        const { pendingImports: imports } = town.core;
        const year = (await imports.ofSchool(head, head.school))?.runningYear ?? '';
        const rows = Array.from({ length: 1_001 }, (_, at) =>
          ['LUNEL', `Enfant ${at}`, `2019-01-${10 + (at % 20)}`, 'CP', 'admin', 'oui'].join(';'),
        );
        const header = 'Nom élève;Prénom élève;Date naissance;Libellé classe;Rôle;Cantine';
        const bytes = Buffer.from([header, ...rows].join('\r\n'), 'latin1');
        const given = await imports.upload(head, head.school, {
          year,
          files: [{ name: 'eleves.csv', bytes }],
        });
        const page = await visits.read(
          'mamadou.diallo',
          `/roster/${head.school}/draft/${given?.kind === 'draft' ? given.id : 0}`,
        );
        expect(await text(page)).toContain('Le rôle n’est pas lu : colonne « Rôle ».');
        expect(await text(page, '#many-arrivals')).toContain('1001 arrivées dans une école de');
        await page.click('summary:has-text("Ce qui a été lu")');
        expect(await text(page)).toContain('Colonnes laissées de côté : « Cantine ».');
        await look(page, 'columns-aside');
        const agent = await visits.read('hugues.armand', '/roster');
        const file = (child: string) => csv.pupils([pupil(child, 'CP')]).bytes;
        await agent.setInputFiles('#f', {
          name: 'ville.zip',
          mimeType: 'application/zip',
          buffer: zipped([
            { name: 'École perdue/CSVExtraction.csv', bytes: file('Aya Lunel') },
            { name: 'pasteur/CSVExtraction.csv', bytes: file('Zoé Lunel') },
          ]),
        });
        await agent.click('text=Voir ce qui changera');
        await expect
          .poll(async () => {
            await agent.reload();
            return agent.locator('#st').count();
          })
          .toBe(1);
        await look(agent, 'strays');
        await agent.selectOption('[name=school]', { label: 'École des Tilleuls' });
        await agent.click('text=Lire pour cette école');
        expect(await agent.locator('#st').count()).toBe(0);
        expect(await text(agent, 'tbody')).toContain('École des Tilleuls');
      });

      it('an agent who forgets the reason, or every answer, finds again what was chosen and typed', async () => {
        const page = await visits.read('hugues.armand', `/roster/${head.school}/questions`);
        const first = page.locator('fieldset.question').first();
        await first.locator('text=C’est une autre personne').click();
        await page.click('.bar .main');
        expect(await text(page, '#why-trouble')).toBe('Écrivez pourquoi, en quelques mots.');
        expect(await page.locator('#why[aria-invalid]').count()).toBe(1);
        expect(await page.locator('input[type=radio][value=new]').first().isChecked()).toBe(true);
        expect(await page.locator('input[type=radio][checked]').count()).toBe(1);
        await look(page, 'questions-reason');
        await page.goto(`${visits.base}/roster/questions`);
        await page.fill('#why', 'Rentrée');
        await page.click('.bar .main');
        expect(await text(page, '.banner.stop')).toContain('Choisissez au moins une réponse.');
        expect(await page.inputValue('#why')).toBe('Rentrée');
        const one = page.locator('tbody select').first();
        await one.selectOption({ label: 'Laisser cette ligne de côté' });
        await page.fill('#why', ' ');
        await page.click('.bar .main');
        expect(await page.locator('#why-trouble').count()).toBe(1);
        expect(await text(page, 'option[selected]')).toBe('Laisser cette ligne de côté');
      });

      it('those of a school that has closed wait, and aren’t shown', async () => {
        const page = await visits.read('hugues.armand', '/roster/questions');
        const rows = await page.locator('tbody tr').count();
        const close = (closesOn: string | null) =>
          town.store.town((tx) => updateSchool(tx, otherHead.school, { closesOn }));
        await close('2026-01-05');
        await page.goto(`${visits.base}/roster`);
        expect(await text(page)).toContain('Des questions attendent dans une école.');
        await page.goto(`${visits.base}/roster/questions`);
        expect(await page.locator('tbody tr').count()).toBeLessThan(rows);
        expect(await page.locator(`a[href="/roster/${otherHead.school}/questions"]`).count()).toBe(
          0,
        );
        await page.goto(`${visits.base}/roster/${otherHead.school}`);
        expect(await page.locator('a[href$="/questions"]').count()).toBe(0);
        await page.goto(`${visits.base}/roster/${otherHead.school}/questions`);
        expect(await page.locator('fieldset.question').count()).toBe(0);
        await close(null);
        await page.reload();
        expect(await page.locator('fieldset.question').count()).toBeGreaterThan(0);
      });

      it('a head, without script: answers one, leaves the others, undoes like an import', async () => {
        const page = await visits.read('mamadou.diallo', `/roster/${head.school}/questions`);
        await page.click('text=Répondre');
        expect(await text(page)).toContain('Choisissez au moins une réponse.');
        const first = page.locator('fieldset.question').first();
        await first.locator('text=C’est une autre personne').click();
        await page.click('.bar .main');
        expect(await text(page)).toContain('Votre réponse est appliquée.');
        expect(await page.locator('fieldset.question').count()).toBe(1);
        await page.click('text=Retour aux imports');
        await page.click('tbody a >> nth=0');
        expect(await text(page)).toContain('1 arrivée');
        await page.click('button:has-text("Annuler cet import")');
        expect(await text(page)).toContain('L’import est annulé.');
      });
    });

    describe('that are answered', () => {
      beforeEach(openDoubts);
      afterEach(close);

      it(
        'an agent sees all schools as one list, and accepts what is proposed in one act, with a reason',
        SOAKED,
        async () => {
          const page = await visits.read('hugues.armand', '/roster');
          expect(await text(page)).toContain('Des questions attendent dans 2 écoles.');
          await page.click('text=Répondre');
          expect(await text(page)).toContain('École des Tilleuls');
          await look(page, 'questions-town');
          await page.click('text=Accepter');
          expect(await page.locator('#why[required]:not([value])').count()).toBe(1);
          await page.fill('#why', 'Rentrée');
          await page.click('text=Accepter');
          expect(await text(page)).toMatch(/réponses? (?:sont|est) appliquée/);
          await look(page, 'questions-town-after');
          const left = await page.locator('tbody tr').count();
          expect(left).toBe(1); // without a telephone another address says nothing
          await page
            .locator('tbody select')
            .first()
            .selectOption({ label: 'C’est une autre personne' });
          await page.fill('#why', 'Rentrée');
          await page.click('.bar .main');
          expect(await page.locator('tbody tr').count()).toBe(left - 1);
        },
      );
    });
  },
);
