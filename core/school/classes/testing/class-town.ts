import { afterAll, beforeEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { AddressId, SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { ClassActed, ClassSheet, SchoolClasses } from '../contract.ts';

export const TILLEULS = 1 as SchoolId;
export const PASTEUR = 2 as SchoolId;
export const TODAY = '2026-11-24';
export const MORNING = new Date(`${TODAY}T09:00:00Z`);

export const namesIn = (placed: ClassSheet['pupils']): string[] =>
  placed.map(({ face }) => face.name);
export const said = (acted: ClassActed): string =>
  acted.kind === 'trouble' ? acted.why : acted.kind;

/**
 * A town and what its head sees of the school and does there; each test begins on the same morning.
 * Put away after the tests of the file.
 */
export async function openClassTown() {
  const town = await openTestTown();
  const head = await town.viewer('mamadou.diallo');
  beforeEach(() => {
    town.clock.now = MORNING;
  });
  afterAll(() => town.close());
  return { town, head, school, classOf, idOf, move, reachOf, rowsOf };

  async function school(viewer: Viewer = head, id = TILLEULS): Promise<SchoolClasses> {
    const found = await town.core.classes.overview(viewer, id);
    if (!found) throw new Error('not theirs');
    return found;
  }
  async function classOf(name: string): Promise<ClassSheet> {
    const found = (await school()).classes.find((one) => one.name === name);
    if (!found) throw new Error(`no class ${name}`);
    return found;
  }
  async function idOf(local: string): Promise<AddressId> {
    return (await town.viewer(local)).addressId;
  }
  async function move(
    local: string,
    from: string | null,
    to: string | null,
    way: 'move' | 'add' | 'take-out' = 'move',
  ): Promise<string> {
    const ids = [from, to].map(async (name) => (name === null ? null : (await classOf(name)).id));
    const [origin = null, target = null] = await Promise.all(ids);
    return said(
      await town.core.classes.spread(head, TILLEULS, {
        pupils: [{ pupil: await idOf(local), from: origin }],
        way,
        to: target,
      }),
    );
  }
  async function reachOf(local: string): Promise<string[]> {
    return (await town.core.writings.reach(await town.viewer(local))).map(({ name }) => name);
  }
  async function rowsOf(local: string): Promise<string[]> {
    const { rows } = await town.admin.query<{ row: string }>(
      `
        select c.name || ' ' || m.from_date || ' ' || coalesce(m.until_date::text, '') as row
        from membership m join class c using (school_id)
        where c.id = m.class_id and m.address_id = $1
        order by m.from_date, c.name
      `,
      [await idOf(local)],
    );
    return rows.map(({ row }) => row);
  }
}
