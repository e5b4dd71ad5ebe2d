import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openCupboardTown } from './testing/cupboard-town.ts';

const FILES = 20_000;
const ROUNDS = 9;
/** Others may have the processor meanwhile: then it is tried longer. */
const MOST_ROUNDS = 30;
/** At rest it takes a fifth of this. */
const MOST_MS = 25;

const { town, cupboards, claire, ce1, sheet, put, folder } = await openCupboardTown();

it('a folder of twenty thousand files opens at once, for its teacher and for a child', async () => {
  const ref = await put(sheet);
  await town.admin.query(
    `insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded, sees,
        author_address_id, made_at, changed_at, sha256, media_type, size_bytes)
      select i.school_id, i.cupboard_id, i.kind, i.path, n || i.name, n || i.name_key,
        n || i.folded, i.sees, i.author_address_id, i.made_at, i.changed_at, i.sha256,
        i.media_type, i.size_bytes
      from cupboard_item i, generate_series(1, ${FILES}) n where i.id = ${ref.item};
    analyze cupboard_item`,
  );
  const best = async (act: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    const isDone = () => Math.min(...times) < MOST_MS;
    for (let round = 0; round < ROUNDS || (!isDone() && round < MOST_ROUNDS); round += 1) {
      const begun = performance.now();
      await act();
      times.push(performance.now() - begun);
    }
    return Math.min(...times);
  };
  const lina = await town.viewer('lina.moreau');
  const figures = {
    teacher: await best(() => cupboards.folder(claire, ce1, null)),
    child: await best(() => cupboards.folder(lina, ce1, null)),
    further: await best(() => cupboards.folder(lina, ce1, ref.item)),
    search: await best(() => cupboards.search(lina, ce1, '19999')),
  };
  const shown = Object.entries(figures).map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`);
  process.stdout.write(`cupboard of ${FILES} files: ${shown.join(', ')}\n`);
  expect((await cupboards.folder(lina, ce1, null))?.items).toHaveLength(60);
  expect(Math.max(figures.teacher, figures.child)).toBeLessThan(MOST_MS);
});

it('a folder of twenty thousand files goes elsewhere, and back, in one go', SOAKED, async () => {
  const at = await folder('Photos');
  const ref = await put(sheet, claire, at);
  await town.admin.query(
    `insert into cupboard_item (school_id, cupboard_id, kind, parent_id, path, name, name_key, folded,
        sees, author_address_id, made_at, changed_at, sha256, media_type, size_bytes)
      select i.school_id, i.cupboard_id, i.kind, i.parent_id, i.path, n || i.name, n || i.name_key,
        n || i.folded, i.sees, i.author_address_id, i.made_at, i.changed_at, i.sha256,
        i.media_type, i.size_bytes
      from cupboard_item i, generate_series(1, ${FILES}) n where i.id = ${ref.item};
    analyze cupboard_item`,
  );
  const team = { school: claire.school, place: 'team' } as const;
  const times: number[] = [];
  for (const [where, isBack] of [
    [team, false],
    [ce1, true],
  ] as const) {
    const begun = performance.now();
    expect(await cupboards.move(claire, at, where, isBack)).toMatchObject({ kind: 'moved' });
    times.push(Math.round(performance.now() - begun));
  }
  process.stdout.write(`folder of ${FILES} files moved: ${times.join(' and ')} ms\n`);
  expect((await cupboards.folder(claire, at, null))?.items).toHaveLength(60);
});
