import { describe, expect, it } from 'vitest';
import { ONDE_PUPILS_HEADER } from '../../school/imports/testing/onde-csv.ts';
import { fixture, mustRead, told, zipped } from '../../school/imports/testing/reading.ts';
import type { ColumnMapping } from './contract.ts';
import { openExport, readHeaders } from './read.ts';

const PUPILS: ColumnMapping = {
  of: 'pupils',
  familyName: 'Nom',
  givenName: 'Prénom',
  birthDate: 'Naissance',
  className: 'Classe',
  usedName: null,
  ine: null,
  level: null,
};
const named = (name: string, text: string, encoding: BufferEncoding = 'utf8') => [
  { name, bytes: Buffer.from(text, encoding) },
];
/** A line of ONDE's list with these cells and nothing else. */
const line = (cells: {
  family?: string;
  given?: string;
  born?: string;
  ine?: string;
  className?: string;
  address?: string;
}) =>
  [
    cells.family ?? 'MARTIN',
    '',
    cells.given ?? 'Léa',
    cells.born ?? '02/03/2020',
    'F',
    cells.ine ?? '',
    cells.address ?? '',
    ...Array<string>(8).fill(''),
    'CP',
    cells.className ?? 'CP',
    ...Array<string>(5).fill(''),
  ].join(';');
const onde = (...lines: string[]) =>
  named('eleves.csv', [ONDE_PUPILS_HEADER, ...lines].join('\r\n'));

