import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dayAt } from '../../core/ground/clock.ts';
import { yearOf } from '../../core/roster/planning/year.ts';
import { csvCell } from '../../core/school/imports/report.ts';
import type { WrittenPupil } from '../../core/school/imports/testing/onde-csv.ts';
import { zipped } from '../../core/school/imports/testing/reading.ts';
import {
  csv,
  emptySchools,
  guardian,
  pupil,
  rostersAt,
} from '../../core/school/imports/testing/school-files.ts';
import { openStore, type Store } from '../../core/store/store.ts';
import { keepAsItIs } from '../../core/store/testing/as-it-was.ts';
import { freshDatabase, type FreshDatabase } from '../../tests/shared/fresh-database.ts';
import { preauHere } from '../../tests/shared/preau-here.ts';
import { SOAKED } from '../../tests/shared/slice.ts';
import { exitOf } from '../exits.ts';
import { readPathAndFlags } from '../flags.ts';
import { openQuestionSentence } from '../texts/roster.ts';
import { readColumns } from './columns.ts';
import { readDecisions } from './decisions.ts';
import { IMPORT_FLAGS } from './flags.ts';
import type { RosterOrder } from './order.ts';
import { writeReport } from './report.ts';
import { runRoster } from './roster.ts';
import { NOTHING_SAID } from './testing/nothing-said.ts';

const folder = mkdtempSync(join(tmpdir(), 'preau-roster-'));
/** Files that are not the town's. */
const aside = mkdtempSync(join(tmpdir(), 'preau-aside-'));
let database: FreshDatabase;
let store: Store;
let admin: pg.Client;
let putBack: () => Promise<void>;
let rosters: ReturnType<typeof rostersAt>['rosters'];

for (const [slug, child] of [
  ['tilleuls', 'Léa Un'],
  ['pasteur', 'Zoé Deux'],
] as const) {
  mkdirSync(join(folder, slug));
  writeFileSync(join(folder, slug, 'eleves.csv'), csv.pupils([pupil(child, '=1+1')]).bytes);
}

/** Two schools without anybody. */
beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  await emptySchools(store, ['tilleuls', 'pasteur']);
  ({ rosters } = rostersAt(store, { now: new Date('2026-11-24T16:00:00Z') }));
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  putBack = await keepAsItIs(admin);
});
afterEach(() => putBack());
afterAll(async () => {
  await admin.end();
  await store.close();
  await database.drop();
});

const order = (rest: Partial<RosterOrder>): RosterOrder => ({
  path: folder,
  schools: { kind: 'all' },
  year: '2026-2027',
  act: 'dry-run',
  ...NOTHING_SAID,
  ...rest,
});

