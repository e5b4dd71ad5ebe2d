import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOAKED } from '../../../../tests/shared/slice.ts';
import { openCodeTown, type CodeTown } from '../../../entry/accounts/testing/code-town.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { ondePupilsCsv } from '../testing/onde-csv.ts';
import { zipped } from '../testing/reading.ts';
import { csv, pupil } from '../testing/school-files.ts';
import type { PendingImports } from './contract.ts';

/** Files of a town whose school can't be told, or is told by a column. */
let town: CodeTown;
let imports: PendingImports;
let agent: Viewer;
let head: Viewer;
let year = '';

beforeAll(async () => {
  town = await openCodeTown();
  imports = town.core.pendingImports;
  agent = await town.viewer('hugues.armand');
  head = await town.viewer('mamadou.diallo');
  year = (await imports.ofSchool(head, head.school))?.runningYear ?? '';
});
afterAll(() => town?.close());

async function uploaded(files: readonly { readonly name: string; readonly bytes: Buffer }[]) {
  const given = await imports.uploadTown(agent, {
    year,
    file: { name: 'ville.zip', bytes: zipped(files) },
  });
  const id = given?.kind === 'draft' ? given.id : 0;
  for (let each = 0; each < 200; each += 1) {
    const batch = await imports.batch(agent, id);
    if (batch?.state === 'open') return batch;
    await sleep(50);
  }
  throw new Error('never read');
}

const list = (name: string) => csv.pupils([pupil(name, 'CP des lunes')]).bytes;

it('files of an unknown school, or of one of two, wait for an agent to say whose they are; the others don’t', async () => {
  const schools = await imports.schools(agent);
  const [one, two] = schools;
  await town.store.town((tx) =>
    tx.db
      .updateTable('school')
      .set({ name: 'École Deux Fois' })
      .where('id', 'in', [one?.id ?? (0 as SchoolId), two?.id ?? (0 as SchoolId)])
      .execute(),
  );
  const third = schools[2];
  const batch = await uploaded([
    { name: 'Deux Fois/CSVExtraction.csv', bytes: list('Aya Benamar') },
    { name: 'nulle part/CSVExtraction.csv', bytes: list('Omar Belkacem') },
    { name: `${third?.slug}/CSVExtraction.csv`, bytes: list('Zoé Lunel') },
  ]);
  expect(batch.schools.map(({ school }) => school.slug)).toEqual([third?.slug]);
  expect(batch.strays.map(({ name, mayBe }) => [name, mayBe.length])).toEqual([
    ['Deux Fois', 2],
    ['nulle part', 0],
  ]);
  const [first] = batch.strays;
  const stray = { batch: batch.id, draft: first?.draft ?? 0, school: one?.id ?? (0 as SchoolId) };
  expect(await imports.placeStray(head, stray)).toBe(false);
  expect(await imports.placeStray(agent, stray)).toBe(true);
  expect(await imports.placeStray(agent, stray)).toBe(false);
  const after = await imports.batch(agent, batch.id);
  expect(after?.strays.map(({ name }) => name)).toEqual(['nulle part']);
  expect(after?.schools.find(({ school }) => school.id === one?.id)?.outcome?.kind).toMatch(
    /ready|asks/,
  );
});

it(
  'files placed in a school that has some in the batch join them, whoever places them once',
  SOAKED,
  async () => {
    const [, , school] = await imports.schools(agent);
    const id = school?.id ?? (0 as SchoolId);
    const batch = await uploaded([
      { name: `${school?.slug}/CSVExtraction.csv`, bytes: list('Aya Benamar') },
      { name: 'ailleurs/CSVExtraction.csv', bytes: list('Omar Belkacem') },
    ]);
    const before = batch.schools[0]?.draft ?? 0;
    const stray = { batch: batch.id, draft: batch.strays[0]?.draft ?? 0, school: id };
    const placed = await Promise.all([
      imports.placeStray(agent, stray),
      imports.placeStray(agent, stray),
    ]);
    expect(placed.toSorted()).toEqual([false, true]);
    const after = await imports.batch(agent, batch.id);
    expect(after?.schools.map(({ draft }) => draft)).toEqual([before]);
    expect(await arrivingIn(id, before)).toEqual([
      'CSVExtraction.csv:2 Aya Benamar',
      'ailleurs/CSVExtraction.csv:2 Omar Belkacem',
    ]);
  },
);

