import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../../tests/shared/town.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import type { RosterFile } from '../../../roster/reading/contract.ts';
import {
  annuaire,
  annuaireCsv,
  annuaireLatin1,
  annuaireWorkbook,
  type AnnuaireRow,
} from '../../../roster/school-directory/testing/annuaire.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { csv, pupil, wishOf } from '../../../school/imports/testing/school-files.ts';
import { keepAsItIs } from '../../../store/testing/as-it-was.ts';
import { listSchoolImports } from '../../../store/town/school-imports.ts';
import { agentsJournal } from '../../journals/testing/agents-journal.ts';
import type { SchoolImports, ShownSchools } from './contract.ts';

const MADE = annuaire();
const KEYS = MADE.communes.map(({ code }) => code);

const [one, two, three] = schoolsOf(MADE.schools);

let town: TestTown;
let imports: SchoolImports;
let agent: Viewer;
let putBack: () => Promise<void>;

function schoolsOf([a, b, c]: readonly AnnuaireRow[]): [AnnuaireRow, AnnuaireRow, AnnuaireRow] {
  if (!a || !b || !c) throw new Error('a town has schools');
  return [a, b, c];
}

beforeAll(async () => {
  town = await openTestTown();
  putBack = await keepAsItIs(town.admin);
  imports = town.core.schoolImports;
  agent = await town.viewer('hugues.armand');
});
afterEach(() => putBack());
afterAll(() => town.close());

async function given(file: RosterFile): Promise<number> {
  const uploaded = await imports.upload(agent, file);
  if (uploaded.kind !== 'given') throw new Error(JSON.stringify(uploaded));
  return uploaded.id;
}

async function preview(id: number): Promise<ShownSchools> {
  const shown = await imports.show(agent, id);
  if (shown?.kind !== 'preview') throw new Error(`no preview: ${shown?.kind}`);
  return shown;
}

/** Gives a file with all the town's communes chosen, or some. */
async function chosen(file: RosterFile, communes: readonly string[] = KEYS): Promise<ShownSchools> {
  const id = await given(file);
  expect(await imports.choose(agent, id, { communes })).toBe(true);
  return preview(id);
}

const listed = (rows: readonly AnnuaireRow[]): RosterFile => ({
  name: 'annuaire.csv',
  bytes: annuaireCsv(rows),
});
const state = async () => ({
  communes: await town.core.town.communes(agent),
  schools: await town.core.town.schools(agent),
});
const only = async (rows: readonly AnnuaireRow[]): Promise<ShownSchools> =>
  preview(await given(listed(rows)));

