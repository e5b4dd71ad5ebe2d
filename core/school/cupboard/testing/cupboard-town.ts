import { afterAll, beforeEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { Upload } from '../../../mail/writing/contract.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { ClassCupboardRef, FolderAt, ItemRef } from '../contract.ts';

/** A worksheet. */
const SHEET: Upload = {
  name: 'Dictée.txt',
  mediaType: 'text/plain',
  bytes: Buffer.from('Le chat dort sur le mur.\n'),
};

/** A town in which Claire Lefèvre has the cupboard of CE1 A; put away after the file's tests. */
export async function openCupboardTown() {
  const town = await openTestTown();
  const { cupboards } = town.core;
  const start = town.clock.now;
  const claire = await town.viewer('claire.lefevre');
  const line = (await cupboards.list(claire)).find(({ name }) => name === 'CE1 A');
  if (line === undefined) throw new Error('no CE1 A');
  const ce1 = line.ref as ClassCupboardRef;
  beforeEach(async () => {
    town.clock.now = start;
    await town.admin.query(
      'delete from cupboard; delete from hand_in_box; delete from notebook_page; delete from stored_body',
    );
  });
  afterAll(() => town.close());
  return { town, cupboards, claire, ce1, sheet: SHEET, put, folder, seen };

  /** A file that lies in a folder, or at the top; the teacher's where nobody is named. */
  async function put(file: Upload, viewer: Viewer = claire, at: FolderAt = ce1): Promise<ItemRef> {
    const became = await cupboards.put(viewer, at, file);
    if (became?.kind !== 'put') throw new Error(became?.kind ?? 'missing');
    return became.ref;
  }
  /** A folder of the teacher's. */
  async function folder(name: string, at: FolderAt = ce1): Promise<ItemRef> {
    const became = await cupboards.makeFolder(claire, at, name);
    if (became.kind !== 'done') throw new Error(became.kind);
    return became.ref;
  }
  /** What somebody sees at the top; null: they have no such cupboard. */
  async function seen(local: string): Promise<readonly string[] | null> {
    const view = await cupboards.folder(await town.viewer(local), ce1, null);
    return view === null ? null : view.items.map(({ name }) => name);
  }
}
