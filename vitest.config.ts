import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * A run makes some four hundred databases of 660 files each: where the machine lends enough of its
 * memory as a file system, they are made there, in a folder that goes away with the run, which
 * takes half the time. `TMPDIR` says otherwise.
 */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 ** 31;
if (process.env['TMPDIR'] === undefined && freeBytes(MEMORY) > ENOUGH_BYTES) {
  const folder = mkdtempSync(join(MEMORY, 'preau-'));
  chmodSync(folder, 0o711); // PostgreSQL's own user passes
  process.env['TMPDIR'] = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

/**
 * Tests that need no server, and so run in `npm run check`. Everything else is `real`: PostgreSQL
 * and clamd, started once for the run.
 */
const PURE = [
  'core/rules/**/*.test.ts',
  'core/letters/message/**/*.test.ts',
  'core/ground/*.test.ts',
  'tests/house/*.test.ts',
  'webmail/texts/**/*.test.ts',
  '**/*.pure.test.ts',
];
/** Files of what kills, or starts many processes: too long for every change. */
const SOAK = ['tests/soak/*.test.ts', '**/*.soak.test.ts'];
/**
 * A single test of that kind in a file of others: `npm test` leaves it out, `npm run soak` runs it.
 */
const TAGS = [{ name: 'soak', description: 'kills, floods or takes long' }];
const NEVER = ['**/node_modules/**', 'tests/e2e/**', ...SOAK];

/**
 * Node loads our TypeScript itself, as it does in service, which takes a third less than Vite's
 * modules, and keeps what it has made of it (`cli/run.sh`) for the next worker and the next run.
 * No test replaces a module by another (`vi.mock`), which would ask for more.
 */
const NATIVE = { experimental: { viteModuleRunner: false, nodeLoader: false } } as const;
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node');

/**
 * Files that follow one another in a worker share what it has loaded, which saves a third of the
 * work: what they import keeps nothing of a test. Pure tests wait for nothing: a worker a core,
 * since each more takes seconds of the processor's to load and warm up. Four on two cores after
 * them, since the others wait a part of their time.
 */
const PURELY = { ...NATIVE, isolate: false, maxWorkers: 2 } as const;
const SHARED = { ...NATIVE, isolate: false, maxWorkers: 4 } as const;

/**
 * The tests of a file come in an order of chance, so that none leans on the one before it. The same
 * order each time, so that a change is judged by what it changes; `--sequence.seed=N` gives
 * another. A `describe` that is a story says so: `{ shuffle: false }`.
 */
const SEED = 1_795_671_966_631;
const AFTER_PURE = { groupOrder: 1 } as const;
const SHUFFLED = { shuffle: { files: false, tests: true } } as const;

/** Small files that take ten seconds and more, most of them in waiting. */
const LONG = [
  'tests/e2e/town.test.ts',
  'imap-gateway/sign-in.test.ts',
  'core/store/standby.test.ts',
  'smtp/outbox-queue.test.ts',
  'core/entry/guessing/guessing.test.ts',
  'core/town/readiness/checks/surroundings.test.ts',
  'core/entry/accounts/activate.test.ts',
  'core/town/certificate/renewal.test.ts',
  'webmail/http/crowd.test.ts',
  'smtp/outside/by-mx.test.ts',
  'core/store/mail-events.test.ts',
  'core/town/town/setup.test.ts',
  'smtp/smuggling.test.ts',
  'imap-gateway/legacy/unreadable.test.ts',
  'webmail/http/streams.test.ts',
  'smtp/wire.test.ts',
  'smtp/sender-authentication.wire.test.ts',
  'core/entry/accounts/settle-pictures.test.ts',
];

/** Of eight files one of `LONG`: what waits keeps one worker, the others work. */
const ONE_OF = 8;

/**
 * On a fresh clone vitest knows no file's time and goes by their sizes, which leaves a small file
 * that waits long for the end, alone on its core. All that wait at the beginning leave both cores
 * idle, so they are dealt out among those that work.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      LONG.some((path) => moduleId.endsWith(path));
    const orders = [...new Set(sorted.map(orderOf))];
    return orders.flatMap((order) => {
      const together = sorted.filter((file) => orderOf(file) === order);
      return dealtOut(
        together.filter(isLong),
        together.filter((file) => !isLong(file)),
      );
    });
  }
}

/** One that is long at every eighth place from the first, until there is none left. */
function dealtOut<Item>(long: readonly Item[], others: readonly Item[]): Item[] {
  const between = ONE_OF - 1;
  const dealt = long.flatMap((file, at) => [
    file,
    ...others.slice(at * between, (at + 1) * between),
  ]);
  return [...dealt, ...others.slice(long.length * between)];
}

/** Projects of one order are run together. */
const orderOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;

export default defineConfig({
  test: {
    sequence: { seed: SEED, sequencer: LongestFirst },
    tags: TAGS,
    projects: [
      {
        test: {
          ...PURELY,
          sequence: { ...SHUFFLED, groupOrder: 0 },
          name: 'pure',
          include: PURE,
          exclude: NEVER,
          setupFiles: ['tests/shared/own-modules.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...SHARED,
          sequence: { ...SHUFFLED, ...AFTER_PURE },
          name: 'real',
          include: ['**/*.test.ts'],
          exclude: [...NEVER, ...PURE],
          globalSetup: ['tests/shared/global.ts'],
          setupFiles: ['tests/shared/before-tests.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      // The running whole from outside, `town.test.ts`: one, used in the order of the file, as a
      // school uses it.
      {
        test: {
          ...SHARED,
          sequence: AFTER_PURE,
          name: 'e2e',
          include: ['tests/e2e/*.test.ts'],
          exclude: SOAK,
          setupFiles: ['tests/shared/own-modules.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      // `npm run soak` runs them.
      {
        test: {
          ...SHARED,
          sequence: AFTER_PURE,
          name: 'soak',
          include: SOAK,
          exclude: ['**/node_modules/**'],
          globalSetup: ['tests/shared/global.ts'],
          setupFiles: ['tests/shared/own-modules.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