describe('the schools of a whole town', () => {
  const forms: readonly [string, () => Promise<RosterFile>][] = [
    ['UTF-8', async () => listed(MADE.rows)],
    ['Latin-1', async () => ({ name: 'annuaire.csv', bytes: annuaireLatin1(MADE.rows) })],
    ['a workbook', async () => ({ name: 'a.xlsx', bytes: await annuaireWorkbook(MADE.rows) })],
  ];
  const { some, rest } = sliced(forms.length, forms);
  const fromAll = (_form: string, fileOf: () => Promise<RosterFile>) => areApplied(fileOf, KEYS);
  it.each(some)('from %s, of three communes, are applied in one go, and undone', (_form, fileOf) =>
    areApplied(fileOf, KEYS.slice(0, 3)),
  );
  it.each(some)('from %s are applied in one go, undone, applied again', SOAKED, fromAll);
  it.each(rest)('from %s are applied in one go, undone, applied again', SOAKED, fromAll);

  async function areApplied(
    fileOf: () => Promise<RosterFile>,
    communes: readonly string[],
  ): Promise<void> {
    const schools = MADE.schools.filter(({ communeCode }) => communes.includes(communeCode));
    const file = await fileOf();
    const before = await state();
    const shown = await chosen(file, communes);
    expect(shown.counts).toMatchObject({
      communes: communes.length,
      new: schools.length,
      doubts: 0,
    });
    expect(await imports.apply(agent, shown.id, shown.seen)).toMatchObject({ kind: 'applied' });
    const after = await state();
    const byUai = new Map(after.schools?.map((one) => [one.uai, one]));
    for (const { uai } of schools) expect(byUai.get(uai)?.people).toBe(0);
    expect(after.schools).toHaveLength((before.schools?.length ?? 0) + schools.length);

    const again = await chosen(file, communes);
    const { length: unchanged } = schools;
    expect(again.counts).toMatchObject({ communes: 0, new: 0, renamed: 0, unchanged });
    expect(await imports.apply(agent, again.id, again.seen)).toEqual({ kind: 'nothing' });

    const undone = await imports.undo(agent, shown.id);
    expect(undone).toMatchObject({ kind: 'undone', done: { kept: [] } });
    expect(await state()).toEqual(before);
    expect(await imports.undo(agent, shown.id)).toEqual({ kind: 'nothing-to-undo' });
  }

  it('have their lists, and take a roster at once', SOAKED, async () => {
    const shown = await chosen(listed(MADE.rows));
    const applied = await imports.apply(agent, shown.id, shown.seen);
    if (applied.kind !== 'applied') throw new Error(applied.kind);
    const [first, second] = applied.done.schools;
    if (!first || !second) throw new Error('no schools');
    expect((await town.send('hugues.armand', [`direction.${first.slug}`])).kind).not.toBe('denied');
    const file = csv.pupils([pupil('Zoé Nouvelle', 'CP', {})]);
    expect((await town.core.roster.apply(wishOf(first.id, [file]))).kind).toBe('applied');

    const undone = await imports.undo(agent, shown.id);
    if (undone.kind !== 'undone') throw new Error(undone.kind);
    expect(undone.done.kept).toEqual([{ id: first.id, name: first.name }]);
    const left = (await state()).schools?.filter(({ uai }) => uai !== null);
    expect(left?.map(({ id }) => id)).toEqual([first.id]);
    expect((await state()).communes?.some(({ name }) => name === first.commune)).toBe(true);
  });
});

