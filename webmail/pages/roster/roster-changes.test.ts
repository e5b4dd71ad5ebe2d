import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCodeTown, type CodeTown } from '../../../core/entry/accounts/testing/code-town.ts';
import type { RosterFile } from '../../../core/roster/reading/contract.ts';
import type { Viewer } from '../../../core/rules/viewer.ts';
import { csv, pupil, teacher } from '../../../core/school/imports/testing/school-files.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

let town: CodeTown;
let visits: Visits;
let head: Viewer;
beforeAll(async () => {
  town = await openCodeTown();
  visits = await openVisits(town);
  head = await town.viewer('mamadou.diallo');
  const draft = await given([
    csv.pupils([pupil('Maëlle Quernec', 'CP des hermines', { birthDate: '2019-01-11' })]),
    csv.teachers([teacher('Annick Le Goff', ['CP des hermines'], { email: 'a.legoff@ac.fr' })]),
  ]);
  const choices = { retyped: draft.leaving };
  await town.core.pendingImports.choose(head, head.school, { id: draft.id, choices });
  const applied = await town.core.pendingImports.apply(head, head.school, {
    id: draft.id,
    reason: '',
  });
  expect(applied).toMatchObject({ kind: 'applied' });
});
afterAll(async () => {
  await visits?.close();
  await town?.close();
});

/** A draft of these files, and how many would leave by it. */
async function given(files: readonly RosterFile[]): Promise<{ id: number; leaving: number }> {
  const imports = town.core.pendingImports;
  const year = (await imports.ofSchool(head, head.school))?.runningYear ?? '';
  const kept = await imports.upload(head, head.school, { year, files });
  const id = kept?.kind === 'draft' ? kept.id : 0;
  const shown = await imports.draft(head, head.school, id);
  const stops = shown?.kind === 'preview' ? shown.preview.stops : [];
  const many = stops.find((stop) => stop.kind === 'many-leave');
  return { id, leaving: many?.leaving ?? 0 };
}

it('another level and another civility are said before, when done, in the list of imports and in the report', async () => {
  const one = { birthDate: '2019-01-11', level: 'CE1' };
  const lady = { email: 'a.legoff@ac.fr', title: 'M.' };
  const { id } = await given([
    csv.pupils([pupil('Maëlle Quernec', 'CP des hermines', one)]),
    csv.teachers([teacher('Annick Le Goff', ['CP des hermines'], lady)]),
  ]);
  const page = await visits.read('mamadou.diallo', `/roster/${head.school}/draft/${id}`);
  expect(await text(page, '.sums')).toContain('2changements');
  const changes = () => text(page, '#chg');
  expect(await changes()).toContain('1 changement de niveau');
  expect(await changes()).toContain('Maëlle QuernecCPCE1');
  expect(await changes()).toContain('Annick Le Goffcivilité : M.');
  expect(await pageFaults(page, 'roster-levels')).toEqual([]);
  await page.click('text=Appliquer les 2 changements');
  expect(await text(page)).toContain('1 changement de niveau, 1 civilité corrigée');
  expect(await changes()).toContain('Maëlle QuernecCPCE1');
  const done = Number(/import\/(\d+)/.exec(page.url())?.[1]);
  const report = await town.core.pendingImports.report(head, head.school, done);
  expect(report?.csv.toString()).toContain('niveau changé,élève,Maëlle Quernec');
  expect(report?.csv.toString()).toContain('"CE1, avant\u00a0: CP"');
  expect(report?.csv.toString()).toContain('civilité corrigée,adulte,Annick Le Goff');
  await page.goto(`/roster/${head.school}`);
  expect(await text(page)).toContain('1 changement de niveau, 1 civilité corrigée');
});