it(
  'files that join a school’s own ask which column is which, and lose nothing of either',
  SOAKED,
  async () => {
    const [, , school] = await imports.schools(agent);
    const id = school?.id ?? (0 as SchoolId);
    const batch = await uploaded([
      { name: `${school?.slug}/CSVExtraction.csv`, bytes: list('Aya Benamar') },
      { name: 'autre/liste.csv', bytes: Buffer.from('A;B;C\r\nBelkacem;Omar;CP des lunes\r\n') },
      { name: 'encore/CSVExtraction.csv', bytes: list('Zoé Lunel') },
    ]);
    const draft = batch.schools[0]?.draft ?? 0;
    for (const stray of batch.strays)
      expect(
        await imports.placeStray(agent, { batch: batch.id, draft: stray.draft, school: id }),
      ).toBe(true);
    const asked = await imports.draft(agent, id, draft);
    const header = asked?.kind === 'columns' ? asked.header : '';
    const mapping = {
      ...{ of: 'pupils' as const, familyName: 'A', givenName: 'B', className: 'C' },
      ...{ usedName: null, birthDate: null, ine: null, level: null },
    };
    await imports.choose(agent, id, { id: draft, choices: { mappings: { [header]: mapping } } });
    expect(await arrivingIn(id, draft)).toEqual([
      'CSVExtraction.csv:2 Aya Benamar',
      'autre/liste.csv:2 Omar Belkacem',
      'encore/CSVExtraction.csv:2 Zoé Lunel',
    ]);
  },
);

async function arrivingIn(school: SchoolId, draft: number): Promise<readonly string[]> {
  const shown = await imports.draft(agent, school, draft);
  const arrives = shown?.kind === 'preview' ? shown.preview.arrives : [];
  return arrives.map(({ name, at }) => `${at?.file}:${at?.line} ${name}`).toSorted();
}

it('a table with a column of national codes is split by it', async () => {
  const schools = (await imports.schools(agent)).slice(0, 2);
  const codes = ['0691230M', '0691231N'];
  await town.store.town(async (tx) => {
    for (const [at, { id }] of schools.entries())
      await tx.db
        .updateTable('school')
        .set({ uai: codes[at] ?? null })
        .where('id', '=', id)
        .execute();
  });
  const [header = '', ...rows] = ondePupilsCsv([
    pupil('Maya Lunel', 'CP des lunes'),
    pupil('Nino Lunel', 'CP des lunes'),
    pupil('Otis Lunel', 'CP des lunes'),
  ])
    .trim()
    .split('\r\n');
  const table = [
    `UAI;${header}`,
    ...rows.map((row, at) => `${[...codes, '0699999X'][at]};${row}`),
  ].join('\r\n');
  const batch = await uploaded([{ name: 'toutes.csv', bytes: Buffer.from(table, 'latin1') }]);
  expect(batch.strays.map(({ name }) => name)).toEqual(['toutes.csv (0699999X)']);
  expect(batch.schools).toHaveLength(2);
  for (const { school, draft } of batch.schools) {
    const shown = await imports.draft(agent, school.id, draft ?? 0);
    const arrives = shown?.kind === 'preview' ? shown.preview.arrives : [];
    expect(arrives.map(({ name, at }) => `${at?.line} ${name}`)).toEqual([
      school.id === schools[0]?.id ? '2 Maya Lunel' : '3 Nino Lunel',
    ]);
  }
});
