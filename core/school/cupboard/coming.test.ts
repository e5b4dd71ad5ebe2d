/** Files that come piece by piece. */
import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../ground/spans.ts';
import { NIGHT } from '../../ground/testing/night.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { BroughtFile, Cupboards } from './contract.ts';
import { openCupboards } from './cupboards.ts';
import { openCupboardTown } from './testing/cupboard-town.ts';

const { town, cupboards, claire, ce1 } = await openCupboardTown();
const lina = await town.viewer('lina.moreau');
const UPLOAD = '0b7f0f6e-4a9a-4d53-9a0e-5c7f1f0a9d11';
const PIECE = 1_048_576;
const bytes = Buffer.alloc(PIECE + 10, 'le chat dort ');

const file = (some: Partial<BroughtFile> = {}): BroughtFile => ({
  ...{ upload: UPLOAD, pieces: 2, name: 'Conte.txt', mediaType: 'text/plain' },
  ...some,
});
const bring = (viewer: Viewer, place: number, part: Buffer) =>
  cupboards.bringPiece(viewer, { upload: UPLOAD, place }, part);
const bringAll = async () => {
  await bring(claire, 2, bytes.subarray(PIECE));
  await bring(claire, 1, bytes.subarray(0, PIECE));
};
const put = (viewer: Viewer, one = file()) =>
  cupboards.withBrought(viewer, [one], async ([whole]) =>
    whole === undefined ? null : cupboards.put(viewer, ce1, whole),
  );
const kept = async () => (await town.admin.query('select 1 from coming_piece')).rows.length;

afterEach(() => town.admin.query('delete from coming_piece'));

describe('a file that comes piece by piece', () => {
  it('is put together in its order, whichever piece came twice or first, and its pieces go', async () => {
    await bringAll();
    await bring(claire, 2, bytes.subarray(PIECE));
    expect(await put(claire)).toMatchObject({ kind: 'dealt', value: { kind: 'put' } });
    const { rows } = await town.admin.query<{ size: number }>(
      'select size_bytes as size from cupboard_item',
    );
    expect(rows).toEqual([{ size: bytes.length }]);
    expect(await kept()).toBe(0);
  });

  it('is nothing while a piece is missing, nor in anybody else’s hands', async () => {
    await bring(claire, 2, bytes.subarray(PIECE));
    expect(await put(claire)).toEqual({ kind: 'lost', name: 'Conte.txt' });
    await bringAll();
    expect(await put(lina)).toEqual({ kind: 'lost', name: 'Conte.txt' });
    expect(await kept()).toBe(2);
    expect(await put(claire, file({ pieces: 3 }))).toEqual({ kind: 'lost', name: 'Conte.txt' });
  });

  it('stays for another try where nobody could look at it, and comes no second time', async () => {
    await bringAll();
    const tried = async (cupboardsNow: Pick<Cupboards, 'put' | 'withBrought'>) =>
      cupboardsNow.withBrought(
        claire,
        [file()],
        async ([whole]) => whole && cupboardsNow.put(claire, ce1, whole),
        (became) => became?.kind === 'refused',
      );
    const silent = openCupboards({
      ...town.parts,
      scanner: { scanFile: async () => ({ kind: 'silent', why: 'down' }) },
    });
    expect(await tried(silent)).toMatchObject({ value: { outcome: { kind: 'scanner-silent' } } });
    expect(await kept()).toBe(2);
    expect(await tried(cupboards)).toMatchObject({ value: { kind: 'put' } });
    expect(await kept()).toBe(0);
  });

  it('is nothing where a piece before the last is short: its rows would lie about their places', async () => {
    await bring(claire, 1, bytes.subarray(0, 10));
    await bring(claire, 2, bytes.subarray(10, 20));
    expect(await put(claire)).toEqual({ kind: 'lost', name: 'Conte.txt' });
  });

  it('takes no piece that no page of ours sends, nor more than four of the largest files', async () => {
    expect(await bring(claire, 1, Buffer.alloc(0))).toBe('wrong');
    expect(await bring(claire, 1, Buffer.alloc(PIECE + 1))).toBe('wrong');
    expect(await bring(claire, 25, Buffer.alloc(1))).toBe('wrong');
    await town.admin.query(
      `insert into coming_piece (school_id, account_id, upload, place, bytes, came_at)
        select $1, $2, gen_random_uuid(), 1, '\\x61', now() from generate_series(1, 100)`,
      [claire.school, claire.account],
    );
    expect(await bring(claire, 1, Buffer.alloc(1))).toBe('full');
    expect(await bring(lina, 1, Buffer.alloc(1))).toBe('kept');
  });

  it('goes after a day where it came no further', async () => {
    await bring(claire, 1, Buffer.alloc(1));
    await cupboards.tidy(NIGHT);
    expect(await kept()).toBe(1);
    town.clock.now = new Date(town.clock.now.getTime() + 2 * DAY_MS);
    await cupboards.tidy(NIGHT);
    expect(await kept()).toBe(0);
  });
});
