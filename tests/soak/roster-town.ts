/**
 * A whole town's lists, 128 schools and 15,000 pupils with the traps of real exports, imported by a
 * process of its own: what it took, and its questions counted. Then the same into an empty town,
 * killed (SIGKILL) at seeded moments and run again each time: it ends as the same town.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importTown, killedImport, townTold } from '../../cli/roster/testing/town-import.ts';
import {
  openTrappedTown,
  writeTrappedTown,
  type TrappedSchool,
} from '../../cli/roster/testing/trapped-town.ts';
import { startServices } from '../../cli/services/services.ts';
import { loadConfig } from '../../core/ground/config.ts';
import { openLog } from '../../core/ground/log.ts';
import { WHOLE_TOWN } from '../../core/school/imports/testing/onde.ts';
import { migrate } from '../../core/store/migrate.ts';
import { openStore, type Store } from '../../core/store/store.ts';
import { seeded } from './random.ts';

const KILLS = 10;
/** Time that a process takes before its first statement, at least. */
const START_MS = 300;

interface EmptyTown {
  readonly databaseUrl: string;
  readonly store: Store;
}

/** False where a school isn't applied, or a killed import ends as another town. */
export async function rosterTown(say: (line: string) => void, seed: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-soak-town-'));
  chmodSync(folder, 0o755);
  const files = join(folder, 'files');
  mkdirSync(files);
  const schools = writeTrappedTown(files, { ...WHOLE_TOWN, seed });
  try {
    const never = await inEmptyTown(folder, schools, async ({ databaseUrl, store }) => {
      const done = await importTown(databaseUrl, files);
      return { done, told: await townTold(store, schools) };
    });
    const { outcomes, ms, peakMiB } = never.done;
    const asked = never.told.reduce((sum, { questions }) => sum + questions.length, 0);
    say(
      `rosters: seed ${seed}, ${outcomes['applied'] ?? 0} of ${schools.length} schools applied, ${asked} questions; ${Math.round(ms / 1_000)} s, ${peakMiB} MiB`,
    );
    const random = seeded(seed);
    const again = await inEmptyTown(folder, schools, async ({ databaseUrl, store }) => {
      let killed = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const afterMs = START_MS + (random.next() * ms * (kill + 1)) / KILLS;
        killed += (await killedImport(databaseUrl, files, afterMs)) ? 1 : 0;
      }
      await importTown(databaseUrl, files);
      return { killed, told: await townTold(store, schools) };
    });
    const isSame = JSON.stringify(again.told) === JSON.stringify(never.told);
    say(`rosters: ${again.killed} of ${KILLS} kills, ${isSame ? 'the same town' : 'ANOTHER TOWN'}`);
    return isSame && outcomes['applied'] === schools.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A database of its own with the schools in it and nobody in them. */
async function inEmptyTown<T>(
  folder: string,
  schools: readonly TrappedSchool[],
  work: (town: EmptyTown) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(folder, 'data-'));
  chmodSync(dataDir, 0o755);
  const config = loadConfig({ PREAU_DATA: dataDir, PREAU_CLAMD: 'unix:/dev/null' });
  const services = await startServices(config, {
    log: openLog({ level: 'warn' }),
    signal: new AbortController().signal,
  });
  const { databaseUrl = null, databaseAdminUrl = null } = services.config;
  try {
    await migrate({ adminUrl: databaseAdminUrl ?? '', appUrl: databaseUrl ?? '' });
    const store = openStore(databaseUrl ?? '', { poolSize: 2, onError: () => {} });
    try {
      await openTrappedTown(store, schools);
      return await work({ databaseUrl: databaseUrl ?? '', store });
    } finally {
      await store.close();
    }
  } finally {
    await services.stop();
    rmSync(services.folder, { recursive: true, force: true });
  }
}
