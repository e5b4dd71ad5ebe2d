import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { visitedIn } from './path.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONTRIBUTING = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
const MOST_VISITED = 20;
const MOST_WAYS_OUT = 15;

it('a letter is followed from RCPT to its row through few functions, with few ways out', () => {
  const visited = visitedIn(ROOT);
  const waysOut = visited.reduce((sum, one) => sum + one.waysOut, 0);
  const list = visited.map(
    (one) => `${one.isOnPath ? 'on the path' : 'asked there'}  ${one.waysOut}  ${one.name}`,
  );
  console.log([...list, `visited: ${visited.length}, ways out: ${waysOut}`].join('\n'));
  expect(visited.length).toBeLessThanOrEqual(MOST_VISITED);
  expect(waysOut).toBeLessThanOrEqual(MOST_WAYS_OUT);
  expect(CONTRIBUTING).toContain(`(${visited.length} of at most ${MOST_VISITED})`);
  expect(CONTRIBUTING).toContain(`(${waysOut} of ${MOST_WAYS_OUT})`);
});
