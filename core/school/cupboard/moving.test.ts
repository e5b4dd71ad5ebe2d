/** Files and folders that go elsewhere: into other folders, other cupboards, and back. */
import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { fileFaults } from '../../store/cupboard/file-faults.ts';
import type { CupboardRef, FolderAt, ItemRef, NotMoved, SharedPlace } from './contract.ts';
import { openCupboardTown } from './testing/cupboard-town.ts';
import { offered } from './testing/served-bytes.ts';

const { town, cupboards, claire, ce1, sheet, put, folder } = await openCupboardTown();
const lina = await town.viewer('lina.moreau');
const noe = await town.viewer('noe.garnier');
const head = await town.viewer('mamadou.diallo');
const at = (place: SharedPlace, { school }: Pick<Viewer, 'school'> = claire): CupboardRef => ({
  school,
  place,
});
const names = async (viewer: Viewer, where: FolderAt): Promise<readonly string[] | null> => {
  const view = await cupboards.folder(viewer, where, null);
  return view && view.items.map(({ name }) => name);
};
const goes = async (viewer: Viewer, ref: ItemRef, where: FolderAt): Promise<void> => {
  expect(await cupboards.move(viewer, ref, where)).toMatchObject({ kind: 'moved' });
};
const fault = async (viewer: Viewer, ref: ItemRef, where: FolderAt): Promise<NotMoved | null> => {
  const became = await cupboards.move(viewer, ref, where);
  return became.kind === 'faulty' ? became.fault : null;
};
/** What `preau verify` says of the school's files. */
const faults = () =>
  town.store.read(claire.school, async (tx) => (await fileFaults(tx).execute(tx.kept)).rows);
const sights = async () => {
  const { rows } = await town.admin.query<{ name: string; sees: string; is_open: boolean }>(
    'select name, sees, is_open from cupboard_item order by name',
  );
  return Object.fromEntries(rows.map((row) => [row.name, `${row.sees}${row.is_open ? '+' : ''}`]));
};

describe('a file that is moved', () => {
  it('goes from a teacher’s own to the class, where its pupils read it, and back', async () => {
    const own = at('own');
    const ref = await put(sheet, claire, own);
    expect(await cupboards.content(lina, ref, null)).toBeNull();
    expect(await cupboards.move(claire, ref, ce1)).toEqual({
      kind: 'moved',
      from: own,
      name: 'Dictée.txt',
    });
    expect((await offered(await cupboards.content(lina, ref, null)))?.bytes).toEqual(sheet.bytes);
    expect(await names(claire, own)).toEqual([]);
    expect(await cupboards.moveBack(claire, ref, own)).toMatchObject({
      kind: 'moved',
      from: ce1,
    });
    expect(await cupboards.content(lina, ref, null)).toBeNull();
    expect(await names(claire, own)).toEqual(['Dictée.txt']);
    expect(await faults()).toEqual([]);
  });

  it('goes among cupboards that one may write, and to nobody else’s', async () => {
    const ref = await put(sheet);
    await goes(claire, ref, at('team'));
    expect(await names(head, at('team'))).toEqual(['Dictée.txt']);
    expect(await cupboards.file(lina, ref)).toBeNull();
    expect(await cupboards.move(claire, ref, at('school'))).toEqual({ kind: 'missing' });
    await goes(head, ref, at('school'));
    expect(await cupboards.file(lina, ref)).toBeNull();
    expect(await cupboards.move(claire, ref, ce1)).toEqual({ kind: 'missing' });
    expect(await cupboards.move(head, ref, ce1)).toEqual({ kind: 'missing' });
    const julie = await town.viewer('julie.robin');
    const [theirs] = (await cupboards.list(julie)).filter((one) => 'classId' in one.ref);
    if (theirs === undefined) throw new Error('no class in another school');
    expect(await cupboards.move(head, ref, theirs.ref)).toEqual({ kind: 'missing' });
    expect(await cupboards.move(julie, ref, theirs.ref)).toEqual({ kind: 'missing' });
  });

  it('is put by a pupil into a folder that a teacher opened, and taken back by them alone', async () => {
    const mine = at('own', lina);
    const ref = await put(sheet, lina, mine);
    const closed = await folder('Leçons');
    const open = await folder('Nos dessins');
    await cupboards.show(claire, open, { sees: 'families', isOpen: true });
    expect(await cupboards.move(lina, ref, closed)).toEqual({ kind: 'missing' });
    expect(await cupboards.move(lina, ref, ce1)).toEqual({ kind: 'missing' });
    await goes(lina, ref, open);
    expect(await names(noe, open)).toEqual(['Dictée.txt']);
    expect(await cupboards.move(noe, ref, at('own', noe))).toEqual({ kind: 'missing' });
    expect(await fault(claire, ref, at('own'))).toBe('others');
    await goes(lina, ref, mine);
    expect(await names(noe, open)).toEqual([]);
    expect(await cupboards.file(claire, ref)).toBeNull();
  });

  it('gets another name where its own is taken, and replaces nothing', async () => {
    const inside = await folder('Français');
    await put(sheet, claire, inside);
    const ref = await put(sheet);
    expect(await cupboards.move(claire, ref, inside)).toMatchObject({ name: 'Dictée (2).txt' });
    expect(await fault(claire, ref, inside)).toBe('here');
    expect(await names(claire, inside)).toEqual(['Dictée (2).txt', 'Dictée.txt']);
  });

  it('finds no room in a full cupboard, and stays where it is', SOAKED, async () => {
    const ref = await put(sheet);
    const other = await put({ ...sheet, name: 'Gros.txt' }, claire, at('team'));
    await town.admin.query('update cupboard_item set size_bytes = 2000000000 where id = $1', [
      other.item,
    ]);
    for (let one = 0; one < 4; one += 1) {
      const more = await put({ ...sheet, name: `${one}.txt` }, claire, at('team'));
      await town.admin.query('update cupboard_item set size_bytes = 2000000000 where id = $1', [
        more.item,
      ]);
    }
    expect(await fault(claire, ref, at('team'))).toBe('full');
    expect(await names(claire, ce1)).toEqual(['Dictée.txt']);
  });
});

