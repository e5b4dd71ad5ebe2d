/** Letters that nobody writes: none holds everybody else up, and none stays in the heap. */
import { it } from 'vitest';
import { fuzzedLetters } from './fuzz/letters.ts';
import { LONGEST_RUN_MS, mustHold } from './fuzz/run.ts';

it('letters changed by seed are read within limits', { timeout: LONGEST_RUN_MS }, async () =>
  mustHold(await fuzzedLetters()),
);
