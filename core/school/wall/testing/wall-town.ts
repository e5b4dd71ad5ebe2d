import { afterAll, beforeEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { Upload } from '../../../mail/writing/contract.ts';
import type { GiftRef, WallRef } from '../contract.ts';
import { giveTo, sendFile, type MadeHere } from './makings.ts';

/** A town in which Claire Lefèvre has the wall of CE1 A; put away after the file's tests. */
export async function openWallTown() {
  const town = await openTestTown();
  const { walls } = town.core;
  const start = town.clock.now;
  const claire = await town.viewer('claire.lefevre');
  const line = (await walls.list(claire)).find(({ name }) => name === 'CE1 A');
  if (line === undefined) throw new Error('no CE1 A');
  const ce1: WallRef = line.ref;
  beforeEach(async () => {
    town.clock.now = start;
    await town.admin.query(
      'delete from wall_item; delete from wall_book; delete from wall_wish; delete from sending',
    );
  });
  afterAll(() => town.close());
  return { town, walls, claire, ce1, sent, given, hung, seen };

  /** A file in a letter that somebody sends, to the teacher where nobody is named. */
  async function sent(local: string, file: Upload, to = claire.address) {
    return sendFile(town.core, await town.viewer(local), { file, to });
  }
  /** Something that a child of CE1 A has given. */
  async function given(local: string, made: MadeHere = 'house'): Promise<GiftRef> {
    const child = await town.viewer(local);
    return { school: ce1.school, item: await giveTo(town.core, claire, { child, made }) };
  }
  /** The same, on the wall. */
  async function hung(local: string, made?: MadeHere): Promise<GiftRef> {
    const ref = await given(local, made);
    if ((await walls.hang(claire, ref)) !== 'hung') throw new Error('not hung');
    return ref;
  }
  /** Whose gifts somebody sees on the wall; null: they have no such wall. */
  async function seen(local: string): Promise<readonly string[] | null> {
    const view = await walls.wall(await town.viewer(local), ce1, null);
    return view === null ? null : view.hung.map(({ author }) => author.name);
  }
}
