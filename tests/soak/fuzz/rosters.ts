/** Files of rosters that nobody has, read and planned as an import does it. */

import { openLog } from '../../../core/ground/log.ts';
import { corpusFiles } from '../../../core/letters/message/testing/corpora.ts';
import { readHolidayFile } from '../../../core/roster/holiday-file.ts';
import { linesOf } from '../../../core/roster/matching/identity.ts';
import type { SchoolState } from '../../../core/roster/matching/state.ts';
import { planImport, type PlanWish } from '../../../core/roster/planning/plan.ts';
import type { RosterFile, RosterSet } from '../../../core/roster/reading/contract.ts';
import { readRosterSet } from '../../../core/roster/reading/read-set.ts';
import { exportedIn, readHeaders, readOneTable } from '../../../core/roster/reading/read.ts';
import { townFilesIn } from '../../../core/roster/reading/town-archive.ts';
import { isUnreadable } from '../../../core/roster/reading/trouble.ts';
import { openRosterFiles } from '../../../core/roster/roster-files.ts';
import { readSchools } from '../../../core/roster/school-directory/read-schools.ts';
import { EMPTY_SCHOOL, schoolAfter } from '../../../core/roster/testing/school-after.ts';
import { textCell, workbookOfParts } from '../../../core/roster/testing/workbook-parts.ts';
import { fixture, zipped } from '../../../core/school/imports/testing/reading.ts';
import { READERS_OF_UPLOADS } from '../../growth/readers-of-uploads.ts';
import type { Random } from '../random.ts';
import type { Call, FuzzedKind } from './fuzzing.ts';
import { mutated, type Material } from './mutations.ts';

const DAY = '2026-11-30';
const SECRET = Buffer.alloc(32);
const SCOPE = { secret: SECRET, scope: EMPTY_SCHOOL.school };
const OPTIONS = { mapping: null, remembered: {}, school: null, uai: null, day: DAY };
/** So many are given to the processes that read files for the service; the others are read here. */
const IN_SANDBOX_ONE_IN = 10;

/** In the sandbox of roster files (core/roster/roster-sandbox.ts). */
const READ_APART = [
  'readRosterSet',
  'readHeaders',
  'exportedIn',
  'townFilesIn',
  'readOneTable',
  'readSchools',
  'readHolidayFile',
];

interface Given {
  readonly files: readonly RosterFile[];
  readonly inSandbox: boolean;
}

/** Fuzzed tables, workbooks, exports and archives of them, planned into a school that is there. */
export function fuzzedRosters(): FuzzedKind<Given> {
  const material = materialOfRosters();
  const kinds = kindsOfFiles(material);
  const school = schoolOfSamples();
  const sandbox = openRosterFiles({ log: openLog({ level: 'silent' }) });
  return {
    title: 'rosters',
    apart: READ_APART,
    make: (random) => ({
      files: random.pick(kinds)(random),
      inSandbox: random.between(1, IN_SANDBOX_ONE_IN) === 1,
    }),
    async read({ files, inSandbox }, call) {
      const set = inSandbox
        ? await call('files.read', () => sandbox.read('readRosterSet', files, OPTIONS))
        : await call('readRosterSet', () => readRosterSet(files, OPTIONS));
      if (isUnreadable(set)) {
        if (['reading-ended', 'reading-busy'].includes(set.reason))
          throw new Error('a process that read files was ended');
        await readOtherwise(files, call);
      } else await plan(set, school, call);
    },
  };
}

/** What else a file may be given as. */
async function readOtherwise(files: readonly RosterFile[], call: Call): Promise<void> {
  await call('readHeaders', () => readHeaders(files));
  await call('exportedIn', () => exportedIn(files));
  await call('townFilesIn', () => townFilesIn(files));
  const table = await call('readOneTable', () => readOneTable(files));
  if (isUnreadable(table)) return;
  await call('readSchools', () => readSchools(table, null));
  await call('readHolidayFile', () => readHolidayFile(table));
}

async function plan(set: RosterSet, school: SchoolState, call: Call): Promise<void> {
  const wish = await call('linesOf', () => wishOf(set));
  await call('planImport', () => planImport(school, wish));
}

function wishOf({ rows, unsettled, refused, classes }: Omit<RosterSet, 'kind'>): PlanWish {
  return {
    lines: linesOf(rows, SCOPE),
    unsettled: linesOf(unsettled, SCOPE),
    refused,
    leftAside: [],
    classes,
    day: DAY,
    decisions: {},
    retyped: null,
    arrivals: null,
    byAgent: true,
  };
}

