import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each round draws its own seeds, which the tests print where something fails. */
const ROUNDS = 12;
const FILES = [
  'core/rules/decide.property.test.ts',
  'core/roster/relate.pure.test.ts',
  'core/letters/message/parse.property.test.ts',
  'core/letters/message/kept-words.property.test.ts',
  'core/letters/message/corpora.test.ts',
  'core/letters/message/tracks.test.ts',
  'core/roster/closed-school.pure.test.ts',
  'core/roster/school-directory/short-names.pure.test.ts',
  'core/roster/reading/read.property.pure.test.ts',
  'core/ground/pieces.pure.test.ts',
  'imap-gateway/view.pure.test.ts',
  'imap-gateway/wire/fuzz.pure.test.ts',
];
const FEWEST_PAIRS = 1_000_000;
/** Characters of output that a failure shows. */
const MAX_TAIL = 6_000;
const ROOT = join(import.meta.dirname, '../..');
/** How a test says that `npm test` leaves it out. */
const SOAK_TAG = /\bSOAKED\b|tags: 'soak'|\btellStory\(/;
/** What a fuzzed kind says of itself, with its seed. */
const FUZZED = /^.*\d+ from seed \d+ in .*$/gm;
/** What a story calls whose every state is to be looked at, by axe and in all sizes. */
const LOOKED_AT = /\b(?:(?:axe|page|wide|plainWide)Faults|targetFaultsEverywhere|tellStory)\(/;

/**
 * The tests that are too long for every change, and axe's look at every state of the stories. False
 * where one fails.
 */
export async function longTests(say: (line: string) => void): Promise<boolean> {
  const begun = Date.now();
  const runs = [
    { args: ['--project=soak'] },
    {
      args: [...INNER, '--tags-filter=soak', ...testFiles(SOAK_TAG)],
      env: { PREAU_TEST_AXE: 'every-state' },
    },
    {
      args: [...INNER, '--tags-filter=!soak', ...testFiles(LOOKED_AT)],
      env: { PREAU_TEST_AXE: 'every-state' },
    },
  ];
  for (const { args, env } of runs) {
    const { code, output } = await vitest(args, env);
    if (code !== 0) {
      say(`long tests failed\n${output.slice(-MAX_TAIL)}`);
      return false;
    }
    for (const figures of output.match(FUZZED) ?? []) say(figures);
  }
  say(`long tests: ok, ${Math.round((Date.now() - begun) / 1_000)} s`);
  return true;
}

/** The projects of `npm test`. */
const INNER = ['--project=pure', '--project=real', '--project=e2e'];

/**
 * The files in which something stands. By name, since a file opens its town before its tests are
 * filtered: two hundred of them without a test would take all connections.
 */
function testFiles(something: RegExp): readonly string[] {
  const files = globSync('{cli,core,imap-gateway,smtp,webmail,tests/e2e}/**/*.test.ts', {
    cwd: ROOT,
  });
  return files.filter((file) => something.test(readFileSync(join(ROOT, file), 'utf8')));
}

/**
 * The property tests over and over: a million pairs of the sending rules, and as many rounds of
 * made-up mail. False where one fails.
 */
export async function longPropertyRuns(say: (line: string) => void): Promise<boolean> {
  let pairs = 0;
  const begun = Date.now();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { code, output } = await vitest(['--project', 'pure', ...FILES], {
      PREAU_PROPERTY_TIMES: '9',
    });
    pairs += Number(/rules: seed \d+, {"pairs":(\d+)/.exec(output)?.[1] ?? 0);
    if (code !== 0) {
      say(`long runs: round ${round} failed\n${output.slice(-MAX_TAIL)}`);
      return false;
    }
  }
  say(
    `long runs: ${ROUNDS} rounds of ${FILES.length} property tests, ${pairs} pairs, 0 differences; ${Math.round((Date.now() - begun) / 1000)} s`,
  );
  return pairs >= FEWEST_PAIRS;
}

async function vitest(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn('vitest', ['run', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-200_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
