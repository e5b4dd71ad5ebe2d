import { randomBytes } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown } from '../../tests/shared/town.ts';
import { heldIn, openMemoryFile } from '../ground/memory-file.ts';
import { gathered } from '../ground/pieces.ts';

const town = await openTestTown();
afterAll(() => town.close());
const { school } = await town.viewer('lina.moreau');

/** All of what a statement gives that sees one school. */
async function read(query: RawBuilder<unknown>, of = school): Promise<Buffer | null> {
  const chunks = await town.store.readAside(of, (tx) => tx.large(query));
  return chunks && Buffer.concat(chunks);
}

const piece = (place: number): RawBuilder<unknown> => sql`
  select bytes from stored_body_piece where place = ${sql.lit(place)}
`;

const values = [0, 1, 65_535, 1_048_576].map((bytes) => randomBytes(bytes));
beforeAll(async () => {
  for (const [place, bytes] of values.entries())
    await town.admin.query(
      `with body as (
        insert into stored_body (school_id, sha256, size_bytes, kept_at)
        values ($1, $2, 0, now()) on conflict do nothing
      )
      insert into stored_body_piece (school_id, sha256, place, bytes) values ($1, $2, $3, $4)`,
      [school, 'ab', place + 1, bytes],
    );
});

it('gives a value as it is, however long, and null where there is none', async () => {
  for (const [place, bytes] of values.entries())
    expect((await read(piece(place + 1)))?.equals(bytes)).toBe(true);
  expect(await read(piece(values.length + 1))).toBe(null);
});

it('copies values into an open file, one behind the other, by a thread of its own', async () => {
  const places = [1, 2, 3, 4];
  const whole = Buffer.concat(values);
  const copy = async (queries: readonly RawBuilder<unknown>[]) => {
    const fd = openMemoryFile();
    if (fd === null) throw new Error('no memory to copy to');
    const bytes = await town.store.copyLarge(school, queries, fd);
    const held = heldIn(fd, bytes ?? 0);
    const copied = await gathered(held.pieces);
    held.close();
    return { bytes, copied };
  };
  const several = await Promise.all([copy(places.map(piece)), copy(places.slice(2).map(piece))]);
  expect(several.map(({ bytes }) => bytes)).toEqual([whole.length, whole.length - 1]);
  expect(several[0]?.copied.equals(whole)).toBe(true);
  expect(several[1]?.copied.equals(whole.subarray(1))).toBe(true);
  expect((await copy([piece(1), piece(5)])).bytes).toBe(null);
  await expect(copy([sql`select 1 / 0`])).rejects.toMatchObject({ code: 'store-down' });
  await expect(town.store.copyLarge(school, [piece(4)], -1)).rejects.toMatchObject({
    code: 'store-down',
  });
  expect((await copy(places.map(piece))).copied.equals(whole)).toBe(true);
});

it('sees no other school', async () => {
  const { rows } = await town.admin.query<{ id: typeof school }>(
    'select id from school where id not in (0, $1)',
    [school],
  );
  const pieces = await Promise.all(rows.map(({ id }) => read(piece(1), id)));
  expect(pieces.length).toBeGreaterThan(0);
  expect(pieces.every((one) => one === null)).toBe(true);
});

it('writes nothing, takes no parameters, and what fails stops nobody after it', async () => {
  const store = { code: 'store-down' };
  const write = sql`delete from stored_body_piece returning bytes`;
  await expect(read(write)).rejects.toMatchObject(store);
  await expect(read(sql`select 1 / 0`)).rejects.toMatchObject(store);
  await expect(read(sql`select ${'x'}`)).rejects.toThrow('no parameters');
  const many = Array.from({ length: 40 }, () => read(sql`select 'chat'::bytea`));
  expect(new Set((await Promise.all(many)).map(String))).toEqual(new Set(['chat']));
});
