/** Cupboards that are no class's: one's own, that of a school's adults, a school's. */
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../rules/viewer.ts';
import { carryAccounts } from '../../store/schools/school-move.ts';
import { eraseWhole } from '../leavers/erase-whole.ts';
import type { CupboardRef, SharedPlace } from './contract.ts';
import { openCupboardTown } from './testing/cupboard-town.ts';
import { offered } from './testing/served-bytes.ts';

const { town, cupboards, claire, ce1, sheet, put } = await openCupboardTown();
const lina = await town.viewer('lina.moreau');
const head = await town.viewer('mamadou.diallo');

const at = (place: SharedPlace, { school }: Pick<Viewer, 'school'> = claire): CupboardRef => ({
  school,
  place,
});
const lines = async (local: string): Promise<readonly string[]> =>
  (await cupboards.list(await town.viewer(local))).map(({ ref }) =>
    'classId' in ref ? 'class' : ref.place,
  );
const names = async (local: string, ref: CupboardRef): Promise<readonly string[] | null> => {
  const view = await cupboards.folder(await town.viewer(local), ref, null);
  return view && view.items.map(({ name }) => name);
};

describe('a cupboard of one’s own', () => {
  it('is filled, divided and arranged by its owner, and is nothing to anybody else', async () => {
    const own = at('own', lina);
    const made = await cupboards.makeFolder(lina, own, 'Mes dessins');
    if (made.kind !== 'done') throw new Error(made.kind);
    const ref = await put(sheet, lina, made.ref);
    expect(await names('lina.moreau', own)).toEqual(['Mes dessins']);
    expect(await cupboards.rename(lina, ref, 'Le chat.txt')).toMatchObject({ kind: 'done' });
    for (const local of ['noe.garnier', 'claire.lefevre', 'mamadou.diallo', 'karine.moreau']) {
      const other = await town.viewer(local);
      expect([local, await names(local, own)]).not.toEqual([local, ['Mes dessins']]);
      expect(await cupboards.file(other, ref)).toBeNull();
      expect(await cupboards.content(other, ref, null)).toBeNull();
      expect(await cupboards.folder(other, made.ref, null)).toBeNull();
      expect(await cupboards.put(other, made.ref, sheet)).toBeNull();
      expect(await cupboards.throwAway(other, ref)).toBe(false);
    }
    expect(await cupboards.throwAway(lina, ref)).toBe(true);
    expect(await cupboards.takeOut(lina, ref)).toEqual(made.ref);
  });

  it('is shown to nobody, whatever its owner asks', async () => {
    const ref = await put(sheet, claire, at('own'));
    for (const sees of ['team', 'pupils', 'families'] as const)
      expect(await cupboards.show(claire, ref, { sees, isOpen: true })).toBe(false);
    const { rows } = await town.admin.query('select sees, is_open from cupboard_item');
    expect(rows).toEqual([{ sees: 'author', is_open: false }]);
    expect((await cupboards.file(claire, ref))?.sights).toEqual([]);
  });

  it('has room of its own, less for a child', async () => {
    const most = async (viewer: Viewer) =>
      (await cupboards.folder(viewer, at('own', viewer), null))?.fill?.mostBytes;
    expect(await most(lina)).toBe(500_000_000);
    expect(await most(claire)).toBe(2_000_000_000);
  });

  it('goes with a child who changes school, bytes and bin, and nothing of the class does', async () => {
    const ref = await put(sheet, lina, at('own', lina));
    const thrown = await put({ ...sheet, name: 'Jeté.txt' }, lina, at('own', lina));
    await cupboards.throwAway(lina, thrown);
    await put(sheet, claire, ce1);
    const { rows } = await town.admin.query<{ id: typeof lina.school }>(
      'select id from school where id > 0 and id <> $1 order by id limit 1',
      [lina.school],
    );
    const to = rows[0]?.id ?? lina.school;
    const move = (from: typeof to, into: typeof to) =>
      town.store.town((tx) => carryAccounts(tx, { from, to: into, addresses: [lina.addressId] }));
    await move(lina.school, to);
    try {
      const { rows: after } = await town.admin.query(
        `select i.school_id, i.name, i.thrown_at is not null as thrown, p.bytes
          from cupboard_item i join cupboard c on c.school_id = i.school_id and c.id = i.cupboard_id
            join stored_body_piece p on p.school_id = i.school_id and p.sha256 = i.sha256
          where c.place = 'own' order by i.id`,
      );
      expect(after).toEqual([
        { school_id: to, name: 'Dictée.txt', thrown: false, bytes: sheet.bytes },
        { school_id: to, name: 'Jeté.txt', thrown: true, bytes: sheet.bytes },
      ]);
    } finally {
      await move(to, lina.school);
    }
    expect((await offered(await cupboards.content(lina, ref, null)))?.bytes).toEqual(sheet.bytes);
  });
});

