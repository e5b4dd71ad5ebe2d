/** Films and sounds beyond 25 MB, where a town takes them. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { PIECE_BYTES } from '../../ground/pieces.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { openCupboards } from './cupboards.ts';
import { openCupboardTown } from './testing/cupboard-town.ts';
import { filmPieces } from './testing/film.ts';

const { town, cupboards, claire } = await openCupboardTown();
const hugues = await town.viewer('hugues.armand');
const lina = await town.viewer('lina.moreau');
const PIECES = 26;
afterEach(() =>
  town.admin.query('delete from coming_file; update town set takes_large_films = false'),
);

/** Enough of them to see which ones don't come. */
const SOME = [1, 24, PIECES];

interface Way {
  readonly first?: Buffer;
  readonly last?: Buffer;
  /** Only these places. */
  readonly places?: readonly number[];
}

/** Brings a film of 26 pieces, or some of them; what each piece came to, and the film. */
async function bring(viewer: Viewer, { first, last, places }: Way = {}) {
  const upload = randomUUID();
  const came: string[] = [];
  let place = 0;
  for (const piece of filmPieces(PIECES)) {
    place += 1;
    if (places?.includes(place) === false) continue;
    const end = place === PIECES ? last : undefined;
    const bytes = place === 1 ? (first ?? piece) : (end ?? piece);
    came.push(await cupboards.bringPiece(viewer, { upload, place }, bytes));
  }
  const file = { upload, pieces: PIECES, name: 'Spectacle.mp4', mediaType: 'video/mp4' };
  return { came: [...new Set(came)], file };
}

async function putOwn(way: Way = {}) {
  const { file } = await bring(claire, way);
  const own = { school: claire.school, place: 'own' } as const;
  const became = await cupboards.withBrought(claire, [file], async ([one]) =>
    one === undefined ? null : cupboards.put(claire, own, one),
  );
  return became.kind === 'dealt' ? became.value : null;
}

describe('a disk that is nearly full', () => {
  const on = (freeBytes: number) =>
    openCupboards({
      ...town.parts,
      dataDir: '/',
      disk: async () => ({ bavail: freeBytes, blocks: 100_000_000_000, bsize: 1 }),
    });
  const own = { school: claire.school, place: 'own' } as const;
  const file = { name: 'Mot.txt', mediaType: 'text/plain', bytes: Buffer.alloc(3_000, 'a') };
  const piece = { upload: randomUUID(), place: 1 };

  it.each([
    [990_000_000, { fileBytes: 0, filmBytes: 0 }],
    [1_000_004_000, { fileBytes: 2_000, filmBytes: 2_000 }],
    [10_080_000_000, { fileBytes: 25_000_000, filmBytes: 40_000_000 }],
  ])('with %d bytes free takes %j at most, and says so before', async (free, most) => {
    await town.core.quotas.sayOfFilms(hugues, true);
    expect((await on(free).folder(claire, own, null))?.most).toEqual(most);
    const isRoom = most.fileBytes > file.bytes.length;
    expect((await on(free).put(claire, own, file))?.kind).toBe(isRoom ? 'put' : 'no-disk');
    expect(await on(free).bringPiece(claire, piece, file.bytes)).toBe(
      most.fileBytes > 0 ? 'kept' : 'wrong',
    );
  });
});

describe('a film of 27 MB', () => {
  it('doesn’t come where the town takes none, nor ever of a pupil; that is said before', async () => {
    const own = { school: claire.school, place: 'own' } as const;
    expect((await bring(claire, { places: SOME })).came).toEqual(['kept', 'wrong']);
    expect((await cupboards.folder(claire, own, null))?.most.filmBytes).toBe(25_000_000);
    expect(await town.core.quotas.sayOfFilms(claire, true)).toBe(false);
    expect(await town.core.quotas.sayOfFilms(hugues, true)).toBe(true);
    expect((await cupboards.folder(claire, own, null))?.most.filmBytes).toBe(200_000_000);
    expect((await cupboards.folder(lina, own, null))?.most.filmBytes).toBe(25_000_000);
    expect((await bring(lina, { places: SOME })).came).toEqual(['kept', 'wrong']);
  });

  it('leaves room for other files while more of its pieces wait than others may have', async () => {
    await town.core.quotas.sayOfFilms(hugues, true);
    await town.admin.query(
      `with file as (
        insert into coming_file (school_id, account_id, upload, came_at)
        values ($1, $2, gen_random_uuid(), now())
        returning id
      )
      insert into stored_body_piece (school_id, coming_id, place, bytes)
      select $1, id, n, '\\x61' from file, generate_series(0, 100) n`,
      [claire.school, claire.account],
    );
    expect((await bring(claire, { places: [1] })).came).toEqual(['kept']);
  });

  it('comes where it does, and a part of it costs the rows in which it lies', async () => {
    await town.core.quotas.sayOfFilms(hugues, true);
    const put = await putOwn();
    if (put?.kind !== 'put') throw new Error(JSON.stringify(put));
    let reads = 0;
    const store = {
      ...town.parts.store,
      readAside: ((school, fn) => {
        reads += 1;
        return town.parts.store.readAside(school, fn);
      }) as typeof town.parts.store.readAside,
    };
    const counted = openCupboards({ ...town.parts, store });
    const served = await counted.content(claire, put.ref, null);
    expect(served).toMatchObject({ mediaType: 'video/mp4', sizeBytes: PIECES * PIECE_BYTES });
    const part: Buffer[] = [];
    const within = { first: 20 * PIECE_BYTES - 5, last: 20 * PIECE_BYTES + 4 };
    for await (const piece of served?.read(within) ?? []) part.push(piece);
    expect(Buffer.concat(part).length).toBe(10);
    expect(reads).toBe(2);
  });

  const { some, rest } = sliced<{ what: string; way: Way; then: object }>(3, [
    {
      what: 'is a text that calls itself a film',
      way: { first: Buffer.alloc(PIECE_BYTES, 'Le chat dort. ') },
      then: { kind: 'too-big', mostBytes: 25_000_000 },
    },
    {
      what: 'ends as a zip',
      way: {
        last: Buffer.concat([
          Buffer.alloc(PIECE_BYTES - 22),
          Buffer.from('PK\u0005\u0006'),
          Buffer.alloc(18),
        ]),
      },
      then: { kind: 'refused', outcome: { kind: 'denied' } },
    },
    {
      what: 'begins as a program',
      way: { first: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(PIECE_BYTES - 2)]) },
      then: { kind: 'too-big' },
    },
  ]);
  it.each(some)('is none where it $what', isNone);
  it.each(rest)('is none where it $what', SOAKED, isNone);

  async function isNone({ way, then }: (typeof some)[number]): Promise<void> {
    await town.core.quotas.sayOfFilms(hugues, true);
    expect(await putOwn(way)).toMatchObject(then);
  }
});
