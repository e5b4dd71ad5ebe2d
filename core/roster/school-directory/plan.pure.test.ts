import { describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import type { SchoolId } from '../../ground/ids.ts';
import type { RosterFile } from '../reading/contract.ts';
import { readOneTable } from '../reading/read.ts';
import { isUnreadable } from '../reading/trouble.ts';
import type { SchoolColumns } from './columns.ts';
import {
  NO_SCHOOL_CHOICES,
  planCounts,
  planSchools,
  type KnownSchool,
  type KnownTown,
  type SchoolChoices,
  type SchoolPlan,
} from './plan.ts';
import { readSchools, type SchoolList } from './read-schools.ts';
import { annuaire, annuaireCsv, annuaireLatin1, annuaireWorkbook } from './testing/annuaire.ts';

const EMPTY: KnownTown = { communes: [], schools: [] };

async function read(file: RosterFile, columns: SchoolColumns | null = null) {
  const table = readOneTable([file]);
  return isUnreadable(table) ? table : readSchools(table, columns);
}

async function schoolsOf(file: RosterFile): Promise<SchoolList> {
  const found = await read(file);
  if (found.kind === 'unreadable') throw new Error(found.reason);
  return found;
}

const csv = (...lines: readonly string[]): RosterFile => ({
  name: 'annuaire.csv',
  bytes: Buffer.from(lines.join('\n')),
});
const HEADER =
  'Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Code_commune;Nom_commune;Adresse;Code_postal;Mail;etat';
const BRON = { id: 1, slug: 'bron', name: 'Bron', code: '69029' };
const school = (id: number, uai: string | null, name: string): KnownSchool => ({
  id: id as SchoolId,
  slug: `ecole-${id}`,
  name,
  uai,
  commune: 1,
  closesOn: null,
});

describe('the file of a whole town', () => {
  const made = annuaire();
  const keys = made.communes.map(({ code }) => code);
  const chosen: SchoolChoices = { ...NO_SCHOOL_CHOICES, communes: keys };
  const files: readonly [string, () => Promise<RosterFile>][] = [
    ['UTF-8', async () => ({ name: 'a.csv', bytes: annuaireCsv(made.rows) })],
    ['Latin-1', async () => ({ name: 'a.csv', bytes: annuaireLatin1(made.rows) })],
    ['a workbook', async () => ({ name: 'a.xlsx', bytes: await annuaireWorkbook(made.rows) })],
  ];

  const { some, rest } = sliced(3, files);
  it.each(some)('in %s gives its 128 schools among 1,500 other lines', givesAll);
  it.each(rest)('in %s gives its 128 schools among 1,500 other lines', SOAKED, givesAll);

  async function givesAll(_form: string, fileOf: () => Promise<RosterFile>): Promise<void> {
    const found = await schoolsOf(await fileOf());
    expect(found.lines).toBe(1_628);
    const plan = planSchools(found.schools, EMPTY, chosen);
    expect(planCounts(plan)).toEqual({
      communes: 20,
      new: 128,
      renamed: 0,
      elsewhere: 0,
      numbered: 0,
      closed: 0,
      unchanged: 0,
      doubts: 0,
    });
    const plain = (name: string) => name.replace(/’/g, "'").replace(/œ/g, 'oe').replace(/Œ/g, 'OE');
    const byUai = new Map(plan.schools.map((one) => [one.uai, one]));
    for (const row of made.schools) {
      const planned = byUai.get(row.uai);
      if (planned?.kind !== 'new') throw new Error(`${row.uai} is not new`);
      expect(plain(planned.name)).toBe(plain(row.name));
      expect(planned.commune).toMatchObject({ name: row.commune, code: row.communeCode });
      expect(planned.slugTrouble).toBeNull();
    }
  }

  it('says of each other line why it is left aside', async () => {
    const found = await schoolsOf({ name: 'a.csv', bytes: annuaireCsv(made.rows) });
    const plan = planSchools(found.schools, EMPTY, chosen);
    const others = found.aside.types.reduce((sum, { count }) => sum + count, 0);
    const { otherCommunes, closed } = plan.aside;
    expect(others + found.aside.privateSchools + otherCommunes + closed).toBe(1_500);
    expect(found.aside.types.map(({ type }) => type)).toContain('Collège');
  });

  it('takes communes by name as well, and tells those that it hasn’t', async () => {
    const found = await schoolsOf({ name: 'a.csv', bytes: annuaireCsv(made.rows) });
    const communes = [...made.communes.map(({ name }) => name.toUpperCase()), 'Nulle-Part'];
    const plan = planSchools(found.schools, EMPTY, { ...NO_SCHOOL_CHOICES, communes });
    expect(planCounts(plan).new).toBe(128);
    expect(plan.unknownCommunes).toEqual(['Nulle-Part']);
  });

  it('takes no school while no commune is chosen', async () => {
    const found = await schoolsOf({ name: 'a.csv', bytes: annuaireCsv(made.rows) });
    const plan = planSchools(found.schools, EMPTY, NO_SCHOOL_CHOICES);
    expect(plan.schools).toEqual([]);
    expect(plan.communes).toHaveLength(80);
  });
});

describe('against the schools that are here', () => {
  const line = (uai: string, name: string, more = 'Ecole;69029;Bron;;;;OUVERT') =>
    `${uai};${name};${more}`;
  const town: KnownTown = {
    communes: [BRON],
    schools: [
      school(1, '0690026D', 'École Jean Moulin'),
      school(2, '0690027E', 'École Curie'),
      school(3, null, 'École Pasteur'),
      school(4, null, 'École Double'),
      school(5, null, 'École double'),
      school(6, '0690031J', 'École oubliée'),
    ],
  };
  const planned = async (
    lines: readonly string[],
    choices: SchoolChoices = NO_SCHOOL_CHOICES,
  ): Promise<SchoolPlan> =>
    planSchools((await schoolsOf(csv(HEADER, ...lines))).schools, town, choices);
  const kinds = ({ schools, doubts }: SchoolPlan): string[] => [
    ...schools.map((one) => {
      if (one.kind !== 'changed') return `${one.line} ${one.kind}`;
      const { isRenamed, isElsewhere, isNumbered } = one;
      const what = [isRenamed && 'renamed', isElsewhere && 'elsewhere', isNumbered && 'numbered'];
      return `${one.line} ${what.filter(Boolean).join(' ')}`;
    }),
    ...doubts.map(({ line, why }) => `${line} ${why}`),
  ];

  it.each<{ when: string; lines: string[]; then: string[] }>([
    { when: 'the same', lines: [line('0690026D', 'École Jean Moulin')], then: ['2 unchanged'] },
    { when: 'another name', lines: [line('0690026D', 'École Moulin')], then: ['2 renamed'] },
    {
      when: 'another commune, not chosen',
      lines: [line('0690026D', 'École Jean Moulin', 'Ecole;69259;Vénissieux;;;;OUVERT')],
      then: ['2 elsewhere'],
    },
    {
      when: 'both',
      lines: [line('0690026D', 'École Moulin', 'Ecole;69259;Vénissieux;;;;OUVERT')],
      then: ['2 renamed elsewhere'],
    },
    {
      when: 'closed in the file',
      lines: [line('0690026D', 'École Jean Moulin', 'Ecole;69029;Bron;;;;FERME')],
      then: ['2 closed'],
    },
    {
      when: 'soon closed in the file',
      lines: [line('0690026D', 'École Jean Moulin', 'Ecole;69029;Bron;;;;A FERMER')],
      then: ['2 unchanged'],
    },
    {
      when: 'known by its name alone',
      lines: [line('0690028F', 'ECOLE PASTEUR')],
      then: ['2 renamed numbered'],
    },
    {
      when: 'two here of one name',
      lines: [line('0690028F', 'École Double')],
      then: ['2 name-of-two'],
    },
    {
      when: 'two lines of a name that is one school’s here',
      lines: [line('0690028F', 'École Pasteur'), line('0690029G', 'École Pasteur')],
      then: ['2 name-of-two', '3 name-of-two'],
    },
    {
      when: 'a number twice',
      lines: [line('0690026D', 'École A'), line('0690026D', 'École B')],
      then: ['2 uai-twice', '3 uai-twice'],
    },
    { when: 'a wrong letter', lines: [line('0690026E', 'École A')], then: ['2 uai-letter'] },
    { when: 'no number', lines: [line('', 'École A')], then: ['2 uai-missing'] },
    { when: 'no name', lines: [line('0690028F', ' ')], then: ['2 name-missing'] },
    {
      when: 'no commune',
      lines: [line('0690028F', 'École A', 'Ecole;;;;;;OUVERT')],
      then: ['2 commune-missing'],
    },
    {
      when: 'letters lost',
      lines: [line('0690028F', 'Ã‰cole A')],
      then: ['2 cell-unreadable'],
    },
    {
      when: 'a name that is too long',
      lines: [line('0690028F', 'É'.repeat(101))],
      then: ['2 cell-unreadable'],
    },
    { when: 'a collège', lines: [line('0690028F', 'Curie', 'Collège;69029;Bron;;;;')], then: [] },
    {
      when: 'an unknown commune, not chosen',
      lines: [line('0690028F', 'École A', 'Ecole;69259;Vénissieux;;;;OUVERT')],
      then: [],
    },
    {
      when: 'the name of a school without number, in a commune that isn’t here',
      lines: [line('0690028F', 'École Pasteur', 'Ecole;69259;Vénissieux;;;;OUVERT')],
      then: [],
    },
    { when: 'a new one', lines: [line('0690028F', 'École A')], then: ['2 new'] },
  ])('$when', async ({ lines, then }) => expect(kinds(await planned(lines))).toEqual(then));

  it('names the schools of its communes that the file doesn’t have', async () => {
    const plan = await planned([line('0690026D', 'École Jean Moulin')]);
    expect(plan.unnamed.map(({ id }) => id)).toEqual([2, 3, 4, 5, 6]);
  });

  it('holds short names written by hand against all others', async () => {
    const three = ['0690028F', '0690029G', '0690030H'].map((uai) => line(uai, 'École Neuve'));
    const shortNames = { '0690028F': 'ecole-1', '0690029G': 'Neuve ', '0690030H': 'mal écrit' };
    const { schools } = await planned(three, { ...NO_SCHOOL_CHOICES, shortNames });
    expect(schools.map((one) => one.kind === 'new' && [one.slug, one.slugTrouble])).toEqual([
      ['ecole-1', 'taken'],
      ['neuve', null],
      ['mal écrit', 'shape'],
    ]);
  });

  it('closes a school on the day that was chosen, and no other', async () => {
    const closed = (uai: string) => line(uai, 'École', 'Ecole;69029;Bron;;;;FERME');
    const { schools } = await planned([closed('0690026D'), closed('0690027E')], {
      ...NO_SCHOOL_CHOICES,
      closings: { '0690026D': '2027-07-07' },
    });
    expect(schools.map((one) => one.kind === 'closed' && one.closesOn)).toEqual([
      '2027-07-07',
      null,
    ]);
  });
});

describe('a table of no known headers', () => {
  const file = csv('Numéro;Titre;Ville', '0690026D;École Jean Moulin;Bron');
  const columns: SchoolColumns = {
    uai: 'Numéro',
    name: 'Titre',
    commune: 'Ville',
    communeCode: null,
    type: null,
    state: null,
    sector: null,
  };

  it('asks for its columns, and is read by them', async () => {
    expect(await read(file)).toMatchObject({ kind: 'unreadable', reason: 'header-unknown' });
    expect(await read(file, columns)).toMatchObject({
      schools: [{ uai: '0690026D', name: 'École Jean Moulin', commune: 'Bron', doubt: null }],
    });
  });

  it('may have no codes of communes, or lack their first 0', async () => {
    const code = async (typed: string) => {
      const found = await schoolsOf(csv(HEADER, `0690026D;École A;Ecole;${typed};Bron;;;;`));
      return found.schools[0]?.communeCode;
    };
    expect(await code('')).toBeNull();
    expect(await code('69029')).toBe('69029');
    expect(await code('1004')).toBe('01004');
    expect(await code('2a004')).toBe('2A004');
    expect(await code('Bron')).toBeNull();
  });

  it('says which column isn’t there', async () =>
    expect(await read(file, { ...columns, name: 'Nom' })).toMatchObject({
      reason: 'column-missing',
      at: { column: 'Nom' },
    }));
});
