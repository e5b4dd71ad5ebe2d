import { readFileSync } from 'node:fs';

/**
 * Sentences of children, one a line; a path below `core/letters/second-look`, without its ending.
 */
export const sentences = (path: string): readonly string[] =>
  readFileSync(new URL(`../${path}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
