import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { dayAt } from '../../ground/clock.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { dayAfter } from '../../roster/days.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { takeHandedBack, takeTurnInPart } from '../../store/cupboard/boxes.ts';
import { carryAccounts } from '../../store/schools/school-move.ts';
import { openCupboardTown } from '../cupboard/testing/cupboard-town.ts';
import { offered } from '../cupboard/testing/served-bytes.ts';
import type { BoxRef } from './contract.ts';
import { openHandIns } from './hand-ins.ts';

const { town, claire, ce1, sheet } = await openCupboardTown();
const { handIns } = town.core;
const lina = await town.viewer('lina.moreau');
const noe = await town.viewer('noe.garnier');
const untilDay = dayAfter(dayAt(town.clock.now, 'Europe/Paris'), 3);
const WISH = { name: 'Mon animal', asks: 'Dessine ton animal préféré.', untilDay };

async function box(): Promise<BoxRef> {
  const made = await handIns.make(claire, ce1, WISH);
  if (made.kind !== 'made') throw new Error(made.kind);
  return made.ref;
}

/** Which words a box has now. */
const editionOf = async (ref: BoxRef): Promise<string> =>
  (await handIns.box(claire, ref, null))?.edition ?? '';

async function handed(viewer: Viewer, ref: BoxRef) {
  expect(await handIns.hand(viewer, ref, [sheet])).toMatchObject({ kind: 'handed' });
  const own = (await handIns.box(viewer, ref, null))?.own;
  const [file] = own?.files ?? [];
  if (file === undefined) throw new Error('nothing');
  return file.id;
}

describe('a hand-in box', () => {
  it('shows a pupil their own part alone, and a teacher who has and who hasn’t', async () => {
    const ref = await box();
    const file = await handed(lina, ref);
    expect(await handIns.boxes(noe, ce1)).toMatchObject([
      { name: 'Mon animal', own: { state: 'none' } },
    ]);
    expect((await handIns.box(noe, ref, lina.addressId))?.own?.files).toEqual([]);
    expect((await handIns.box(noe, ref, lina.addressId))?.parts).toEqual([]);
    expect(await handIns.content(noe, ref, file)).toBeNull();
    expect(await handIns.takeBack(noe, ref, file)).toBe(false);
    const view = await handIns.box(claire, ref, lina.addressId);
    expect(view).toMatchObject({ handed: 1, own: null });
    const states = Object.fromEntries(
      view?.parts.map(({ face, state }) => [face.name, state]) ?? [],
    );
    expect([
      states['Lina Moreau'] ?? states['Lina'],
      states['Noé Garnier'] ?? states['Noé'],
    ]).toEqual(['handed', 'none']);
    expect((await offered(await handIns.content(claire, ref, file)))?.bytes).toEqual(sheet.bytes);
  });

  it('is nothing to a family, a head, another class, another school', async () => {
    const ref = await box();
    const file = await handed(lina, ref);
    for (const local of [
      'karine.moreau',
      'mamadou.diallo',
      'karim.haddad',
      'julie.robin',
      'tom.moreau',
    ]) {
      const viewer = await town.viewer(local);
      expect([local, await handIns.boxes(viewer, ce1)]).toEqual([local, []]);
      expect(await handIns.box(viewer, ref, lina.addressId)).toBeNull();
      expect(await handIns.content(viewer, ref, file)).toBeNull();
      expect(await handIns.make(viewer, ce1, WISH)).toEqual({ kind: 'missing' });
      expect(await handIns.change(viewer, ref, { ...WISH, edition: '' })).toEqual({
        kind: 'missing',
      });
      expect(await handIns.close(viewer, ref, true)).toBe(false);
      expect(await handIns.hand(viewer, ref, [sheet])).toEqual({ kind: 'missing' });
      const said = { pupil: lina.addressId, stamp: 'bravo', word: '' } as const;
      expect(await handIns.giveBack(viewer, ref, said)).toEqual({ kind: 'missing' });
    }
    expect(
      await handIns.giveBack(lina, ref, { pupil: lina.addressId, stamp: 'bravo', word: '' }),
    ).toEqual({ kind: 'missing' });
  });

  it('marks what comes late, takes nothing once it is closed, and gives nothing back to nobody', async () => {
    const ref = await box();
    expect(await handIns.hand(noe, ref, [sheet])).toEqual({ kind: 'handed', isLate: false });
    town.clock.now = new Date(town.clock.now.getTime() + 5 * DAY_MS);
    expect(await handIns.hand(lina, ref, [sheet])).toEqual({ kind: 'handed', isLate: true });
    await handIns.close(claire, ref, true);
    expect(await handIns.hand(noe, ref, [sheet])).toEqual({ kind: 'missing' });
    expect(await handIns.boxes(lina, ce1)).toEqual([]);
    expect(await handIns.boxes(claire, ce1)).toMatchObject([{ isClosed: true, handed: 2 }]);
  });

  it('stays closed where other words come at once', SOAKED, async () => {
    const ref = await box();
    for (let turn = 0; turn < 10; turn += 1) {
      await handIns.close(claire, ref, false);
      const name = `Mon animal ${turn}`;
      const edition = await editionOf(ref);
      await Promise.all([
        handIns.change(claire, ref, { ...WISH, name, edition }),
        handIns.close(claire, ref, true),
      ]);
      expect(await handIns.box(claire, ref, null)).toMatchObject({ name, isClosed: true });
    }
  });

  it('has the words of one of two who change it at once, and the other hears of it', async () => {
    const ref = await box();
    const edition = await editionOf(ref);
    const names = ['Un', 'Deux', 'Trois'];
    const became = await Promise.all(
      names.map((name) => handIns.change(claire, ref, { ...WISH, name, edition })),
    );
    expect(became.map(({ kind }) => kind).sort()).toEqual(['changed', 'changed', 'made']);
    const name = names[became.findIndex(({ kind }) => kind === 'made')] ?? '';
    expect(await handIns.box(claire, ref, null)).toMatchObject({ name });
    const again = await handIns.change(claire, ref, { ...WISH, name, edition });
    expect(again).toEqual({ kind: 'made', ref });
  });

  it('says what is wrong with it', async () => {
    const wrong = { name: ' ', asks: 'x'.repeat(1_001), untilDay: '2020-01-01' };
    expect(await handIns.make(claire, ce1, wrong)).toEqual({
      kind: 'faulty',
      faults: ['no-name', 'long-words', 'past-day'],
    });
    const ref = await box();
    town.clock.now = new Date(town.clock.now.getTime() + 9 * DAY_MS);
    const other = { ...WISH, name: 'Autre', edition: await editionOf(ref) };
    expect(await handIns.change(claire, ref, other)).toMatchObject({ kind: 'made' });
  });

  it('takes a file by the path of every file, or none of those that came together', async () => {
    const ref = await box();
    const program = { name: 'jeu.exe', mediaType: 'text/plain', bytes: Buffer.from('MZ') };
    expect(await handIns.hand(lina, ref, [sheet, program])).toMatchObject({
      kind: 'not-kept',
      name: 'jeu.exe',
      why: { kind: 'refused' },
    });
    expect((await handIns.box(lina, ref, null))?.own?.state).toBe('none');
    expect(
      await handIns.hand(
        lina,
        ref,
        Array.from({ length: 11 }, () => sheet),
      ),
    ).toEqual({
      kind: 'too-many',
    });
  });
});

