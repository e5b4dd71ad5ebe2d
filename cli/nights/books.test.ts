import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { Night } from '../../core/ground/night-job.ts';
import { NIGHT } from '../../core/ground/testing/night.ts';
import { marked } from '../../core/school/wall/testing/makings.ts';
import { openWallTown } from '../../core/school/wall/testing/wall-town.ts';
import { books } from './books.ts';

const { town, walls, claire, ce1, given, hung, sent } = await openWallTown();
const LINA = 'lina.moreau';

const tonight = (night: Night = NIGHT) => books(town.core).run(night);

/** The book as somebody downloads it, and how many drawings are in it; null: they have none. */
async function bookOf(local: string): Promise<number | null> {
  const book = await walls.book(await town.viewer(local), ce1);
  if (book === null) return null;
  const pdf = await buffer(book.pieces);
  expect([pdf.subarray(0, 5).toString(), pdf.length]).toEqual(['%PDF-', book.sizeBytes]);
  expect(pdf.subarray(-6).toString()).toContain('%%EOF');
  return pdf.toString('latin1').split('/Subtype /Image').length - 1;
}

const state = async () => (await walls.wall(claire, ce1, null))?.book;

it('is printed the night after a teacher asked for it, with what hangs, for who may have it', async () => {
  await hung(LINA, 'house');
  await hung('noe.garnier', 'fish');
  await hung(LINA, 'voice');
  await given('noe.garnier', 'house');
  expect(await tonight()).toEqual({ books: 0, erased: 0 });
  for (const local of [LINA, 'samira.benali', 'mamadou.diallo', 'julie.robin'])
    expect(await walls.askBook(await town.viewer(local), ce1)).toBe(false);
  expect(await walls.askBook(claire, ce1)).toBe(true);
  expect(await state()).toMatchObject({ isComing: true, madeAt: null });
  expect(await bookOf('claire.lefevre')).toBeNull();
  expect(await tonight()).toEqual({ books: 1, erased: 0 });
  expect(await state()).toMatchObject({ isComing: false, madeAt: town.clock.now });
  expect(await bookOf('claire.lefevre')).toBe(2);
  expect(await bookOf('mamadou.diallo')).toBe(2);
  for (const local of [LINA, 'samira.benali', 'julie.robin'])
    expect(await bookOf(local)).toBeNull();
  expect(await walls.shareBook(claire, ce1, true)).toBe(true);
  expect(await bookOf('samira.benali')).toBe(2);
  expect(await bookOf(LINA)).toBeNull();
  expect(await tonight()).toEqual({ books: 0, erased: 0 });
});

it('can be had by nobody once something in it came off, and is printed anew', async () => {
  const ref = await hung(LINA, 'house');
  await hung('noe.garnier', 'fish');
  await walls.askBook(claire, ce1);
  await tonight();
  await walls.takeBack(await town.viewer(LINA), ref);
  expect(await bookOf('claire.lefevre')).toBeNull();
  expect(await state()).toMatchObject({ isComing: true, madeAt: null });
  expect(await tonight()).toEqual({ books: 1, erased: 0 });
  expect(await bookOf('claire.lefevre')).toBe(1);
  const { rows } = await town.admin.query('select distinct edition from wall_book_piece');
  expect(rows).toEqual([{ edition: 2 }]);
});

it('is as it was where a night is cut off, and leaves nothing of the one that was begun', async () => {
  await hung(LINA, 'house');
  await walls.askBook(claire, ce1);
  await tonight();
  await hung('noe.garnier', 'fish');
  town.clock.now = new Date(town.clock.now.getTime() + 60_000);
  await walls.askBook(claire, ce1);
  let left = 2;
  const cut: Night = {
    ...NIGHT,
    async breathe() {
      left -= 1;
      if (left < 0) throw new Error('a school opens');
    },
  };
  await expect(tonight(cut)).rejects.toThrow('a school opens');
  expect(await bookOf('claire.lefevre')).toBe(1);
  await tonight();
  expect(await bookOf('claire.lefevre')).toBe(2);
});

it('is of one school year, after which all of it is erased', async () => {
  await hung(LINA, 'house');
  await walls.askBook(claire, ce1);
  await walls.ask(claire, ce1, await sent(LINA, marked(town.core, 'fish')));
  await tonight();
  town.clock.now = new Date('2027-08-20T20:00:00Z');
  expect(await tonight()).toEqual({ books: 0, erased: 1 });
  const { rows } = await town.admin.query(
    `select (select count(*) from wall_item) + (select count(*) from wall_book)
        + (select count(*) from wall_book_piece) + (select count(*) from wall_wish) as left`,
  );
  expect(rows).toEqual([{ left: '0' }]);
});
