import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach } from 'vitest';
import { openTestTown, type TestTown } from '../../../../tests/shared/town.ts';
import type { LetterId, Upload } from '../../../mail/writing/contract.ts';
import type { GiftRef, WallRef } from '../contract.ts';
import { marked, type MadeHere } from './makings.ts';

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
    await town.admin.query('delete from wall_item; delete from wall_book');
  });
  afterAll(() => town.close());
  return { town, walls, claire, ce1, sent: sentBy(town), given, hung, seen };

  /** Something that a child of CE1 A has given. */
  async function given(local: string, made?: MadeHere): Promise<GiftRef> {
    const viewer = await town.viewer(local);
    const which = await sentBy(town)(local, marked(town.core, made));
    const said = await walls.give(viewer, ce1, which);
    if (said !== 'given') throw new Error(said);
    const own = await walls.makings(viewer, ce1);
    const gift = own?.makings.find(({ letter }) => letter === which.letter)?.gift;
    if (!gift) throw new Error('not given');
    return gift.ref;
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

/** Sends a file to the teacher, as a page does; where it is in which letter. */
function sentBy(town: TestTown) {
  return async (local: string, file: Upload, to = town.address('claire.lefevre')) => {
    const viewer = await town.viewer(local);
    const letter = randomUUID() as LetterId;
    const { writings } = town.core;
    const kept = await writings.keep(
      viewer,
      {
        ...{ to: [to], cc: [], subject: 'Pour toi', text: 'Voilà !' },
        ...{ answers: 'sender', answerTo: null },
      },
      {
        hand: { letter, previous: null, window: randomUUID(), turn: 1 },
        add: [file],
        drop: [],
      },
    );
    if (kept.kind === 'sent' || kept.leftOut.length > 0) throw new Error('not kept');
    const outcome = await writings.send(viewer, kept.ref);
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    return { letter, part: '2' };
  };
}
