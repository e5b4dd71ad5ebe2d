import { afterAll, beforeEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { BoardRef, NoticeRef, NoticeWish } from '../contract.ts';
import { wish } from './wish.ts';

/** A town in which Claire Lefèvre has a board for CE1 A; put away after the file's tests. */
export async function openBoardTown() {
  const town = await openTestTown();
  const claire = await town.viewer('claire.lefevre');
  const { boards } = town.core;
  const start = town.clock.now;
  const line = (await boards.list(claire)).find(({ name }) => name === 'CE1 A');
  if (line === undefined) throw new Error('no CE1 A');
  const ce1: BoardRef = line.ref;
  beforeEach(async () => {
    town.clock.now = start;
    await town.admin.query('delete from entry e using board b where e.mailbox_id = b.mailbox_id');
    await town.admin.query('delete from notice');
    await town.admin.query(`delete from message where subject = 'On cherche des bouchons'`);
    await town.admin.query('delete from sending');
  });
  afterAll(() => town.close());
  return { town, claire, boards, ce1, post, titles };

  /** One that hangs. */
  async function post(some: Partial<NoticeWish> = {}): Promise<NoticeRef> {
    const posted = await boards.post(claire, ce1, wish(some));
    if (posted.kind !== 'posted') throw new Error(JSON.stringify(posted));
    return posted.ref;
  }
  /** What somebody sees on the board of CE1 A; null: they have no such board. */
  async function titles(local: string): Promise<readonly string[] | null> {
    const view = await boards.board(await town.viewer(local), ce1);
    return view === null ? null : view.notices.map(({ title }) => title);
  }
}
