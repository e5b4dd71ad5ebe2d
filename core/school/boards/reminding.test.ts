import { expect, it } from 'vitest';
import type { NoticeRef } from './contract.ts';
import { noticeDue } from './notice-due.ts';
import { openBoardTown } from './testing/board-town.ts';

const { town, claire, boards, ce1, post } = await openBoardTown();

const due = ({ school, notice }: NoticeRef) =>
  noticeDue({ ...town.parts, publicUrl: 'https://ecoles.test' }, school, notice);

/** How many words about a notice somebody has in their inbox. */
const wordsOf = async (local: string): Promise<number> =>
  (await town.rows(local)).filter(({ subject }) => subject.startsWith('Sur le panneau')).length;

it('those who haven’t seen a notice are reminded, each family where nobody has, and once', async () => {
  const ref = await post();
  const before = await Promise.all(['adele.vidal', 'lina.moreau', 'karine.moreau'].map(wordsOf));
  await boards.see(await town.viewer('lina.moreau'), [ref]);
  await boards.see(await town.viewer('thomas.moreau'), [ref]);
  expect((await boards.remindUnseen(await town.viewer('adele.vidal'), ref)).kind).toBe('missing');
  expect((await boards.remindUnseen(claire, ref)).kind).toBe('done');
  expect((await boards.remindUnseen(claire, ref)).kind).toBe('already');
  const after = await Promise.all(['adele.vidal', 'lina.moreau', 'karine.moreau'].map(wordsOf));
  expect(after.map((count, at) => count - (before[at] ?? 0))).toEqual([1, 0, 0]);
  expect((await boards.notice(claire, ref))?.notice.isReminded).toBe(true);
  const { rows } = await town.admin.query(
    `select count(distinct e.message_id)::integer as bodies from entry e
      join message m on m.school_id = e.school_id and m.id = e.message_id
      where m.subject = 'Sur le panneau : On cherche des bouchons' and m.sender_role = 'system'`,
  );
  expect(rows[0]?.bodies).toBeLessThanOrEqual(6);
});

it('a reader is reminded on the day that they chose, once, and as long as it is theirs to read', async () => {
  const ref = await post({ untilDay: '2026-12-04' });
  const [samira, lina] = [await town.viewer('samira.benali'), await town.viewer('lina.moreau')];
  const shown = async () => (await boards.board(samira, ce1))?.notices[0];
  expect(await shown()).toMatchObject({ remindsOn: null, reminderDay: '2026-12-03' });
  for (const [day, fault] of [
    ['2026-11-01', 'past-day'],
    ['2026-12-05', 'too-far'],
    ['demain', 'not-a-day'],
  ] as const)
    expect(await boards.remindMe(samira, ref, day)).toEqual({ kind: 'faulty', fault });
  expect((await boards.remindMe(samira, ref, '2026-12-02')).kind).toBe('done');
  expect((await boards.remindMe(samira, ref, '2026-12-03')).kind).toBe('done');
  expect((await boards.remindMe(lina, ref, '2026-12-03')).kind).toBe('done');
  expect((await boards.remindMe(lina, ref, null)).kind).toBe('done');
  expect(await shown()).toMatchObject({ remindsOn: '2026-12-03' });
  const karim = await town.viewer('karim.haddad');
  expect((await boards.remindMe(karim, ref, '2026-12-03')).kind).toBe('missing');
  const before = [await wordsOf('samira.benali'), await wordsOf('lina.moreau')];
  town.clock.now = new Date('2026-12-03T16:59:00Z');
  expect(await due(ref)).toBe('waits');
  expect(await wordsOf('samira.benali')).toBe(before[0]);
  town.clock.now = new Date('2026-12-03T17:00:00Z');
  expect(await due(ref)).toBe('waits');
  expect(await due(ref)).toBe('waits');
  expect([await wordsOf('samira.benali'), await wordsOf('lina.moreau')]).toEqual([
    (before[0] ?? 0) + 1,
    before[1],
  ]);
  const { rows } = await town.admin.query(
    `select at from due where kind = 'notice' and row_id = $1`,
    [ref.notice],
  );
  expect(rows.map(({ at }) => (at as Date).toISOString())).toEqual(['2026-12-04T23:00:00.000Z']);
});
