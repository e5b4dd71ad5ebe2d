import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SchoolId, TOWN } from '../../../core/ground/ids.ts';
import { townFiles, type OndeTownSize } from '../../../core/school/imports/testing/onde.ts';
import { zipped } from '../../../core/school/imports/testing/reading.ts';
import type { Store } from '../../../core/store/store.ts';

/**
 * A town's lists with the traps of real exports: namesakes, twins, one guardian twice, Latin-1,
 * footers, apostrophes, double levels, empty national numbers; and schools that are told by a
 * folder's name, a national code, an archive, a file's name or a column of the table.
 */
export interface TrappedSchool {
  readonly id: SchoolId;
  readonly slug: string;
  readonly name: string;
  readonly uai: string;
  /** Whether one line of its guardians may be two people. */
  readonly inDoubt: boolean;
}

const FIRST_UAI = 690_0001;
const CHECK_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const LAYOUTS = ['code', 'name', 'archive', 'files'] as const;
const EMAIL = 8;
const PHONE = 11;

interface Written {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Writes the town into a folder, the same for the same size; gives its schools in order. */
export function writeTrappedTown(folder: string, size: OndeTownSize): readonly TrappedSchool[] {
  const schools: TrappedSchool[] = [];
  const inOneTable: string[] = [];
  for (const files of townFiles(size)) {
    const index = schools.length;
    const school = schoolAt(index);
    schools.push(school);
    const pupils = trappedPupils(files.pupils.toString('latin1'), school);
    const guardians = trappedGuardians(files.guardians.toString('latin1'), school);
    // The last two have one table of pupils, with a column that says whose each is.
    const isTogether = index >= size.schools - 2;
    if (isTogether)
      inOneTable.push(withCodes(pupils, { code: school.uai, first: inOneTable.length === 0 }));
    write(folder, school, {
      layout: isTogether ? 'files' : (LAYOUTS[index % LAYOUTS.length] ?? 'code'),
      files: [
        ...(isTogether ? [] : [latin1('CSVExtraction-eleves.csv', pupils)]),
        latin1('CSVExtraction-responsables.csv', guardians),
        { name: 'enseignants.csv', bytes: files.teachers },
      ],
    });
  }
  writeFileSync(join(folder, 'tableau.csv'), latin1('', inOneTable.join('')).bytes);
  return schools;
}

function schoolAt(index: number): TrappedSchool {
  const digits = FIRST_UAI + index;
  return {
    id: (index + 1) as SchoolId,
    slug: `ecole-${index + 1}`,
    name: `École ${index + 1}`,
    uai: `${String(digits).padStart(7, '0')}${CHECK_LETTERS[digits % CHECK_LETTERS.length]}`,
    inDoubt: index % 2 === 0,
  };
}

function write(
  folder: string,
  { uai, name, slug }: TrappedSchool,
  { layout, files }: { layout: (typeof LAYOUTS)[number]; files: readonly Written[] },
): void {
  switch (layout) {
    case 'archive':
      writeFileSync(join(folder, `${slug}.zip`), zipped(files));
      return;
    case 'files':
      for (const one of files)
        writeFileSync(join(folder, one.name.replace('.csv', `_${uai}.csv`)), one.bytes);
      return;
    case 'code':
    case 'name': {
      const own = join(folder, layout === 'code' ? uai : name);
      mkdirSync(own, { recursive: true });
      for (const one of files) writeFileSync(join(own, one.name), one.bytes);
    }
  }
}

function latin1(name: string, text: string): Written {
  return { name, bytes: Buffer.from(text, 'latin1') };
}

const linesOf = (text: string): string[] => text.split('\r\n').filter((line) => line !== '');
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');

/** A twin of the first child, an apostrophe in a name, and a footer. */
function trappedPupils(text: string, { slug }: TrappedSchool): string {
  const [header = '', first = '', ...others] = linesOf(text);
  const twin = first.split(';');
  twin[2] = 'Jumelle';
  twin[5] = '';
  const odd = first.split(';');
  odd[0] = `N'DIAYE ${slug.slice(-2).toUpperCase()}`;
  odd[2] = 'Zoé';
  odd[5] = '';
  const rows = [first, ...others, twin.join(';'), odd.join(';')];
  return textOf([header, ...rows, `Nombre d'élèves : ${rows.length}`]);
}

/** The same guardian twice; in some schools one of another mail address, for the same child. */
function trappedGuardians(text: string, { inDoubt }: TrappedSchool): string {
  const [header = '', first = '', second = '', ...others] = linesOf(text);
  const namesake = first.split(';');
  namesake[EMAIL] = `autre.${namesake[EMAIL] ?? ''}`;
  namesake[PHONE] = '';
  return textOf([
    header,
    first,
    second,
    ...others,
    second,
    ...(inDoubt ? [namesake.join(';')] : []),
  ]);
}

function withCodes(text: string, { code, first }: { code: string; first: boolean }): string {
  const [header = '', ...rows] = linesOf(text).filter((line) => !line.startsWith('Nombre'));
  return textOf([...(first ? [`UAI;${header}`] : []), ...rows.map((row) => `${code};${row}`)]);
}

/** Puts the schools into an empty store, with nobody in them. */
export async function openTrappedTown(
  store: Store,
  schools: readonly TrappedSchool[],
): Promise<void> {
  const town = { id: TOWN, slug: 'ville', name: 'La ville', uai: null };
  await store.town((tx) =>
    tx.db
      .insertInto('school')
      .values(
        [town, ...schools].map(({ id, slug, name, uai }) => ({
          id,
          slug,
          name,
          uai,
          commune_id: null,
          domain: null,
          opening: null,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}
