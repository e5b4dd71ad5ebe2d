import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { eraseWhole } from './erase-whole.ts';

let town: TestTown;
let child: Viewer;

beforeAll(async () => {
  town = await openTestTown();
  child = await town.viewer('adele.vidal');
});
afterAll(() => town.close());

/**
 * What a school may have of a child by their address; `$1` is its id, `$2` a class, `$3` the child.
 */
const TRACES: Readonly<Record<string, string>> = {
  contact: 'insert into contact (school_id, from_address_id, to_address_id) values ($1, $2, $3)',
  wall_item: `insert into wall_item (school_id, class_id, school_year, author_address_id,
      given_name, kind, media_type, sha256, bytes, width, height, asked_at)
    values ($1, $2, '2025-2026', $3, 'Adèle', 'drawing', 'image/png', 'ab', '', 1, 1, now())`,
  wall_wish: `insert into wall_wish (school_id, class_id, school_year, author_address_id, sha256,
      by_address_id, asked_at)
    values ($1, $2, '2025-2026', $3, 'ab', $3, now())`,
  notice: `with idea as (
      insert into notice (school_id, class_id, author_address_id, author_name, edition, made_at,
        until_at, gone_at, idea)
      values ($1, $2, $3, 'Adèle', 1, now(), now(), now(), 'waits') returning id
    )
    insert into notice_words (school_id, notice_id, edition, letter, title, text, readers, made_at)
    select $1, id, 1, gen_random_uuid(), 'Une fête', '', '{pupils}', now() from idea`,
  week_tick: `with week as (
      insert into class_week (school_id, class_id, school_year, morning_from, morning_to,
        afternoon_from, afternoon_to, changed_at)
      values ($1, $2, '2025-2026', '08:30', '11:30', '13:30', '16:30', now())
    ), need as (
      insert into week_need (school_id, class_id, school_year, day, kind, words)
      values ($1, $2, '2025-2026', '2026-06-01', 'bring', 'Le livre') returning id)
    insert into week_tick (school_id, class_id, pupil_address_id, day, week_need_id)
    select $1, $2, $3, '2026-06-01', id from need`,
};

/** How many rows of each table another school has. */
async function left(school: number): Promise<readonly (readonly [string, number])[]> {
  const counts: (readonly [string, number])[] = [];
  for (const table of Object.keys(TRACES)) {
    const { rows } = await town.admin.query(`select from ${table} where school_id = $1`, [school]);
    counts.push([table, rows.length]);
  }
  return counts;
}

it('leaves nothing of a child in a school where they were before', async () => {
  const { rows } = await town.admin.query<{ school: number; class: number }>(
    `select school_id as school, min(id) as class from class
      where school_id <> $1 group by school_id order by school_id limit 1`,
    [child.school],
  );
  const [before] = rows;
  if (before === undefined) throw new Error('no other school');
  const none = await left(before.school);
  for (const insert of Object.values(TRACES))
    await town.admin.query(insert, [before.school, before.class, child.addressId]);
  expect(await left(before.school)).toEqual(none.map(([table, count]) => [table, count + 1]));
  const { account, addressId, role } = child;
  const leaver = { account, addressId, role, leftOn: '2026-07-01', isActive: false };
  const look = async () => leaver;
  await eraseWhole(town.store, child.school, { account, look, beforeCommit: async () => {} });
  expect(await left(before.school)).toEqual(none);
});