/** The school of the samples themselves: most names of what is made of them are known. */
function schoolOfSamples(): SchoolState {
  const set = readRosterSet(
    ['onde-eleves.csv', 'onde-responsables.csv', 'enseignants.csv'].flatMap(fixture),
    OPTIONS,
  );
  if (isUnreadable(set)) throw new Error(`the samples are unreadable: ${set.reason}`);
  return schoolAfter(planImport(EMPTY_SCHOOL, wishOf(set)));
}

const TABLES = [
  'autre-logiciel.csv',
  'enseignants.csv',
  'guillemets-perdus.csv',
  'onde-eleves.csv',
  'onde-eleves-be1d.csv',
  'onde-eleves-tableur.csv',
  'onde-responsables.csv',
  'onde-responsables-eleves.csv',
  'onde-responsables-numerotes.csv',
  'onde-responsables-poste.csv',
];
const EXPORTS = ['oneroster-1.1', 'oneroster-1.2'];
const WORDS = [
  ';',
  '"',
  '\r\n',
  '\t',
  ',',
  'Nom élève;Prénom élève;Date naissance;Classe\r\n',
  'Nom responsable;Prénom responsable;Prénom enfant;Nom de famille enfant\r\n',
  'Identifiant_de_l_etablissement;Nom_etablissement;Nom_commune\r\n',
  'Léa;MARTIN;02/03/2020;CP\r\n',
  '\u00EF\u00BB\u00BF',
  '\u00FF\u00FE',
  'XFD1048576',
  't="s"',
  'sourcedId',
  'PK\x03\x04',
  'PK\x01\x02',
  'PK\x05\x06',
];

function materialOfRosters(): Material {
  const corpora = ['rosters-', 'csv-', 'zip-'].flatMap(corpusFiles);
  return {
    samples: [
      ...[...TABLES, ...EXPORTS, 'classeur.xlsx'].flatMap(fixture),
      { bytes: workbookOf('<row r="1">', '<si><t>a</t></si>') },
      ...corpora,
    ].map(({ bytes }) => bytes),
    words: [...WORDS, ...READERS_OF_UPLOADS.flatMap(({ units = [] }) => units)],
  };
}

const SHEET = [
  ['Nom élève', 'Prénom élève', 'Date naissance', 'Libellé classe'],
  ['MARTIN', 'Léa', '02/03/2020', 'CP'],
  ['ROUX', 'Tom', '43831', 'CE1'],
]
  .map((cells, row) => {
    const written = cells.map((text, at) => textCell(`${'ABCD'[at]}${row + 1}`, text));
    return `<row r="${row + 1}">${written.join('')}</row>`;
  })
  .join('');
const STYLES = '<numFmts><numFmt numFmtId="200" formatCode="dd/mm/yyyy"/></numFmts>';

const workbookOf = (rows: string, strings: string): Buffer =>
  workbookOfParts({ rows, strings, styles: STYLES });

/** Ways in which somebody may give files. */
function kindsOfFiles({
  samples,
  words,
}: Material): readonly ((random: Random) => readonly RosterFile[])[] {
  const any = (random: Random, ext: string): RosterFile => ({
    name: `a.${ext}`,
    bytes: mutated(random, { samples, words }),
  });
  const tables = fuzzing(TABLES.flatMap(fixture), words);
  const sheets = fuzzing([{ name: '', bytes: Buffer.from(SHEET) }], words);
  const exports = EXPORTS.map(fixture);
  return [
    (random) => [{ name: 'a.csv', bytes: tables(random) }],
    (random) => [{ name: 'a.csv', bytes: tables(random) }],
    (random) => ['a', 'b', 'c'].map((name) => ({ name: `${name}.csv`, bytes: tables(random) })),
    (random) => [any(random, 'csv')],
    (random) => [any(random, 'xlsx')],
    (random) => [any(random, 'zip')],
    (random) => [
      { name: 'a.xlsx', bytes: workbookOf(sheets(random).toString(), '<si><t>a</t></si>') },
    ],
    (random) => [{ name: 'a.zip', bytes: zipped([{ name: 'a.csv', bytes: tables(random) }]) }],
    (random) => {
      const files = random.pick(exports);
      const changed = random.pick(files);
      const bytes = mutated(random, { samples: [changed.bytes], words });
      return files.map((file) => (file === changed ? { ...file, bytes } : file));
    },
  ];
}

const fuzzing =
  (files: readonly RosterFile[], words: readonly string[]) =>
  (random: Random): Buffer =>
    mutated(random, { samples: files.map(({ bytes }) => bytes), words });
