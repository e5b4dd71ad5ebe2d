import { describe, expect, it, vi } from 'vitest';
import { lockWaits } from '../../../tests/shared/lock-waits.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { pictureSize } from '../../letters/message/picture-size.ts';
import { grainyPng } from '../../letters/message/testing/documents.ts';
import { pngOf } from '../../mail/parsing/png.ts';
import { smallDrawing } from './small-drawings.ts';
import { marked, unmarked } from './testing/makings.ts';
import { openWallTown } from './testing/wall-town.ts';

const { town, walls, claire, ce1, sent, given, hung, seen } = await openWallTown();
const LINA = 'lina.moreau';

/** A sheet full of small spots of five crayons. */
function spotted(): Buffer {
  const [width, height] = [900, 600];
  const rgba = new Uint8Array(width * height * 4).fill(255);
  const spot = 4;
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [Math.floor((at % width) / spot), Math.floor(at / width / spot)];
    const crayon = (Math.imul(x * 7_919 + y * 104_729, 2_654_435_761) >>> 16) % 5;
    rgba.set([crayon * 50, 200 - crayon * 40, (crayon * 90) % 256], at * 4);
  }
  return pngOf({ width, height, rgba });
}

/** Such a sheet that Lina has given, as our pages made it. */
async function largeGiven() {
  const { writings } = town.core;
  const large = { name: 'dessin.png', mediaType: 'image/png', bytes: spotted() };
  const drawn = writings.recording(writings.drawing(large));
  const which = await sent(LINA, drawn);
  expect(await walls.give(await town.viewer(LINA), ce1, which)).toBe('given');
  const [gift] = (await walls.wall(claire, ce1, null))?.asked ?? [];
  if (gift === undefined) throw new Error('not given');
  return { ref: gift.ref, bytes: drawn.bytes };
}