describe('one form sent twice', () => {
  it('makes one box, at once too; other words or another day make another', async () => {
    const made = await Promise.all([WISH, WISH].map((wish) => handIns.make(claire, ce1, wish)));
    expect(made[0]).toEqual(made[1]);
    expect(await handIns.boxes(claire, ce1)).toHaveLength(1);
    const day = dayAfter(untilDay, 1);
    for (const other of [{ name: 'Ma maison' }, { asks: 'En noir.' }, { untilDay: day }])
      await handIns.make(claire, ce1, { ...WISH, ...other });
    expect(await handIns.boxes(claire, ce1)).toHaveLength(4);
    // Of one that takes nothing any more nobody means the second sending.
    await handIns.close(claire, await box(), true);
    await box();
    expect(await handIns.boxes(claire, ce1)).toHaveLength(5);
  });

  it('hands in each file once, on the day on which it came first', async () => {
    const ref = await box();
    const six = Array.from({ length: 6 }, (_, at) => ({ ...sheet, name: `${at}.txt` }));
    const onTime = { kind: 'handed', isLate: false };
    expect(await handIns.hand(lina, ref, six)).toEqual(onTime);
    town.clock.now = new Date(town.clock.now.getTime() + 5 * DAY_MS);
    expect(await handIns.hand(lina, ref, six)).toEqual(onTime);
    expect((await handIns.box(lina, ref, null))?.own).toMatchObject({ isLate: false });
    const other = { ...sheet, bytes: Buffer.from('Autre chose.\n') };
    const more = [{ ...other, name: '0.txt' }, { ...sheet, name: '6.txt' }, ...six];
    expect(await handIns.hand(lina, ref, more)).toEqual({ kind: 'handed', isLate: true });
    const names = (await handIns.box(lina, ref, null))?.own?.files.map(({ name }) => name);
    expect(names?.toSorted()).toEqual(
      [...six.map(({ name }) => name), '0.txt', '6.txt'].toSorted(),
    );
  });

  it('reads nothing of what can’t find room', async () => {
    const ref = await box();
    const ten = (word: string) =>
      Array.from({ length: 10 }, (_, at) => ({
        ...sheet,
        name: `${word} ${at}.txt`,
        bytes: Buffer.from(`${word} ${at}`),
      }));
    await handIns.hand(lina, ref, ten('Un'));
    const bodies = async () =>
      (await town.admin.query('select count(*)::integer as all from stored_body')).rows[0];
    const before = await bodies();
    expect(await handIns.hand(lina, ref, ten('Deux'))).toEqual({ kind: 'too-many' });
    expect(await bodies()).toEqual(before);
  });

  it('takes ten files and no more, however many come at once', SOAKED, async () => {
    const ref = await box();
    const threes = [0, 1, 2, 3, 4].map((some) =>
      [0, 1, 2].map((at) => ({ ...sheet, name: `${some} ${at}.txt` })),
    );
    const became = await Promise.all(threes.map((files) => handIns.hand(lina, ref, files)));
    expect(became.map(({ kind }) => kind).toSorted()).toEqual([
      'handed',
      'handed',
      'handed',
      'too-many',
      'too-many',
    ]);
    expect((await handIns.box(lina, ref, null))?.own?.files).toHaveLength(9);
  });
});

