import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { gathered } from '../../ground/pieces.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { NIGHT } from '../../ground/testing/night.ts';
import { bombPng, grainyPng } from '../../letters/message/testing/documents.ts';
import { RED_GIF } from '../../mail/parsing/testing/red-gif.ts';
import type { Upload } from '../../mail/writing/contract.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { eraseFilesOf } from '../../store/cupboard/throwing.ts';
import type { FolderAt } from './contract.ts';
import { openCupboards } from './cupboards.ts';
import { openCupboardTown } from './testing/cupboard-town.ts';
import { offered } from './testing/served-bytes.ts';

const { town, cupboards, claire, ce1, sheet, put, folder, seen } = await openCupboardTown();
const LINA = 'lina.moreau';
const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

const text = (name: string, words: string): Upload => ({
  name,
  mediaType: 'text/plain',
  bytes: Buffer.from(words),
});

describe('a file of a class’s cupboard', () => {
  it('is read by the class’s pupils as it was put there, and by families where a teacher shows it', async () => {
    const ref = await put(sheet);
    for (const local of [LINA, 'noe.garnier', 'claire.lefevre', 'mamadou.diallo'])
      expect([local, await seen(local)]).toEqual([local, ['Dictée.txt']]);
    expect(await seen('samira.benali')).toEqual([]);
    expect(await cupboards.content(await town.viewer('samira.benali'), ref, null)).toBeNull();
    const got = await offered(await cupboards.content(await town.viewer(LINA), ref, null));
    expect(got).toEqual({ name: 'Dictée.txt', mediaType: 'text/plain', bytes: sheet.bytes });
    expect(await cupboards.show(claire, ref, { sees: 'families', isOpen: false })).toBe(true);
    expect(await seen('samira.benali')).toEqual(['Dictée.txt']);
    await cupboards.show(claire, ref, { sees: 'author', isOpen: false });
    for (const local of [LINA, 'mamadou.diallo', 'samira.benali'])
      expect([local, await seen(local)]).toEqual([local, []]);
    expect(await seen('claire.lefevre')).toEqual(['Dictée.txt']);
  });

  it('is nothing to another class, another school, an agent', async () => {
    const ref = await put(sheet);
    for (const local of ['karim.haddad', 'hugues.armand', 'tom.moreau', 'julie.robin']) {
      const viewer = await town.viewer(local);
      expect([local, await seen(local)]).toEqual([local, null]);
      expect(await cupboards.file(viewer, ref)).toBeNull();
      expect(await cupboards.content(viewer, ref, null)).toBeNull();
      expect(await cupboards.put(viewer, ce1, sheet)).toBeNull();
      expect(await cupboards.throwAway(viewer, ref)).toBe(false);
      expect(await cupboards.rename(viewer, ref, 'x')).toEqual({ kind: 'missing' });
    }
  });

  it('lies once in its school, however often it is put there', async () => {
    await put(sheet);
    await put({ ...sheet, name: 'La même.txt' });
    const { rows } = await town.admin.query(
      'select count(*)::int as bodies, sum(size_bytes)::int as bytes from stored_body',
    );
    expect(rows).toEqual([{ bodies: 1, bytes: sheet.bytes.length }]);
  });

  it('is kept in pieces and comes back whole', async () => {
    const bytes = grainyPng(900, 800);
    expect(bytes.length).toBeGreaterThan(2_000_000);
    const ref = await put({ name: 'photo.png', mediaType: 'image/png', bytes });
    const { rows } = await town.admin.query('select 1 from stored_body_piece');
    expect(rows.length).toBe(Math.ceil(bytes.length / 1_048_576));
    const [listed] = (await cupboards.folder(claire, ce1, null))?.items ?? [];
    expect(listed?.hasSmall).toBe(true);
    const small = await (await cupboards.small(claire, ref))?.load();
    expect(small?.toString('latin1', 1, 4)).toBe('PNG');
    expect(await cupboards.small(await town.viewer('karim.haddad'), ref)).toBeNull();
    const served = await cupboards.content(claire, ref, null);
    expect((await offered(served))?.bytes.equals(bytes)).toBe(true);
    const part: Buffer[] = [];
    for await (const one of served?.read({ first: 1_048_570, last: 2_097_160 }) ?? [])
      part.push(one);
    expect(Buffer.concat(part).equals(bytes.subarray(1_048_570, 2_097_161))).toBe(true);
  });

  it(
    'that is a picture from before there were small ones gets its own as it is looked at',
    SOAKED,
    async () => {
      const ref = await put({ name: 'rond.gif', mediaType: 'image/gif', bytes: RED_GIF });
      await town.admin.query('update stored_body set small = null');
      const listed = async () => (await cupboards.folder(claire, ce1, null))?.items[0]?.hasSmall;
      expect(await listed()).toBe(true);
      const small = await (await cupboards.small(claire, ref))?.load();
      expect(small?.toString('latin1', 1, 4)).toBe('PNG');
      const { rows } = await town.admin.query('select small from stored_body');
      expect(rows).toEqual([{ small }]);
      // Of what can't be read there is none, and nobody asks a second time.
      await town.admin.query(
        "update stored_body set small = null; update stored_body_piece set bytes = overlay(bytes placing '\\x00000000'::bytea from 60)",
      );
      expect(await (await cupboards.small(claire, ref))?.load()).toBeNull();
      expect(await listed()).toBe(false);
    },
  );

  it('has passed the scanner and the kinds of its bringer’s role', async () => {
    const refused = async (file: Upload) => cupboards.put(claire, ce1, file);
    expect(await refused(text('lis-moi.txt', EICAR))).toMatchObject({
      kind: 'refused',
      outcome: { kind: 'infected' },
    });
    expect(await refused(text('jeu.exe', 'MZ'))).toMatchObject({
      kind: 'refused',
      outcome: { kind: 'denied', refusals: [{ rule: 'file-kind' }] },
    });
    expect(await refused(text('rien.txt', ''))).toEqual({ kind: 'empty' });
    const bomb = { name: 'ciel.png', mediaType: 'image/png', bytes: bombPng(50_000) };
    expect(await refused(bomb)).toEqual({ kind: 'bomb' });
    const big = { ...sheet, bytes: Buffer.alloc(25_000_001, 'a') };
    expect(await refused(big)).toEqual({ kind: 'too-big', mostBytes: 25_000_000 });
    expect(await seen('claire.lefevre')).toEqual([]);
  });

  it('of the same name takes the place of the one before, which is kept for a while', async () => {
    const ref = await put(sheet);
    const again = await cupboards.put(claire, ce1, text('Dictée.txt', 'Autre chose'));
    expect(again).toEqual({ kind: 'put', ref, name: 'Dictée.txt', replaced: true });
    const view = await cupboards.file(claire, ref);
    expect(view?.versions).toMatchObject([{ version: 1, sizeBytes: sheet.bytes.length }]);
    expect((await offered(await cupboards.content(claire, ref, 1)))?.bytes).toEqual(sheet.bytes);
    expect((await cupboards.file(await town.viewer(LINA), ref))?.versions).toEqual([]);
    expect(await cupboards.content(await town.viewer(LINA), ref, 1)).toBeNull();
  });

  it('is put into a folder that a teacher opened by a pupil, who arranges their own alone', async () => {
    const at = await folder('Nos dessins');
    const [lina, noe] = [await town.viewer(LINA), await town.viewer('noe.garnier')];
    expect(await cupboards.put(lina, at, sheet)).toBeNull();
    await cupboards.show(claire, at, { sees: 'pupils', isOpen: true });
    const hers = await put(sheet, lina, at);
    const his = await put(sheet, noe, at);
    expect((await cupboards.file(noe, his))?.file.name).toBe('Dictée (2).txt');
    expect(await cupboards.rename(noe, hers, 'À moi.txt')).toEqual({ kind: 'missing' });
    expect(await cupboards.rename(lina, hers, 'À moi.txt')).toMatchObject({ kind: 'done' });
    expect(await cupboards.throwAway(lina, his)).toBe(false);
    expect(await cupboards.show(lina, hers, { sees: 'families', isOpen: false })).toBe(false);
    expect(await cupboards.makeFolder(lina, at, 'x')).toEqual({ kind: 'missing' });
    await cupboards.show(claire, at, { sees: 'pupils', isOpen: false });
    expect(await cupboards.throwAway(lina, hers)).toBe(false);
    expect(await cupboards.throwAway(claire, hers)).toBe(true);
  });
});