describe('the cupboard of a school’s adults', () => {
  it('is read and arranged by whoever works there, and by nobody else', async () => {
    const ref = await put(sheet, claire, at('team'));
    expect(await names('mamadou.diallo', at('team'))).toEqual(['Dictée.txt']);
    expect(await cupboards.rename(head, ref, 'Service.txt')).toMatchObject({ kind: 'done' });
    for (const local of ['lina.moreau', 'karine.moreau', 'julie.robin']) {
      expect([local, await names(local, at('team'))]).toEqual([local, null]);
      expect(await cupboards.file(await town.viewer(local), ref)).toBeNull();
      const refs = (await cupboards.list(await town.viewer(local))).map(({ ref: one }) => one);
      expect(refs).not.toContainEqual(at('team'));
    }
    for (const sees of ['pupils', 'families'] as const)
      expect(await cupboards.show(claire, ref, { sees, isOpen: false })).toBe(false);
    expect(await cupboards.show(claire, ref, { sees: 'author', isOpen: false })).toBe(true);
    expect(await names('mamadou.diallo', at('team'))).toEqual([]);
  });
});

describe('the cupboard of a school', () => {
  it('is filled by its head alone, and opened to the team, to pupils, to families', async () => {
    expect(await lines('lina.moreau')).not.toContain('school');
    expect(await cupboards.put(claire, at('school'), sheet)).toBeNull();
    const ref = await put(sheet, head, at('school'));
    const seen = async () => ({
      team: await names('claire.lefevre', at('school')),
      pupil: await names('lina.moreau', at('school')),
      family: await names('samira.benali', at('school')),
    });
    const it1 = ['Dictée.txt'];
    expect(await seen()).toEqual({ team: it1, pupil: [], family: [] });
    await cupboards.show(head, ref, { sees: 'pupils', isOpen: true });
    expect(await seen()).toEqual({ team: it1, pupil: it1, family: [] });
    await cupboards.show(head, ref, { sees: 'families', isOpen: false });
    expect(await seen()).toEqual({ team: it1, pupil: it1, family: it1 });
    expect(await cupboards.put(lina, at('school'), sheet)).toBeNull();
    expect(await cupboards.throwAway(claire, ref)).toBe(false);
    expect(await lines('lina.moreau')).toContain('school');
    expect(await names('julie.robin', at('school'))).toBeNull();
  });
});

describe('a child who is erased', () => {
  it('leaves nothing in a cupboard of another school, where they were in a class too', async () => {
    const child = await town.viewer('adele.vidal');
    await put(sheet, child, at('own', child));
    const { rows } = await town.admin.query<{ school: number }>(
      `with home as (
          insert into cupboard (school_id, place, class_id)
          select school_id, 'class', min(id) from class where school_id <> $1
          group by school_id order by school_id limit 1
          returning school_id, id
        ), body as (
          insert into stored_body select school_id, 'ab', 1, now() from home returning sha256
        ), item as (
          insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded,
            sees, author_address_id, made_at, changed_at, sha256, media_type, size_bytes)
          select school_id, id, kind, '{}', n, n, n, 'pupils', author, now(), now(),
            case when kind = 'file' then 'ab' end, case when kind = 'file' then 'text/plain' end, 1
          from home, (values ('file', 'theirs', $2::bigint), ('folder', 'others', $3::bigint))
            x (kind, n, author)
        ) select school_id as school from home`,
      [child.school, child.addressId, claire.addressId],
    );
    const leaver = { account: child.account, addressId: child.addressId, role: child.role };
    await eraseWhole(town.store, child.school, {
      account: child.account,
      look: async () => ({ ...leaver, leftOn: '2026-07-01', isActive: false }),
      beforeCommit: async () => {},
    });
    const left = await town.admin.query('select school_id, name from cupboard_item');
    expect(left.rows).toEqual([{ school_id: rows[0]?.school, name: 'others' }]);
  });
});
