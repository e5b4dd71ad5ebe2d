import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { SchoolId } from '../../ground/ids.ts';
import type { ApplyOutcome, PreviewOutcome } from './contract.ts';
import { csv, pupil, wishOf } from './testing/school-files.ts';
import { openSchools, previewOf } from './testing/schools.ts';

/** What a file must not bring in silence: a town's people, and columns that nobody reads. */
const { store, rosters, freshSchool } = await openSchools(8, '2026-10-05T08:00:00Z');

const letters = (number: number): string =>
  [...String(number).padStart(5, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
const many = (school: number, count: number) =>
  csv.pupils(
    Array.from({ length: count }, (_, index) =>
      pupil(`Enfant${letters(index)} Foule${letters(school)}`, `CP ${index % 40}`, {
        birthDate: `20${10 + (index % 9)}-0${1 + (index % 9)}-1${index % 9}`,
      }),
    ),
  );
const stopsOf = (answer: PreviewOutcome | ApplyOutcome) => previewOf(answer as ApplyOutcome).stops;

it(
  'the first list of a school without pupils comes in without a word, up to a thousand people',
  SOAKED,
  async () => {
    const school = freshSchool();
    expect(stopsOf(await rosters.preview(wishOf(school, [many(school, 1_000)])))).toEqual([]);
    expect(stopsOf(await rosters.preview(wishOf(school, [many(school, 1_001)])))).toEqual([
      { kind: 'many-arrive', arriving: 1_001, of: 0 },
    ]);
  },
);

it('a file that brings over three times a school asks for the number, and no other number lets it through', async () => {
  const school = freshSchool();
  const own = Array.from({ length: 8 }, (_, index) =>
    pupil(`Eleve${letters(index)} Ici${letters(school)}`, 'CE1', {
      birthDate: `2017-0${index + 1}-02`,
    }),
  );
  await rosters.apply(wishOf(school, [csv.pupils(own)]));
  const with_ = (count: number) => [
    { ...csv.pupils(own), name: 'ici.csv' },
    { ...many(school, count), name: 'foule.csv' },
  ];
  expect(stopsOf(await rosters.preview(wishOf(school, with_(24))))).toEqual([]);
  const stopped = await rosters.apply(wishOf(school, with_(25)));
  expect([stopped.kind, stopsOf(stopped)]).toEqual([
    'stopped',
    [{ kind: 'many-arrive', arriving: 25, of: 8 }],
  ]);
  expect((await rosters.apply(wishOf(school, with_(25), { arrivals: 24 }))).kind).toBe('stopped');
  expect((await rosters.apply(wishOf(school, with_(25), { arrivals: 25 }))).kind).toBe('applied');
});

it('each column that nothing is read from is named, a role and a school above all', async () => {
  const school = freshSchool();
  const text = [
    'Nom élève;Prénom élève;Date naissance;Libellé classe;Rôle;École;Cantine; ',
    'LUNEL;Maya;2018-05-04;CP;admin;Zola;oui;x',
  ].join('\r\n');
  const file = { name: 'eleves.csv', bytes: Buffer.from(text, 'latin1') };
  expect(
    previewOf((await rosters.preview(wishOf(school, [file]))) as ApplyOutcome).leftAside,
  ).toEqual([
    { file: 'eleves.csv', column: 'Rôle', about: 'role' },
    { file: 'eleves.csv', column: 'École', about: 'school' },
    { file: 'eleves.csv', column: 'Cantine', about: null },
  ]);
});

it('a file that names another school’s national code is that school’s, from the first import on', async () => {
  const school = freshSchool();
  const text = [
    'UAI;Nom élève;Prénom élève;Date naissance;Libellé classe',
    '0691230M;LUNEL;Nino;2018-05-04;CP',
  ];
  const file = { name: 'eleves.csv', bytes: Buffer.from(text.join('\r\n'), 'latin1') };
  await setUai(school, '0691231N');
  expect(stopsOf(await rosters.preview(wishOf(school, [file])))).toEqual([
    { kind: 'other-school' },
  ]);
  await setUai(school, '0691230M');
  expect(stopsOf(await rosters.preview(wishOf(school, [file])))).toEqual([]);
});

async function setUai(school: SchoolId, uai: string): Promise<void> {
  await store.town((tx) =>
    tx.db.updateTable('school').set({ uai }).where('id', '=', school).execute(),
  );
}
