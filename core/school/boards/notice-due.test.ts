import { expect, it } from 'vitest';
import { DAY_MS } from '../../ground/spans.ts';
import type { NoticeRef } from './contract.ts';
import { noticeDue } from './notice-due.ts';
import { openBoardTown } from './testing/board-town.ts';

const { town, claire, boards, ce1, post, titles } = await openBoardTown();
const due = ({ school, notice }: NoticeRef) =>
  noticeDue({ ...town.parts, publicUrl: 'https://ecoles.test' }, school, notice);

it('a notice hangs to the end of its last day, and is erased a year later', async () => {
  const ref = await post({ untilDay: '2026-11-26' });
  town.clock.now = new Date('2026-11-26T22:59:00Z');
  expect(await due(ref)).toBe('waits');
  town.clock.now = new Date('2026-11-26T23:00:00Z');
  expect(await due(ref)).toBe('taken-down');
  expect(await titles('lina.moreau')).toEqual([]);
  expect(await boards.takenDown(claire, ce1)).toHaveLength(1);
  town.clock.now = new Date(town.clock.now.getTime() + 367 * DAY_MS);
  expect(await due(ref)).toBe('erased');
  const { rows } = await town.admin.query(
    `select (select count(*)::integer from notice) as notices,
        (select count(*)::integer from due where kind = 'notice') as due,
        (select count(*)::integer from message
          where subject = 'On cherche des bouchons') as bodies`,
  );
  expect(rows).toEqual([{ notices: 0, due: 0, bodies: 0 }]);
});