it('shows who arranges a cupboard what takes the most room, of what they see', async () => {
  const hidden = await folder('Caché');
  const sizes = [3, 9, 27, 81, 243].map((size) => [`${size}.txt`, 'a'.repeat(size * 100)] as const);
  for (const [name, words] of sizes) await put(text(name, words));
  const big = await put(text('1000.txt', 'b'.repeat(100_000)), claire, hidden);
  const view = await cupboards.largest(claire, ce1, null);
  expect(view?.files.map(({ name, within }) => [name, ...within])).toEqual([
    ...[['1000.txt', 'Caché'], ['243.txt'], ['81.txt'], ['27.txt'], ['9.txt'], ['3.txt']],
  ]);
  expect(view?.fill).toEqual({ bytes: 136_300, mostBytes: 10_000_000_000, keptBytes: 0 });
  const rest = await cupboards.largest(claire, ce1, big.item);
  expect(rest?.files[0]?.name).toBe('243.txt');
  await cupboards.throwAway(claire, big);
  expect((await cupboards.largest(claire, ce1, null))?.fill).toMatchObject({
    bytes: 36_300,
    keptBytes: 100_000,
  });
  await cupboards.show(claire, hidden, { sees: 'author', isOpen: false });
  for (const local of [LINA, 'mamadou.diallo', 'samira.benali', 'karim.haddad'])
    expect([local, await cupboards.largest(await town.viewer(local), ce1, null)]).toEqual([
      ...[local, null],
    ]);
});

