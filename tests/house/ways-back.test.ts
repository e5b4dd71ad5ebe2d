/** The table of what one can come back from says what tests try, row by row. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const PAGE = read('../../core/decisions/0039-ways-back.md');
/** Rows that have a file of their own. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'secret.key lost, a backup has it': '../soak/lost-files.test.ts',
  'the store of large bodies away, full or lying': '../soak/bodies.test.ts',
  'bodies.key lost': '../soak/bodies-back.test.ts',
  'a file of PREAU_DATA removed or made garbage': '../soak/lost-files.test.ts',
  'an upgrade gone wrong': '../soak/upgrade.test.ts',
};
const rows = PAGE.split('\n')
  .filter((line) => /^\| [^-]/.test(line) && !line.startsWith('| what happened'))
  .map((line) => line.split('|')[1]?.trim() ?? '');

it('has a test for each row, whose title begins with it', () => {
  expect(rows.length).toBeGreaterThan(10);
  const tests = read('../soak/way-back.test.ts');
  const untried = rows.filter((row) => {
    const [words = row] = row.split(' (');
    return ELSEWHERE[row] === undefined && !tests.includes(`'${words}`);
  });
  expect(untried).toEqual([]);
  for (const path of Object.values(ELSEWHERE)) expect(read(path)).toContain('it(');
});
