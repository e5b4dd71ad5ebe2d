/** Bodies of forms that no browser sends: as `fuzz-letters.test.ts`. */
import { it } from 'vitest';
import { fuzzedForms } from './fuzz/forms.ts';
import { LONGEST_RUN_MS, mustHold } from './fuzz/run.ts';

it('forms changed by seed are read within limits', { timeout: LONGEST_RUN_MS }, async () =>
  mustHold(await fuzzedForms()),
);