describe('folders', () => {
  it('lie four deep, under names that are theirs alone', async () => {
    let at = await folder('Un');
    for (const name of ['Deux', 'Trois', 'Quatre']) at = await folder(name, at);
    expect(await cupboards.makeFolder(claire, at, 'Cinq')).toEqual({
      kind: 'faulty',
      fault: 'deep',
    });
    await put(sheet, claire, at);
    for (const name of ['un', ' UN ', 'Un'.normalize('NFD')])
      expect(await cupboards.makeFolder(claire, ce1, name)).toEqual({
        kind: 'faulty',
        fault: 'taken',
      });
    const view = await cupboards.folder(claire, ce1, null);
    expect(view?.items).toMatchObject([{ name: 'Un', count: 1 }]);
    expect((await cupboards.folder(claire, at, null))?.way.map(({ name }) => name)).toEqual([
      'Un',
      'Deux',
      'Trois',
      'Quatre',
    ]);
  });

  it('hide what is in them from whoever doesn’t see them', async () => {
    const at = await folder('Livrets');
    const ref = await put(sheet, claire, at);
    const lina = await town.viewer(LINA);
    expect(await cupboards.file(lina, ref)).not.toBeNull();
    await cupboards.show(claire, at, { sees: 'author', isOpen: true });
    expect(await cupboards.file(lina, ref)).toBeNull();
    expect(await cupboards.content(lina, ref, null)).toBeNull();
    expect(await cupboards.put(lina, at, sheet)).toBeNull();
    expect((await cupboards.folder(lina, ce1, null))?.items).toEqual([]);
  });

  it('of two who give one name at once one hears that it is taken', SOAKED, async () => {
    const [one, other] = [await folder('Un'), await folder('Deux')];
    const both = await Promise.all([
      cupboards.rename(claire, one, 'Trois'),
      cupboards.rename(claire, other, 'Trois'),
    ]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['done', 'faulty']);
  });

  it('are turned page by page, folders first', async () => {
    await town.admin.query(
      `insert into cupboard (school_id, place, class_id) values ($1, 'class', $2)
        on conflict do nothing`,
      [ce1.school, ce1.classId],
    );
    await town.admin.query(
      `insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded, sees,
          made_at, changed_at)
        select school_id, id, 'folder', '{}', n, n, n, 'pupils', now(), now()
        from cupboard, generate_series(1, 130) g, to_char(g, 'FM000') n where place = 'class'`,
    );
    const names: string[] = [];
    for (let after = undefined as number | null | undefined; after !== null;) {
      const view = await cupboards.folder(claire, ce1, (after ?? null) as never);
      names.push(...(view?.items ?? []).map(({ name }) => name));
      after = view?.further ?? null;
    }
    expect(names).toEqual(Array.from({ length: 130 }, (_, at) => String(at + 1).padStart(3, '0')));
  });
});

