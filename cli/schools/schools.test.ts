import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  annuaire,
  annuaireCsv,
  type AnnuaireRow,
} from '../../core/roster/school-directory/testing/annuaire.ts';
import { keepAsItIs } from '../../core/store/testing/as-it-was.ts';
import { testClamd } from '../../tests/shared/fresh-database.ts';
import { frontDoor } from '../../tests/shared/front-door.ts';
import { SOAKED } from '../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { runImport, runUndo } from './command.ts';
import { orderOf } from './order.ts';

const MADE = annuaire();
const NAMES = MADE.communes.map(({ name }) => name).join(',');
const folder = mkdtempSync(join(tmpdir(), 'preau-schools-'));

let town: TestTown;
let putBack: () => Promise<void>;
beforeAll(async () => {
  town = await openTestTown();
  putBack = await keepAsItIs(town.admin);
});
afterEach(() => putBack());
afterAll(() => town.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const importing = (bytes: Buffer, flags: Readonly<Record<string, string | boolean>>) =>
  runImport(town.core.schoolImports, orderOf(flags), { name: 'annuaire.csv', bytes });
const DIRECTORY = annuaireCsv(MADE.rows);

describe('preau schools', () => {
  it(
    'shows 128 schools, makes them, finds nothing more to do, takes them back',
    { tags: 'soak' },
    async () => {
      const shown = await importing(DIRECTORY, { 'dry-run': true, communes: NAMES });
      expect(shown.exit).toBe(0);
      expect(shown.facts).toMatchObject({
        outcome: 'preview',
        lines: 1_628,
        counts: { communes: 20, new: 128, doubts: 0 },
      });
      expect(shown.sentence.split('\n').filter((line) => line.startsWith('+ '))).toHaveLength(128);
      expect(await town.core.town.schools('machine')).toHaveLength(3);

      expect(await importing(DIRECTORY, { apply: true, communes: NAMES })).toMatchObject({
        exit: 0,
        facts: { outcome: 'applied' },
      });
      expect(await town.core.town.schools('machine')).toHaveLength(131);
      // the communes are known by now
      expect(await importing(DIRECTORY, { apply: true })).toMatchObject({
        exit: 2,
        facts: { outcome: 'nothing', counts: { unchanged: 128 } },
      });
      expect(await runUndo(town.core.schoolImports)).toMatchObject({ exit: 0 });
      expect(await town.core.town.schools('machine')).toHaveLength(3);
      expect(await runUndo(town.core.schoolImports)).toMatchObject({ exit: 2 });
      expect(await town.core.schoolImports.list('machine')).toHaveLength(1);
    },
  );

  it('asks which communes, and says which it doesn’t know', async () => {
    const asked = await importing(DIRECTORY, { apply: true });
    expect(asked).toMatchObject({ exit: 3, facts: { outcome: 'asked' } });
    expect(asked.sentence).toContain(MADE.communes[0]?.name);
    await expect(importing(DIRECTORY, { apply: true, communes: 'Nulle-Part' })).rejects.toThrow(
      'Nulle-Part',
    );
    expect(await town.core.town.schools('machine')).toHaveLength(3);
  });

  it('reads another table by the columns that it is told, and closes schools on a day', async () => {
    const [one] = MADE.schools as [AnnuaireRow];
    const table = (state: string) =>
      Buffer.from(`N;Titre;Ville;Où\n${one.uai};${one.name};${one.commune};${state}\n`);
    const columns = 'uai=N,name=Titre,commune=Ville,state=Où';
    const apply = { apply: true, communes: 'all' } as const;
    await expect(importing(table('ouvert'), apply)).rejects.toThrow('--columns');
    expect(await importing(table('ouvert'), { ...apply, columns })).toMatchObject({ exit: 0 });
    const closing = { ...apply, columns, 'close-on': '2027-07-07' };
    expect(await importing(table('fermé'), closing)).toMatchObject({ exit: 0 });
    const schools = await town.core.town.schools('machine');
    expect(schools?.find(({ uai }) => uai === one.uai)?.closesOn).toBe('2027-07-07');
  });

  it.each<Readonly<Record<string, string | boolean>>>([
    {},
    { apply: true, 'dry-run': true },
    { apply: true, columns: 'uai=N' },
    { apply: true, columns: 'uai=N,name=A,commune=B,rest=C' },
  ])('refuses %j', (flags) => expect(() => orderOf(flags)).toThrow());

  it('is a command of its own', SOAKED, async () => {
    const path = join(folder, 'annuaire.csv');
    writeFileSync(path, DIRECTORY);
    const args = ['schools', 'import', path, '--communes', NAMES, '--dry-run', '--json'];
    const { code, output } = await frontDoor(['sh', 'cli/run.sh', 'preau.ts', ...args], {
      PREAU_DATA: join(folder, 'data'),
      PREAU_DATABASE_URL: town.databaseUrl,
      PREAU_CLAMD: testClamd(),
    }).ended();
    expect(code).toBe(0);
    expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toMatchObject({
      outcome: 'preview',
      counts: { new: 128 },
    });
  });
});
