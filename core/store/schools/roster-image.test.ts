import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { readImage } from './roster-image.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

/** Tables whose rows an undo puts in anew: what isn't in the image is lost with them. */
const PUT_IN_ANEW = ['membership', 'post', 'guardianship', 'accompaniment', 'leaver'] as const;

it.each(PUT_IN_ANEW)('an image has every column of %s', async (table) => {
  if (table === 'leaver')
    await town.admin.query(
      `insert into leaver (school_id, account_id, left_on)
        select 1, min(id), '2026-11-01' from account where school_id = 1`,
    );
  const image = await town.store.read(1 as SchoolId, readImage);
  const [row] = image[table].values();
  if (row === undefined) throw new Error(`school 1 has no ${table}`);
  const { rows } = await town.admin.query<{ column: string }>(
    `select attname as column from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> 'school_id'`,
    [table],
  );
  expect(new Set(Object.keys(row))).toEqual(new Set(rows.map(({ column }) => column)));
});