describe('files of two schools', () => {
  it('shows, does, then has nothing to do; the codes say which', async () => {
    const told: string[] = [];
    const tell = (done: number, of: number) => void told.push(`${done}/${of}`);
    expect(exitOf(await runRoster(rosters, order({}), tell))).toBe(0);
    const outcomes = await runRoster(rosters, order({ act: 'apply' }), tell);
    expect(exitOf(outcomes)).toBe(0);
    const report = join(aside, 'report.csv');
    writeFileSync(report, 'the last one', { mode: 0o644 });
    await writeReport(report, outcomes);
    expect(exitOf(await runRoster(rosters, order({ act: 'apply' }), tell))).toBe(2);
    expect(told).toEqual(['1/2', '2/2', '1/2', '2/2', '1/2', '2/2']);
    expect(readFileSync(report, 'utf8')).toContain(
      `tilleuls,arrive,élève,Léa Un,"'=1+1",lea.un@ecoles.preau.test`,
    );
    expect(statSync(report).mode & 0o777).toBe(0o600);
  });

  it.each([join(folder, 'no', 'report.csv'), folder])(
    'a report that can’t be written is said before anybody is brought in: %s',
    async (report) => {
      const all = order({ act: 'apply', report });
      await expect(runRoster(rosters, all, () => {})).rejects.toThrow(`--report : ce fichier`);
      const [shown] = await runRoster(rosters, order({}), () => {});
      expect(shown?.preview?.arrives).toHaveLength(1);
    },
  );

  it('what was done is said, then that the disk was too full for its report', async () => {
    const where = { PREAU_DATA: join(aside, 'data'), PREAU_DATABASE_URL: database.databaseUrl };
    const year = yearOf('', dayAt(new Date(), 'Europe/Paris'));
    const running = year.kind === 'wrong-year' ? year.running : '';
    const all = [folder, '--all', '--year', running, '--dry-run', '--report', '/dev/full'];
    const { code, output } = await preauHere(['roster', 'import', ...all], where);
    expect(code).toBe(1);
    expect(output).toContain('\ntilleuls : +1 arrivées');
    expect(output.trim().split('\n').at(-1)).toMatch(/^--report : .*\(\/dev\/full\)/);
  });

  it('lines that are refused are counted where nothing else is to do', SOAKED, async () => {
    await runRoster(rosters, order({ act: 'apply' }), () => {});
    const path = join(aside, 'refusees.csv');
    const refused = pupil('Jo Trois', '=1+1', { ine: '123' });
    const said = async (act: RosterOrder['act'], children: readonly WrittenPupil[]) => {
      writeFileSync(path, csv.pupils(children).bytes);
      const schools = { kind: 'one', slug: 'tilleuls' } as const;
      const [outcome] = await runRoster(rosters, order({ path, schools, act }), () => {});
      return `${outcome?.exit} ${outcome?.sentence}`;
    };
    const counted = '\n1 lignes refusées : --report FICHIER.csv dit lesquelles';
    for (const act of ['dry-run', 'apply'] as const) {
      expect(await said(act, [refused])).toMatch(
        /^1 [^]*Aucune ligne de ce fichier ne peut servir/,
      );
      expect(await said(act, [refused])).toContain(counted);
      const beside = await said(act, [pupil('Léa Un', '=1+1'), refused]);
      expect(beside).toMatch(/^2 Rien ne change : des lignes lues, l’école sait déjà tout/);
      expect(beside).toContain(counted);
    }
  });

  it('writes sheets for who has no way in, once, for their owner alone', async () => {
    const sheets = {
      folder: mkdtempSync(join(tmpdir(), 'preau-feuilles-')),
      webAddress: 'courrier.exemple.fr',
    };
    await runRoster(rosters, order({ act: 'apply' }), () => {});
    const outcomes = await runRoster(rosters, order({ act: 'apply', sheets }), () => {});
    expect(outcomes.map(({ school, outcome, codes }) => `${school} ${outcome} ${codes}`)).toEqual([
      'pasteur nothing 1',
      'tilleuls nothing 1',
    ]);
    const files = readdirSync(join(sheets.folder, 'tilleuls'));
    expect(files).toEqual(['=1+1.csv', '=1+1.pdf']);
    expect(
      files.map((name) => statSync(join(sheets.folder, 'tilleuls', name)).mode & 0o777),
    ).toEqual([0o600, 0o600]);
    expect(statSync(join(sheets.folder, 'tilleuls')).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(sheets.folder, 'tilleuls', '=1+1.csv'), 'utf8')).toMatch(
      /"élève","Léa Un","Léa Un","lea\.un@ecoles\.preau\.test","[^"]+, [^"]+, [^"]+","'=1\+1"/,
    );
    expect(
      readFileSync(join(sheets.folder, 'tilleuls', '=1+1.pdf'))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const again = await runRoster(rosters, order({ act: 'apply', sheets }), () => {});
    expect(again.map(({ codes }) => codes)).toEqual([0, 0]);
    const taken = join(aside, 'a-file');
    writeFileSync(taken, '');
    for (const place of [taken, '/proc/feuilles'])
      await expect(
        runRoster(rosters, order({ act: 'apply', sheets: { ...sheets, folder: place } }), () => {}),
      ).rejects.toThrow(/ne peut pas recevoir/);
  });

  it.each([
    ['a path that is not there', { path: join(folder, 'no') }, /ne se lit pas/],
    ['an unknown school', { schools: { kind: 'one', slug: 'nulle' } }, /pas d’école « nulle »/],
  ] as const)('says in a sentence: %s', async (_what, rest, sentence) => {
    await expect(runRoster(rosters, order(rest), () => {})).rejects.toThrow(sentence);
  });

  it('stops with 3 where somebody has to answer, refuses with 1 what is no roster', async () => {
    await runRoster(rosters, order({ act: 'apply' }), () => {});
    const empty = join(aside, 'leer.csv');
    writeFileSync(empty, 'a;b\r\n1;2\r\n');
    const one = { kind: 'one', slug: 'tilleuls' } as const;
    expect(exitOf(await runRoster(rosters, order({ path: empty, schools: one }), () => {}))).toBe(
      1,
    );
    const elsewhere = join(aside, 'ailleurs.csv');
    writeFileSync(
      elsewhere,
      csv.pupils([...'abcdef'].map((letter) => pupil(`Enfant${letter} Loin`, '=1+1'))).bytes,
    );
    expect(
      exitOf(
        await runRoster(
          rosters,
          order({
            path: elsewhere,
            act: 'apply',
            schools: { kind: 'one', slug: 'pasteur' },
            retyped: 1,
            arrivals: 6,
          }),
          () => {},
        ),
      ),
    ).toBe(0);
    const foreign = await runRoster(rosters, order({ path: elsewhere, schools: one }), () => {});
    expect([exitOf(foreign), foreign[0]?.sentence.includes('--retype')]).toEqual([1, false]);
    const others = join(aside, 'autres.csv');
    writeFileSync(others, csv.pupils([pupil('Jo Trois', 'CP')]).bytes);
    expect(exitOf(await runRoster(rosters, order({ path: others, schools: one }), () => {}))).toBe(
      3,
    );
  });

  it('reads columns, remembers them for the school, and says what is no column', async () => {
    const mapping = readColumns('family=Patronyme,given=Petit nom,class=Groupe');
    expect(mapping).toMatchObject({
      of: 'pupils',
      familyName: 'Patronyme',
      className: 'Groupe',
      ine: null,
    });
    expect(readColumns('of=teachers,family=Nom,given=Prénom,class=A,class=B')).toMatchObject({
      of: 'teachers',
      classNames: ['A', 'B'],
    });
    for (const wrong of ['family=Nom', 'nom=Nom,given=P', 'family=,given=P'])
      expect(() => readColumns(wrong)).toThrow(/--columns/);
    await runRoster(rosters, order({ act: 'apply' }), () => {});
    const table = join(aside, 'tableau.csv');
    writeFileSync(table, 'Patronyme;Petit nom;Groupe\r\nUn;Léa;=1+1\r\n');
    const one = order({ path: table, schools: { kind: 'one', slug: 'tilleuls' } });
    expect(exitOf(await runRoster(rosters, one, () => {}))).toBe(1);
    const report = join(aside, 'report.pdf');
    const applied = { ...one, act: 'apply', columns: mapping } as const;
    const outcomes = await runRoster(rosters, applied, () => {});
    expect(exitOf(outcomes)).toBe(2);
    await writeReport(report, outcomes);
    expect(readFileSync(report).subarray(0, 5).toString()).toBe('%PDF-');
    expect(exitOf(await runRoster(rosters, one, () => {}))).toBe(2);
  });

  it('finds schools by name in folders, files and archives; what is nobody’s is said and keeps nobody else', async () => {
    const town = mkdtempSync(join(tmpdir(), 'preau-ville-'));
    const file = (child: string) => csv.pupils([pupil(child, 'CP')]);
    mkdirSync(join(town, 'rentrée', 'École des Tilleuls'), { recursive: true });
    writeFileSync(
      join(town, 'rentrée', 'École des Tilleuls', 'CSVExtraction.csv'),
      file('Léa Un').bytes,
    );
    writeFileSync(join(town, 'pasteur.zip'), zipped([file('Zoé Deux')]));
    mkdirSync(join(town, 'inconnue'));
    writeFileSync(join(town, 'inconnue', 'CSVExtraction.csv'), file('Jo Trois').bytes);
    const outcomes = await runRoster(rosters, order({ path: town, act: 'apply' }), () => {});
    expect(outcomes.map(({ school, outcome }) => `${school} ${outcome}`)).toEqual([
      'inconnue unknown-school',
      'pasteur applied',
      'tilleuls applied',
    ]);
    expect(exitOf(outcomes)).toBe(3);
    expect(outcomes[0]?.sentence).toContain('--school');
  });

  it('lines in doubt don’t stop a school: it says how many wait and where, and lists them', async () => {
    const child = pupil('Léa Un', '=1+1');
    const doubt = join(mkdtempSync(join(tmpdir(), 'preau-doubt-')), 'tilleuls');
    mkdirSync(doubt);
    for (const { name, bytes } of [
      csv.pupils([child]),
      csv.guardians([
        guardian('Jean Un', [child], 'jean@exemple.fr', '06 47 11 93 20'),
        guardian('Jean Un', [child], 'j.un@exemple.fr', '06 47 11 93 21'),
      ]),
    ])
      writeFileSync(join(doubt, name), bytes);
    const one = { kind: 'one', slug: 'tilleuls' } as const;
    const outcomes = await runRoster(
      rosters,
      order({ path: doubt, act: 'apply', schools: one }),
      () => {},
    );
    expect(exitOf(outcomes)).toBe(0);
    expect(outcomes[0]?.sentence).toContain('1 lignes attendent une réponse');
    expect(await rosters.schoolOf('École tilleuls')).toBe(await rosters.schoolOf('tilleuls'));
    const [school] = await rosters.questions(null);
    expect(school?.school.slug).toBe('tilleuls');
    expect(school?.questions.map(openQuestionSentence)).toEqual([
      'Jean Un (j.un@exemple.fr, 0647119321, 2 rue des Écoles 69000 LYON) = Jean Un | new | skip → new',
    ]);
  });

  it('what the command line does is written down, with nobody’s name', async () => {
    await runRoster(rosters, order({ act: 'apply' }), () => {});
    const acts = await store.town((tx) =>
      tx.db.selectFrom('agent_act').select(['act', 'agent_address_id', 'reason']).execute(),
    );
    expect(acts.length).toBeGreaterThan(0);
    for (const act of acts)
      expect(act).toEqual({ act: 'roster-import', agent_address_id: null, reason: 'preau roster' });
  });
});

