import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAST_FAULTS, type PastFault } from './past-faults.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The sources as they are in this folder, what isn't committed too, and their packages. */
function copyOfSources(): string {
  const copy = mkdtempSync(join(tmpdir(), 'preau-past-faults-'));
  const listed = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  for (const file of listed.stdout.split('\0').filter((name) => existsSync(join(ROOT, name))))
    if (file !== '') cpSync(join(ROOT, file), join(copy, file));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Whether the test fails. Throws where there is none, or `npm test` leaves it out. */
function fails(folder: string, { file, test }: PastFault['noticedBy']): boolean {
  const report = join(folder, 'report.json');
  const { stderr } = spawnSync(
    join(folder, 'node_modules/.bin/vitest'),
    [
      ...['run', file, '--testNamePattern', test, '--tags-filter=!soak'],
      ...['--reporter=json', `--outputFile=${report}`],
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  if (!existsSync(report)) throw new Error(`${file}: no test ran\n${stderr}`);
  const { numFailedTests, numPassedTests } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  rmSync(report);
  if (numFailedTests + numPassedTests === 0) throw new Error(`${file}: no test « ${test} »`);
  return numFailedTests > 0;
}

/** As vitest writes it. */
interface Report {
  readonly numFailedTests: number;
  readonly numPassedTests: number;
}

describe('faults that this service once had, put in again', { timeout: 240_000 }, () => {
  let folder = '';
  beforeAll(() => {
    folder = copyOfSources();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(PAST_FAULTS)('$fault: noticed', ({ file, mended, broken, noticedBy }) => {
    const path = join(folder, file);
    const source = readFileSync(path, 'utf8');
    expect(source.split(mended), `${file} has these lines once`).toHaveLength(2);
    expect(fails(folder, noticedBy), 'before').toBe(false);
    writeFileSync(
      path,
      source.replace(mended, () => broken),
    );
    const isNoticed = fails(folder, noticedBy);
    writeFileSync(path, source);
    expect(isNoticed, 'with the fault').toBe(true);
  });
});
