import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCodeTown, type CodeTown } from '../../../core/entry/accounts/testing/code-town.ts';
import { pupilsFile } from '../../../core/school/imports/pending/testing/pupils-file.ts';
import { csv, pupil } from '../../../core/school/imports/testing/school-files.ts';
import { updateSchool } from '../../../core/store/town/schools.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
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

it('a school that has ended says why its list can’t be imported; reopened, the list is as it was', async () => {
  const { school } = await town.viewer('beatrice.vasseur');
  const close = (day: string | null) =>
    town.store.town((tx) => updateSchool(tx, school, { closesOn: day }));
  const ended = 'Cette école ferme le lundi 5 janvier 2026';
  const page = await visits.read('hugues.armand', `/roster/${school}`);
  const { bytes } = csv.pupils([pupil('Nour Nouveau', 'CP', { birthDate: '2019-05-04' })]);
  await page.setInputFiles('#f', { name: 'eleves.csv', mimeType: 'text/csv', buffer: bytes });
  await page.click('text=Voir ce qui changera');
  expect(await text(page)).toContain('Rien n’est encore changé.');
  const draft = page.url();
  await close('2026-01-05');
  await page.reload();
  expect(await text(page, '.banner.stop')).toContain(ended);
  expect(await pageFaults(page, 'school-ended')).toEqual([]);
  await close(null);
  await page.goto(draft);
  expect(await text(page)).toContain('Rien n’est encore changé.');
  await page.fill('#why', 'Arrivée');
  await close('2026-01-05');
  await page.click('.bar .main');
  expect(await text(page, '.banner.stop')).toContain(ended);
  await page.click('text=Abandonner');
  expect(new URL(page.url()).pathname).toBe(`/roster/${school}`);
  expect(await text(page, '.banner.stop')).toContain(ended);
  expect(await page.locator('#f').count()).toBe(0);
  await close(null);
  await page.reload();
  expect(await page.locator('#f').count()).toBe(1);
});

it(
  'a draft about which somebody has said more since is shown anew before it is applied',
  SOAKED,
  async () => {
    const head = await town.viewer('beatrice.vasseur');
    const { bytes } = await pupilsFile(town.store, head.school, (all) => [
      ...all,
      { name: 'Maya Lunel', className: 'CP' },
    ]);
    const page = await visits.read('hugues.armand', `/roster/${head.school}`);
    await page.setInputFiles('#f', { name: 'eleves.csv', mimeType: 'text/csv', buffer: bytes });
    await page.click('text=Voir ce qui changera');
    const id = Number(new URL(page.url()).pathname.split('/').at(-1));
    const choices = { arrivals: 1 };
    expect(await town.core.pendingImports.choose(head, head.school, { id, choices })).toBe(true);
    await page.fill('#why', 'Arrivée');
    await page.click('.bar .main');
    expect(await text(page, '.banner.stop')).toContain('quelqu’un a complété cet import');
    await page.fill('#why', 'Arrivée');
    await page.click('.bar .main');
    expect(await text(page, 'h1')).toBe('C’est fait');
  },
);