describe('the bin', () => {
  it('keeps a folder with all that was in it, and gives it back, under another name where it must', async () => {
    const at = await folder('Potager');
    const ref = await put(sheet, claire, at);
    expect(await cupboards.throwAway(claire, at)).toBe(true);
    expect(await cupboards.file(claire, ref)).toBeNull();
    expect(await cupboards.put(claire, at, sheet)).toBeNull();
    expect((await cupboards.bin(claire, ce1))?.items.map(({ name }) => name)).toEqual(['Potager']);
    expect(await cupboards.bin(await town.viewer(LINA), ce1)).toBeNull();
    expect(await cupboards.takeOut(await town.viewer(LINA), at)).toBeNull();
    await folder('Potager');
    expect(await cupboards.takeOut(claire, at)).toEqual(ce1);
    expect((await cupboards.folder(claire, at, null))?.folder?.name).toBe('Potager (2)');
    expect(await cupboards.file(claire, ref)).not.toBeNull();
    expect(await cupboards.takeOut(claire, at)).toBeNull();
  });

  it('gives back what lay in a folder that is gone to the nearest that isn’t', SOAKED, async () => {
    const at = await folder('Un');
    const ref = await put(sheet, claire, await folder('Deux', at));
    await cupboards.throwAway(claire, ref);
    const { way } = (await cupboards.folder(claire, at, null)) ?? { way: [] };
    expect(way.length).toBe(1);
    await cupboards.throwAway(claire, at);
    expect(await cupboards.takeOut(claire, ref)).toEqual(ce1);
    expect(await seen('claire.lefevre')).toEqual(['Dictée.txt']);
  });

  it('says so to who puts a file into a folder that is thrown away meanwhile', SOAKED, async () => {
    const at = await folder('Un');
    const coming = cupboards.put(claire, at, { ...sheet, bytes: Buffer.alloc(2_000_000, 'é') });
    await cupboards.throwAway(claire, at);
    const became = await coming;
    expect(became === null || ['gone', 'put'].includes(became.kind)).toBe(true);
    expect(await seen('claire.lefevre')).toEqual([]);
  });

  it('is emptied after thirty days, and bytes that nothing has go the night after', async () => {
    const ref = await put(sheet);
    await cupboards.throwAway(claire, ref);
    const rows = async (table: string) =>
      (await town.admin.query(`select 1 from ${table}`)).rows.length;
    town.clock.now = new Date(town.clock.now.getTime() + 29 * DAY_MS);
    await cupboards.tidy(NIGHT);
    expect([await rows('cupboard_item'), await rows('stored_body')]).toEqual([1, 1]);
    town.clock.now = new Date(town.clock.now.getTime() + 2 * DAY_MS);
    expect(await cupboards.tidy(NIGHT)).toEqual({ items: 1, bodies: 1 });
    expect([await rows('cupboard_item'), await rows('stored_body_piece')]).toEqual([0, 0]);
  });
});

describe('room', () => {
  it('is a cupboard’s own: a full one takes no file, and says so', async () => {
    const ref = await put(sheet);
    await town.admin.query('update cupboard_item set size_bytes = 2000000000');
    const more = Array.from({ length: 4 }, (_, at) => at);
    for (const at of more) {
      await put({ ...sheet, name: `${at}.txt` });
      await town.admin.query('update cupboard_item set size_bytes = 2000000000');
    }
    expect(await cupboards.put(claire, ce1, text('encore.txt', 'a'))).toEqual({ kind: 'full' });
    await cupboards.throwAway(claire, ref);
    expect(await cupboards.put(claire, ce1, text('encore.txt', 'a'))).toMatchObject({
      kind: 'put',
    });
  });

  it('is looked at once more when a file has been looked at: others may have filled it', async () => {
    const own = { school: claire.school, place: 'own' } as const;
    await put(sheet, claire, own);
    const scanning = openCupboards({
      ...town.parts,
      scanner: {
        async scanFile(pieces) {
          await gathered(pieces);
          await town.admin.query('update cupboard_item set size_bytes = 2000000000');
          return { kind: 'clean' };
        },
      },
    });
    expect(await scanning.put(claire, own, text('encore.txt', 'a'))).toEqual({ kind: 'full' });
  });
});

