import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listSources } from '../../../tests/shared/sources.ts';
import { CHECKS } from './checks.ts';

const checks = CHECKS.flatMap((group) => group.checks.map((check) => ({ ...check, group })));
/** What is not built yet has nothing to break. */
const LATER = ['names.dkim'];

it('each check has a name of its own, that begins with its group’s', () => {
  const ids = checks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(checks.filter(({ id, group }) => !id.startsWith(`${group.id}.`))).toEqual([]);
});

it('each check is broken and mended by a test that names it', () => {
  const folder = import.meta.dirname;
  const tests = listSources(join(folder, '../../..'))
    .filter((path) => path.startsWith(folder) && path.endsWith('.test.ts'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const untried = checks.filter(({ id }) => !LATER.includes(id) && !tests.includes(`'${id}'`));
  expect(untried.map(({ id }) => id)).toEqual([]);
});
