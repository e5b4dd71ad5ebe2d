import { describe, expect, it } from 'vitest';
import { grainyPng } from '../../letters/message/testing/documents.ts';
import { marked, unmarked } from './testing/makings.ts';
import { openWallTown } from './testing/wall-town.ts';

const { town, walls, claire, ce1, sent, given, hung, seen } = await openWallTown();
const LINA = 'lina.moreau';

describe('what a child gives to the wall', () => {
  it('waits for the teacher’s tap, then hangs for the class and its families, and nobody else', async () => {
    const ref = await given(LINA);
    expect(await seen(LINA)).toEqual([]);
    expect(await walls.file(await town.viewer('noe.garnier'), ref)).toBeNull();
    expect((await walls.wall(claire, ce1, null))?.asked).toMatchObject([
      { kind: 'drawing', author: { name: 'Lina' }, state: 'asked' },
    ]);
    expect(await walls.hang(claire, ref)).toBe('hung');
    for (const local of [LINA, 'noe.garnier', 'samira.benali', 'claire.lefevre', 'mamadou.diallo'])
      expect([local, await seen(local)]).toEqual([local, ['Lina']]);
    for (const local of ['karim.haddad', 'hugues.armand', 'tom.moreau'])
      expect([local, await seen(local)]).toEqual([local, null]);
    expect(await walls.file(await town.viewer('karim.haddad'), ref)).toBeNull();
    expect((await walls.file(await town.viewer('samira.benali'), ref))?.bytes).toEqual(
      marked(town.core).bytes,
    );
  });

  it('may be a voice', async () => {
    const ref = await hung(LINA, 'voice');
    expect(await walls.file(await town.viewer('noe.garnier'), ref)).toMatchObject({
      mediaType: 'audio/mp4',
    });
  });

  it('is nothing but what our pages made: no photo, no sound, no picture from elsewhere', async () => {
    await town.openPhotos();
    const lina = await town.viewer(LINA);
    const photo = { name: 'p.png', mediaType: 'image/png', bytes: grainyPng(64, 64) };
    for (const file of [unmarked(), unmarked('voice'), photo, town.core.writings.drawing(photo)])
      expect(await walls.give(lina, ce1, await sent(LINA, file))).toBe('unknown');
    const which = await sent(LINA, marked(town.core));
    expect(await walls.give(lina, ce1, { ...which, part: '1' })).toBe('unknown');
    // Somebody else's letter is none of theirs, though they have it.
    const theirs = await sent('noe.garnier', marked(town.core), town.address(LINA));
    expect(await walls.give(lina, ce1, theirs)).toBe('unknown');
    expect(await walls.making(lina, theirs)).toBeNull();
  });

  it('is given by pupils of the class alone', async () => {
    const which = await sent('noe.garnier', marked(town.core));
    for (const local of ['claire.lefevre', 'samira.benali', 'mamadou.diallo', 'tom.moreau'])
      expect(await walls.give(await town.viewer(local), ce1, which)).toBe('missing');
  });

  it('is there once, however often it is given, and comes off by the child’s hand alone', async () => {
    const ref = await hung(LINA);
    const lina = await town.viewer(LINA);
    await walls.give(lina, ce1, await sent(LINA, marked(town.core)));
    expect(await seen(LINA)).toEqual(['Lina']);
    expect(await walls.takeBack(await town.viewer('noe.garnier'), ref)).toBe(false);
    expect(await walls.takeBack(claire, ref)).toBe(false);
    expect(await walls.takeBack(lina, ref)).toBe(true);
    expect(await seen('claire.lefevre')).toEqual([]);
    const { rows } = await town.admin.query('select id from wall_item');
    expect(rows).toEqual([]);
  });

  it('is refused with a word that the child reads, and may be given again', async () => {
    const ref = await given(LINA);
    expect(await walls.refuse(await town.viewer('mamadou.diallo'), ref, 'non')).toBe(false);
    expect(await walls.refuse(claire, ref, ' Finis-le d’abord. ')).toBe(true);
    const lina = await town.viewer(LINA);
    const own = async () => (await walls.makings(lina, ce1))?.makings.map(({ gift }) => gift);
    expect(await own()).toContainEqual(
      expect.objectContaining({ state: 'refused', word: 'Finis-le d’abord.' }),
    );
    expect(await walls.gift(await town.viewer('noe.garnier'), ref)).toBeNull();
    expect(await walls.give(lina, ce1, await sent(LINA, marked(town.core)))).toBe('given');
    expect((await walls.gift(lina, ref))?.state).toBe('asked');
  });

  it('waits in no great number', async () => {
    await town.admin.query(`insert into wall_item (school_id, class_id, school_year,
        author_address_id, given_name, kind, media_type, sha256, bytes, asked_at)
      select ${ce1.school}, ${ce1.classId}, '2026-2027', ${(await town.viewer(LINA)).addressId},
        'Lina', 'voice', 'audio/mp4', n::text, '', now() from generate_series(1, 12) n`);
    const lina = await town.viewer(LINA);
    expect(await walls.give(lina, ce1, await sent(LINA, marked(town.core)))).toBe('too-many');
  });

  it('comes off with who leaves the class', async () => {
    const ref = await hung(LINA);
    const { addressId } = await town.viewer(LINA);
    const leave = (until: string | null) =>
      town.admin.query(
        `update membership set until_date = $1 where address_id = $2 and role = 'pupil'`,
        [until, addressId],
      );
    const asOfNow = () => town.admin.query('update school set roster_version = roster_version + 1');
    await leave('2026-11-01');
    await asOfNow();
    expect(await walls.file(claire, ref)).toBeNull();
    expect(await seen('noe.garnier')).toEqual([]);
    await leave(null);
    await asOfNow();
  });
});
