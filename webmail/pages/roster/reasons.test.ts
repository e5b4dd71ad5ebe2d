import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCodeTown, type CodeTown } from '../../../core/entry/accounts/testing/code-town.ts';
import { TOWN, type SchoolId } from '../../../core/ground/ids.ts';
import { pupilsFile } from '../../../core/school/imports/pending/testing/pupils-file.ts';
import { zipped } from '../../../core/school/imports/testing/reading.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

let town: CodeTown;
let visits: Visits;
beforeAll(async () => {
  town = await openCodeTown();
  visits = await openVisits(town);
});
afterAll(async () => {
  await visits?.close();
  await town?.close();
});

/** Presses without a reason: the same page comes, refused, and its field says what it lacks. */
async function lacks(page: PlainPage, button: string, field: string): Promise<void> {
  await page.click(button);
  expect(page.came.status()).toBe(422);
  expect(await page.locator(`${field}[aria-invalid="true"]`).count()).toBe(1);
  expect(await text(page, `${field}-trouble`)).toContain('Écrivez pourquoi, en quelques mots.');
  expect(await pageFaults(page, button)).toEqual([]);
}

const withNour = (school: SchoolId) =>
  pupilsFile(town.store, school, (all) => [...all, { name: 'Nour Nouveau', className: 'CP' }]);

it('an agent who gives no reason is asked for it where it is to be typed: a draft, an import', async () => {
  const { school } = await town.viewer('beatrice.vasseur');
  const page = await visits.read('hugues.armand', `/roster/${school}`);
  const { bytes } = await withNour(school);
  await page.setInputFiles('#f', { name: 'eleves.csv', mimeType: 'text/csv', buffer: bytes });
  await page.click('text=Voir ce qui changera');
  await lacks(page, '.bar .main', '#why');
  await page.fill('#why', 'Arrivée');
  await page.click('.bar .main');
  expect(await text(page, 'h1')).toBe('C’est fait');
  await lacks(page, 'button.no', '#why');
  await lacks(page, '[aria-labelledby="co"] button', '#why-codes');
  await page.fill('#why', 'Fichier de juin');
  await page.click('button.no');
  expect(await text(page)).toContain('Tout est comme avant.');
});

it('so is one who applies the lists of a whole town, or makes its codes', SOAKED, async () => {
  const { pendingImports: imports } = town.core;
  const agent = await town.viewer('hugues.armand');
  const [school] = await imports.schools(agent);
  const id = school?.id ?? TOWN;
  const year = (await imports.ofSchool(agent, id))?.runningYear ?? '';
  const { bytes } = await withNour(id);
  const files = zipped([{ name: `${school?.slug}/eleves.csv`, bytes }]);
  const given = await imports.uploadTown(agent, { year, file: { name: 'v.zip', bytes: files } });
  const batch = given?.kind === 'draft' ? given.id : 0;
  const state = async () => (await imports.batch(agent, batch))?.state;
  await expect.poll(state, { timeout: 10_000 }).toBe('open');
  const page = await visits.read('hugues.armand', `/roster/town/${batch}`);
  await lacks(page, '.bar .main', '#why');
  await page.fill('#why', 'Rentrée');
  await page.click('.bar .main');
  await expect.poll(state, { timeout: 10_000 }).toBe('over');
  await page.goto(`${visits.base}/roster/town/${batch}`);
  await lacks(page, '[aria-labelledby="co"] button', '#why-codes');
});