describe('ONDE, pupils', () => {
  it('the current generation, with a footer, a homonym, and lines that are refused one by one', async () => {
    expect(await told(fixture('onde-eleves.csv'))).toEqual({
      format: 'onde-pupils',
      rows: [
        '2 Léa MARTIN 2020-03-02 1234567890A CP CP-CE1',
        "3 Zoé D'ALMEIDA (ROCHE) 2019-08-17 123456789AB CE1 CP-CE1",
        '4 Léa MARTIN 2020-11-09 CP CP-CE1',
        '6 <b>Tom</b> =CMD|CALC 2018-01-01 1234567894E CM1 CM1 A',
        '7 Jean Baptiste NGUYEN 2018-04-05 1234567895F CM1 CM1 A',
        '8 Anouk PETIT 2023-12-12 1234567896G PS',
      ],
      refused: [
        '5 birth-date-impossible 31/02/2019',
        '9 identity-missing ',
        '10 ine-malformed 1,23457E+10',
        '11 line-twice MARTIN Léa',
        "12 footer Nombre d'élèves : 10",
      ],
    });
    expect((await mustRead(fixture('onde-eleves.csv'))).classes).toEqual([
      { name: 'CP-CE1', levels: ['CP', 'CE1'] },
      { name: 'CM1 A', levels: ['CM1'] },
    ]);
  });

  it('the BE1D generation, quoted, without INE, with quotes and line ends in an address', async () => {
    expect(await told(fixture('onde-eleves-be1d.csv'))).toEqual({
      format: 'onde-pupils',
      rows: ['2 Noël MÜLLER 2018-08-17 CM2 CM2 B', '4 Fañch LE GOFF 2018-12-31 CM2 CM2 B'],
      refused: ['3 birth-date-impossible 2018-02-29'],
    });
  });

  it('as a spreadsheet leaves it: two byte order marks, capitals, typographic apostrophes, letters in pieces', async () => {
    const read = await mustRead(fixture('onde-eleves-tableur.csv'));
    expect([read.encoding, read.delimiter]).toEqual(['utf-8', ';']);
    expect(await told(fixture('onde-eleves-tableur.csv'))).toEqual({
      format: 'onde-pupils',
      rows: ['2 Cœur BŒUF 2020-03-02 1234567890A CP CP', '3 Zo\u00EB N’DIAYE 2020-05-06 CP CP'],
      refused: [],
    });
  });

  it.each<{ when: string; given: Parameters<typeof line>[0]; then: string }>([
    { when: 'a NUL', given: { family: 'MAR\0TIN' }, then: 'character-hidden' },
    { when: 'a control character', given: { given: 'L\x07éa' }, then: 'character-hidden' },
    { when: 'a direction mark', given: { given: 'L\u202Eéa' }, then: 'character-hidden' },
    { when: 'a zero-width space', given: { className: 'C\u200BP' }, then: 'character-hidden' },
    { when: 'half a letter', given: { given: 'L\uFFFDa' }, then: 'letters-lost' },
    { when: 'a wrong decoding', given: { given: 'LÃ©a' }, then: 'letters-lost' },
    { when: 'a long name', given: { family: 'M'.repeat(201) }, then: 'cell-too-long' },
    { when: 'no family name', given: { family: ' ' }, then: 'family-name-missing' },
    { when: 'no given name', given: { given: '' }, then: 'given-name-missing' },
    { when: 'words for a date', given: { born: '2 mars 2020' }, then: 'birth-date-unreadable' },
    { when: 'a year of two digits', given: { born: '02/03/20' }, then: 'birth-date-unreadable' },
    { when: 'a birth to come', given: { born: '2030-03-02' }, then: 'birth-date-of-no-pupil' },
    { when: 'a centenarian', given: { born: '02/03/1920' }, then: 'birth-date-of-no-pupil' },
    { when: 'the 13th month', given: { born: '2020-13-01' }, then: 'birth-date-impossible' },
    {
      when: 'a delimiter within a name',
      given: { family: 'MARTIN;DUPONT' },
      then: 'birth-date-unreadable',
    },
  ])('$when is refused with its line', async ({ given, then }) => {
    const { rows, refused } = await told(onde(line({ given: 'Tom' }), line(given)));
    expect(rows).toHaveLength(1);
    expect(refused.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([`3 ${then}`]);
  });

  it('two children with one INE are both refused', async () => {
    expect(
      (
        await told(
          onde(
            line({ ine: '1234567890A' }),
            line({ given: 'Tom' }),
            line({ given: 'Zoé', ine: '1234567890A' }),
          ),
        )
      ).refused,
    ).toEqual(['2 ine-of-two-pupils 1234567890A', '4 ine-of-two-pupils 1234567890A']);
  });
  it('a file cut off in the middle of a line has that line refused', async () => {
    expect((await told(onde(line({}), 'ROUX;;To'))).refused).toEqual(['3 too-few-cells ROUX']);
  });
  it('a quote that opens and does not close: nothing is read', async () =>
    expect(await told(fixture('guillemet-ouvert.csv'))).toEqual({
      format: 'unreadable',
      rows: [],
      refused: [expect.stringMatching(/^\d quote-open$/)],
    }));
  it('two stray quotes that hide lines between them: nothing is read', async () =>
    expect(await told(fixture('guillemets-perdus.csv'))).toEqual({
      format: 'unreadable',
      rows: [],
      refused: ['2 quote-open'],
    }));
  it('quotes within an unquoted name are text', async () =>
    expect((await told(onde(line({ given: 'Jean "Jo"' })))).rows).toEqual([
      '2 Jean "Jo" MARTIN 2020-03-02 CP CP',
    ]));
  it('a column that the importer needs is missed by its name', async () =>
    expect(await told(named('eleves.csv', 'Nom élève;Prénom élève;Classe\nA;B;C'))).toEqual({
      format: 'unreadable',
      rows: [],
      refused: ['1 column-missing'],
    }));
  it.each([
    ['Nom élève;Nom élève;Prénom élève;Date naissance;Classe'],
    ['Nom responsable;Prénom responsable;Courriel;Courriel;Nom enfant;Prénom enfant'],
    ['Nom;Prénom;Prénom;Directeur'],
  ])('a used column that is there twice: nothing is read (%s)', async (header) => {
    expect((await told(named('a.csv', `${header}\n${'A;'.repeat(6)}`))).refused).toEqual([
      '1 column-twice',
    ]);
  });
  it('a child struck off is set aside', async () =>
    expect(
      (
        await told(
          named(
            'e.csv',
            'Nom élève;Prénom élève;Date naissance;Classe;Etat\nA;B;2020-01-02;CP;Radié\nC;D;2020-01-02;CP;Admis',
          ),
        )
      ).refused,
    ).toEqual(['2 pupil-struck-off Radié']));
});

describe('ONDE, guardians', () => {
  it('blocks of children, an organisation and a footer at the end, a father twice', async () => {
    expect(await told(fixture('onde-responsables.csv'))).toEqual({
      format: 'onde-guardians',
      rows: [
        "2 Claire MARTIN claire.martin@exemple.fr > Léa MARTIN CP-CE1 > Zoé D'ALMEIDA CP-CE1",
        '3 Paul MARTIN > Léa MARTIN CP-CE1',
        '4 Paul MARTIN paul.martin@exemple.fr > Léa MARTIN CP-CE1',
        '8 Moussa DIALLO moussa.diallo@exemple.fr > Issa DIALLO CM1 A',
      ],
      refused: [
        '5 email-malformed nadia.roche(at)exemple.fr',
        '6 guardian-without-child Mme',
        '7 child-incomplete ',
        "9 host-organisation AIDE A L'ENFANCE DE NOIRVAL",
        '10 footer Total',
      ],
    });
  });
  it.each([
    [
      'a column « Numéro de poste »',
      'onde-responsables-poste.csv',
      '2 Agnès BERGER agnes.berger@exemple.fr > Lou BERGER MS',
    ],
    [
      '« élève(s) » for « enfant(s) », in another order',
      'onde-responsables-eleves.csv',
      '2 Agnès BERGER agnes.berger@exemple.fr > Lou BERGER MS > Ana BERGER GS',
    ],
    [
      'numbered columns, sorted by field',
      'onde-responsables-numerotes.csv',
      '2 Loïc BERGER loic.berger@exemple.fr > Lou BERGER MS > Ana BERGER GS',
    ],
  ])('%s', async (_, name, row) =>
    expect(await told(fixture(name))).toEqual({
      format: 'onde-guardians',
      rows: [row],
      refused: [],
    }),
  );
});

describe('teachers', () => {
  it('several classes, one head, and a head who is neither yes nor no', async () => {
    expect(await told(fixture('enseignants.csv'))).toEqual({
      format: 'teachers',
      rows: [
        '2 Hélène ROUX head helene.roux@exemple.fr CM1 A',
        '3 Amadou CISSÉ teacher CP-CE1 CM1 A',
        '5 Sarah LÉVY teacher sarah.levy@exemple.fr',
      ],
      refused: ['4 head-unclear peut-être'],
    });
    const { rows } = await mustRead(fixture('enseignants.csv'));
    expect(rows.map((row) => (row.kind === 'adult' ? row.civility : row.kind))).toEqual([
      'Mme',
      'M',
      'Mme',
    ]);
  });
});

describe('OneRoster', () => {
  const first = [
    '2 Léa Martin CP CP-CE1',
    '2 Léa Martin CP Chorale',
    '3 Amadou Cissé teacher amadou.cisse@exemple.fr CP-CE1',
    '4 Tom Petit CE1',
    '5 Claire Martin claire.martin@exemple.fr > Léa Martin CP-CE1',
  ];
  it('1.1: one school of several, without last year’s class, the disabled, and who rules above a school', async () => {
    expect(await told(fixture('oneroster-1.1'), { school: '0690001A' })).toEqual({
      format: 'oneroster-1.1',
      rows: first,
      refused: [
        '9 given-name-missing ',
        '7 reference-unknown u99',
        '7 role-unknown districtAdministrator',
      ],
    });
  });
  it('1.2: roles in a file of their own, a head who also teaches', async () => {
    expect(await told(fixture('oneroster-1.2'))).toEqual({
      format: 'oneroster-1.2',
      refused: [],
      rows: [
        '2 Léa Martin (Martin-Roche) CP CP-CE1',
        '2 Léa Martin (Martin-Roche) CP Chorale',
        '3 Amadou Cissé teacher amadou.cisse@exemple.fr CP-CE1',
        '4 Claire Martin claire.martin@exemple.fr > Léa Martin CP-CE1',
        '5 Hélène Roux head helene.roux@exemple.fr',
      ],
    });
  });
  it('leaves out guardians of another school’s children, and refuses one of nobody’s', async () => {
    const more =
      'u10,,,true,o0,parent,,,Ali,Berger,,,,,,u5,,\r\nu11,,,true,o1,parent,,,Ada,Seule,,,,,,,,\r\n';
    const files = fixture('oneroster-1.1').map(({ name, bytes }) => ({
      name,
      bytes: name.includes('users') ? Buffer.concat([bytes, Buffer.from(more)]) : bytes,
    }));
    const { rows, refused } = await told(files, { school: 'École des Tilleuls' });
    expect(rows).toEqual(first);
    expect(refused.at(-1)).toBe('11 guardian-without-child Seule Ada');
  });
  it('as a zip, with what archivers add', async () => {
    const bytes = zipped([
      ...fixture('oneroster-1.1'),
      { name: '__MACOSX/oneroster-1.1/._users.csv', bytes: Buffer.from('x') },
    ]);
    expect((await told([{ name: 'export.zip', bytes }], { school: 'o1' })).rows).toEqual(first);
    expect(openExport([{ name: 'export.zip', bytes }])).toMatchObject({
      schools: [
        { sourcedId: 'o1', name: 'École des Tilleuls', identifier: '0690001A' },
        { sourcedId: 'o2', name: 'École du Lac', identifier: '0690002B' },
      ],
    });
  });
  it.each<[string, (text: string, name: string) => string | null, string]>([
    ['several schools and none chosen', (text) => text, 'several-schools'],
    ['no enrolments', (text, name) => (name.includes('enrollments') ? null : text), 'file-missing'],
    ['changes only', (text) => text.replace('users,bulk', 'users,delta'), 'delta-file'],
    [
      'a version of the future',
      (text) => text.replace('version,1.1', 'version,2.0'),
      'version-unknown',
    ],
    [
      'an open quote',
      (text, name) => (name.includes('classes') ? text.replace('Chorale', '"Chorale') : text),
      'quote-open',
    ],
  ])('%s: nothing is read', async (_, change, reason) => {
    const files = fixture('oneroster-1.1').flatMap(({ name, bytes }) => {
      const text = change(bytes.toString(), name);
      return text === null ? [] : [{ name, bytes: Buffer.from(text) }];
    });
    expect(await told(files)).toEqual({
      format: 'unreadable',
      rows: [],
      refused: [expect.stringMatching(new RegExp(`^\\d ${reason}$`))],
    });
  });
});

describe('any table, with a mapping', () => {
  it('tabs, windows-1252', async () => {
    const mapping = {
      ...PUPILS,
      familyName: 'Eleve - nom',
      givenName: 'Eleve - prénom',
      birthDate: 'né(e) le',
      className: 'Groupe',
    };
    expect(await told(fixture('autre-logiciel.csv'), { mapping })).toEqual({
      format: 'mapped',
      rows: ['2 Zoé Bœuf 2020-03-02 GS – Lutins', '3 Ana Šimon 2020-03-02 GS – Lutins'],
      refused: [],
    });
    expect((await mustRead(fixture('autre-logiciel.csv'), { mapping })).encoding).toBe(
      'windows-1252',
    );
  });
  it('a workbook, with dates of its own and a formula', async () => {
    expect(await told(fixture('classeur.xlsx'), { mapping: PUPILS })).toEqual({
      format: 'mapped',
      rows: ['2 Zoé Bœuf 2020-03-02 CP', '3 Ana Petit 2020-03-03 CP'],
      refused: [],
    });
  });
  it('teachers too', async () => {
    const mapping: ColumnMapping = {
      of: 'teachers',
      familyName: 'N',
      givenName: 'P',
      email: null,
      classNames: ['C1', 'C2'],
    };
    expect((await told(named('t.csv', 'N,P,C1,C2\nRoux,Anne,CP,CE1'), { mapping })).rows).toEqual([
      '2 Anne Roux teacher CP CE1',
    ]);
  });
  it('without one the header is asked about, and shown', async () => {
    expect(await told(fixture('classeur.xlsx'))).toEqual({
      format: 'unreadable',
      rows: [],
      refused: ['1 header-unknown'],
    });
    expect(readHeaders(fixture('classeur.xlsx'))).toMatchObject({
      headers: ['Nom', 'Prénom', 'Naissance', 'Classe', 'Code'],
      sample: [
        ['Bœuf', 'Zoé', '2020-03-02', 'CP', '12'],
        ['Petit', 'Ana', '2020-03-03', 'CP', ''],
      ],
    });
  });
  it('guardians, one child a line; a phone is evidence, a missing name is no organisation', async () => {
    const mapping: ColumnMapping = {
      of: 'guardians',
      familyName: 'Parent',
      givenName: 'Prénom du parent',
      email: 'Mail',
      phone: 'Mobile',
      childFamilyName: 'Enfant',
      childGivenName: 'Prénom de l’enfant',
      childClassName: 'Groupe',
    };
    const table = named(
      'p.csv',
      'Parent;Prénom du parent;Mail;Mobile;Enfant;Prénom de l’enfant;Groupe\nRoux;Anne;anne@ext.test;06 12 34 56 79;Roux;Léo;CP\nRoux;Anne;anne@ext.test;06 12 34 56 79;Roux;Mia;CE1\nPetit;;;;Petit;Noé;CP',
    );
    const read = await mustRead(table, { mapping });
    expect(
      read.rows.map((row) =>
        row.kind === 'guardian'
          ? [
              row.givenName,
              row.phones,
              row.children.map((child) => `${child.givenName} ${child.className}`),
            ]
          : [],
      ),
    ).toEqual([
      ['Anne', ['0612345679'], ['Léo CP']],
      ['Anne', ['0612345679'], ['Mia CE1']],
    ]);
    expect(read.refused.map(({ at, reason }) => `${at.line} ${reason}`)).toEqual([
      '4 given-name-missing',
    ]);
    expect(
      (
        await told(named('p.csv', 'Parent;Prénom du parent;Mail;Mobile;Enfant\nA;B;;;C'), {
          mapping,
        })
      ).refused,
    ).toEqual(['1 column-missing']);
  });
  it('a mapped column that is gone makes the file unreadable', async () =>
    expect((await told(named('a.csv', 'Nom,Prénom\nA,B'), { mapping: PUPILS })).refused).toEqual([
      '1 column-missing',
    ]));
});

describe('what is no roster', () => {
  const files = (text: string, name = 'a.csv') => named(name, text);
  it.each<[string, { name: string; bytes: Buffer }[], string]>([
    ['nothing at all', [], 'no-file'],
    ['an empty file', files(''), 'file-empty'],
    ['byte order marks alone', files('\uFEFF\uFEFF\r\n'), 'file-empty'],
    ['a header alone', onde(), 'no-lines'],
    [
      'UTF-16 cut in half',
      [{ name: 'a.csv', bytes: Buffer.from('fffe41', 'hex') }],
      'encoding-broken',
    ],
    [
      'a picture',
      [{ name: 'a.csv', bytes: Buffer.from('89504e470d0a1a0a0000000d', 'hex') }],
      'not-a-text-file',
    ],
    [
      'an export of the federated directory',
      files(
        '<?xml version="1.0" encoding="ISO-8859-15"?>\n<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">\n<ficAlimMENESR>\n<addRequest><operationalAttributes><attr name="categoriePersonne"><value>Eleve</value></attr></operationalAttributes></addRequest>\n</ficAlimMENESR>',
        'ENT_0690001A_Complet_Eleve_0000.xml',
      ),
      'aaf-file',
    ],
    ['5,000 columns', files(`${'a;'.repeat(5_000)}b\n1`), 'too-many-columns'],
    ['40,001 lines', files(`Nom;Prénom\n${'A;B\n'.repeat(40_001)}`), 'too-many-lines'],
    ['a line of 200,000 characters', files(`a;b\n${'x'.repeat(200_000)}`), 'line-too-long'],
    ['21 MB', [{ name: 'a.csv', bytes: Buffer.alloc(21 * 1024 * 1024, 'a') }], 'file-too-big'],
    ['two lists at once', [...onde(line({})), ...files('a;b\n1;2')], 'several-files'],
    ['a zip of nothing', [{ name: 'a.zip', bytes: zipped([]) }], 'no-file'],
    [
      'a zip of pictures',
      [{ name: 'a.zip', bytes: zipped([{ name: 'a.png', bytes: Buffer.from('x') }]) }],
      'no-file',
    ],
    [
      'a zip cut off',
      [{ name: 'a.zip', bytes: zipped(onde(line({}))).subarray(0, 200) }],
      'archive-broken',
    ],
    [
      'a zip that holds more than it says',
      [{ name: 'a.zip', bytes: zipped(onde(line({})), -20) }],
      'archive-broken',
    ],
    [
      'a zip that says 4 GB',
      [{ name: 'a.zip', bytes: zipped(onde(line({})), 4_000_000_000) }],
      'archive-too-big',
    ],
    [
      'a zip that says it is a workbook',
      [{ name: 'a.xlsx', bytes: zipped(onde(line({}))) }],
      'workbook-broken',
    ],
    [
      'a workbook with entities',
      [
        {
          name: 'a.xlsx',
          bytes: zipped([
            { name: 'xl/workbook.xml', bytes: Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]>') },
          ]),
        },
      ],
      'workbook-broken',
    ],
  ])('%s', async (_, given, reason) => {
    const { format, rows, refused } = await told(given);
    expect([format, rows, refused.map((one) => one.split(' ')[1])]).toEqual([
      'unreadable',
      [],
      [reason],
    ]);
  });
});