describe('a list of schools', () => {
  async function apply(shown: ShownSchools) {
    const key = one.communeCode;
    await imports.choose(agent, shown.id, { communes: [key, two.communeCode] });
    const again = await preview(shown.id);
    return imports.apply(agent, again.id, again.seen);
  }

  it('renames, moves and closes what is here, and goes back to what was', async () => {
    expect(await apply(await only([one, two]))).toMatchObject({ kind: 'applied' });
    const before = await state();
    const changed = [
      { ...one, name: 'École neuve', commune: two.commune, communeCode: two.communeCode },
      { ...two, state: 'FERME' },
    ];
    const shown = await only(changed);
    expect(shown.counts).toMatchObject({ renamed: 1, elsewhere: 1, closed: 1, new: 0 });
    expect(await imports.choose(agent, shown.id, { closings: { [two.uai]: 'hier' } })).toBe(true);
    expect(await apply(shown)).toEqual({ kind: 'trouble', shortNames: 0, days: [two.name] });
    await imports.choose(agent, shown.id, { closings: { [two.uai]: '2027-07-07' } });
    expect(await apply(shown)).toMatchObject({ kind: 'applied' });
    const after = (await state()).schools ?? [];
    const find = (uai: string) => after.find((school) => school.uai === uai);
    expect(find(one.uai)).toMatchObject({
      name: 'École neuve',
      slug: before.schools?.find(({ uai }) => uai === one.uai)?.slug,
      commune: find(two.uai)?.commune,
    });
    expect(find(two.uai)?.closesOn).toBe('2027-07-07');
    expect(await imports.undo(agent, shown.id)).toMatchObject({ kind: 'undone' });
    expect(await state()).toEqual(before);
  });

  it('isn’t applied with a short name that can’t be, or on another town than was shown', async () => {
    const shown = await only([three]);
    const named = (slug: string) =>
      imports.choose(agent, shown.id, {
        communes: [three.communeCode],
        shortNames: { [three.uai]: slug },
      });
    await named('tilleuls');
    const taken = await preview(shown.id);
    expect(taken.plan.schools).toMatchObject([{ kind: 'new', slugTrouble: 'taken' }]);
    expect(await imports.apply(agent, shown.id, taken.seen)).toEqual({
      kind: 'trouble',
      shortNames: 1,
      days: [],
    });
    await named('les-trois');
    await town.core.town.addCommune(agent, { name: 'Ailleurs', code: null });
    expect(await imports.apply(agent, shown.id, taken.seen)).toEqual({ kind: 'changed-meanwhile' });
    const now = await preview(shown.id);
    expect(await imports.apply(agent, shown.id, now.seen)).toMatchObject({
      done: { schools: [{ slug: 'les-trois', uai: three.uai }] },
    });
    expect(await imports.discard(agent, shown.id)).toBe(false);
  });

  it('of no known columns asks for them', async () => {
    const id = await given({
      name: 'liste.csv',
      bytes: Buffer.from(`Numéro;Titre;Ville\n${two.uai};École des Pins;${two.commune}\n`),
    });
    expect(await imports.show(agent, id)).toMatchObject({
      kind: 'columns',
      headers: ['Numéro', 'Titre', 'Ville'],
      sample: [[two.uai, 'École des Pins', two.commune]],
    });
    const columns = { communeCode: null, type: null, state: null, sector: null };
    const wrong = { ...columns, uai: 'Numéro', name: 'Titre', commune: 'Bourg' };
    expect(await imports.nameColumns(agent, id, wrong)).toMatchObject({
      kind: 'refused',
      reason: 'column-missing',
    });
    expect(await imports.nameColumns(agent, id, { ...wrong, commune: 'Ville' })).toEqual({
      kind: 'given',
      id,
    });
    const [commune] = (await preview(id)).plan.communes;
    await imports.choose(agent, id, { communes: [commune?.key ?? ''] });
    expect((await preview(id)).counts).toMatchObject({ communes: 1, new: 1 });
  });

  it('stands in the agents’ journal', async () => {
    const shown = await only([one]);
    expect(await apply(shown)).toMatchObject({ kind: 'applied' });
    await imports.undo(agent, shown.id);
    const trail = await agentsJournal(town.core, agent);
    expect(trail?.map(({ act }) => act).slice(0, 2)).toEqual(['undo-schools', 'import-schools']);
  });
});

describe('a file of schools', () => {
  it.each<[string, Buffer, string]>([
    ['empty', Buffer.alloc(0), 'file-empty'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1A\n\0\0\0', 'latin1'), 'not-a-text-file'],
    ['a broken workbook', Buffer.from('PK\x03\x04nothing'), 'archive-broken'],
    ['without lines', Buffer.from('UAI;Nom école;Commune\n'), 'no-lines'],
  ])('that is %s is refused', async (_what, bytes, reason) =>
    expect(await imports.upload(agent, { name: 'a.csv', bytes })).toMatchObject({
      kind: 'refused',
      reason,
    }),
  );

  it.each(['mamadou.diallo', 'claire.lefevre', 'lina.moreau', 'elodie.garnier'])(
    'is nothing for %s',
    async (local) => {
      const shown = await only([three]);
      const nobody = await town.viewer(local);
      expect(await imports.list(nobody)).toBeNull();
      expect(await imports.show(nobody, shown.id)).toBeNull();
      expect(await imports.upload(nobody, listed([one]))).toEqual({ kind: 'missing' });
      expect(await imports.choose(nobody, shown.id, { communes: [] })).toBe(false);
      expect(await imports.apply(nobody, shown.id, shown.seen)).toEqual({ kind: 'missing' });
      expect(await imports.discard(nobody, shown.id)).toBe(false);
      expect(await imports.undo(nobody, shown.id)).toEqual({ kind: 'missing' });
    },
  );

  it('is seen from no school', async () => {
    await only([three]);
    const seen = (school: SchoolId) => town.store.read(school, (tx) => listSchoolImports(tx, 10));
    expect(await seen(1 as SchoolId)).toEqual([]);
    expect(await seen(0 as SchoolId)).not.toEqual([]);
  });
});
