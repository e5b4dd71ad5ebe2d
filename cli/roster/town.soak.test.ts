import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rostersAt } from '../../core/school/imports/testing/school-files.ts';
import { openStore, type Store } from '../../core/store/store.ts';
import { freshDatabase } from '../../tests/shared/fresh-database.ts';
import { seeded } from '../demo/seeded.ts';
import { IMPORT_NOW, importTown, killedImport, townTold } from './testing/town-import.ts';
import { openTrappedTown, writeTrappedTown } from './testing/trapped-town.ts';

const SEED = 20_261_126;
const SIZE = { schools: 6, pupils: 120, teachers: 12, guardians: 160, seed: SEED };
const KILLS = 2;
/** Time that a process takes before its first statement, at least. */
const START_MS = 300;

it(
  'a small town of six ends with six applied and its questions counted; killed on its way and run again it is the same town',
  { timeout: 120_000, tags: 'soak' },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'preau-town-'));
    const schools = writeTrappedTown(folder, SIZE);
    const random = seeded(SEED);
    const never = await inTown(schools, async ({ databaseUrl, store }) => {
      const done = await importTown(databaseUrl, folder);
      expect(done.outcomes).toEqual({ applied: SIZE.schools });
      const asked = await rostersAt(store, { now: IMPORT_NOW }).rosters.questions(null);
      expect(asked.map(({ school, questions }) => [school.slug, questions.length])).toEqual(
        schools.filter(({ inDoubt }) => inDoubt).map(({ slug }) => [slug, 1]),
      );
      expect((await importTown(databaseUrl, folder)).outcomes).toEqual({ nothing: SIZE.schools });
      return { ms: done.ms, told: await townTold(store, schools) };
    });
    let killed = 0;
    for (let kill = 0; kill < KILLS; kill += 1)
      await inTown(schools, async ({ databaseUrl, store }) => {
        const afterMs = START_MS + random() * never.ms;
        killed += (await killedImport(databaseUrl, folder, afterMs)) ? 1 : 0;
        await importTown(databaseUrl, folder);
        expect(await townTold(store, schools)).toEqual(never.told);
      });
    process.stdout.write(`town: seed ${SEED}, ${killed} of ${KILLS} imports killed\n`);
    rmSync(folder, { recursive: true });
  },
);

async function inTown<T>(
  schools: ReturnType<typeof writeTrappedTown>,
  work: (town: { readonly databaseUrl: string; readonly store: Store }) => Promise<T>,
): Promise<T> {
  const database = await freshDatabase();
  const store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  try {
    await openTrappedTown(store, schools);
    return await work({ databaseUrl: database.databaseUrl, store });
  } finally {
    await store.close();
    await database.drop();
  }
}
