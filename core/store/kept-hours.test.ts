import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import type { Viewer } from '../rules/viewer.ts';
import { KEPT_HOURS, lettersToMove } from './kept-hours.ts';
import { migrationOf, openAsOwner } from './migrate.ts';

/** Eight o'clock as it was read: on a clock of Paris. */
const EIGHT = new Date('2026-12-01T07:00:00Z');
let town: TestTown;

beforeAll(async () => {
  town = await openTestTown({ env: { PREAU_UNDO_SECONDS: '60' } });
});
afterAll(() => town.close());

async function handIn(local: string, subject: string, at: Date | null): Promise<void> {
  const viewer: Viewer = await town.viewer(local);
  const { ref } = await town.core.writings.save(
    viewer,
    {
      to: [town.address('claire.lefevre')],
      cc: [],
      subject,
      text: 'Bonjour',
      answers: 'sender',
      answerTo: null,
    },
    { previous: null, add: [], drop: [] },
  );
  expect(await town.core.writings.handIn(viewer, ref, at)).toMatchObject({ kind: 'leaves' });
}

/** When drafts leave, by their schools; what is due is what the worker goes by. */
async function leaving(): Promise<readonly unknown[]> {
  const { rows } = await town.admin.query(
    `select s.slug, w.reason, w.leaves_at as draft, d.at as due
     from waiting_draft w
       join school s on s.id = w.school_id
       join due d on d.kind = 'draft' and d.school_id = w.school_id and d.row_id = w.id
     order by s.slug, w.reason`,
  );
  return rows;
}

async function move(): Promise<void> {
  const db = openAsOwner(town.adminUrl);
  const { up } = await migrationOf(KEPT_HOURS);
  await db.transaction().execute(up);
  await db.destroy();
}

it('a waiting letter leaves at the hour that its writer read, by its school’s clock', async () => {
  const far = await town.viewer('claire.lefevre');
  const { rows } = await town.admin.query<{ local: string; slug: string }>(
    `select p.local, s.slug
     from account a
       join address p on p.id = a.address_id
       join school s on s.id = a.school_id
     where a.role = 'teacher' and s.id not in (0, $1)
     order by s.id, a.id
     limit 1`,
    [far.school],
  );
  const [near] = rows;
  await town.admin.query(`update school set time_zone = 'Pacific/Noumea' where id = $1`, [
    far.school,
  ]);
  await handIn('claire.lefevre', 'À huit heures', EIGHT);
  await handIn('adele.vidal', 'Tout de suite', null);
  await handIn(near?.local ?? '', 'À huit heures aussi', EIGHT);
  const before = await leaving();
  const inNoumea = new Date('2026-11-30T21:00:00Z');
  expect(await lettersToMove(town.adminUrl)).toEqual([
    {
      school: expect.any(String) as string,
      timeZone: 'Pacific/Noumea',
      read: '2026-12-01 08:00',
      leftAt: EIGHT,
      leavesAt: inNoumea,
    },
  ]);
  expect(await leaving()).toEqual(before);
  await move();
  const after = await leaving();
  expect(after).toContainEqual(
    expect.objectContaining({ reason: 'later', draft: inNoumea, due: inNoumea }),
  );
  expect(after).toContainEqual({ slug: near?.slug, reason: 'later', draft: EIGHT, due: EIGHT });
  expect(
    after.filter((row) => !before.some((was) => JSON.stringify(was) === JSON.stringify(row))),
  ).toHaveLength(1);
});