describe('a folder that is moved', () => {
  it('takes along all that lies in it, and comes back as it was', async () => {
    const tools = await folder('Outils');
    const inner = await folder('Grilles', tools);
    await put(sheet, claire, inner);
    const answers = await put({ ...sheet, name: 'Corrigé.txt' }, claire, inner);
    await cupboards.show(claire, tools, { sees: 'families', isOpen: true });
    await cupboards.show(claire, answers, { sees: 'author', isOpen: false });
    const before = await sights();
    await goes(claire, tools, at('team'));
    expect(await names(head, inner)).toEqual(['Dictée.txt']);
    expect(await names(claire, inner)).toEqual(['Corrigé.txt', 'Dictée.txt']);
    await cupboards.moveBack(claire, tools, ce1);
    expect(await sights()).toEqual(before);
    await goes(claire, tools, at('own'));
    expect(await cupboards.folder(lina, inner, null)).toBeNull();
    expect(new Set(Object.values(await sights()))).toEqual(new Set(['author']));
    await cupboards.moveBack(claire, tools, ce1);
    expect(await sights()).toEqual(before);
    expect(await names(lina, inner)).toEqual(['Dictée.txt']);
    expect(await faults()).toEqual([]);
  });

  it('stays four deep, out of itself, and where it holds what others keep to themselves', async () => {
    const one = await folder('Un');
    const two = await folder('Deux', one);
    const three = await folder('Trois', two);
    const other = await folder('Autre');
    const within = await folder('Dedans', other);
    expect(await fault(claire, one, three)).toBe('inside');
    expect(await fault(claire, one, one)).toBe('inside');
    expect(await fault(claire, other, three)).toBe('deep');
    await goes(claire, within, three);
    expect(await fault(claire, one, other)).toBe('deep');
    const hers = await put(sheet, claire, one);
    await cupboards.show(claire, hers, { sees: 'author', isOpen: false });
    await town.admin.query('update cupboard_item set author_address_id = $1 where id = $2', [
      ...[head.addressId, hers.item],
    ]);
    expect(await fault(claire, one, at('team'))).toBe('unseen');
    await goes(claire, two, other);
    expect(await faults()).toEqual([]);
  });

  it(
    'leaves what was thrown away in it in the bin of its cupboard, whence it comes back',
    SOAKED,
    async () => {
      const outer = await folder('Semaine');
      const tools = await folder('Outils', outer);
      const inner = await folder('Grilles', tools);
      await put(sheet, claire, inner);
      await cupboards.throwAway(claire, inner);
      await goes(claire, tools, at('team'));
      expect(await faults()).toEqual([]);
      expect((await cupboards.bin(claire, at('team')))?.items).toEqual([]);
      expect((await cupboards.bin(claire, ce1))?.items.map(({ name }) => name)).toEqual([
        'Grilles',
      ]);
      expect(await cupboards.takeOut(claire, inner)).toEqual(outer);
      expect(await names(claire, inner)).toEqual(['Dictée.txt']);
      const again = await put({ ...sheet, name: 'Jeté.txt' }, claire, inner);
      await cupboards.throwAway(claire, again);
      await goes(claire, inner, ce1);
      expect(await cupboards.takeOut(claire, again)).toEqual(inner);
      expect(await faults()).toEqual([]);
    },
  );
});

it('lets two who move across each other have their turns, and loses nothing', async () => {
  const [here, there] = [at('own'), at('team')];
  const refs = await Promise.all(
    Array.from({ length: 8 }, (_, one) =>
      put({ ...sheet, name: `${one}.txt` }, claire, one % 2 === 0 ? here : there),
    ),
  );
  await Promise.all(refs.map((ref, one) => goes(claire, ref, one % 2 === 0 ? there : here)));
  expect([await names(claire, here), await names(claire, there)]).toEqual([
    ['1.txt', '3.txt', '5.txt', '7.txt'],
    ['0.txt', '2.txt', '4.txt', '6.txt'],
  ]);
  const { rows } = await town.admin.query(
    "select count(*)::int as acts from audit where act = 'cupboard-move'",
  );
  expect(rows[0]?.acts).toBeGreaterThan(7);
});
