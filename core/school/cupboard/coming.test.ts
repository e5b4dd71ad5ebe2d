/** Files that come piece by piece. */
import { hash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { gathered } from '../../ground/pieces.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { NIGHT } from '../../ground/testing/night.ts';
import type { Scanner } from '../../letters/scan/clamd.ts';
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
  upload: UPLOAD,
  pieces: 2,
  name: 'Conte.txt',
  mediaType: 'text/plain',
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
const count = async (table: string, where = 'true') =>
  (await town.admin.query(`select from ${table} where ${where}`)).rowCount;
const kept = () => count('stored_body_piece', 'coming_id is not null');

afterEach(() => town.admin.query('delete from coming_file'));

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

  it(
    'stays for another try where nobody could look at it, and comes no second time',
    SOAKED,
    async () => {
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
    },
  );

  it('stays where it lies: it isn’t written a second time as it arrives', async () => {
    await bringAll();
    const lies = async () => {
      const { rows } = await town.admin.query(
        'select pg_column_toast_chunk_id(bytes) as id from stored_body_piece order by place',
      );
      return rows;
    };
    const before = await lies();
    expect(await put(claire)).toMatchObject({ value: { kind: 'put' } });
    expect([before.length, await kept()]).toEqual([2, 0]);
    expect(await lies()).toEqual(before);
  });

  it.each(['in memory', 'where they lie'])(
    'is what was scanned, whatever comes for its pieces meanwhile: read %s',
    async (where) => {
      await bringAll();
      const { store } = town.parts;
      const scanFile: Scanner['scanFile'] = async (pieces) => {
        await gathered(pieces);
        expect(await bring(claire, 1, Buffer.alloc(PIECE, 'X'))).toBe('kept');
        expect(await bring(claire, 2, Buffer.from('MZ'))).toBe('kept');
        return { kind: 'clean' };
      };
      const scanning = openCupboards({
        ...town.parts,
        store: where === 'in memory' ? store : { ...store, copyLarge: async () => null },
        scanner: { scanFile },
      });
      const became = await scanning.withBrought(
        claire,
        [file()],
        async ([whole]) => whole && scanning.put(claire, ce1, whole),
      );
      expect(became).toMatchObject({ value: { kind: 'put' } });
      const { rows } = await town.admin.query<{ bytes: Buffer }>(
        'select bytes from stored_body_piece order by place',
      );
      expect(Buffer.concat(rows.map((row) => row.bytes)).equals(bytes)).toBe(true);
    },
  );

  it('becomes nothing where another piece comes beside those that were scanned', async () => {
    await bringAll();
    const scanFile: Scanner['scanFile'] = async (pieces) => {
      await gathered(pieces);
      expect(await bring(claire, 3, Buffer.from('MZ'))).toBe('kept');
      return { kind: 'clean' };
    };
    const scanning = openCupboards({ ...town.parts, scanner: { scanFile } });
    await expect(
      scanning.withBrought(
        claire,
        [file()],
        async ([whole]) => whole && scanning.put(claire, ce1, whole),
      ),
    ).rejects.toMatchObject({ code: 'row-missing' });
    expect(await count('stored_body')).toBe(0);
  });

  it('is still there where it was kept already and is put elsewhere by another try', async () => {
    await bringAll();
    const first = await cupboards.withBrought(
      claire,
      [file()],
      async ([whole]) => whole && cupboards.put(claire, ce1, whole),
      () => true,
    );
    expect(first).toMatchObject({ value: { kind: 'put' } });
    expect(await kept()).toBe(0);
    expect(await count('coming_file')).toBe(1);
    // Others have these bytes now: what comes once more under that name changes nothing.
    expect(await bring(claire, 1, Buffer.alloc(PIECE, 'x'))).toBe('kept');
    const again = await put(claire, file({ name: 'Encore.txt' }));
    expect(again).toMatchObject({ value: { kind: 'put' } });
    const { rows } = await town.admin.query(
      'select distinct sha256, size_bytes::int from cupboard_item where sha256 is not null',
    );
    const sha256 = hash('sha256', bytes);
    expect(rows).toEqual([{ sha256, size_bytes: bytes.length }]);
    const { rows: pieces } = await town.admin.query<{ bytes: Buffer }>(
      'select bytes from stored_body_piece order by place',
    );
    expect(Buffer.concat(pieces.map((piece) => piece.bytes)).equals(bytes)).toBe(true);
    expect(await count('coming_file')).toBe(0);
  });

  it('goes with whom it is of, but for bytes that others have too', async () => {
    await bringAll();
    await cupboards.withBrought(
      claire,
      [file()],
      async ([whole]) => whole && cupboards.put(claire, ce1, whole),
      () => true,
    );
    const other = { upload: '0b7f0f6e-4a9a-4d53-9a0e-5c7f1f0a9d12', place: 1 };
    await cupboards.bringPiece(lina, other, Buffer.from('un'));
    expect([await kept(), await count('stored_body_piece')]).toEqual([1, 3]);
    await town.admin.query('delete from coming_file');
    expect([await kept(), await count('stored_body_piece')]).toEqual([0, 2]);
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
      `with file as (
        insert into coming_file (school_id, account_id, upload, came_at)
        select $1, $2, case n when 1 then $3::uuid else gen_random_uuid() end, now()
        from generate_series(1, 100) n
        returning id
      )
      insert into stored_body_piece (school_id, coming_id, place, bytes)
      select $1, id, 0, '\\x61' from file`,
      [claire.school, claire.account, UPLOAD],
    );
    // One of them comes once more, since its answer was lost.
    expect(await bring(claire, 1, Buffer.alloc(1))).toBe('kept');
    expect(await bring(claire, 2, Buffer.alloc(1))).toBe('full');
    expect(await bring(lina, 1, Buffer.alloc(1))).toBe('kept');
  });

  it('comes of nobody who has no cupboard: a guardian who is blocked, an agent of the town', async () => {
    const karine = await town.viewer('karine.moreau');
    const block = async (blocked: boolean) => {
      await town.admin.query(
        'update guardianship set blocked = $1 where guardian_address_id = $2',
        [blocked, karine.addressId],
      );
      await town.admin.query('update school set roster_version = roster_version + 1');
    };
    expect(await bring(karine, 1, Buffer.alloc(1))).toBe('kept');
    await block(true);
    try {
      expect(await bring(karine, 2, Buffer.alloc(1))).toBe('wrong');
    } finally {
      await block(false);
    }
    expect(await bring(karine, 2, Buffer.alloc(1))).toBe('kept');
    expect(await bring(await town.viewer('hugues.armand'), 1, Buffer.alloc(1))).toBe('wrong');
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