describe('what is looked for', () => {
  it('is found by a part of its name, without accents, by whom sees it and the folders around', async () => {
    const at = await folder('Potager');
    await put({ ...sheet, name: 'Récolte d’été.txt' }, claire, at);
    await put({ ...sheet, name: 'Récolte d’hiver.txt' });
    const names = async (local: string, words: string) =>
      (await cupboards.search(await town.viewer(local), ce1, words))?.found.map(
        ({ name, within }) => [...within, name].join('/'),
      );
    expect(await names(LINA, 'recolte ETE')).toEqual(['Potager/Récolte d’été.txt']);
    expect(await names(LINA, 'rec')).toHaveLength(2);
    expect(await names('samira.benali', 'recolte')).toEqual([]);
    await cupboards.show(claire, at, { sees: 'author', isOpen: false });
    expect(await names(LINA, 'recolte')).toEqual(['Récolte d’hiver.txt']);
    expect(await names(LINA, '%')).toEqual([]);
    expect(await names('karim.haddad', 'recolte')).toBeUndefined();
  });

  it('is found in all other cupboards that one may open, by their names, and in nobody else’s', async () => {
    const { school } = claire;
    const [own, team] = [{ school, place: 'own' } as const, { school, place: 'team' } as const];
    await put({ ...sheet, name: 'Récolte à moi.txt' }, claire, own);
    await put({ ...sheet, name: 'Récolte du conseil.txt' }, claire, team);
    const lina = await town.viewer(LINA);
    await put({ ...sheet, name: 'Récolte de Lina.txt' }, lina, own);
    const elsewhere = async (viewer: Viewer) =>
      (await cupboards.search(viewer, ce1, 'recolte'))?.elsewhere.map(({ line, found }) => [
        'place' in line.ref ? line.ref.place : line.name,
        found.map(({ name }) => name),
      ]);
    expect((await elsewhere(claire))?.toSorted()).toEqual([
      ['own', ['Récolte à moi.txt']],
      ['team', ['Récolte du conseil.txt']],
    ]);
    expect(await elsewhere(lina)).toEqual([['own', ['Récolte de Lina.txt']]]);
    expect(await elsewhere(await town.viewer('samira.benali'))).toEqual([]);
  });
});

describe('a folder that is taken along', () => {
  it('has all that one sees in it, each file under its folders’ names', async () => {
    const at = await folder('Maths');
    const inner = await folder('Tables', at);
    await put(sheet, claire, inner);
    const hidden = await put({ ...sheet, name: 'Corrigé.txt' }, claire, at);
    await cupboards.show(claire, hidden, { sees: 'author', isOpen: false });
    const taken = async (local: string, from: FolderAt) => {
      const archive = await cupboards.archive(await town.viewer(local), from);
      if (archive === null) return undefined;
      const paths: string[] = [];
      for await (const { path } of archive.files) paths.push(path);
      return paths.toSorted();
    };
    expect(await taken('claire.lefevre', at)).toEqual(['Corrigé.txt', 'Tables/Dictée.txt']);
    expect(await taken(LINA, at)).toEqual(['Tables/Dictée.txt']);
    expect(await taken(LINA, ce1)).toEqual(['Maths/Tables/Dictée.txt']);
    expect(await taken('karim.haddad', at)).toBeUndefined();
    await cupboards.show(claire, inner, { sees: 'author', isOpen: false });
    expect(await taken(LINA, ce1)).toEqual([]);
  });
});

describe('who is erased', () => {
  it('takes along what they put there as a child; a teacher’s stays with the class, without a name', async () => {
    const at = await folder('Nos dessins');
    await cupboards.show(claire, at, { sees: 'pupils', isOpen: true });
    const lina = await town.viewer(LINA);
    const hers = await put(sheet, lina, at);
    const shown = await put({ ...sheet, name: 'Leçon.txt' });
    const hidden = await put({ ...sheet, name: 'Notes.txt' });
    await cupboards.show(claire, hidden, { sees: 'author', isOpen: false });
    for (const { addressId: author, role } of [lina, claire])
      await town.store.write(ce1.school, (tx) =>
        eraseFilesOf(tx, { author, isChild: role === 'pupil' }),
      );
    expect(await cupboards.file(claire, hers)).toBeNull();
    expect(await cupboards.file(claire, hidden)).toBeNull();
    expect((await cupboards.file(lina, shown))?.file).toMatchObject({ isOwn: false, author: '' });
  });
});
