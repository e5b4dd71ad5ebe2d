import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const HERE = import.meta.dirname;

it.each([
  { file: 'test.ts', arg: '--help', says: /^--help: .*--day=NAME.*, any\n$/ },
  { file: 'test.ts', arg: 'smtp', says: /^smtp: .*--day=NAME.*, any\n$/ },
  { file: 'test.ts', arg: '--day=doomsday', says: /^--day=doomsday: .*new-year.*, any\n$/ },
  { file: 'check.ts', arg: '--help', says: /^--help: .*nothing\b.*\n$/ },
])('$file told $arg says in a sentence what can be said, and starts nothing', (asked) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(HERE, asked.file), asked.arg],
    { encoding: 'utf8', timeout: 20_000 },
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(asked.says);
});