describe('what is taken back', () => {
  it('leaves nothing handed in, where two take back the last two files at once', async () => {
    const ref = await box();
    await handIns.hand(lina, ref, [sheet, { ...sheet, name: 'La fin.txt' }]);
    const files = (await handIns.box(lina, ref, null))?.own?.files ?? [];
    const [first, last] = files.map(({ id }) => id);
    if (first === undefined || last === undefined) throw new Error('nothing');
    const part = { box: ref.box, pupil: lina.addressId };
    let other = Promise.resolve(false);
    await town.store.write(ref.school, async (tx) => {
      await takeTurnInPart(tx, part);
      await takeHandedBack(tx, { ...part, id: first });
      other = handIns.takeBack(lina, ref, last);
      await Promise.race([other, setTimeout(100)]);
    });
    expect(await other).toBe(true);
    expect((await handIns.box(lina, ref, null))?.own?.state).toBe('none');
  });
});

describe('what is given back', () => {
  it('stays in the notebook where a second giving back comes to nothing', async () => {
    const ref = await box();
    await handed(lina, ref);
    const said = { pupil: lina.addressId, stamp: 'again', word: 'Il manque la fin' } as const;
    expect(await handIns.giveBack(claire, ref, said)).toEqual({ kind: 'given' });
    const before = await handIns.notebook(lina);
    const { store } = town.parts;
    let writings = 0;
    const write: typeof store.write = async (school, act) => {
      writings += 1;
      if (writings === 2) {
        await handIns.hand(lina, ref, [{ ...sheet, name: 'La fin.txt' }]);
        for (const { id } of (await handIns.box(lina, ref, null))?.own?.files ?? [])
          await handIns.takeBack(lina, ref, id);
      }
      return store.write(school, act);
    };
    const giving = openHandIns({ ...town.parts, store: { ...store, write } });
    const twice = { ...said, stamp: 'bravo', word: '' } as const;
    expect(await giving.giveBack(claire, ref, twice)).toEqual({ kind: 'missing' });
    const names = (pages: typeof before) => pages.map(({ name, word }) => `${name} ${word}`);
    expect(names(await handIns.notebook(lina))).toEqual(names(before));
  });

  it('has in the notebook what was handed in while it was given back', async () => {
    const ref = await box();
    await handed(lina, ref);
    const { store } = town.parts;
    const more = [{ ...sheet, name: 'La fin.txt' }];
    const write: typeof store.write = async (school, act) => {
      town.clock.now = new Date(town.clock.now.getTime() + 1_000);
      const part = more.pop();
      if (part !== undefined) await handIns.hand(lina, ref, [part]);
      return store.write(school, act);
    };
    const giving = openHandIns({ ...town.parts, store: { ...store, write } });
    const said = { pupil: lina.addressId, stamp: 'bravo', word: '' } as const;
    expect(await giving.giveBack(claire, ref, said)).toEqual({ kind: 'given' });
    const names = (await handIns.notebook(lina)).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['Dictée.txt', 'La fin.txt']);
  });

  it(
    'has nothing in the notebook that was taken back while it was given back',
    SOAKED,
    async () => {
      const ref = await box();
      const { store } = town.parts;
      const said = { pupil: lina.addressId, stamp: 'bravo', word: '' } as const;
      for (const kept of [['Dictée.txt'], []]) {
        await handIns.hand(lina, ref, [sheet, { ...sheet, name: 'La fin.txt' }]);
        const files = (await handIns.box(lina, ref, null))?.own?.files ?? [];
        const goes = files.filter(({ name }) => !kept.includes(name)).map(({ id }) => id);
        let writings = 0;
        const write: typeof store.write = async (school, act) => {
          writings += 1;
          // The notebook is written first, then the box.
          if (writings === 2) for (const id of goes) await handIns.takeBack(lina, ref, id);
          return store.write(school, act);
        };
        const giving = openHandIns({ ...town.parts, store: { ...store, write } });
        expect(await giving.giveBack(claire, ref, said)).toEqual({
          kind: kept.length > 0 ? 'given' : 'missing',
        });
        expect((await handIns.notebook(lina)).map(({ name }) => name)).toEqual(kept);
        await town.admin.query('delete from hand_in');
        await town.admin.query('delete from notebook_page');
      }
    },
  );

  it('lies in an archive under the day that it was at the school', async () => {
    town.clock.now = new Date(`${dayAt(town.clock.now, 'UTC')}T23:30:00Z`);
    const ref = await box();
    await handed(lina, ref);
    await handIns.giveBack(claire, ref, { pupil: lina.addressId, stamp: 'bravo', word: '' });
    const archive = await handIns.takeAlong(lina);
    const paths: string[] = [];
    for await (const { path } of archive?.files ?? []) paths.push(path.split('/')[1] ?? '');
    expect(paths).toEqual([`${dayAt(town.clock.now, 'Europe/Paris')} Mon animal`]);
  });

  it('comes with a stamp and a word, lies in the child’s own notebook, and may be finished', async () => {
    const ref = await box();
    const file = await handed(lina, ref);
    const said = { pupil: lina.addressId, stamp: 'again', word: ' Il manque la fin. ' } as const;
    expect(await handIns.giveBack(claire, ref, said)).toEqual({ kind: 'given' });
    expect((await handIns.box(lina, ref, null))?.own).toMatchObject({
      state: 'again',
      mayHand: true,
      mayTakeBack: false,
      givenBack: { stamp: 'again', word: 'Il manque la fin.' },
    });
    expect(await handIns.takeBack(lina, ref, file)).toBe(false);
    expect(await handIns.hand(lina, ref, [{ ...sheet, name: 'La fin.txt' }])).toMatchObject({
      kind: 'handed',
    });
    await handIns.giveBack(claire, ref, { ...said, stamp: 'bravo', word: '' });
    expect((await handIns.box(lina, ref, null))?.own).toMatchObject({
      state: 'back',
      mayHand: false,
    });
    const pages = await handIns.notebook(lina);
    expect(pages.map(({ name }) => name).toSorted()).toEqual(['Dictée.txt', 'La fin.txt']);
    expect(pages[0]).toMatchObject({ boxName: 'Mon animal', className: 'CE1 A', stamp: 'bravo' });
    const page = pages[0]?.page;
    if (page === undefined) throw new Error('no page');
    expect((await offered(await handIns.pageContent(lina, page)))?.bytes).toEqual(sheet.bytes);
    expect(await handIns.notebook(noe)).toEqual([]);
    expect(await handIns.pageContent(noe, page)).toBeNull();
    expect(await handIns.pageContent(claire, page)).toBeNull();
  });

  it('stays with a child who leaves the class, whose part is shown there no more', async () => {
    const ref = await box();
    const file = await handed(lina, ref);
    await handIns.giveBack(claire, ref, { pupil: lina.addressId, stamp: 'bravo', word: '' });
    const leave = async (until: string | null) => {
      await town.admin.query(
        `update membership set until_date = $1 where address_id = $2 and role = 'pupil'`,
        [until, lina.addressId],
      );
      await town.admin.query('update school set roster_version = roster_version + 1');
    };
    await leave(dayAfter(dayAt(town.clock.now, 'Europe/Paris'), -20));
    try {
      expect(await handIns.content(claire, ref, file)).toBeNull();
      expect(await handIns.box(lina, ref, null)).toBeNull();
      expect(await handIns.notebook(lina)).toHaveLength(1);
    } finally {
      await leave(null);
    }
  });

  it('goes with a child who changes school, with its bytes, and comes back with them', async () => {
    const ref = await box();
    await handed(lina, ref);
    await handIns.giveBack(claire, ref, { pupil: lina.addressId, stamp: 'bravo', word: 'Bravo' });
    const [here, there] = [lina.school, 2 as SchoolId];
    const carry = (from: SchoolId, to: SchoolId) =>
      town.store.town((tx) => carryAccounts(tx, { from, to, addresses: [lina.addressId] }));
    await carry(here, there);
    try {
      const away = { ...lina, school: there };
      const [page] = await handIns.notebook(away);
      expect(page).toMatchObject({ word: 'Bravo', className: 'CE1 A' });
      const content = page && (await handIns.pageContent(away, page.page));
      expect((await offered(content ?? null))?.bytes).toEqual(sheet.bytes);
      expect(await handIns.notebook(lina)).toEqual([]);
    } finally {
      await carry(there, here);
    }
    expect(await handIns.notebook(lina)).toHaveLength(1);
  });
});