describe('what a child gives to the wall', () => {
  it('waits for the teacher’s tap, then hangs for the class and its families, and nobody else', async () => {
    const ref = await given(LINA);
    expect(await seen(LINA)).toEqual([]);
    expect(await walls.file(await town.viewer('noe.garnier'), ref, 'whole')).toBeNull();
    expect((await walls.wall(claire, ce1, null))?.asked).toMatchObject([
      { kind: 'drawing', author: { name: 'Lina' }, state: 'asked' },
    ]);
    expect(await walls.hang(claire, ref)).toBe('hung');
    for (const local of [LINA, 'noe.garnier', 'samira.benali', 'claire.lefevre', 'mamadou.diallo'])
      expect([local, await seen(local)]).toEqual([local, ['Lina']]);
    for (const local of ['karim.haddad', 'hugues.armand', 'tom.moreau'])
      expect([local, await seen(local)]).toEqual([local, null]);
    expect(await walls.file(await town.viewer('karim.haddad'), ref, 'whole')).toBeNull();
    const file = await walls.file(await town.viewer('samira.benali'), ref, 'whole');
    expect((await file?.load())?.bytes).toEqual(marked(town.core).bytes);
  });

  it('hangs small where it is large, and is whole on its own page', async () => {
    const lina = await town.viewer(LINA);
    const { ref, bytes: drawn } = await largeGiven();
    const bytesOf = async (size: 'whole' | 'small') =>
      (await (await walls.file(lina, ref, size))?.load())?.bytes ?? Buffer.alloc(0);
    const [whole, small] = [await bytesOf('whole'), await bytesOf('small')];
    expect(whole).toEqual(drawn);
    expect(small.length).toBeLessThan(whole.length / 2);
    expect(pictureSize(small)).toEqual({ width: 480, height: 320 });
    const marks = [await walls.file(lina, ref, 'whole'), await walls.file(lina, ref, 'small')];
    expect(new Set(marks.map((one) => one?.mark)).size).toBe(2);
  });

  it(
    'is made small in a process of its own, and where it was given before any was',
    SOAKED,
    async () => {
      const large = spotted();
      const small = await smallDrawing(large);
      // What can't be read ends at worst its own process; the next drawing is read.
      const noise = Buffer.alloc(40_000, 0x55);
      for (const bytes of [noise, Buffer.concat([large.subarray(0, 60), noise])])
        expect(await smallDrawing(bytes)).toBeNull();
      expect(await smallDrawing(large)).toEqual(small);
      // One that was given before there were any gets its own as it is first looked at.
      const lina = await town.viewer(LINA);
      const { ref } = await largeGiven();
      await town.admin.query('update wall_item set small = null');
      expect((await (await walls.file(lina, ref, 'small'))?.load())?.bytes).toEqual(small);
      const { rows } = await town.admin.query<{ small: Buffer }>('select small from wall_item');
      expect(rows.map((one) => one.small)).toEqual([small]);
    },
  );

  it('may be a voice', async () => {
    const ref = await hung(LINA, 'voice');
    const file = await walls.file(await town.viewer('noe.garnier'), ref, 'whole');
    expect((await file?.load())?.mediaType).toBe('audio/mp4');
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

  it('waits in no great number, however much is given at once', SOAKED, async () => {
    await town.admin.query(`insert into wall_item (school_id, class_id, school_year,
        author_address_id, given_name, kind, media_type, sha256, bytes, asked_at)
      select ${ce1.school}, ${ce1.classId}, '2026-2027', ${(await town.viewer(LINA)).addressId},
        'Lina', 'voice', 'audio/mp4', n::text, '', now() from generate_series(1, 11) n`);
    const lina = await town.viewer(LINA);
    const [house, fish] = [
      await sent(LINA, marked(town.core, 'house')),
      await sent(LINA, marked(town.core, 'fish')),
    ];
    // Neither is put before both have come as far as they can.
    await town.admin.query('begin; lock table wall_item in share mode');
    const became = [house, fish].map((which) => walls.give(lina, ce1, which));
    try {
      await vi.waitFor(async () => expect(await lockWaits(town.admin)).toBe(2), {
        timeout: 10_000,
      });
    } finally {
      await town.admin.query('commit');
    }
    expect((await Promise.all(became)).toSorted()).toEqual(['given', 'too-many']);
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
    expect(await walls.file(claire, ref, 'whole')).toBeNull();
    expect(await seen('noe.garnier')).toEqual([]);
    await leave(null);
    await asOfNow();
  });
});

describe('what a teacher asks a child for', () => {
  const { boards } = town.core;
  const wishFor = async ({ letter }: { readonly letter: string }) =>
    (await walls.wall(claire, ce1, null))?.ungiven.find((one) => one.letter === letter)?.wish;

  it('lies in her own mail, and hangs by the child’s yes alone', async () => {
    const lina = await town.viewer(LINA);
    const which = await sent(LINA, marked(town.core));
    expect(await wishFor(which)).toBe('none');
    expect(await walls.ask(claire, ce1, which)).toBe(true);
    expect(await wishFor(which)).toBe('asked');
    expect(await seen(LINA)).toEqual([]);
    // A count goes by the roster and the news of a moment ago.
    await vi.waitFor(async () => expect((await boards.news(lina)).wishes).toBe(1), {
      timeout: 5_000,
    });
    expect((await walls.makings(lina, ce1))?.makings[0]).toMatchObject({
      ...which,
      askedBy: { kind: 'adult' },
    });
    expect(await walls.give(lina, ce1, which)).toBe('given');
    expect((await boards.news(lina)).wishes).toBe(0);
    expect(await wishFor(which)).toBeUndefined();
  });

  it(
    'is asked for once: a no stays a no, until the child gives it all the same',
    SOAKED,
    async () => {
      const lina = await town.viewer(LINA);
      const which = await sent(LINA, marked(town.core));
      expect(await walls.decline(lina, ce1, which)).toBe(false);
      await walls.ask(claire, ce1, which);
      expect(await walls.decline(lina, ce1, which)).toBe(true);
      expect(await walls.ask(claire, ce1, which)).toBe(true);
      expect(await wishFor(which)).toBe('declined');
      expect((await boards.news(lina)).wishes).toBe(0);
      expect((await walls.makings(lina, ce1))?.makings[0]?.askedBy).toBeNull();
      expect(await walls.give(lina, ce1, which)).toBe('given');
    },
  );

  it('is nobody else’s to ask for, nor what she wasn’t sent', async () => {
    const which = await sent(LINA, marked(town.core));
    for (const local of [LINA, 'noe.garnier', 'samira.benali', 'mamadou.diallo', 'karim.haddad'])
      expect([local, await walls.ask(await town.viewer(local), ce1, which)]).toEqual([
        local,
        false,
      ]);
    const theirs = await sent('noe.garnier', marked(town.core), town.address(LINA));
    expect(await walls.ask(claire, ce1, theirs)).toBe(false);
    await walls.ask(claire, ce1, which);
    expect(await walls.decline(await town.viewer('noe.garnier'), ce1, which)).toBe(false);
    const head = await walls.wall(await town.viewer('mamadou.diallo'), ce1, null);
    expect(head?.ungiven).toEqual([]);
  });
});