it('takes the path before the flags or after them', () => {
  expect(readPathAndFlags(IMPORT_FLAGS, ['a.csv', '--school', 'x', '--apply'])).toMatchObject({
    path: 'a.csv',
    flags: { school: 'x', apply: true },
  });
  expect(readPathAndFlags(IMPORT_FLAGS, ['--school', 'x', '--apply', 'a.csv'])).toMatchObject({
    path: 'a.csv',
    flags: { school: 'x', apply: true },
  });
  expect(() => readPathAndFlags(IMPORT_FLAGS, ['--apply', '--school', 'x'])).toThrow(
    /Il faut un fichier/,
  );
});

it.each([
  ['=1+1', '"\'=1+1"'],
  ['-2', '"\'-2"'],
  ['a "b", c', '"a ""b"", c"'],
  ['Léa', 'Léa'],
  ['@x', '"\'@x"'],
  ['\tx', '"\'\tx"'],
])('a cell %s is data: %s', (text, cell) => expect(csvCell(text)).toBe(cell));

it('reads answers, and says what is no answer', () => {
  const path = join(folder, 'answers.json');
  writeFileSync(path, '{"eleves.csv:2":"new"}');
  expect(readDecisions(path)).toEqual({ 'eleves.csv:2': 'new' });
  writeFileSync(path, '[1]');
  expect(() => readDecisions(path)).toThrow(/objet JSON/);
});
